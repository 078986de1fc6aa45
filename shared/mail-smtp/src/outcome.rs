//! What a failure says about the mail.

use lettre::transport::smtp::{Error, response::Response};
use mail::{Outcome, without_addresses};

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Connecting, encrypting, logging in.
    Greeting,
    /// The server is told whom the mail is from.
    Sender,
    /// And whom it is for.
    Recipient,
    /// The content is on its way: whatever happens now, it may have arrived.
    Content,
}

/// Judges a failure.
pub(crate) fn of(step: Step, error: &Error) -> Outcome {
    let says = without_addresses(&format!("{step:?}: {error}"));
    let answered = error.is_transient() || error.is_permanent();
    match step {
        Step::Recipient | Step::Content if is_final(error) => Outcome::Refused(says),
        Step::Content if !answered => Outcome::Unknown(says),
        // Before there is a recipient it is about us and not about this mail, whatever it is: an operator can mend it.
        Step::Greeting | Step::Sender | Step::Recipient | Step::Content => Outcome::Later(says),
    }
}

/// A 5xx reply; but not one that says that we should have logged in (RFC 4954), which some servers keep for the recipient.
fn is_final(error: &Error) -> bool {
    let code = error.status().map(u16::from).unwrap_or_default();
    error.is_permanent() && !matches!(code, 530 | 534 | 535 | 538)
}

/// What the server said when it took the mail: most name it.
pub(crate) fn answer(response: &Response) -> String {
    without_addresses(response.first_line().unwrap_or_default())
}
