//! Uploading one file, with progress: `fetch` can't tell how much is sent, `XMLHttpRequest` can.

use leptos::prelude::*;
use leptos::serde_json;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use model::ApiError;
use model::media::MediaView;
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

/// Where uploads go.
const ADDRESS: &str = "/api/media";

/// What is heard of an upload.
pub(super) enum Heard {
    /// So many percent are sent.
    Percent(u8),
    Done(Result<MediaView, ApiError>),
}

/// An upload under way. Dropping it doesn't stop it; [`Upload::cancel`] does.
pub(super) struct Upload {
    request: XmlHttpRequest,
    // The browser calls these until the request has ended.
    _progress: Closure<dyn FnMut(ProgressEvent)>,
    _ended: Closure<dyn FnMut()>,
}

impl Upload {
    /// Sends `file`; `None` where the browser refuses to.
    pub(super) fn start(file: &File, hear: Callback<Heard>) -> Option<Self> {
        let request = XmlHttpRequest::new().ok()?;
        let form = FormData::new().ok()?;
        form.append_with_blob_and_filename("file", file, &file.name()).ok()?;
        request.open_with_async("POST", ADDRESS, true).ok()?;
        request.set_request_header("Accept", "application/json").ok()?;

        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() && event.total() > 0.0 {
                hear.run(Heard::Percent(percent(event.loaded(), event.total())));
            }
        });
        let answered = request.clone();
        // Ends every request: answered, broken off or cancelled.
        let ended = Closure::<dyn FnMut()>::new(move || hear.run(Heard::Done(outcome(&answered))));
        request.upload().ok()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        request.set_onloadend(Some(ended.as_ref().unchecked_ref()));
        request.send_with_opt_form_data(Some(&form)).ok()?;
        Some(Self { request, _progress: progress, _ended: ended })
    }

    /// Stops it; nothing more is heard.
    pub(super) fn cancel(&self) {
        self.request.set_onloadend(None);
        // Fails for a request that has ended: nothing to stop.
        drop(self.request.abort());
    }
}

fn percent(sent: f64, total: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
    let percent = (sent / total * 100.0).clamp(0.0, 100.0) as u8;
    percent
}

/// The image, the server's refusal in its own type, or that it couldn't be reached.
fn outcome(request: &XmlHttpRequest) -> Result<MediaView, ApiError> {
    let status = request.status().unwrap_or(0);
    let body = request.response_text().ok().flatten().unwrap_or_default();
    if status == 201 {
        serde_json::from_str(&body).map_err(|error| ApiError::Transport { reason: error.to_string() })
    } else {
        Err(serde_json::from_str(&body)
            .unwrap_or_else(|_| ApiError::Transport { reason: format!("upload answered {status}") }))
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percents_stay_in_bounds() {
        assert_eq!(percent(1.0, 3.0), 33);
        assert_eq!(percent(3.0, 3.0), 100);
        assert_eq!(percent(4.0, 3.0), 100);
    }
}
