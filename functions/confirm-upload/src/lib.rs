//! 确认上传: what lies in quarantine is checked, cleaned and kept.

use api::ProblemKind;
use api::requests::ConfirmUpload;
use api::views::UploadReceipt;
use domain::Refusal;
use domain::upload::{Attachment, MediaType, Owner, Reason, Upload};
use files::{Files, Scanner, Verdict, clean_key};
use inspection::{Cleaned, Limits, inspect};
use lambda::{Call, Fault, Party, PartyOrSchool, Reply};
use store::{Change, Context, Error, Loaded, Store, Table};

/// Takes the file if it is what was promised, the scanner knows nothing against it, and it is sound: pictures lose what is not picture,
/// documents are kept as they are. It lies under the hash of its content then, and can be handed in. Asked again, it is answered alike.
///
/// # Errors
/// The file is not taken, and why; nothing is there yet; the scanner has not answered; a day has passed; not the caller's.
pub async fn confirm_upload<T: Table, F: Files, S: Scanner>(
    store: &Store<T>,
    files: &F,
    scanner: &S,
    call: Call<PartyOrSchool, ConfirmUpload>,
) -> Reply<UploadReceipt> {
    let upload = match &call.caller {
        PartyOrSchool::Party(Party::Student(student)) => store.upload_of_student(&student.account, &call.body.id).await?,
        PartyOrSchool::Party(Party::Employer(employer)) => store.upload_of(&Owner::Employer(employer.id.clone()), &call.body.id).await?,
        PartyOrSchool::School(officer) => store.upload_of(&Owner::School(officer.0.school.clone()), &call.body.id).await?,
    };
    if let Some(receipt) = UploadReceipt::of(&upload.value, upload.version) {
        return Ok(receipt.into());
    }
    upload.value.may_be_confirmed(call.now())?;
    let cleaned = match checked(files, scanner, &upload.value).await? {
        Ok(cleaned) => cleaned,
        Err(reason) => return refuse(store, &call, &upload, reason).await,
    };
    let (media_type, sha256) = (cleaned.media_type, domain::upload::sha256(&cleaned.bytes));
    let file = Attachment {
        upload: upload.value.id.clone(),
        file_name: Attachment::named(&upload.value.file_name, media_type),
        media_type,
        length: cleaned.bytes.len() as u64,
        sha256: sha256.clone(),
        pages: cleaned.pages,
    };
    files.keep(&sha256, media_type, cleaned.bytes).await?;
    let confirmed = upload.value.clone().confirm(file, call.now())?;
    let receipt = UploadReceipt::of(&confirmed.next, upload.version + 1);
    let receipt = receipt.ok_or_else(|| Error::Broken("a clean upload without a file".to_owned()))?;
    let mut change = Change::new().moves(&call.context, &upload, &confirmed)?;
    if media_type == MediaType::Xlsx {
        // A roster, whether it is imported or not: whose numbers it holds in full, nobody keeps them for.
        change = change.lays(&clean_key(&sha256), call.now());
    }
    Ok(store.commit(change, &call.context, receipt).await?.into())
}

/// Longest file that is kept, in bytes: a picture may grow when it is drawn anew.
const MAX_KEPT: usize = 24 * 1024 * 1024;

/// What lies there, if it is what was promised and nothing is against it; or what is.
async fn checked<F: Files, S: Scanner>(files: &F, scanner: &S, upload: &Upload) -> Result<Result<Cleaned, Reason>, Fault> {
    let bytes = files.quarantined(upload).await?.ok_or(Refusal::UploadMissing)?;
    if bytes.len() as u64 != upload.length {
        return Ok(Err(Reason::SizeMismatch));
    }
    let sha256 = domain::upload::sha256(&bytes);
    if sha256 != upload.sha256 {
        return Ok(Err(Reason::ChecksumMismatch));
    }
    match scanner.verdict(upload, &sha256).await? {
        Verdict::Clean => {}
        Verdict::Infected => return Ok(Err(Reason::Infected)),
        Verdict::Pending => return Err(Refusal::ScanAwaited.into()),
    }
    // It takes seconds of a processor, which other requests of this process need not wait for.
    let (media_type, limits) = (upload.media_type, Limits { max_bytes: MAX_KEPT });
    let inspection = move || match media_type {
        // A roster is read where it is imported, in a function of its own; here it is only weighed.
        MediaType::Xlsx => desk::check_roster(&bytes).map(|()| Cleaned { media_type, bytes, pages: None }),
        MediaType::Pdf | MediaType::Jpeg | MediaType::Png => inspect(&bytes, media_type, &limits),
    };
    let inspected = tokio::task::spawn_blocking(inspection).await;
    inspected.map_err(|stopped| Fault::Logged(ProblemKind::Internal, stopped.to_string()))
}

/// It stays refused: asked again, the answer is the same, and nothing is read or checked again. No key keeps the answer as a success.
async fn refuse<T: Table>(
    store: &Store<T>,
    call: &Call<PartyOrSchool, ConfirmUpload>,
    upload: &Loaded<Upload>,
    reason: Reason,
) -> Reply<UploadReceipt> {
    let context = Context { idempotency: None, ..call.context.clone() };
    let refused = upload.value.clone().refuse(reason, call.now())?;
    store.commit(Change::new().moves(&context, upload, &refused)?, &context, ()).await?;
    Err(Refusal::UploadRefused(reason).into())
}
