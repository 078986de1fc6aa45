//! The port [`Scanner`] by tags: whoever scans the quarantine (`GuardDuty` Malware Protection for S3, or an operator's own scanner) writes
//! its verdict on the object as a tag.

use crate::{Client, cause};
use aws_sdk_s3::types::Tag;
use domain::upload::Upload;
use files::{Buckets, Scanner, Unavailable, Verdict, quarantine_key};

/// Where `GuardDuty` writes its verdict.
pub const GUARDDUTY_TAG: &str = "GuardDutyMalwareScanStatus";

/// Reads verdicts from tags of objects in quarantine.
#[derive(Clone, Debug)]
pub struct TagScanner {
    client: Client,
    buckets: Buckets,
    tag: String,
}

impl TagScanner {
    /// A scanner that writes its verdicts under this tag.
    #[must_use]
    pub fn new(client: Client, buckets: Buckets, tag: String) -> Self {
        Self { client, buckets, tag }
    }
}

impl Scanner for TagScanner {
    /// An object in quarantine is written once, so what was said of it was said of this content.
    async fn verdict(&self, upload: &Upload, _: &str) -> Result<Verdict, Unavailable> {
        let tags = self.client.get_object_tagging().bucket(&self.buckets.quarantine).key(quarantine_key(upload)).send().await;
        let tags = tags.map_err(cause)?;
        let said = tags.tag_set().iter().find(|tag| tag.key() == self.tag).map(Tag::value);
        Ok(verdict(said))
    }
}

/// The words of `GuardDuty`. What it could not look at (`UNSUPPORTED`, `ACCESS_DENIED`, `FAILED`) stays unsaid: somebody has to look why.
fn verdict(said: Option<&str>) -> Verdict {
    match said {
        Some("NO_THREATS_FOUND") => Verdict::Clean,
        Some("THREATS_FOUND") => Verdict::Infected,
        Some(_) | None => Verdict::Pending,
    }
}
