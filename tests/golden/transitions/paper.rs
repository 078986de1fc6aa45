//! 线下签约 (domain 2.4) and 就业信息登记.

use super::online::{LEVELS, certified, in_force, judged, pending, verdicts};
use super::{Named as _, Rows, invitation, letter, officer, reason, sent_at, student};
use domain::agreement::{Agreement, AwaitingFeedback, Decision, Ended, OfflineText, OpenTermination, Stage, Starred, Terminated};
use domain::letter::Letter;
use domain::offline_draft::OfflineDraft;
use domain::party::Initiator;
use domain::policy::{CertificationLevel, Policy};
use domain::registration::{Facts, Registrar, Registration};
use domain::upload::{self, Attachment, Owner, Purpose, Readers, Upload};
use domain::values::{AgreementId, AgreementNumber, Destination, RegistrationId, TerminationId, Text, Timestamp, UploadId};
use serde_json::json;

fn id() -> AgreementId {
    invitation(None).id.agreement()
}

fn drawn_up(policy: &Policy) -> domain::Transition<Agreement> {
    let Letter { employer, signing, file_receiving, household_receiving, .. } = letter(Some("21"));
    let text = OfflineText { employer, signing, file_receiving, household_receiving };
    Agreement::draw_up(id(), AgreementNumber::parse("99001-2027-000001").unwrap(), text, &student(), policy, sent_at())
}

fn agreement(level: CertificationLevel, voidable: bool, stage: &Stage) -> Agreement {
    let policy =
        Policy { offline_review_level: level, offline_certification_level: level, allow_offline_void: voidable, ..Policy::default() };
    Agreement { stage: stage.clone(), ..drawn_up(&policy).next }
}

fn scan() -> Vec<Attachment> {
    let file = json!({ "upload": "u00000000000000000001", "file_name": "scan.jpg", "media_type": "jpeg", "length": 1, "sha256": "00", "pages": null });
    vec![serde_json::from_value(file).unwrap()]
}

pub(super) fn drafts(page: &mut String) {
    page.push_str("\n## 录入协议书\n");
    let (person, year) = (student().person, student().graduation_year);
    let saved = |standing| OfflineDraft::save(standing, person.clone(), year, serde_json::Map::new(), sent_at());
    Rows::of(page, "-").add("save", Ok(saved(None)));
    let draft = saved(None).next;
    let generated = draft.clone().generate(id()).next;
    for standing in [draft, generated] {
        let mut rows = Rows::of(page, standing.name());
        rows.add("save", Ok(saved(Some(standing.clone()))));
        rows.add("generate", Ok(standing.generate(id())));
    }
}

pub(super) fn agreements(page: &mut String) {
    page.push_str("\n## 线下签约\n");
    Rows::of(page, "-").add("draw up", Ok(drawn_up(&Policy::default())));
    let ways: [fn(bool) -> Stage; 2] =
        [|approved| Stage::AgreementReview(pending(approved)), |approved| Stage::PendingCertification(pending(approved))];
    for stage in ways {
        for (level, approved) in LEVELS.into_iter().flat_map(|level| [(level, false), (level, true)]) {
            if approved && level != CertificationLevel::CollegeThenSchool {
                continue; // the college's approval exists at two levels only
            }
            let from = format!("{}, {level:?}", agreement(level, true, &stage(approved)).name());
            commands(page, &from, &|| agreement(level, true, &stage(approved)));
        }
    }
    let (at, termination) = (sent_at(), TerminationId::of(&id(), 1));
    let ended = Ended { at, reason: reason() };
    let open = OpenTermination { id: termination.clone(), initiator: Initiator::Student };
    let stages = [
        Stage::AgreementRejected(ended.clone()),
        Stage::AwaitingFeedback(AwaitingFeedback { since: at }),
        in_force(None),
        in_force(Some(open)),
        Stage::FeedbackRejected(ended.clone()),
        Stage::Terminated(Terminated { certified: certified(), termination, at }),
        Stage::Voided(ended),
    ];
    for stage in &stages {
        let standing = || agreement(CertificationLevel::Either, true, stage);
        commands(page, standing().name(), &standing);
    }
    let awaiting = Stage::AwaitingFeedback(AwaitingFeedback { since: at });
    let mut rows = Rows::of(page, "awaiting_feedback, the school lets nobody void");
    rows.add("void by the student", agreement(CertificationLevel::Either, false, &awaiting).undo_by_student(reason(), at));
    let by_school = agreement(CertificationLevel::Either, false, &awaiting).undo_by_school(&officer("office", false), reason(), at);
    rows.add("void by a school officer", by_school);
}

