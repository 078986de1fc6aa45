//! What has happened by the first start: letters and agreements in every stage, made by the domain and the store as the handlers do.
//!
//! Each request has an id of its own that is the same at every start: a start that was killed is gone on with where it ended.

mod ending;
mod paper;
mod paper_plot;
pub(crate) mod pictures;
mod plot;

use crate::BoxError;
use crate::people::Person;
use api::Role;
use domain::agreement::{Agreement, Decision, Judgement, Starred};
use domain::candidate::Candidate;
use domain::decision::Verdict;
use domain::employer::{Employer, Registration};
use domain::invitation::{Accept, Invitation};
use domain::letter::{Letter, Pay, SigningSection};
use domain::party::{Actor, Officer};
use domain::student::Student;
use domain::upload::{Purpose, Readers};
use domain::values::{AccountId, AgreementId, CollegeId, EmployerId, InvitationId, JobCategory, ResponsePeriod, SchoolId, Text, Timestamp};
use domain::{Refusal, Transition};
use futures_util::future::try_join_all;
use plot::{LISTED, STORIES, Step, Story};
use std::collections::BTreeMap;
use store::{Change, Context, Error, Loaded, Store, Table};
use vault::Vault;

/// When an employer that waits for its review has asked for it.
const ASKED_DAYS_AGO: i64 = 3;

/// Whose account the sweep has.
const SYSTEM: &str = "system";

/// Tells the stories to a table that holds roster and employers.
pub(crate) struct Teller<'a, T> {
    pub(crate) store: &'a Store<T>,
    pub(crate) vault: &'a Vault,
    pub(crate) people: &'a [Person],
    /// Business time of the first start.
    pub(crate) now: Timestamp,
}

/// A letter with what has come of it so far.
struct Told<'a> {
    employer: &'a Person,
    graduate: &'a Person,
    letter: InvitationId,
    /// The versions that the next step finds, unless it stands already.
    letter_version: u64,
    agreement_version: u64,
    termination_version: u64,
    /// How many times its termination was asked for.
    asked: u32,
}

