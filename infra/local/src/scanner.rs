//! A stand-in for a malware scanner, for one machine and for tests: it knows the EICAR test file, and says of everything else what it
//! was told to say. The verdicts of a real one come with the deployment.

use domain::upload::{Upload, sha256};
use files::{Files as _, Scanner, Unavailable, Verdict};
use files_s3::S3Files;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What every scanner finds, and nothing else contains.
const EICAR: &[u8] = br"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$";

/// Looks at what lies in quarantine.
#[derive(Clone, Debug)]
pub struct LocalScanner {
    files: S3Files,
    /// By the SHA-256 of what it was said of.
    told: Arc<Mutex<BTreeMap<String, Verdict>>>,
}

impl LocalScanner {
    /// A scanner of these files.
    #[must_use]
    pub fn of(files: S3Files) -> Self {
        Self { files, told: Arc::default() }
    }

    /// From now on says this of a content, whatever it is.
    pub fn say(&self, sha256: &str, verdict: Verdict) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(sha256.to_owned(), verdict);
    }

    fn was_told(&self, sha256: &str) -> Option<Verdict> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).copied()
    }
}

impl Scanner for LocalScanner {
    async fn verdict(&self, upload: &Upload, content: &str) -> Result<Verdict, Unavailable> {
        if let Some(told) = self.was_told(content) {
            return Ok(told);
        }
        let Some(bytes) = self.files.quarantined(upload).await? else { return Ok(Verdict::Pending) };
        // What lies there now is not what was asked about: nothing is known of that.
        if sha256(&bytes) != content {
            return Ok(Verdict::Pending);
        }
        let infected = bytes.windows(EICAR.len()).any(|window| window == EICAR);
        Ok(if infected { Verdict::Infected } else { Verdict::Clean })
    }
}
