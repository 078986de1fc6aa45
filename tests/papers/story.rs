//! Signings as the domain's own transitions make them, with the records that the store would keep.

use super::scene::{letter, offline_text, student};
use domain::agreement::{Agreement, Decision, Judgement, Starred};
use domain::decision::Verdict;
use domain::event::Event;
use domain::invitation::{Accept, Invitation, Send, Terms};
use domain::letter::Letter;
use domain::party::{Actor, Initiator, Officer};
use domain::policy::{CertificationLevel, Policy};
use domain::student::Student;
use domain::termination::{Answer, Moved, Request, Termination, Used};
use domain::values::{AgreementNumber, Industry, InvitationId, ResponsePeriod, TerminationReason, Text, Timestamp};
use domain::{Transition, upload::Attachment};
use serde_json::json;
use store::{AuditRecord, With};

pub(super) const NUMBER: &str = "99001-2027-000123";
/// What people give as reasons: the parties' own matter.
pub(super) const REASON: &str = "家中老人需要照料";

/// A signing so far.
#[derive(Clone)]
pub(super) struct Story {
    pub(super) letter: Option<Invitation>,
    pub(super) agreement: Agreement,
    pub(super) termination: Option<Termination>,
    pub(super) process: Vec<AuditRecord>,
}

/// So many minutes after the letter was sent, at 17:02:11 in Beijing.
pub(super) fn after(minutes: i64) -> Timestamp {
    Timestamp::parse("2026-11-23T09:02:11.000Z").unwrap().plus_millis(minutes * 60_000)
}

pub(super) fn sent(student: &Student, letter: Letter) -> Transition<Invitation> {
    let terms = Terms { period: ResponsePeriod::DEFAULT, longest_days: 7, reminder_hours: [24].into() };
    let id = InvitationId::parse("99001-i00000000000000000001").unwrap();
    Invitation::send(student, Send { id, letter, terms, now: after(0) })
}

fn two_levels() -> Policy {
    let level = CertificationLevel::CollegeThenSchool;
    Policy { certification_level: level, offline_certification_level: level, ..Policy::default() }
}

pub(super) fn actor(role: &str) -> Actor {
    serde_json::from_value(json!({ "role": role, "account": "somebody", "employer": "e1", "school": "99001", "college": "c01" })).unwrap()
}

fn officer(name: &str, college: bool) -> Officer {
    let (account, college) = if college { ("teacher", Some("c01")) } else { ("office", None) };
    serde_json::from_value(json!({ "account": account, "name": name, "school": "99001", "college": college })).unwrap()
}

fn record(aggregate: &str, role: &str, at: Timestamp, what: Event) -> AuditRecord {
    let (prev, action, to) = (String::new(), String::new(), String::new());
    let (aggregate, request_id) = (aggregate.to_owned(), String::new());
    AuditRecord {
        v: 1,
        aggregate,
        seq: 1,
        version: 1,
        prev,
        at,
        actor: actor(role),
        action,
        request_id,
        from: None,
        to,
        what,
        state: None,
        with: With::default(),
    }
}

impl Story {
    /// Invited and accepted: it waits for certification, at two levels.
    pub(super) fn signed_online() -> Self {
        Self::signed_by(&student(), letter())
    }

    pub(super) fn signed_by(student: &Student, letter: Letter) -> Self {
        let sent = sent(student, letter);
        let token = sent.next.confirmation_token(1);
        let accept = Accept { confirmation_token: &token, version: 1, now: after(90) };
        let accepted = sent.next.accept(&accept).unwrap();
        let formed = Agreement::form(&accepted.next, student, &two_levels(), after(90));
        let (letter, agreement) = (accepted.next, formed.next);
        let process = vec![
            record(letter.id.as_str(), "employer", after(0), sent.event),
            record(letter.id.as_str(), "student", after(90), accepted.event),
            record(agreement.id.as_str(), "student", after(90), formed.event),
        ];
        Self { letter: Some(letter), agreement, termination: None, process }
    }

    /// Entered by the graduate: to be reviewed, printed, signed and stamped.
    pub(super) fn drawn_up() -> Self {
        let id = InvitationId::parse("99001-i00000000000000000002").unwrap().agreement();
        let number = AgreementNumber::parse(NUMBER).unwrap();
        let drawn = Agreement::draw_up(id, number, offline_text(letter()), &student(), &two_levels(), after(0));
        let process = vec![record(drawn.next.id.as_str(), "student", after(0), drawn.event)];
        Self { letter: None, agreement: drawn.next, termination: None, process }
    }