impl<T: Table> Teller<'_, T> {
    /// Tells them all, as far as they are not told yet.
    pub(crate) async fn tell_all(&self, asking: &[&Employer]) -> Result<(), BoxError> {
        for employer in asking {
            self.register(employer).await.map_err(|error| format!("sample employer {}: {error:?}", employer.id))?;
        }
        // What happens to one graduate happens in its order; graduates do not wait for each other.
        let mut graduates: BTreeMap<&str, Vec<(i64, &Story)>> = BTreeMap::new();
        for (n, story) in (0..).zip(&STORIES) {
            graduates.entry(story.to).or_default().push((n, story));
        }
        try_join_all(graduates.into_values().map(|stories| self.tell_each(stories))).await?;
        self.tell_paper().await?;
        for (by, to) in LISTED {
            self.list(by, to).await.map_err(|error| format!("{to} on the send list of {by}: {error:?}"))?;
        }
        Ok(())
    }

    /// An employer registers and asks for its review.
    async fn register(&self, employer: &Employer) -> Result<(), Error> {
        let staff = self.people.iter().find(|person| person.employer.as_deref() == Some(employer.id.as_str()));
        let (Some(staff), Some(school)) = (staff, &employer.asked) else { return Err(missing("its staff, or the school")) };
        if self.store.registered_employer(&employer.id).await?.is_some() {
            return Ok(());
        }
        let (id, name, credit_code) = (employer.id.clone(), employer.name.clone(), employer.credit_code.clone());
        let (at, request) = (self.now.plus_days(-ASKED_DAYS_AGO), format!("sample-{}", employer.id));
        let licence = self.clean(staff, Purpose::Licence, &request, at).await?;
        let registration = Registration { id, name, credit_code, school: school.clone(), licence: licence.files() };
        let registered = Employer::register(None, registration, at)?;
        let context = context(staff, "register-employer", request, at)?;
        let change = Change::new().creates(&context, &registered)?.claims_credit_code(&registered.next, None)?;
        let change = change.attaches(&context, &licence, &Readers::AnySchool)?;
        self.store.commit(change, &context, ()).await.map(|_| ())
    }

    /// A graduate joins a send list, and stays on it.
    async fn list(&self, by: &str, to: &str) -> Result<(), Error> {
        let (staff, graduate) = (self.person(by)?, self.person(to)?);
        let employer = self.store.active_employer(&employer_of(staff)?).await?;
        let student = self.student(graduate).await?;
        self.candidate(staff, &employer, &student, self.now.plus_days(-1)).await.map(|_| ())
    }

    async fn tell_each(&self, stories: Vec<(i64, &Story)>) -> Result<(), BoxError> {
        for (n, story) in stories {
            let Story { by, to, .. } = story;
            self.tell(n, story).await.map_err(|error| format!("the sample letter of {by} to {to}: {error:?}"))?;
        }
        Ok(())
    }

    async fn tell(&self, n: i64, story: &Story) -> Result<(), Error> {
        let (employer, graduate) = (self.person(story.by)?, self.person(story.to)?);
        let letter = self.send(n, story, employer, graduate).await?;
        let mut told = Told { employer, graduate, letter, letter_version: 1, agreement_version: 0, termination_version: 0, asked: 0 };
        for (i, (days_ago, step)) in (1..).zip(story.then) {
            let request = format!("sample-{}-{}-{i}", story.by, story.to);
            self.go_on(&mut told, *step, request, self.at(*days_ago, n, i)).await?;
        }
        Ok(())
    }

    /// No two things have happened at the same moment.
    fn at(&self, days_ago: i64, n: i64, step: i64) -> Timestamp {
        const MINUTE_MS: i64 = 60_000;
        self.now.plus_days(-days_ago).plus_millis((n * 7 + step * 31) * MINUTE_MS)
    }

    /// 加入, 发送签约邀请. A letter that stands already is the same.
    async fn send(&self, n: i64, story: &Story, staff: &Person, graduate: &Person) -> Result<InvitationId, Error> {
        let (employer, student) = (self.store.active_employer(&employer_of(staff)?).await?, self.student(graduate).await?);
        let at = self.at(story.days_ago, n, 0);
        let context = context(staff, "send-invitations", format!("sample-{}-{}", story.by, story.to), at)?;
        let id = InvitationId::new(&student.school, &context.new_suffix(0)).map_err(|_| missing("an id"))?;
        match self.store.invitation_of_employer(&employer.id, &id).await {
            Ok(_) => return Ok(id),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
        let candidate = self.candidate(staff, &employer, &student, at).await?;
        employer.may_invite_students_of(&student.school)?;
        let policy = self.store.policy(&student.school).await?;
        let period = ResponsePeriod::from_days(story.period).map_err(|_| missing("a period"))?;
        let terms = policy.terms(Some(period))?;
        let recipient = self.store.recipient(&employer.id, &candidate, at).await?;
        policy.signs(recipient.graduation_year())?;
        let sent = self.store.send(&context, 0, &recipient, &letter(&employer, n)?, terms).await?;
        Ok(sent.invitation_id)
    }

    async fn candidate(&self, staff: &Person, employer: &Employer, student: &Student, at: Timestamp) -> Result<Candidate, Error> {
        let student_ref = self.vault.student_ref(&employer.id, &student.id);
        let position = employer.signing_information.as_ref().and_then(|information| information.default_position.clone());
        let candidate = Candidate::of(student, student_ref, position, None, at);
        let context = context(staff, "add-candidate", format!("sample-{}-lists-{}", staff.id, student.id), at)?;
        match self.store.add_candidate(&employer.id, &candidate, &context, ()).await {
            Ok(_) | Err(Error::AlreadyThere) => Ok(candidate),
            Err(other) => Err(other),
        }
    }

    /// One step, unless it stands already.
    async fn go_on(&self, told: &mut Told<'_>, step: Step, request: String, at: Timestamp) -> Result<(), Error> {
        match step {
            Step::Accept => {
                self.accept(told, request, at).await?;
                told.letter_version += 1;
                told.agreement_version = 1;
            }
            Step::Reject(_) | Step::Withdraw | Step::Extend(_) | Step::Expire => {
                self.move_letter(told, step, request, at).await?;
                told.letter_version += 1;
            }
            Step::Pass(_) | Step::Fail(..) | Step::TakeBack(_) | Step::Revoke(..) => {
                self.move_agreement(told, step, request, at).await?;
                told.agreement_version += 1;
            }
            Step::End(ending) => self.end(told, ending, request, at).await?,
        }
        Ok(())
    }

    async fn accept(&self, told: &Told<'_>, request: String, at: Timestamp) -> Result<(), Error> {
        let context = context(told.graduate, "accept-invitation", request, at)?;
        let answering = self.store.answering(&context.account, &told.letter).await?;
        let letter = &answering.letter;
        if letter.version != told.letter_version {
            return Ok(());
        }
        let confirmation_token = letter.value.confirmation_token(letter.version);
        let command = Accept { confirmation_token: &confirmation_token, version: letter.version, now: at };
        let accepted = letter.value.clone().accept(&command)?;
        let formed = Agreement::form(&accepted.next, &answering.student, &answering.policy, at);
        let change = Change::new().moves(&context, letter, &accepted)?.creates(&context, &formed)?;
        self.store.commit(change, &context, ()).await.map(|_| ())
    }

    async fn move_letter(&self, told: &Told<'_>, step: Step, request: String, at: Timestamp) -> Result<(), Error> {
        let letter = self.store.invitation_of_employer(&employer_of(told.employer)?, &told.letter).await?;
        if letter.version != told.letter_version {
            return Ok(());
        }
        let (context, moved) = letter_step(told, step, request, at, letter.value.clone())?;
        self.store.commit(Change::new().moves(&context, &letter, &moved)?, &context, ()).await.map(|_| ())
    }

    async fn move_agreement(&self, told: &Told<'_>, step: Step, request: String, at: Timestamp) -> Result<(), Error> {
        let id = told.letter.agreement();
        let (actor, action) = match step {
            Step::Pass(officer) | Step::Fail(officer, _) => (self.person(officer)?, "certify-agreement"),
            Step::Revoke(officer, _) => (self.person(officer)?, "void-agreement"),
            Step::TakeBack(_) => (told.graduate, "void-agreement"),
            Step::Accept | Step::Reject(_) | Step::Withdraw | Step::Extend(_) | Step::Expire | Step::End(_) => {
                return Err(missing("an agreement's step"));
            }
        };
        let context = context(actor, action, request, at)?;
        let agreement = self.agreement(actor, &id).await?;
        if agreement.version != told.agreement_version {
            return Ok(());
        }
        let standing = agreement.value.clone();
        let moved = match step {
            Step::TakeBack(reason) => standing.undo_by_student(text(reason)?, at)?,
            Step::Revoke(_, reason) => standing.undo_by_school(&officer(actor)?, text(reason)?, at)?,
            Step::Fail(_, reason) => self.judge(standing, actor, Verdict::Fail { reason: Some(text(reason)?) }, at).await?,
            Step::Pass(_) => self.judge(standing, actor, Verdict::Pass, at).await?,
            Step::Accept | Step::Reject(_) | Step::Withdraw | Step::Extend(_) | Step::Expire | Step::End(_) => {
                return Err(missing("an agreement's step"));
            }
        };
        self.store.commit(Change::new().moves(&context, &agreement, &moved)?, &context, ()).await.map(|_| ())
    }

    async fn agreement(&self, reader: &Person, id: &AgreementId) -> Result<Loaded<Agreement>, Error> {
        match reader.role {
            Role::Student => self.store.agreement_of_student(&account(&reader.account)?, id).await,
            Role::Employer | Role::College | Role::School => self.store.agreement_of_officer(&officer(reader)?, id).await,
        }
    }

    async fn judge(&self, standing: Agreement, by: &Person, verdict: Verdict, at: Timestamp) -> Result<Transition<Agreement>, Error> {
        let decision = Decision { verdict, starred: Starred::default() };
        let (school, year) = (standing.student.school.clone(), standing.student.graduation_year);
        match standing.judge(&officer(by)?, decision, at)? {
            Judgement::Settled(decided) => Ok(*decided),
            Judgement::Certifies(passed) => Ok(passed.numbered(self.store.draw_number(&school, year).await?)),
        }
    }

    fn person(&self, id: &str) -> Result<&Person, Error> {
        self.people.iter().find(|person| person.id == id).ok_or_else(|| missing(id))
    }

    /// The graduate's newest roster record.
    async fn student(&self, graduate: &Person) -> Result<Student, Error> {
        let binding = self.store.verified(&account(&graduate.account)?).await?;
        let newest = binding.records.first().ok_or(Refusal::StudentUnverified)?;
        self.store.student(&newest.student).await
    }
}

