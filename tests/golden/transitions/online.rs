//! 线上签约 (domain 2.3).

use super::{Rows, invitation, letter, officer, officers, reason, sent_at, student};
use crate::golden::transitions::Named as _;
use domain::agreement::{
    Agreement, Certified, Decision, Ended, InForce, Judgement, OpenTermination, Pending, Revoked, Stage, Starred, Terminated,
};
use domain::decision::{CollegeApproval, Verdict};
use domain::invitation::Invitation;
use domain::party::{Initiator, Officer};
use domain::policy::{CertificationLevel, Policy};
use domain::values::{AgreementNumber, Industry, TerminationId};
use domain::{Refusal, Transition};

pub(super) const LEVELS: [CertificationLevel; 3] =
    [CertificationLevel::Either, CertificationLevel::SchoolOnly, CertificationLevel::CollegeThenSchool];

pub(super) fn pending(approved: bool) -> Pending {
    let approval = CollegeApproval { by: officer("teacher", true), at: sent_at() };
    Pending { since: sent_at(), college_approval: approved.then_some(approval) }
}

pub(super) fn certified() -> Certified {
    Certified { number: AgreementNumber::parse("99001-2027-000001").unwrap(), by: officer("teacher", true), at: sent_at() }
}

pub(super) fn in_force(termination: Option<OpenTermination>) -> Stage {
    Stage::Certified(InForce { certified: certified(), termination })
}

pub(super) fn formed(level: CertificationLevel, withdrawable: bool, industry: Option<&str>, stage: Stage) -> Agreement {
    let policy = Policy { certification_level: level, allow_withdraw_before_certification: withdrawable, ..Policy::default() };
    let letter = Invitation { letter: letter(industry), ..invitation(None) };
    Agreement { stage, ..Agreement::form(&letter, &student(), &policy, sent_at()).next }
}

pub(super) fn agreements(page: &mut String) {
    page.push_str("\n## 线上签约\n");
    Rows::of(page, "-").add("form", Ok(Agreement::form(&invitation(None), &student(), &Policy::default(), sent_at())));
    for (level, approved) in LEVELS.into_iter().flat_map(|level| [(level, false), (level, true)]) {
        if approved && level != CertificationLevel::CollegeThenSchool {
            continue; // the college's approval exists at two levels only
        }
        let from = format!("pending_certification, {level:?}{}", if approved { ", college approved" } else { "" });
        decisions(page, &from, &|| formed(level, false, Some("21"), Stage::PendingCertification(pending(approved))));
    }
    let at = sent_at();
    let ended = Ended { at, reason: reason() };
    let termination = TerminationId::of(&invitation(None).id.agreement(), 1);
    let open = OpenTermination { id: termination.clone(), initiator: Initiator::Student };
    let stages = [
        in_force(None),
        in_force(Some(open)),
        Stage::CertificationRejected(ended.clone()),
        Stage::Terminated(Terminated { certified: certified(), termination, at }),
        Stage::Withdrawn(ended.clone()),
        Stage::CertificationRevoked(Revoked { certified: certified(), at, reason: reason() }),
    ];
    for stage in stages {
        let standing = || formed(CertificationLevel::Either, true, Some("21"), stage.clone());
        decisions(page, standing().name(), &standing);
    }
    for stage in [Stage::PendingCertification(pending(false)), Stage::CertificationRejected(ended)] {
        let open = || formed(CertificationLevel::Either, true, None, stage.clone());
        let mut rows = Rows::of(page, &format!("{}, withdrawal allowed, 单位行业 missing", open().name()));
        rows.add("withdraw by the student", open().undo_by_student(reason(), at));
        rows.add("pass by a school officer", judged(open(), &officer("office", false), pass(None)));
        rows.add("pass by a school officer who fills it", judged(open(), &officer("office", false), pass(Some("34"))));
    }
}

pub(super) fn pass(industry: Option<&str>) -> Decision {
    let industry = industry.map(|code| Industry::parse(code).unwrap());
    Decision { verdict: Verdict::Pass, starred: Starred { industry, ..Starred::default() } }
}

pub(super) fn judged(agreement: Agreement, by: &Officer, decision: Decision) -> Result<Transition<Agreement>, Refusal> {
    agreement.judge(by, decision, sent_at()).map(|judgement| match judgement {
        Judgement::Settled(done) => *done,
        Judgement::Certifies(passed) => passed.numbered(certified().number),
    })
}

/// Every verdict of every officer, by what a verdict comes to.
pub(super) fn verdicts<S: super::Named>(rows: &mut Rows<'_>, decide: impl Fn(&Officer, Verdict) -> Result<Transition<S>, Refusal>) {
    let officers = officers();
    for (who, by) in &officers {
        rows.add(&format!("pass by {who}"), decide(by, Verdict::Pass));
    }
    for (who, by) in officers.iter().take(2) {
        rows.add(&format!("fail by {who}"), decide(by, Verdict::Fail { reason: Some(reason()) }));
        rows.add(&format!("fail by {who} without a reason"), decide(by, Verdict::Fail { reason: None }));
        rows.add(&format!("return by {who}"), decide(by, Verdict::Return { reason: Some(reason()) }));
    }
}

fn decisions(page: &mut String, from: &str, agreement: &dyn Fn() -> Agreement) {
    let mut rows = Rows::of(page, from);
    rows.with(&|command| format!("certification: {command}"), |rows| {
        verdicts(rows, |by, verdict| judged(agreement(), by, Decision { verdict, starred: Starred::default() }));
    });
    let (at, first) = (sent_at(), TerminationId::of(&agreement().id, 1));
    rows.add("a termination comes to nothing", agreement().keep(&first));
    rows.add("another one does", agreement().keep(&TerminationId::of(&agreement().id, 2)));
    rows.add("the student's termination is certified", agreement().dissolve(&first, Initiator::Student, at));
    rows.add("the employer's termination is certified", agreement().dissolve(&first, Initiator::Employer, at));
    rows.add("withdraw by the student", agreement().undo_by_student(reason(), at));
    rows.add("revoke by a school officer", agreement().undo_by_school(&officer("office", false), reason(), at));
    rows.add("revoke by a college officer", agreement().undo_by_school(&officer("teacher", true), reason(), at));
}
