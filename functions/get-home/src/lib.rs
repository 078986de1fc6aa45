//! 用户中心 (SR-13 to SR-16, SR-45): who I am, what waits for me, what is missing before I may go on.

use api::views::{EmployerProfile, HomeView, Missing, OfficerProfile, Profile, Queues, StudentProfile, ToDo};
use domain::Refusal;
use domain::agreement::{Agreement, Opening};
use domain::employer::Qualification;
use domain::labels;
use domain::party::{Initiator, Officer};
use domain::student::{SigningStatus, Student};
use domain::termination::StageName;
use futures_util::future::{try_join, try_join4};
use lambda::{Anyone, Call, Fault, Reply};
use store::{Error, Review, Store, Table};

/// The first page of every role. Before verification or confirmation it says what is missing, and nothing else is refused here.
///
/// # Errors
/// As the table's.
pub async fn get_home<T: Table>(store: &Store<T>, call: Call<Anyone, ()>) -> Reply<HomeView> {
    let home = match &call.caller {
        Anyone::Student(student) => student_home(store, &call, &student.account).await?,
        Anyone::Employer(employer) => employer_home(store, &call, &employer.id).await?,
        Anyone::Officer(officer) => officer_home(store, &call, officer).await?,
    };
    Ok(home.into())
}

fn home(call: &Call<Anyone, ()>, role: &'static str, profile: Profile, to_do: ToDo, missing: Vec<Missing>) -> HomeView {
    let (received, signing_status, signing_status_label) = (None, None, None);
    HomeView { role, profile, logged_in_at: call.logged_in_at, to_do, received, signing_status, signing_status_label, missing }
}

async fn student_home<T: Table>(store: &Store<T>, call: &Call<Anyone, ()>, account: &domain::values::AccountId) -> Result<HomeView, Fault> {
    let graduate = match store.graduate(account, call.now()).await {
        Ok(graduate) => graduate,
        Err(Error::Refused(Refusal::StudentUnverified)) => {
            let status = SigningStatus::Unverified;
            let unverified =
                home(call, "student", Profile::Student(None), ToDo { signing: Some(0), ..ToDo::default() }, vec![Missing::Verification]);
            return Ok(with_status(unverified, 0, status));
        }
        Err(other) => return Err(other.into()),
    };
    let asked = unanswered(store, graduate.agreement.as_ref()).await?;
    let terminating = graduate.agreement.as_ref().is_some_and(|agreement| agreement.open_termination().is_some());
    let status = SigningStatus::derive(true, graduate.holder.as_ref(), terminating);
    let actionable = if status.may_sign() { graduate.received } else { 0 };
    let profile = Profile::Student(Some(student_profile(&graduate.student)));
    let by = |initiator| Some(u32::from(asked == Some(initiator)));
    let to_do = ToDo {
        signing: Some(actionable),
        termination_awaiting_other: by(Initiator::Student),
        termination_awaiting_me: by(Initiator::Employer),
        feedback: Some(u32::from(graduate.agreement.as_ref().is_some_and(|agreement| agreement.openings().contains(&Opening::Return)))),
        ..ToDo::default()
    };
    let known = home(call, "student", profile, to_do, Vec::new());
    Ok(with_status(known, graduate.received, status))
}

/// 解约办理 (SR-16): who has raised the request on the graduate's agreement, while the other party has not answered.
async fn unanswered<T: Table>(store: &Store<T>, agreement: Option<&Agreement>) -> Result<Option<Initiator>, Fault> {
    let Some(open) = agreement.and_then(Agreement::open_termination) else { return Ok(None) };
    let waits = store.termination(&open.id).await?.value.stage_name() == StageName::PendingCounterparty;
    Ok(waits.then_some(open.initiator))
}

fn with_status(home: HomeView, received: u32, status: SigningStatus) -> HomeView {
    HomeView { received: Some(received), signing_status: Some(status), signing_status_label: Some(labels::signing_status(status)), ..home }
}

async fn employer_home<T: Table>(store: &Store<T>, call: &Call<Anyone, ()>, id: &domain::values::EmployerId) -> Result<HomeView, Fault> {
    let (mine, other) = (store.count_terminations(id, Initiator::Employer), store.count_terminations(id, Initiator::Student));
    let (employer, sent, mine, other) = try_join4(store.registered_employer(id), store.count_sent(id, call.now()), mine, other).await?;
    let missing = employer.as_ref().map_or(vec![Missing::Registration], |employer| match employer.value.qualification() {
        Qualification::Registered | Qualification::ReviewRejected => vec![Missing::Approval],
        Qualification::Qualified => vec![Missing::SigningInformation],
        Qualification::Active | Qualification::Suspended => Vec::new(),
    });
    let to_do =
        ToDo { signing: Some(sent), termination_awaiting_other: Some(mine), termination_awaiting_me: Some(other), ..ToDo::default() };
    let profile = employer.map(|employer| EmployerProfile::new(&employer.value, employer.version));
    Ok(home(call, "employer", Profile::Employer(profile.map(Box::new)), to_do, missing))
}

async fn officer_home<T: Table>(store: &Store<T>, call: &Call<Anyone, ()>, officer: &Officer) -> Result<HomeView, Fault> {
    let school = store.school(&officer.school).await?;
    let college = officer.college.as_ref().and_then(|id| school.college(id));
    let profile = OfficerProfile {
        name: officer.name.clone(),
        school: school.name.as_str().to_owned(),
        college: college.map(|college| college.name.as_str().to_owned()),
    };
    let queues = queues(store, officer).await?;
    let reviews = queues.signing + queues.offline_review + queues.offline_certification + queues.termination;
    let (employers, objections) = match officer.college {
        Some(_) => (None, None),
        None => try_join(store.count_employer_reviews(&officer.school), store.count_objections(&officer.school))
            .await
            .map(|(employers, objections)| (Some(employers), Some(objections)))?,
    };
    let to_do = ToDo { reviews: Some(reviews), queues: Some(queues), employers, objections, ..ToDo::default() };
    let role = if officer.college.is_some() { "college" } else { "school" };
    Ok(home(call, role, Profile::Officer(profile), to_do, Vec::new()))
}

async fn queues<T: Table>(store: &Store<T>, officer: &Officer) -> Result<Queues, Fault> {
    let (signing, offline_review, offline_certification, termination) = try_join4(
        store.count_reviews(officer, Review::Signing),
        store.count_reviews(officer, Review::Offline),
        store.count_reviews(officer, Review::OfflineCertification),
        store.count_termination_reviews(officer),
    )
    .await?;
    Ok(Queues { signing, offline_review, offline_certification, termination })
}

fn student_profile(student: &Student) -> StudentProfile {
    StudentProfile {
        name: student.name.as_str().to_owned(),
        student_number: student.student_number.as_str().to_owned(),
        school: student.school_name.as_str().to_owned(),
        college: student.college_name.as_str().to_owned(),
        major: student.major.as_str().to_owned(),
        graduation_year: student.graduation_year,
        masked_resident_id: student.resident_id.mask.clone(),
        masked_mobile: student.mobile.mask.clone(),
    }
}
