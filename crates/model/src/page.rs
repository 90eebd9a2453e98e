//! Lists in pages.

use serde::{Deserialize, Serialize};

/// One page of a list; `next` is the cursor of the page after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}
