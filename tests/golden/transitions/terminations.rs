//! 解约申请 (domain 2.5): what each command makes of the request, and of its agreement.

use super::online::{LEVELS, formed, in_force};
use super::{Named, Rows, effects, officer, officers, reason, sent_at};
use domain::Refusal;
use domain::agreement::{Agreement, OpenTermination, Origin, Stage as AgreementStage};
use domain::decision::{CollegeApproval, Verdict};
use domain::party::Initiator;
use domain::policy::{CertificationLevel, QuotaCounting};
use domain::termination::{Answer, Moved, PendingCertification, Request, Settled, Stage, Termination, Used, notice_to};
use domain::upload::Attachment;
use domain::values::{TerminationId, TerminationReason};
use serde_json::json;

fn certified(termination: Option<OpenTermination>) -> Agreement {
    formed(CertificationLevel::Either, false, Some("21"), in_force(termination))
}

fn on_paper() -> Agreement {
    let number = certified(None).certification().unwrap().number.clone();
    Agreement { origin: Origin::Offline { number, text_hash: "00".to_owned(), feedback: Vec::new() }, ..certified(None) }
}

fn proof() -> Vec<Attachment> {
    let file = json!({ "upload": "u00000000000000000001", "file_name": "proof.pdf", "media_type": "pdf", "length": 1, "sha256": "00", "pages": 1 });
    vec![serde_json::from_value(file).unwrap()]
}

fn asked(initiator: Initiator) -> Request {
    let code = if initiator == Initiator::Student { "S1" } else { "E1" };
    Request {
        initiator,
        notice_version: notice_to(initiator).version,
        reason_code: TerminationReason::parse(code).unwrap(),
        reason: reason(),
        proofs: Vec::new(),
        at: sent_at(),
    }
}

/// A request in this stage, with its agreement.
fn standing(initiator: Initiator, level: CertificationLevel, stage: Stage) -> (Termination, Agreement) {
    let moved = Termination::request(certified(None), asked(initiator), Used::default()).unwrap();
    (Termination { level, stage, ..moved.termination.next }, moved.agreement.unwrap().next)
}

impl Rows<'_> {
    fn ends(&mut self, command: &str, outcome: Result<Moved, Refusal>) {
        let outcome = match outcome {
            Ok(Moved { termination, agreement }) => {
                let agreement = agreement.map_or_else(String::new, |agreement| {
                    format!(" | agreement {}, {}; {}", agreement.next.name(), agreement.event.name(), effects(&agreement.effects))
                });
                format!("{}, {}; {}{agreement}", termination.next.name(), termination.event.name(), effects(&termination.effects))
            }
            Err(refusal) => format!("refused: {refusal:?}"),
        };
        self.outcomes.push((command.to_owned(), outcome));
    }
}

pub(super) fn requests(page: &mut String) {
    page.push_str("\n## 解约申请\n");
    raised(page);
    quotas(page);
    let at = sent_at();
    let settled = || Settled { at, reason: Some(reason()) };
    answered(page, Initiator::Student, &Stage::PendingCounterparty);
    answered(page, Initiator::Employer, &Stage::PendingCounterparty);
    for (level, approved) in LEVELS.into_iter().flat_map(|level| [(level, false), (level, true)]) {
        if approved && level != CertificationLevel::CollegeThenSchool {
            continue; // the college's approval exists at two levels only
        }
        let approval = CollegeApproval { by: officer("teacher", true), at };
        let stage = Stage::PendingCertification(PendingCertification { since: at, college_approval: approved.then_some(approval) });
        decided(page, Initiator::Student, level, &stage);
    }
    decided(page, Initiator::Employer, CertificationLevel::Either, &pending_certification());
    answered(page, Initiator::Student, &pending_certification());
    for stage in
        [Stage::Certified(settled()), Stage::CertificationRejected(settled()), Stage::Refused(settled()), Stage::Withdrawn(settled())]
    {
        answered(page, Initiator::Student, &stage);
        decided(page, Initiator::Student, CertificationLevel::Either, &stage);
    }
}

fn pending_certification() -> Stage {
    Stage::PendingCertification(PendingCertification { since: sent_at(), college_approval: None })
}