    fn goes_on(mut self, role: &str, at: Timestamp, step: Transition<Agreement>) -> Self {
        self.process.push(record(step.next.id.as_str(), role, at, step.event));
        self.agreement = step.next;
        self
    }

    /// Reviewed, signed on paper, and returned as two scans.
    pub(super) fn returned(self) -> Self {
        let passed = self.agreement.clone().review(&officer("王老师", false), Verdict::Pass, after(100)).unwrap();
        let story = self.goes_on("school", after(100), passed);
        let scan = |digit: &str| -> Attachment {
            let file = json!({ "upload": "u00000000000000000001", "file_name": "张㛃𠅤䶮堃的协议书.jpg", "media_type": "jpeg", "length": 1,
                "sha256": digit.repeat(64), "pages": null });
            serde_json::from_value(file).unwrap()
        };
        let returned = story.agreement.clone().return_signed(vec![scan("a"), scan("b")], after(200)).unwrap();
        story.goes_on("student", after(200), returned)
    }

    fn judged(&self, by: &Officer, industry: Option<&str>, at: Timestamp) -> Transition<Agreement> {
        let industry = industry.map(|code| Industry::parse(code).unwrap());
        let decision = Decision { verdict: Verdict::Pass, starred: Starred { industry, ..Starred::default() } };
        match self.agreement.clone().judge(by, decision, at).unwrap() {
            Judgement::Settled(done) => *done,
            Judgement::Certifies(passed) => passed.numbered(AgreementNumber::parse(NUMBER).unwrap()),
        }
    }

    /// 学院通过, by an officer who fills in 单位行业.
    pub(super) fn approved_by_the_college(self) -> Self {
        let step = self.judged(&officer("赵老师", true), Some("34"), after(300));
        self.goes_on("college", after(300), step)
    }

    /// 签约鉴证通过, by the school.
    pub(super) fn certified(self) -> Self {
        let step = self.judged(&officer("王老师", false), None, after(400));
        self.goes_on("school", after(400), step)
    }

    /// 签约鉴证通过 by the college, where it may.
    pub(super) fn certified_by_the_college(mut self) -> Self {
        self.agreement.rules.certification_level = CertificationLevel::Either;
        let step = self.judged(&officer("赵老师", true), Some("34"), after(300));
        self.goes_on("college", after(300), step)
    }

    /// The school revokes what it has certified.
    pub(super) fn revoked(self) -> Self {
        let step = self.agreement.clone().undo_by_school(&officer("王老师", false), Text::parse(REASON).unwrap(), after(500)).unwrap();
        self.goes_on("school", after(500), step)
    }

    fn moved(mut self, role: &str, at: Timestamp, moved: Moved) -> Self {
        self.process.push(record(moved.termination.next.id.as_str(), role, at, moved.termination.event));
        self.termination = Some(moved.termination.next);
        match moved.agreement {
            Some(step) => self.goes_on(role, at, step),
            None => self,
        }
    }

    /// The graduate asks to terminate, the employer consents if it is asked.
    pub(super) fn ending(self) -> Self {
        let files: &[Attachment] = match &self.agreement.origin {
            domain::agreement::Origin::Offline { feedback, .. } => &feedback[0].files,
            domain::agreement::Origin::Online { .. } => &[],
        };
        let request = Request {
            initiator: Initiator::Student,
            notice_version: 1,
            reason_code: TerminationReason::parse("S2").unwrap(),
            reason: Text::parse(REASON).unwrap(),
            proofs: files.to_vec(),
            at: after(500),
        };
        let moved = Termination::request(self.agreement.clone(), request, Used::default()).unwrap();
        let story = self.moved("student", after(500), moved);
        if story.agreement.is_offline() {
            return story;
        }
        let request = story.termination.clone().unwrap();
        let consent = Answer::Consent { notice_version: 1 };
        let moved = request.answer(Initiator::Employer, consent, story.agreement.clone(), after(600)).unwrap();
        story.moved("employer", after(600), moved)
    }

    /// 解约鉴证通过, by the school.
    pub(super) fn ended(self) -> Self {
        let request = self.termination.clone().unwrap();
        let moved = request.certify(&officer("王老师", false), Verdict::Pass, self.agreement.clone(), after(700)).unwrap();
        self.moved("school", after(700), moved)
    }

    /// The records, each with a hash.
    pub(super) fn hashed(&self) -> Vec<(AuditRecord, String)> {
        self.process.iter().zip(1..).map(|(record, number)| (record.clone(), format!("{number:064x}"))).collect()
    }
}