/// What the employer, or the clock, does to a letter; or the graduate who refuses it.
fn letter_step(
    told: &Told<'_>,
    step: Step,
    request: String,
    at: Timestamp,
    letter: Invitation,
) -> Result<(Context, Transition<Invitation>), Error> {
    let days = |days| ResponsePeriod::from_days(days).map_err(|_| missing("a period"));
    Ok(match step {
        Step::Reject(reason) => (context(told.graduate, "reject-invitation", request, at)?, letter.reject(Some(text(reason)?), at)?),
        Step::Withdraw => (context(told.employer, "withdraw-invitation", request, at)?, letter.withdraw(at)?),
        Step::Extend(period) => (context(told.employer, "extend-invitation", request, at)?, letter.extend(days(period)?, at)?),
        Step::Expire => {
            let by_staff = context(told.employer, "expire-invitation", request, at)?;
            (Context { actor: Actor::System, account: account(SYSTEM)?, ..by_staff }, letter.expire(at)?)
        }
        Step::Accept | Step::Pass(_) | Step::Fail(..) | Step::TakeBack(_) | Step::Revoke(..) | Step::End(_) => {
            return Err(missing("a letter's step"));
        }
    })
}

/// What the employer offers: its confirmed information, and terms that differ from letter to letter.
fn letter(employer: &Employer, n: i64) -> Result<Letter, Error> {
    let information = employer.signing_information.as_ref().ok_or(Refusal::EmployerInfoIncomplete)?;
    let monthly_fen = 600_000 + 50_000 * u64::try_from(n % 9).unwrap_or_default();
    let signing = SigningSection {
        position: information.default_position.clone().map_or_else(|| text("管理培训生"), Ok)?,
        job_category: JobCategory::parse(plot::job_category(employer.id.as_str())).map_err(|_| missing("a job category"))?,
        workplace: information.address.clone().map_or_else(|| text("湖北省武汉市洪山区"), Ok)?,
        employment_form: Some(text("全日制劳动合同")?),
        term_months: Some(36),
        probation_months: 3,
        pay: Pay { probation_monthly_fen: Some(monthly_fen / 5 * 4), monthly_fen },
        benefits: Some(text("五险一金")?),
        report_on: None,
        report_to: None,
        liability: Some(text("任何一方违约，应向对方支付违约金人民币3000元。")?),
        automatic_end: Some(text("升学、参军、录取公务员、未按期毕业")?),
        disputes: Some(text("双方协商解决；协商不成的，向用人单位所在地人民法院提起诉讼。")?),
        remark: None,
    };
    Ok(Letter {
        employer_id: employer.id.clone(),
        employer: employer.active()?,
        signing,
        file_receiving: information.file_receiving.clone(),
        household_receiving: information.household_receiving.clone(),
    })
}

