use crate::App;
use crate::site_files::SiteAssets;
use crate::state::PageFacts;
use leptos::config::LeptosOptions;
use leptos::hydration::AutoReload;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The document around the app, with the language and the theme of the request, so that nothing flashes.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let facts = PageFacts::of_request();
    let [in_light, in_dark] = facts.theme.bar_colours();
    view! {
        <!DOCTYPE html>
        <html lang=facts.locale.tag() data-theme=facts.theme.attribute()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                {bar_colour("(prefers-color-scheme: light)", in_light)}
                {bar_colour("(prefers-color-scheme: dark)", in_dark)}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/apple-touch-180.png" />
                // Browsers ask for it without cookies.
                <link rel="manifest" href=format!("/manifest.webmanifest?lang={}", facts.locale.tag()) />
                <link
                    rel="preload"
                    href="/fonts/inter-latin-wght-normal.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin=""
                />
                <SiteAssets />
                <AutoReload options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Of the browser's own bars.
fn bar_colour(media: &'static str, colour: &'static str) -> impl IntoView {
    // The macro knows no `media` here.
    leptos::html::meta().name("theme-color").attr("media", media).content(colour)
}
