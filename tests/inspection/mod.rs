//! Uploaded files: the corpus of hostile ones, the ordinary ones that must pass, and both of them damaged at random.

mod corpus;
mod make;
mod mutations;
mod ordinary;
mod readers;

use domain::upload::{MediaType, Reason};
use inspection::{Cleaned, Limits};

/// What an upload may have.
const LIMITS: Limits = Limits { max_bytes: 10 << 20 };

fn inspect(bytes: &[u8], declared: MediaType) -> Result<Cleaned, Reason> {
    inspection::inspect(bytes, declared, &LIMITS)
}
