//! Files that people hand in: asked for so many a day, confirmed once, attached once.

use crate::Store;
use crate::aggregate::{Loaded, loaded};
use crate::change::Change;
use crate::commit::{Committed, MAX_TRIES, Role};
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::strikes::{DAY_MS, Strikes, day, wait_until_tomorrow_s};
use crate::table::Table;
use domain::party::Officer;
use domain::upload::{Attachment, Owner, Purpose, Readers, Stage, Upload};
use domain::values::{AccountId, UploadId};
use domain::{Refusal, Transition};
use futures_util::future::join_all;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many files one log-in may ask to hand in on one day.
const REQUESTS_A_DAY: i64 = 20;

impl<T: Table> Store<T> {
    /// Writes a request to hand in a file, and counts it.
    ///
    /// # Errors
    /// [`Refusal::UploadsUsedUp`], or as [`Store::commit`]'s.
    pub async fn request_upload<R>(&self, upload: &Transition<Upload>, context: &Context, answer: R) -> Result<Committed<R>, Error>
    where
        R: Serialize + DeserializeOwned + Send + Sync + Clone,
    {
        let key = keys::uploads(&context.account, &day(context.now));
        let mut written = Err(Error::Moved);
        for _ in 0..MAX_TRIES {
            let today = Strikes::of(key.clone(), self.table.get(&key).await?, context.now);
            if today.count() >= REQUESTS_A_DAY {
                return Err(Refusal::UploadsUsedUp { wait_s: wait_until_tomorrow_s(context.now) }.into());
            }
            // The day's count never locks by itself: it is compared.
            let (count, _) = today.another(i64::MAX, DAY_MS);
            let change = Change::new().creates(context, upload)?.also(Role::Strikes, count);
            written = self.commit(change, context, answer.clone()).await;
            if !matches!(written, Err(Error::Moved)) {
                break;
            }
        }
        written
    }

    /// A file, for its owner.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else's.
    pub async fn upload_of(&self, owner: &Owner, id: &UploadId) -> Result<Loaded<Upload>, Error> {
        let upload: Loaded<Upload> = loaded(&self.item(&keys::upload(id)).await?)?;
        if upload.value.owner == *owner { Ok(upload) } else { Err(Error::NotFound) }
    }

    /// A file, for the graduate whose it is.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification; [`Error::NotFound`] for anybody else's.
    pub async fn upload_of_student(&self, account: &AccountId, id: &UploadId) -> Result<Loaded<Upload>, Error> {
        self.upload_of(&Owner::Student(self.verified(account).await?.person), id).await
    }

    /// A file that was handed in, for an officer who may read what it was handed in for.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else.
    pub async fn upload_of_officer(&self, officer: &Officer, id: &UploadId) -> Result<Loaded<Upload>, Error> {
        let upload: Loaded<Upload> = loaded(&self.item(&keys::upload(id)).await?)?;
        let own = officer.college.is_none() && upload.value.owner == Owner::School(officer.school.clone());
        if own || upload.value.is_read_by(officer) { Ok(upload) } else { Err(Error::NotFound) }
    }

    /// Clean files of this owner, for this purpose, in this order: what a command may attach.
    ///
    /// # Errors
    /// [`Refusal::UploadNotThere`] if one is not there, another's, for something else, not clean, or handed in already.
    pub async fn clean_uploads(&self, owner: &Owner, purpose: Purpose, ids: &[UploadId]) -> Result<CleanUploads, Error> {
        let mut found = Vec::with_capacity(ids.len());
        for (i, upload) in join_all(ids.iter().map(|id| self.upload_of(owner, id))).await.into_iter().enumerate() {
            let upload = match upload {
                Ok(upload) if upload.value.purpose == purpose && matches!(upload.value.stage, Stage::Clean(_)) => upload,
                Ok(_) | Err(Error::NotFound) => return Err(Refusal::UploadNotThere(i).into()),
                Err(other) => return Err(other),
            };
            found.push(upload);
        }
        Ok(CleanUploads(found))
    }
}

/// Files that stand ready to be handed in.
#[derive(Clone, Debug)]
pub struct CleanUploads(Vec<Loaded<Upload>>);

impl CleanUploads {
    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// As whatever they are handed in for keeps them.
    #[must_use]
    pub fn files(&self) -> Vec<Attachment> {
        self.0.iter().filter_map(|upload| upload.value.file().cloned()).collect()
    }
}

impl Change {
    /// Files are handed in with the change: each once, and none that has changed since it was looked at.
    ///
    /// # Errors
    /// [`Error::Broken`] if they cannot be written.
    pub fn attaches(mut self, context: &Context, uploads: &CleanUploads, readers: &Readers) -> Result<Self, Error> {
        for upload in &uploads.0 {
            let attached = upload.value.clone().attach(readers.clone(), context.now)?;
            self = self.moves(context, upload, &attached)?;
        }
        Ok(self)
    }
}