fn context(who: &Person, action: &'static str, request_id: String, now: Timestamp) -> Result<Context, Error> {
    let account = account(&who.account)?;
    let actor = match who.role {
        Role::Student => Actor::Student { account: account.clone() },
        Role::Employer => Actor::Employer { account: account.clone(), employer: employer_of(who)? },
        Role::College | Role::School => Actor::from(&officer(who)?),
    };
    Ok(Context { action, actor, account, token_issued_at: now.millis() / 1000, request_id, now, idempotency: None })
}

fn officer(who: &Person) -> Result<Officer, Error> {
    let school = who.school.as_deref().and_then(|school| SchoolId::parse(school).ok()).ok_or_else(|| missing("a school"))?;
    let college = who.college.as_deref().map(CollegeId::parse).transpose().map_err(|_| missing("a college"))?;
    Ok(Officer { account: account(&who.account)?, name: Some(who.name.clone()), school, college })
}

fn employer_of(staff: &Person) -> Result<EmployerId, Error> {
    staff.employer.as_deref().and_then(|id| EmployerId::parse(id).ok()).ok_or_else(|| missing("an employer"))
}

fn account(id: &str) -> Result<AccountId, Error> {
    AccountId::parse(id).map_err(|_| missing(id))
}

fn text<const MAX: usize>(text: &str) -> Result<Text<MAX>, Error> {
    Text::parse(text).map_err(|_| missing(text))
}

/// The samples are at fault: what they name is not there, or not of its form.
fn missing(what: &str) -> Error {
    Error::Broken(format!("the samples lack {what}"))
}
