//! `transitions.txt`: every stage, every command, what comes of it (domain 2.2 to 2.6).

mod online;
mod paper;
mod terminations;

use crate::support::check_golden;
use domain::agreement::Agreement;
use domain::invitation::{Accept, Accepted, Expired, Invitation, Pending, Rejected, Send, Stage, Terms, Withdrawn};
use domain::letter::Letter;
use domain::party::Officer;
use domain::registration::Registration;
use domain::student::{Holder, SigningStatus, Student};
use domain::termination::Termination;
use domain::values::{InvitationId, ResponsePeriod, Text, Timestamp};
use domain::{Effect, Refusal, Release, Transition, agreement};
use serde_json::json;
use std::fmt::Write as _;

#[test]
fn every_command_in_every_stage_leads_where_the_tables_of_the_domain_say() {
    let mut page = String::from("# stage | command -> next stage, event, effects; or the refusal\n");
    invitations(&mut page);
    online::agreements(&mut page);
    paper::drafts(&mut page);
    paper::agreements(&mut page);
    terminations::requests(&mut page);
    paper::registrations(&mut page);
    paper::uploads(&mut page);
    statuses(&mut page);
    check_golden("transitions.txt", &page);
}

fn sent_at() -> Timestamp {
    Timestamp::parse("2026-11-23T08:00:00.000Z").unwrap()
}

fn deadline() -> Timestamp {
    sent_at().plus_days(5)
}

fn student() -> Student {
    let sealed = json!({ "cipher": "-", "mask": "-" });
    serde_json::from_value(json!({
        "id": "99001-s00000000000000000001", "person": "p1", "school": "99001", "school_name": "江城大学", "college": "c01",
        "college_name": "计算机科学与技术学院", "graduation_year": 2027, "student_number": "20191009", "name": "黄河水9", "resident_id": sealed,
        "mobile": sealed, "email": null, "major": "计算机应用技术", "class": null, "education": null, "verified": null,
    }))
    .unwrap()
}

fn letter(industry: Option<&str>) -> Letter {
    let signing =
        json!({ "position": "教师", "job_category": "24", "workplace": "武汉", "probation_months": 0, "pay": { "monthly_fen": 1 } });
    let contact = json!({ "name": "赵敏", "phone": "027-87654321" });
    let employer = json!({ "name": "星光集团", "credit_code": "911306007216356986", "nature": "21", "industry": industry, "region": "150521",
        "address": null, "contact": contact });
    serde_json::from_value(json!({ "employer_id": "e1", "employer": employer, "signing": signing, "file_receiving": { "accepts": "no" }, "household_receiving": { "accepts": "no" } })).unwrap()
}

fn reason() -> Text<500> {
    Text::parse("原因").unwrap()
}

fn terms() -> Terms {
    Terms { period: ResponsePeriod::DEFAULT, longest_days: 7, reminder_hours: [24].into() }
}

fn invitation(stage: Option<Stage>) -> Invitation {
    let id = InvitationId::parse("99001-i00000000000000000001").unwrap();
    let send = Send { id, letter: letter(Some("21")), terms: terms(), now: sent_at() };
    let sent = Invitation::send(&student(), send).next;
    Invitation { stage: stage.unwrap_or_else(|| sent.stage.clone()), ..sent }
}

/// Collects the lines of one stage; where every command meets the same refusal, one line says so.
struct Rows<'p> {
    page: &'p mut String,
    stage: String,
    outcomes: Vec<(String, String)>,
}

impl<'p> Rows<'p> {
    fn of(page: &'p mut String, stage: &str) -> Self {
        Self { page, stage: stage.to_owned(), outcomes: Vec::new() }
    }

    fn add<S: Named>(&mut self, command: &str, outcome: Result<Transition<S>, Refusal>) {
        let outcome = match outcome {
            Ok(done) => format!("{}, {}; {}", done.next.name(), done.event.name(), effects(&done.effects)),
            Err(refusal) => format!("refused: {refusal:?}"),
        };
        self.outcomes.push((command.to_owned(), outcome));
    }
}

