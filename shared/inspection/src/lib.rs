//! Uploaded files: the bytes of a stranger become a clean file or a [`Reason`]. No I/O, no clock; bounded in memory and time.

use domain::upload::{MediaType, Reason};
