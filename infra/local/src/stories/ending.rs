//! Terminations of the sample agreements: asked for, answered and decided as the handlers do it.

use super::plot::Ending;
use super::{Teller, Told, account, context, employer_of, missing, officer, text};
use domain::decision::Verdict;
use domain::party::Initiator;
use domain::termination::{Answer, Moved, Request, Termination, notice_to};
use domain::upload::Readers;
use domain::values::{TerminationId, TerminationReason, Timestamp};
use store::{Change, CleanUploads, Context, Error, Table, Terminable, Terminating};

impl<T: Table> Teller<'_, T> {
    /// One step of a termination, unless it stands already.
    pub(super) async fn end(&self, told: &mut Told<'_>, ending: Ending, request: String, at: Timestamp) -> Result<(), Error> {
        if let Ending::Ask(initiator, code, reason) = ending {
            self.ask(told, initiator, (code, reason), request, at).await?;
            (told.asked, told.termination_version) = (told.asked + 1, 1);
            told.agreement_version += 1;
            return Ok(());
        }
        self.go_on_ending(told, ending, request, at).await?;
        told.termination_version += 1;
        // Consent alone leaves the agreement as it is.
        told.agreement_version += u64::from(!matches!(ending, Ending::Consent));
        Ok(())
    }

    async fn ask(
        &self,
        told: &Told<'_>,
        initiator: Initiator,
        (code, reason): (&str, &str),
        request: String,
        at: Timestamp,
    ) -> Result<(), Error> {
        let terminable = self.terminable(told, initiator).await?;
        if terminable.agreement.version != told.agreement_version {
            return Ok(());
        }
        let who = if initiator == Initiator::Student { told.graduate } else { told.employer };
        let context = context(who, "request-termination", request, at)?;
        self.raise(&context, &terminable, initiator, (code, reason), &CleanUploads::none()).await
    }

    /// 申请解约, with its proofs if it is on paper.
    pub(super) async fn raise(
        &self,
        context: &Context,
        terminable: &Terminable,
        initiator: Initiator,
        (code, reason): (&str, &str),
        proofs: &CleanUploads,
    ) -> Result<(), Error> {
        let asked = Request {
            initiator,
            notice_version: notice_to(initiator).version,
            reason_code: TerminationReason::parse(code).map_err(|_| missing(code))?,
            reason: text(reason)?,
            proofs: proofs.files(),
            at: context.now,
        };
        let agreement = &terminable.agreement.value;
        let moved = Termination::request(agreement.clone(), asked, terminable.used)?;
        let change = Change::new().requests(context, terminable, &moved)?;
        let change = change.attaches(context, proofs, &Readers::of(&agreement.student))?;
        self.store.commit(change, context, ()).await.map(|_| ())
    }

    async fn terminable(&self, told: &Told<'_>, initiator: Initiator) -> Result<Terminable, Error> {
        let id = told.letter.agreement();
        match initiator {
            Initiator::Student => self.store.terminable_of_student(&account(&told.graduate.account)?, &id).await,
            Initiator::Employer => self.store.terminable_of_employer(&employer_of(told.employer)?, &id).await,
        }
    }

    async fn go_on_ending(&self, told: &Told<'_>, ending: Ending, request: String, at: Timestamp) -> Result<(), Error> {
        let id = TerminationId::of(&told.letter.agreement(), told.asked);
        let standing = self.store.termination_of_employer(&employer_of(told.employer)?, &id).await?;
        if standing.termination.version != told.termination_version {
            return Ok(());
        }
        let (context, moved) = self.ending(told, ending, request, at, &standing)?;
        self.store.commit(Change::new().settles(&context, &standing, &moved)?, &context, ()).await.map(|_| ())
    }

    fn ending(
        &self,
        told: &Told<'_>,
        ending: Ending,
        request: String,
        at: Timestamp,
        standing: &Terminating,
    ) -> Result<(Context, Moved), Error> {
        let (termination, agreement) = (standing.termination.value.clone(), standing.agreement.value.clone());
        let initiator = termination.initiator;
        let (own, other) = match initiator {
            Initiator::Student => (told.graduate, told.employer),
            Initiator::Employer => (told.employer, told.graduate),
        };
        let answers = |answer| termination.clone().answer(initiator.other(), answer, agreement.clone(), at);
        let decides = |by, verdict| termination.clone().certify(&officer(by)?, verdict, agreement.clone(), at).map_err(Error::from);
        Ok(match ending {
            Ending::Ask(..) => return Err(missing("an open request's step")),
            Ending::Consent => {
                let notice_version = notice_to(initiator).version;
                (context(other, "answer-termination", request, at)?, answers(Answer::Consent { notice_version })?)
            }
            Ending::Refuse(reason) => {
                (context(other, "answer-termination", request, at)?, answers(Answer::Refuse { reason: text(reason)? })?)
            }
            Ending::TakeBack => {
                let moved = termination.clone().withdraw(initiator, agreement.clone(), at)?;
                (context(own, "withdraw-termination", request, at)?, moved)
            }
            Ending::Pass(by) => {
                let by = self.person(by)?;
                (context(by, "certify-termination", request, at)?, decides(by, Verdict::Pass)?)
            }
            Ending::Fail(by, reason) => {
                let (by, reason) = (self.person(by)?, Some(text(reason)?));
                (context(by, "certify-termination", request, at)?, decides(by, Verdict::Fail { reason })?)
            }
        })
    }
}