impl Rows<'_> {
    /// What `tell` adds, each command under another name; one line where every command meets the same refusal.
    fn with(&mut self, name: &dyn Fn(&str) -> String, tell: impl FnOnce(&mut Self)) {
        let before = self.outcomes.len();
        tell(self);
        let told = self.outcomes.split_off(before);
        let one = told.first().map(|(_, outcome)| outcome.clone()).unwrap_or_default();
        let same = one.starts_with("refused") && told.iter().all(|(_, outcome)| *outcome == one);
        let told = if same { vec![("every command".to_owned(), one)] } else { told };
        self.outcomes.extend(told.into_iter().map(|(command, outcome)| (name(&command), outcome)));
    }
}

impl Drop for Rows<'_> {
    fn drop(&mut self) {
        let same = self.outcomes.iter().all(|(_, outcome)| *outcome == self.outcomes[0].1 && outcome.starts_with("refused"));
        let rows = if same && self.outcomes.len() > 1 {
            vec![("every command".to_owned(), self.outcomes[0].1.clone())]
        } else {
            std::mem::take(&mut self.outcomes)
        };
        for (command, outcome) in rows {
            writeln!(self.page, "{} | {command} -> {outcome}", self.stage).unwrap();
        }
    }
}

trait Named {
    fn name(&self) -> &'static str;
}

impl Named for Invitation {
    fn name(&self) -> &'static str {
        self.stage_name().as_str()
    }
}

impl Named for Agreement {
    fn name(&self) -> &'static str {
        match (self.stage_name(), self.college_approval().is_some(), self.open_termination().is_some()) {
            (agreement::StageName::AgreementReview, true, _) => "agreement_review (college approved)",
            (_, true, _) => "pending_certification (college approved)",
            (_, _, true) => "certified (termination open)",
            (stage, false, false) => stage.as_str(),
        }
    }
}

impl Named for Termination {
    fn name(&self) -> &'static str {
        if self.college_approval().is_some() { "pending_certification (college approved)" } else { self.stage_name().as_str() }
    }
}

impl Named for Registration {
    fn name(&self) -> &'static str {
        self.stage_name().as_str()
    }
}

impl Named for domain::upload::Upload {
    fn name(&self) -> &'static str {
        self.stage_name()
    }
}

impl Named for domain::offline_draft::OfflineDraft {
    fn name(&self) -> &'static str {
        self.stage_name()
    }
}