/// T1, T1b: what may be asked for, of which agreement.
fn raised(page: &mut String) {
    let mut rows = Rows::of(page, "-");
    let raise = |agreement, request| Termination::request(agreement, request, Used::default());
    let stale = |initiator| Request { notice_version: 0, ..asked(initiator) };
    for initiator in Initiator::ALL {
        let by = initiator.as_str();
        rows.ends(&format!("request by the {by}"), raise(certified(None), asked(initiator)));
        rows.ends(&format!("request by the {by}, another notice was shown"), raise(certified(None), stale(initiator)));
        let others = Request { reason_code: asked(initiator.other()).reason_code, ..asked(initiator) };
        rows.ends(&format!("request by the {by}, with a reason of the other's"), raise(certified(None), others));
        let open = OpenTermination { id: TerminationId::of(&certified(None).id, 1), initiator: initiator.other() };
        rows.ends(&format!("request by the {by} while the other's is open"), raise(certified(Some(open)), asked(initiator)));
    }
    let with_proof = || Request { proofs: proof(), ..asked(Initiator::Student) };
    rows.ends("request with a proof, of an online signing", raise(certified(None), with_proof()));
    rows.ends("request on paper", raise(on_paper(), with_proof()));
    rows.ends("request on paper without a proof", raise(on_paper(), asked(Initiator::Student)));
    let pending =
        formed(CertificationLevel::Either, false, Some("21"), AgreementStage::PendingCertification(super::online::pending(false)));
    rows.ends("request before certification", raise(pending, asked(Initiator::Student)));
}

///
fn quotas(page: &mut String) {
    for (counting, initiator) in [QuotaCounting::PerInitiator, QuotaCounting::AnyInitiator]
        .into_iter()
        .flat_map(|counting| Initiator::ALL.map(|one| (counting, one)))
    {
        let mut rows = Rows::of(page, &format!("quota of 1, {counting:?}"));
        let cases = [
            ("nothing is used", Used::default()),
            ("one by the student", Used { by_student: 1, ..Used::default() }),
            ("one by another employer", Used { by_employers: 1, ..Used::default() }),
            ("one by this employer", Used { by_employers: 1, by_this_employer: 1, ..Used::default() }),
            ("one by the student, one more granted", Used { by_student: 1, granted: 1, ..Used::default() }),
        ];
        for (case, used) in cases {
            let mut agreement = certified(None);
            agreement.rules.quota_counting = counting;
            rows.ends(
                &format!("request by the {} when {case}", initiator.as_str()),
                Termination::request(agreement, asked(initiator), used),
            );
        }
    }
}

fn answered(page: &mut String, initiator: Initiator, stage: &Stage) {
    let request = || standing(initiator, CertificationLevel::Either, stage.clone());
    let mut rows = Rows::of(page, &format!("{}, raised by the {}", request().0.name(), initiator.as_str()));
    let version = notice_to(initiator).version;
    for (who, by) in [("the other party", initiator.other()), ("its initiator", initiator)] {
        let answer = |answer| request().0.answer(by, answer, request().1, sent_at());
        rows.ends(&format!("consent by {who}"), answer(Answer::Consent { notice_version: version }));
        rows.ends(&format!("consent by {who}, another notice was shown"), answer(Answer::Consent { notice_version: version + 1 }));
        rows.ends(&format!("refuse by {who}"), answer(Answer::Refuse { reason: reason() }));
        rows.ends(&format!("withdraw by {who}"), request().0.withdraw(by, request().1, sent_at()));
    }
}

fn decided(page: &mut String, initiator: Initiator, level: CertificationLevel, stage: &Stage) {
    let request = || standing(initiator, level, stage.clone());
    let mut rows = Rows::of(page, &format!("{}, {level:?}, raised by the {}", request().0.name(), initiator.as_str()));
    let decide = |by, verdict| request().0.certify(by, verdict, request().1, sent_at());
    let officers = officers();
    for (who, by) in &officers {
        rows.ends(&format!("pass by {who}"), decide(by, Verdict::Pass));
    }
    for (who, by) in officers.iter().take(2) {
        rows.ends(&format!("fail by {who}"), decide(by, Verdict::Fail { reason: Some(reason()) }));
        rows.ends(&format!("fail by {who} without a reason"), decide(by, Verdict::Fail { reason: None }));
        rows.ends(&format!("return by {who}"), decide(by, Verdict::Return { reason: Some(reason()) }));
    }
}