fn commands(page: &mut String, from: &str, agreement: &dyn Fn() -> Agreement) {
    let (at, mut rows) = (sent_at(), Rows::of(page, from));
    let of_review = |command: &str| format!("review: {command}");
    rows.with(&of_review, |rows| verdicts(rows, |by, verdict| agreement().review(by, verdict, at)));
    rows.add("return the stamped scan", agreement().return_signed(scan(), at));
    let of_certification = |command: &str| format!("certification: {command}");
    rows.with(&of_certification, |rows| {
        verdicts(rows, |by, verdict| judged(agreement(), by, Decision { verdict, starred: Starred::default() }));
    });
    rows.add("void by the student", agreement().undo_by_student(reason(), at));
    rows.add("void by a school officer", agreement().undo_by_school(&officer("office", false), reason(), at));
    rows.add("void by a college officer", agreement().undo_by_school(&officer("teacher", true), reason(), at));
    let first = TerminationId::of(&agreement().id, 1);
    rows.add("a termination comes to nothing", agreement().keep(&first));
    rows.add("the student's termination is certified", agreement().dissolve(&first, Initiator::Student, at));
}

pub(super) fn registrations(page: &mut String) {
    page.push_str("\n## 就业信息登记\n");
    let registered = |code: &str, organisation: Option<&str>, by| {
        let organisation = organisation.map(|name| Text::parse(name).unwrap());
        let facts = Facts { destination: Destination::parse(code).unwrap(), organisation, region: None, remark: None };
        Registration::register(RegistrationId::parse("99001-r00000000000000000001").unwrap(), &student(), facts, by, sent_at())
    };
    let mut rows = Rows::of(page, "-");
    rows.add("register 46 by the student", registered("46", Some("武装部"), Registrar::Student));
    rows.add("register 46 by the school", registered("46", Some("武装部"), Registrar::School));
    rows.add("register 46 without where", registered("46", None, Registrar::Student));
    rows.add("register 76 without where", registered("76", None, Registrar::Student));
    rows.add("register 10, which agreements write", registered("10", None, Registrar::Student));
    rows.add("register 70, which is none", registered("70", None, Registrar::Student));
    rows.add("register 71, which is none yet", registered("71", None, Registrar::School));
    drop(rows);
    let standing = registered("46", Some("武装部"), Registrar::Student).unwrap().next;
    let withdrawn = standing.clone().withdraw(Registrar::School, reason(), sent_at()).unwrap().next;
    for registration in [standing, withdrawn] {
        let mut rows = Rows::of(page, registration.name());
        rows.add("withdraw by the student", registration.clone().withdraw(Registrar::Student, reason(), sent_at()));
        rows.add("withdraw by the school", registration.withdraw(Registrar::School, reason(), sent_at()));
    }
}

pub(super) fn uploads(page: &mut String) {
    page.push_str("\n## 上传\n");
    let file: Attachment = scan().remove(0);
    let requested = Upload::request(Upload {
        id: UploadId::parse("u00000000000000000001").unwrap(),
        owner: Owner::Student(student().person),
        purpose: Purpose::StampedAgreement,
        file_name: file.file_name.clone(),
        media_type: file.media_type,
        length: file.length,
        sha256: file.sha256.clone(),
        requested_at: sent_at(),
        stage: upload::Stage::Requested,
    });
    let readers = Readers::AnySchool;
    Rows::of(page, "-").add("request", Ok(requested.clone()));
    let requested = requested.next;
    let clean = requested.clone().confirm(file.clone(), sent_at()).unwrap().next;
    let attached = clean.clone().attach(readers.clone(), sent_at()).unwrap().next;
    let refused = requested.clone().refuse(upload::Reason::Script, sent_at()).unwrap().next;
    let late = |at: Timestamp| at.plus_days(1);
    for upload in [requested, clean, attached, refused] {
        let mut rows = Rows::of(page, upload.name());
        rows.add("confirm", upload.clone().confirm(file.clone(), sent_at()));
        rows.add("confirm a day later", upload.clone().confirm(file.clone(), late(sent_at())));
        rows.add("refuse", upload.clone().refuse(upload::Reason::Script, sent_at()));
        rows.add("attach", upload.attach(readers.clone(), sent_at()));
    }
}