fn effects(effects: &[Effect]) -> String {
    let words = effects.iter().map(|effect| match effect {
        Effect::Notify(recipient, _) => format!("notify {}", format!("{recipient:?}").split('(').next().unwrap().to_lowercase()),
        Effect::TakePair(_) => "take pair".to_owned(),
        Effect::ProlongPair(_) => "prolong pair".to_owned(),
        Effect::HandOverPair => "hand over pair".to_owned(),
        Effect::FreePair(release) => format!("free pair{}", counted(*release)),
        Effect::TakeSlot(kind) => format!("take slot ({})", kind.as_str()),
        Effect::NeedFreeSlot => "slot must be free".to_owned(),
        Effect::ReleaseSlot(release) => format!("release slot{}", counted(*release)),
        Effect::Draw(document) => format!("draw {document:?}").to_lowercase(),
        Effect::OpenPlanRecord => "open plan record".to_owned(),
        Effect::ClosePlanRecord => "close plan record".to_owned(),
        Effect::PlaceWith { school, standing, .. } => {
            format!("place with {school}: {}", standing.map_or("nowhere", |standing| standing.as_str()))
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

fn counted(release: Release) -> String {
    match release {
        Release::Ended => String::new(),
        Release::Terminated(initiator) => format!(" (counts against the {})", initiator.as_str()),
    }
}

fn officer(account: &str, college: bool) -> Officer {
    let college = college.then_some("c01");
    serde_json::from_value(json!({ "account": account, "name": null, "school": "99001", "college": college })).unwrap()
}

/// Who may decide: of the college, of the school, and of the school who has approved for the college.
fn officers() -> [(&'static str, Officer); 3] {
    [
        ("a college officer", officer("teacher", true)),
        ("a school officer", officer("office", false)),
        ("who approved, for the school", officer("teacher", false)),
    ]
}

fn invitations(page: &mut String) {
    page.push_str("\n## 邀约\n");
    let sent = Invitation::send(&student(), Send { id: invitation(None).id, letter: letter(Some("21")), terms: terms(), now: sent_at() });
    Rows::of(page, "-").add("send", Ok(sent));
    let at = sent_at();
    let stages = [
        Stage::Pending(Pending { expires_at: deadline() }),
        Stage::Accepted(Accepted { at, agreement: invitation(None).id.agreement() }),
        Stage::Rejected(Rejected { at, reason: None }),
        Stage::Expired(Expired { at: deadline() }),
        Stage::Withdrawn(Withdrawn { at }),
    ];
    let (in_time, late) = (deadline().plus_millis(-1), deadline());
    let days = |n| ResponsePeriod::from_days(n).unwrap();
    for stage in stages {
        let letter = || invitation(Some(stage.clone()));
        let shown = letter().confirmation_token(1);
        let accept = |token: &str, now| letter().accept(&Accept { confirmation_token: token, version: 1, now });
        let mut rows = Rows::of(page, letter().name());
        rows.add("accept, 1 ms before the deadline", accept(&shown, in_time));
        rows.add("accept, at the deadline", accept(&shown, late));
        rows.add("accept, another letter was shown", accept("other", in_time));
        rows.add("reject, 1 ms before the deadline", letter().reject(None, in_time));
        rows.add("reject, at the deadline", letter().reject(Some(reason()), late));
        rows.add("expire, 90 s past the deadline", letter().expire(deadline().plus_millis(90_000)));
        rows.add("expire, 1 ms earlier", letter().expire(deadline().plus_millis(89_999)));
        rows.add("withdraw, before the deadline", letter().withdraw(in_time));
        rows.add("withdraw, at the deadline", letter().withdraw(late));
        rows.add("extend to 6 days", letter().extend(days(6), in_time));
        rows.add("extend to the same 5 days", letter().extend(days(5), in_time));
        rows.add("extend to 8 days where the school allows 7", letter().extend(days(8), in_time));
        rows.add("extend, at the deadline", letter().extend(days(6), late));
    }
}

fn statuses(page: &mut String) {
    page.push_str("\n## 学生签约状态: verified, slot, open termination -> status, may sign\n");
    let id = invitation(None).id.agreement();
    let holding = [agreement::StageName::PendingCertification, agreement::StageName::Certified];
    let online = holding.map(|stage| (format!("online {}", stage.as_str()), Some(Holder::Online(id.clone(), stage))));
    let others = [
        ("free".to_owned(), None),
        ("offline in progress".to_owned(), Some(Holder::OfflineInProgress)),
        ("offline certified".to_owned(), Some(Holder::OfflineCertified)),
        ("registration".to_owned(), Some(Holder::Registration)),
    ];
    for (name, holder) in others.into_iter().chain(online) {
        let unsigned = matches!(
            holder,
            None | Some(Holder::Registration | Holder::OfflineInProgress | Holder::Online(_, agreement::StageName::PendingCertification))
        );
        for (verified, terminating) in [(false, false), (true, false), (true, true)].into_iter().take(if unsigned { 2 } else { 3 }) {
            let status = SigningStatus::derive(verified, holder.as_ref(), terminating);
            writeln!(
                page,
                "{verified}, {name}, {terminating} -> {status:?} {}, {}",
                domain::labels::signing_status(status),
                status.may_sign()
            )
            .unwrap();
        }
    }
}
