//! From our errors to the one that people see.

use model::ApiError;
use storage::StorageError;

/// Logs a fault of ours once, and gives the person its trace id instead of its text.
pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> ApiError {
    let trace = crate::secrets::trace_id();
    tracing::error!(trace.id = %trace, error = %error, "internal error");
    ApiError::Internal { trace }
}

/// `?` on storage calls.
pub(crate) trait OrInternal<T> {
    fn or_internal(self) -> Result<T, ApiError>;
}

impl<T> OrInternal<T> for Result<T, StorageError> {
    fn or_internal(self) -> Result<T, ApiError> {
        self.map_err(|e| internal(&e))
    }
}
