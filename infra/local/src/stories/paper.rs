//! Agreements on paper and registrations of the samples: entered, reviewed, stamped, certified and ended as the handlers do it.

use super::paper_plot::{ON_PAPER, PaperEmployer, PaperStep, PaperStory, REGISTERED, Registered};
use super::{Teller, account, context, missing, officer, text};
use crate::BoxError;
use crate::people::Person;
use api::requests::complete;
use domain::Refusal;
use domain::agreement::Agreement;
use domain::decision::Verdict;
use domain::offline_draft::OfflineDraft;
use domain::party::Initiator;
use domain::registration::{Facts, Registrar, Registration};
use domain::upload::{Purpose, Readers};
use domain::values::{AgreementId, Destination, RegistrationId, TerminationId, Timestamp};
use futures_util::future::try_join_all;
use serde_json::{Map, Value, json};
use store::{Change, CleanUploads, Error, Table};

/// An agreement on paper with what has come of it so far.
struct OnPaper<'a> {
    graduate: &'a Person,
    id: AgreementId,
    /// The version that the next step finds, unless it stands already.
    version: u64,
    /// How many times its termination was asked for.
    asked: u32,
}

impl<T: Table> Teller<'_, T> {
    /// Tells what happened on paper, and who registered what, as far as it is not told yet.
    pub(super) async fn tell_paper(&self) -> Result<(), BoxError> {
        let stories = (40..).zip(&ON_PAPER).map(|(n, story)| async move {
            self.tell_on_paper(n, story).await.map_err(|error| format!("the sample agreement on paper of {}: {error:?}", story.by))
        });
        try_join_all(stories).await?;
        let registered = (60..).zip(&REGISTERED).map(|(n, one)| async move {
            self.tell_registration(n, one).await.map_err(|error| format!("the sample registration of {}: {error:?}", one.of))
        });
        try_join_all(registered).await?;
        Ok(())
    }

    async fn tell_on_paper(&self, n: i64, story: &PaperStory) -> Result<(), Error> {
        let graduate = self.person(story.by)?;
        self.save(graduate, story, self.at(story.days_ago, n, 0)).await?;
        let asking = context(graduate, "submit-offline-agreement", format!("sample-paper-{}-1", story.by), self.now)?;
        let id = AgreementId::new(&self.student(graduate).await?.school, &asking.new_suffix(0)).map_err(|_| missing("an id"))?;
        let mut told = OnPaper { graduate, id, version: 0, asked: 0 };
        for (i, (days_ago, step)) in (1..).zip(story.then) {
            let request = format!("sample-paper-{}-{i}", story.by);
            self.go_on_paper(&mut told, *step, request, self.at(*days_ago, n, i)).await?;
        }
        Ok(())
    }

    /// 暂存, once.
    async fn save(&self, graduate: &Person, story: &PaperStory, at: Timestamp) -> Result<(), Error> {
        let context = context(graduate, "save-offline-draft", format!("sample-paper-{}", story.by), at)?;
        let desk = self.store.draft_desk(&context.account).await?;
        if desk.draft.is_some() {
            return Ok(());
        }
        let saved = OfflineDraft::save(None, desk.person, desk.graduation_year, sections(story.employer, story.complete), at);
        self.store.commit(Change::new().creates(&context, &saved)?, &context, ()).await.map(|_| ())
    }

    /// One step, unless it stands already.
    async fn go_on_paper(&self, told: &mut OnPaper<'_>, step: PaperStep, request: String, at: Timestamp) -> Result<(), Error> {
        match step {
            PaperStep::DrawUp => self.draw_up(told, request, at).await?,
            PaperStep::Ask(code, reason) => {
                self.ask_on_paper(told, (code, reason), request, at).await?;
                told.asked += 1;
            }
            PaperStep::Dissolve(by) => self.decide_end(told, (by, Verdict::Pass), request, at).await?,
            PaperStep::Keep(by, reason) => {
                let reason = Some(text(reason)?);
                self.decide_end(told, (by, Verdict::Fail { reason }), request, at).await?;
            }
            PaperStep::Review(_)
            | PaperStep::Refuse(..)
            | PaperStep::Return
            | PaperStep::Pass(_)
            | PaperStep::Fail(..)
            | PaperStep::Void(_) => self.move_paper(told, step, request, at).await?,
        }
        told.version += 1;
        Ok(())
    }

    async fn draw_up(&self, told: &OnPaper<'_>, request: String, at: Timestamp) -> Result<(), Error> {
        let context = context(told.graduate, "submit-offline-agreement", request, at)?;
        match self.store.agreement_of_student(&context.account, &told.id).await {
            Ok(_) => return Ok(()),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
        let (drafting, policy) = self.store.generating(&context.account).await?;
        let (draft, student) = (drafting.draft, drafting.student);
        let text = complete(&draft.value.sections).map_err(|_| missing("a complete draft"))?;
        let number = self.store.draw_number(&student.school, student.graduation_year).await?;
        let drawn_up = Agreement::draw_up(told.id.clone(), number, text, &student, &policy, at);
        let generated = draft.value.clone().generate(told.id.clone());
        let change = Change::new().creates(&context, &drawn_up)?.moves(&context, &draft, &generated)?;
        self.store.commit(change, &context, ()).await.map(|_| ())
    }

    async fn move_paper(&self, told: &OnPaper<'_>, step: PaperStep, request: String, at: Timestamp) -> Result<(), Error> {
        let (actor, action) = match step {
            PaperStep::Review(by) | PaperStep::Refuse(by, _) => (self.person(by)?, "review-agreement"),
            PaperStep::Pass(by) | PaperStep::Fail(by, _) => (self.person(by)?, "certify-agreement"),
            PaperStep::Return => (told.graduate, "return-agreement"),
            PaperStep::Void(_) => (told.graduate, "void-agreement"),
            PaperStep::DrawUp | PaperStep::Ask(..) | PaperStep::Dissolve(_) | PaperStep::Keep(..) => {
                return Err(missing("a step on paper"));
            }
        };
        let agreement = self.agreement(actor, &told.id).await?;
        if agreement.version != told.version {
            return Ok(());
        }
        let mut scan = CleanUploads::none();
        let standing = agreement.value.clone();
        let moved = match step {
            PaperStep::Review(_) => standing.review(&officer(actor)?, Verdict::Pass, at)?,
            PaperStep::Refuse(_, reason) => standing.review(&officer(actor)?, Verdict::Fail { reason: Some(text(reason)?) }, at)?,
            PaperStep::Pass(_) => self.judge(standing, actor, Verdict::Pass, at).await?,
            PaperStep::Fail(_, reason) => self.judge(standing, actor, Verdict::Fail { reason: Some(text(reason)?) }, at).await?,
            PaperStep::Void(reason) => standing.undo_by_student(text(reason)?, at)?,
            PaperStep::Return => {
                scan = self.clean(told.graduate, Purpose::StampedAgreement, &request, at).await?;
                standing.return_signed(scan.files(), at)?
            }
            PaperStep::DrawUp | PaperStep::Ask(..) | PaperStep::Dissolve(_) | PaperStep::Keep(..) => {
                return Err(missing("a step on paper"));
            }
        };
        let context = context(actor, action, request, at)?;
        let readers = Readers::of(&agreement.value.student);
        let change = Change::new().moves(&context, &agreement, &moved)?.attaches(&context, &scan, &readers)?;
        self.store.commit(change, &context, ()).await.map(|_| ())
    }

    async fn ask_on_paper(&self, told: &OnPaper<'_>, (code, reason): (&str, &str), request: String, at: Timestamp) -> Result<(), Error> {
        let terminable = self.store.terminable_of_student(&account(&told.graduate.account)?, &told.id).await?;
        if terminable.agreement.version != told.version {
            return Ok(());
        }
        let proofs = self.clean(told.graduate, Purpose::TerminationProof, &request, at).await?;
        let context = context(told.graduate, "request-termination", request, at)?;
        self.raise(&context, &terminable, Initiator::Student, (code, reason), &proofs).await
    }

    async fn decide_end(&self, told: &OnPaper<'_>, (by, verdict): (&str, Verdict), request: String, at: Timestamp) -> Result<(), Error> {
        let by = self.person(by)?;
        let (context, officer) = (context(by, "certify-termination", request, at)?, officer(by)?);
        let standing = self.store.termination_of_officer(&officer, &TerminationId::of(&told.id, told.asked)).await?;
        if standing.agreement.version != told.version {
            return Ok(());
        }
        let moved = standing.termination.value.clone().certify(&officer, verdict, standing.agreement.value.clone(), at)?;
        self.store.commit(Change::new().settles(&context, &standing, &moved)?, &context, ()).await.map(|_| ())
    }

    async fn tell_registration(&self, n: i64, one: &Registered) -> Result<(), Error> {
        let (graduate, at) = (self.person(one.of)?, self.at(one.days_ago, n, 0));
        let registering = context(graduate, "register-employment", format!("sample-registration-{}", one.of), at)?;
        let student = self.student(graduate).await?;
        let id = RegistrationId::new(&student.school, &registering.new_suffix(0)).map_err(|_| missing("an id"))?;
        match self.store.registration_of_student(&registering.account, &id).await {
            Ok(_) => {}
            Err(Error::NotFound) => {
                let destination = Destination::parse(one.destination).map_err(|_| missing(one.destination))?;
                let facts = Facts { destination, organisation: Some(text(one.organisation)?), region: None, remark: None };
                let registered = Registration::register(id.clone(), &student, facts, Registrar::Student, at)?;
                self.store.commit(Change::new().creates(&registering, &registered)?, &registering, ()).await?;
            }
            Err(other) => return Err(other),
        }
        let Some((days_ago, reason)) = one.withdrawn else { return Ok(()) };
        let at = self.at(days_ago, n, 1);
        let standing = self.store.registration_of_student(&registering.account, &id).await?;
        match standing.value.clone().withdraw(Registrar::Student, text(reason)?, at) {
            Ok(withdrawn) => {
                let context = context(graduate, "withdraw-registration", format!("sample-registration-{}-1", one.of), at)?;
                self.store.commit(Change::new().moves(&context, &standing, &withdrawn)?, &context, ()).await.map(|_| ())
            }
            Err(Refusal::RegistrationEnded) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }
}

/// What the graduate has entered; without the signing's terms if it is not complete.
fn sections(employer: &PaperEmployer, is_complete: bool) -> Map<String, Value> {
    let known = json!({
        "name": employer.name,
        "credit_code": employer.credit_code,
        "nature": employer.nature,
        "industry": employer.industry,
        "region": employer.region,
        "contact": { "name": "孙工", "phone": "027-87651234" },
    });
    let mut sections = Map::from_iter([("employer".to_owned(), known)]);
    if is_complete {
        let signing = json!({
            "position": employer.position,
            "job_category": employer.job_category,
            "workplace": "湖北省武汉市",
            "term_months": 36,
            "probation_months": 3,
            "pay": { "monthly_fen": employer.monthly_fen },
        });
        sections.insert("signing".to_owned(), signing);
        sections.insert("file_receiving".to_owned(), json!({ "accepts": "no" }));
        sections.insert("household_receiving".to_owned(), json!({ "accepts": "no" }));
    }
    sections
}
