//! The evidence certificate (存证证明): every step with its time and hash. It is made to be shown to others: persons stand in it by the mask,
//! and what people gave as a reason does not stand in it at all.

use crate::Unissuable;
use crate::agreement::known;
use crate::words::{moment, text};
use documents::{Kept, Step};
use domain::agreement::{Agreement, Origin};
use domain::document::Issued;
use domain::invitation::Invitation;
use domain::labels;
use domain::party::Actor;
use domain::values::Timestamp;
use store::AuditRecord;

/// What a certificate is made of.
#[derive(Clone, Debug)]
pub struct EvidenceParts<'a> {
    /// What it is about.
    pub agreement: &'a Agreement,
    /// Of an online signing: its letter.
    pub letter: Option<&'a Invitation>,
    /// What happened, oldest first, each record with its hash.
    pub process: &'a [(AuditRecord, String)],
    /// What was issued.
    pub documents: &'a [Issued],
    /// Hash of the last record.
    pub chain_head: &'a str,
    /// The signed root that the chain is under; none until the next one is made.
    pub sealed: Option<SealedRoot>,
    /// Where a stranger verifies what was issued, if something was that bears a code.
    pub address: Option<&'a str>,
    /// When it is made.
    pub made_at: Timestamp,
}

/// A signed root over the records of some hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRoot {
    /// The root, in hexadecimal.
    pub root: String,
    /// Up to when records are under it.
    pub at: Timestamp,
    /// Which key signed it.
    pub key: String,
}

/// The certificate.
///
/// # Errors
/// [`Unissuable::Missing`] with another signing's letter, [`Unissuable::Overtaken`] of an anonymous signing.
pub fn evidence_certificate(parts: EvidenceParts<'_>) -> Result<Vec<u8>, Unissuable> {
    let EvidenceParts { agreement, letter, process, documents, chain_head, sealed, address, made_at } = parts;
    if letter.is_some_and(|letter| letter.id.agreement() != agreement.id) {
        return Err(Unissuable::Missing);
    }
    known(agreement)?;
    let evidence = documents::Evidence {
        reference: reference(agreement, made_at),
        subject: if agreement.is_offline() { "线下签约协议书" } else { "电子协议书" }.to_owned(),
        number: agreement.number().map(|number| number.as_str().to_owned()),
        employer: text(&agreement.employer.name),
        graduate: agreement.student.name.masked(),
        school: text(&agreement.student.school_name),
        stage: labels::agreement_stage(agreement.stage_name(), agreement.college_approval().is_some()).to_owned(),
        documents: kept(agreement, letter, documents),
        steps: process.iter().map(|(record, hash)| step(record, hash)).collect(),
        chain_head: chain_head.to_owned(),
        sealed_root: sealed.as_ref().map(|sealed| sealed.root.clone()),
        sealed_at: sealed.as_ref().map(|sealed| sealed.at.in_shanghai_to_the_second()),
        key: sealed.map(|sealed| sealed.key),
        made_at: made_at.in_shanghai_to_the_second(),
        address: address.map(str::to_owned),
    };
    Ok(documents::evidence_certificate(&evidence, moment(made_at))?)
}

/// 证明编号: of which signing, and made when. No number is drawn for it.
fn reference(agreement: &Agreement, made_at: Timestamp) -> String {
    let digits: String = made_at.in_shanghai_to_the_second().chars().filter(char::is_ascii_digit).collect();
    format!("{}-{digits}", agreement.id)
}

/// What was sent, issued and handed in, in the order of time. File names are the senders' words, and not shown.
fn kept(agreement: &Agreement, letter: Option<&Invitation>, documents: &[Issued]) -> Vec<Kept> {
    let letter = letter.map(|letter| (letter.sent_at, "邀请函（数据文本）".to_owned(), letter.letter_hash.clone()));
    let issued = documents.iter().map(|issued| (issued.at, labels::document(issued.kind).0.to_owned(), issued.sha256.clone()));
    let feedback = match &agreement.origin {
        Origin::Online { .. } => &[],
        Origin::Offline { feedback, .. } => feedback.as_slice(),
    };
    let scans = feedback.iter().zip(1..).flat_map(|(version, number)| {
        let name = move |page| format!("反馈协议书，第 {number} 次，文件 {page}");
        version.files.iter().zip(1..).map(move |(file, page)| (version.at, name(page), file.sha256.clone()))
    });
    let mut all: Vec<(Timestamp, String, String)> = letter.into_iter().chain(issued).chain(scans).collect();
    all.sort_by_key(|(at, _, _)| *at);
    all.into_iter().map(|(at, name, hash)| Kept { name, at: at.in_shanghai_to_the_second(), hash }).collect()
}

/// A step: what happened by its label, who by the party, how by what that party can do.
fn step(record: &AuditRecord, hash: &str) -> Step {
    let (who, how) = match record.actor {
        Actor::Student { .. } => ("乙方 毕业生", "登录账号后在系统中确认"),
        Actor::Employer { .. } => ("甲方 用人单位", "登录账号后在系统中确认"),
        Actor::College { .. } => ("丙方 院系", "登录账号后在系统中办理"),
        Actor::School { .. } => ("丙方 学校", "登录账号后在系统中办理"),
        Actor::Operator { .. } => ("平台", "登录账号后在系统中办理"),
        Actor::System => ("系统", "期限届满，由系统记录"),
    };
    Step {
        at: record.at.in_shanghai_to_the_second(),
        what: labels::event(&record.what).to_owned(),
        who: who.to_owned(),
        how: how.to_owned(),
        hash: hash.to_owned(),
    }
}
