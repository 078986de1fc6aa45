//! Files that the samples have handed in: pictures of stamped paper, kept where clean files are.

use super::{Teller, context, employer_of, missing, text};
use crate::bucket::Bucket;
use crate::people::Person;
use api::Role;
use domain::upload::{Attachment, MediaType, Owner, Purpose, Stage, Upload, sha256};
use domain::values::{Timestamp, UploadId};
use files::clean_key;
use store::{Change, CleanUploads, Error, Table};

const LICENCE: &[u8] = include_bytes!("../../samplefiles/business-licence.png");
const STAMPED: &[u8] = include_bytes!("../../samplefiles/stamped-agreement.png");
const PROOF: &[u8] = include_bytes!("../../samplefiles/termination-proof.png");

/// Rosters are no pictures: the samples hand in none.
fn picture(purpose: Purpose) -> Option<(&'static str, &'static [u8])> {
    match purpose {
        Purpose::Licence => Some(("营业执照.png", LICENCE)),
        Purpose::StampedAgreement => Some(("盖章协议书.png", STAMPED)),
        Purpose::TerminationProof => Some(("解约证明.png", PROOF)),
        Purpose::Roster => None,
    }
}

/// Puts what the samples have handed in where it is fetched.
pub(crate) fn place(bucket: &Bucket) -> std::io::Result<()> {
    for (_, bytes) in Purpose::ALL.into_iter().filter_map(picture) {
        bucket.place(&clean_key(&sha256(bytes)), bytes)?;
    }
    Ok(())
}

impl<T: Table> Teller<'_, T> {
    /// A clean file of this person, ready to be handed in with what `request` says.
    pub(super) async fn clean(&self, who: &Person, purpose: Purpose, request: &str, at: Timestamp) -> Result<CleanUploads, Error> {
        let owner = match who.role {
            Role::Student => Owner::Student(self.student(who).await?.person),
            Role::Employer | Role::College | Role::School => Owner::Employer(employer_of(who)?),
        };
        let asking = context(who, "request-upload", format!("{request}-file"), at)?;
        let id = UploadId::new(&asking.new_suffix(0)).map_err(|_| missing("an upload's id"))?;
        let (name, bytes) = picture(purpose).ok_or_else(|| missing("a picture"))?;
        let file = Attachment {
            upload: id.clone(),
            file_name: text(name)?,
            media_type: MediaType::Png,
            length: bytes.len() as u64,
            sha256: sha256(bytes),
            pages: None,
        };
        match self.store.upload_of(&owner, &id).await {
            Ok(_) => {}
            Err(Error::NotFound) => {
                let requested = Upload::request(promised(&file, owner.clone(), purpose, at));
                self.store.commit(Change::new().creates(&asking, &requested)?, &asking, ()).await?;
            }
            Err(other) => return Err(other),
        }
        let standing = self.store.upload_of(&owner, &id).await?;
        if standing.value.stage_name() == "requested" {
            let confirming = context(who, "confirm-upload", format!("{request}-confirmed"), at)?;
            let confirmed = standing.value.clone().confirm(file, at)?;
            self.store.commit(Change::new().moves(&confirming, &standing, &confirmed)?, &confirming, ()).await?;
        }
        self.store.clean_uploads(&owner, purpose, &[id]).await
    }
}

/// What its uploader has said of it before.
fn promised(file: &Attachment, owner: Owner, purpose: Purpose, at: Timestamp) -> Upload {
    Upload {
        id: file.upload.clone(),
        owner,
        purpose,
        file_name: file.file_name.clone(),
        media_type: file.media_type,
        length: file.length,
        sha256: file.sha256.clone(),
        requested_at: at,
        stage: Stage::Requested,
    }
}
