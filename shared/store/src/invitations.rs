//! Letters: read only by their parties, sent row by row.

use crate::Store;
use crate::aggregate::{Loaded, loaded};
use crate::batches::RowAnswer;
use crate::change::Change;
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::people::SlotState;
use crate::table::Table;
use domain::Refusal;
use domain::candidate::Candidate;
use domain::invitation::{Invitation, SWEEP_MARGIN_MS, Send, Terms};
use domain::letter::Letter;
use domain::policy::Policy;
use domain::student::Student;
use domain::values::{AccountId, EmployerId, GraduationYear, InvitationId, PersonId, Timestamp};
use futures_util::future::{join, try_join};

/// What a graduate's acceptance is decided on.
#[derive(Clone, Debug)]
pub struct Answering {
    /// The letter.
    pub letter: Loaded<Invitation>,
    /// The graduate's roster record.
    pub student: Student,
    /// The policy of the graduate's school.
    pub policy: Policy,
}

/// To whom a letter may be sent now.
#[derive(Clone, Debug)]
pub struct Recipient {
    candidate: Candidate,
    student: Student,
    /// An earlier letter past its deadline and margin: this send expires it.
    lapsed: Option<Loaded<Invitation>>,
}

impl Recipient {
    /// 毕业届 of the recipient.
    #[must_use]
    pub fn graduation_year(&self) -> GraduationYear {
        self.student.graduation_year
    }
}

/// What holds the pair of an employer and a person.
enum PairHolder {
    Nobody,
    Letter(InvitationId, Timestamp),
    Agreement,
}

impl<T: Table> Store<T> {
    /// A letter, for the employer that sent it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for anybody else's.
    pub async fn invitation_of_employer(&self, employer: &EmployerId, id: &InvitationId) -> Result<Loaded<Invitation>, Error> {
        let letter: Loaded<Invitation> = loaded(&self.item(&keys::invitation(id)).await?)?;
        if letter.value.letter.employer_id == *employer { Ok(letter) } else { Err(Error::NotFound) }
    }

    /// A letter for the graduate to whom it was sent, with the roster record and the state of the slot.
    ///
    /// # Errors
    /// [`Refusal::StudentUnverified`] before verification, whatever the letter; [`Error::NotFound`] for anybody else's.
    pub async fn invitation_of_student(
        &self,
        account: &AccountId,
        id: &InvitationId,
    ) -> Result<(Loaded<Invitation>, Student, SlotState), Error> {
        let letter = self.letter(account, id).await?;
        let slot = self.slot(&letter.value.person, letter.value.graduation_year);
        let (student, slot) = try_join(self.own_record(account, &letter.value), slot).await?;
        Ok((letter, student, slot))
    }

    /// A letter that its graduate means to answer.
    ///
    /// # Errors
    /// As [`Store::invitation_of_student`].
    pub async fn letter_to_answer(&self, account: &AccountId, id: &InvitationId) -> Result<Loaded<Invitation>, Error> {
        let letter = self.letter(account, id).await?;
        self.own_record(account, &letter.value).await?;
        Ok(letter)
    }

    /// What the graduate's acceptance is decided on: three reads in two round trips.
    ///
    /// # Errors
    /// As [`Store::invitation_of_student`].
    pub async fn answering(&self, account: &AccountId, id: &InvitationId) -> Result<Answering, Error> {
        let letter = self.letter(account, id).await?;
        let policy = self.policy(&letter.value.school);
        let (student, policy) = try_join(self.own_record(account, &letter.value), policy).await?;
        Ok(Answering { letter, student, policy })
    }

    /// The recipient of a new letter to a student on the send list, if one may be sent now (I1).
    ///
    /// # Errors
    /// [`Refusal::AlreadyInvited`], [`Refusal::AlreadySignedWithThisEmployer`] or [`Refusal::EarlierLetterJustLapsed`].
    pub async fn recipient(&self, employer: &EmployerId, candidate: &Candidate, now: Timestamp) -> Result<Recipient, Error> {
        let (student, pair) = join(self.student(&candidate.student), self.pair(employer, &candidate.person)).await;
        let lapsed = match pair? {
            PairHolder::Nobody => None,
            PairHolder::Agreement => return Err(Refusal::AlreadySignedWithThisEmployer.into()),
            PairHolder::Letter(_, deadline) if now < deadline => return Err(Refusal::AlreadyInvited.into()),
            PairHolder::Letter(_, deadline) if now < deadline.plus_millis(SWEEP_MARGIN_MS) => {
                return Err(Refusal::EarlierLetterJustLapsed.into());
            }
            PairHolder::Letter(id, _) => Some(loaded(&self.item(&keys::invitation(&id)).await?)?),
        };
        Ok(Recipient { candidate: candidate.clone(), student: student?, lapsed })
    }

    /// Sends one letter (I1): row `row` of a batch. A lapsed letter of the same pair expires in the same transaction.
    ///
    /// # Errors
    /// As [`Store::commit`]'s.
    pub async fn send(&self, context: &Context, row: usize, to: &Recipient, letter: &Letter, terms: Terms) -> Result<RowAnswer, Error> {
        let id = InvitationId::new(&to.student.school, &context.new_suffix(row)).map_err(|_| Error::Broken("invitation id".to_owned()))?;
        let command = Send { id: id.clone(), letter: letter.clone(), terms, now: context.now };
        let sent = Invitation::send(&to.student, command);
        let mut change = Change::new().creates(context, &sent)?.consumes_candidate(&letter.employer_id, &to.candidate.student_ref);
        if let Some(lapsed) = &to.lapsed {
            change = change.moves(context, lapsed, &lapsed.value.clone().expire(context.now)?)?;
        }
        let answer = RowAnswer {
            invitation_id: id,
            masked_name: to.candidate.masked_name.clone(),
            college: to.candidate.college_name.as_str().to_owned(),
            emailed: sent.next.has_address,
        };
        Ok(self.commit_row(change, context, row, answer).await?.answer())
    }

    async fn letter(&self, account: &AccountId, id: &InvitationId) -> Result<Loaded<Invitation>, Error> {
        match self.table.get(&keys::invitation(id)).await? {
            Some(item) => loaded(&item),
            None => Err(self.stranger(account).await),
        }
    }

    async fn own_record(&self, account: &AccountId, letter: &Invitation) -> Result<Student, Error> {
        let student = self.student(&letter.student).await?;
        if student.is(account) { Ok(student) } else { Err(self.stranger(account).await) }
    }

    /// What a graduate gets who is not the letter's: not verified at all, or not a party.
    pub(crate) async fn stranger(&self, account: &AccountId) -> Error {
        match self.verified(account).await {
            Ok(_) => Error::NotFound,
            Err(refused) => refused,
        }
    }

    async fn pair(&self, employer: &EmployerId, person: &PersonId) -> Result<PairHolder, Error> {
        let Some(item) = self.table.get(&keys::pair(employer, person)).await? else { return Ok(PairHolder::Nobody) };
        // A pair that is free keeps its item, for what it has counted.
        let Some(holder) = item.text("holder") else { return Ok(PairHolder::Nobody) };
        Ok(match (InvitationId::parse(holder).ok(), item.number("deadline")) {
            (Some(letter), Some(deadline)) => PairHolder::Letter(letter, Timestamp::from_millis(deadline)),
            _ => PairHolder::Agreement,
        })
    }
}
