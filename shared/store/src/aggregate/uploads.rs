//! Files that are handed in, as items; what they hold lies elsewhere.

use super::Aggregate;
use crate::keys;
use crate::table::Key;
use domain::upload::Upload;

impl Aggregate for Upload {
    type Summary = ();

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn key(&self) -> Key {
        keys::upload(&self.id)
    }

    fn stage(&self) -> &'static str {
        self.stage_name()
    }

    fn summary(&self) {}
}
