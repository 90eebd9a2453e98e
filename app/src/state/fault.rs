use leptos::serde_json;
use model::ApiError;

/// The parameter that carries an error to the page a form leads to.
pub const FAULT: &str = "fault";

/// `page?fault=…`: the error as JSON, escaped. Errors hold codes and numbers, nothing secret.
pub fn with_fault(page: &str, error: &ApiError) -> String {
    let json = serde_json::to_string(error).unwrap_or_default();
    let mut escaped = String::with_capacity(json.len() * 2);
    for byte in json.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{page}?{FAULT}={escaped}")
}

/// The error in a page's address, if there is one that can be read.
pub fn fault_of(parameter: Option<&str>) -> Option<ApiError> {
    serde_json::from_str(parameter?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Problem;

    #[test]
    fn an_error_travels_in_an_address() {
        let error = ApiError::invalid("local", Problem::InThePast);
        let address = with_fault("/posts/1/edit", &error);
        assert!(address.starts_with("/posts/1/edit?fault=%7B%22error%22"), "{address}");
        assert_eq!(fault_of(Some(r#"{"error":"not_found"}"#)), Some(ApiError::NotFound));
        assert_eq!(fault_of(Some("x")), None);
    }
}
