//! The world that is attacked: everything of ours that a valid request can be about, and strangers next to it.

use super::desk::on_the_desk;
use super::endings::{drafter, ended, on_paper, registered, requested};
use super::handed::{awaiting, handed_in, to_confirm};
use super::request::{Login, Request};
use crate::support::{Answer, Employer, World};
use api::{Action, Role};
use domain::values::SchoolId;
use serde_json::Value;

/// A letter and the graduate who got it.
pub(super) struct Letter {
    pub(super) graduate: Login,
    pub(super) id: String,
    /// The confirmation token of the letter as it stands.
    pub(super) shown: String,
}

/// An agreement and its graduate.
pub(super) struct Signing {
    pub(super) graduate: Login,
    pub(super) id: String,
}

/// What is ours, at 99001 and its college c01, by the employer 星光集团: something for each action. And strangers of every role.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(super) stars: Login,
    /// Known to the account system only.
    pub(super) newcomer: Login,
    pub(super) teacher: Login,
    pub(super) office: Login,
    /// Has not passed the information verification, for which it needs these facts.
    pub(super) unverified: (Login, Value),
    /// An employer that asks 99001 for its review.
    pub(super) asking: String,
    /// A letter each that waits for an answer.
    pub(super) to_withdraw: Letter,
    pub(super) to_extend: Letter,
    pub(super) to_accept: Letter,
    pub(super) to_reject: Letter,
    /// Waits for its certification.
    pub(super) pending: Signing,
    /// Certified.
    pub(super) certified: Signing,
    /// Certified, and nobody has asked to terminate it.
    pub(super) to_end: Signing,
    /// Requests to terminate, and whose agreement they are about: to answer, to take back, to certify.
    pub(super) asked: [Signing; 3],
    /// Terminated, with its letter.
    pub(super) ended: Signing,
    /// A graduate with a complete draft, and the hash of its preview.
    pub(super) drafter: (Login, String),
    /// On paper: waits for its review, and for its scan.
    pub(super) on_paper: [Signing; 2],
    /// The clean scan of the one that waits for it.
    pub(super) scan: String,
    /// Files: put and not confirmed yet; handed in.
    pub(super) to_confirm: Signing,
    pub(super) handed_in: Signing,
    /// A graduate without anything: the roster record. And one with a registration.
    pub(super) free: String,
    pub(super) registered: Signing,
    /// A graduate found but not listed: reference, the four facts, id.
    pub(super) found: (String, Value, String),
    /// Entries of the send list, to send to and to remove.
    pub(super) listed: [String; 2],
    /// The newest message of `to_extend`'s graduate.
    pub(super) message: String,
    /// A list of one candidate who is on no list yet; a clean roster; a job.
    pub(super) sheet: Vec<u8>,
    pub(super) roster: String,
    pub(super) job: String,
    strangers: Vec<Login>,
    /// What a stranger's list must not hold.
    pub(super) marks: Vec<String>,
}

impl Scene {
    pub(super) async fn new() -> Self {
        Box::pin(Self::of(World::new().await)).await
    }

    /// All this in a world of its own.
    pub(crate) async fn of(world: World) -> Self {
        let employer = world.employer("星光集团").await;
        let asks = |employer: &mut domain::employer::Employer| {
            (employer.asked, employer.approved_by) = (Some(SchoolId::parse("99001").unwrap()), [].into());
        };
        let asking = world.employer_as("候审公司", asks).await.id.to_string();
        let stars = Login::employer(&world, employer.id.as_str());
        let mut marks = vec!["星光集团".to_owned(), "江城建筑设计院".to_owned()];
        let to_withdraw = letter(&world, &employer, "撤一江", &mut marks).await;
        let to_extend = letter(&world, &employer, "延二江", &mut marks).await;
        let to_accept = letter(&world, &employer, "受三江", &mut marks).await;
        let to_reject = letter(&world, &employer, "拒四江", &mut marks).await;
        let pending = signing(&world, &employer, "待五江", &mut marks).await;
        let certified = in_force(&world, &employer, "证六江", &mut marks).await;
        let to_end = in_force(&world, &employer, "解一江", &mut marks).await;
        let asked = [
            requested(&world, &employer, "解二江", false, &mut marks).await,
            requested(&world, &employer, "解三江", false, &mut marks).await,
            requested(&world, &employer, "解四江", true, &mut marks).await,
        ];
        let ended = ended(&world, &employer, "解五江", &mut marks).await;
        let drafter = drafter(&world, "录一江").await;
        let (reviewed, scan) = awaiting(&world, "录三江", &mut marks).await;
        let on_paper = [on_paper(&world, "录二江", &mut marks).await, reviewed];
        let (to_confirm, handed_in) = (to_confirm(&world, "传一江").await, handed_in(&world, "传二江", &mut marks).await);
        let free = world.graduate("登一江").await.student.id.to_string();
        let registered = registered(&world, "登二江", &mut marks).await;
        let graduate = world.graduate("找七江").await;
        let found = (employer.reference(&graduate).await, graduate.facts(), graduate.student.id.to_string());
        let listed = [employer.lists(&world.graduate("发八江").await).await, employer.lists(&world.graduate("移九江").await).await];
        marks.extend([found.0.clone(), found.2.clone()]);
        marks.extend(listed.clone());
        let unverified = unverified(&world).await;
        let inbox = world.request(&to_extend.graduate.token, http::Method::GET, "/v1/messages", None, None).await.with(200);
        let message = inbox["items"][0]["id"].as_str().unwrap().to_owned();
        let (newcomer, office) = (Login::employer(&world, "e-newcomer"), Login::school(&world, "99001"));
        let teacher = Login::college(&world, "99001", "c01");
        let (sheet, roster, job) = on_the_desk(&world, &certified).await;
        let strangers = strangers(&world).await;
        world.stack.settle(None).await.unwrap();
        Self {
            world,
            stars,
            newcomer,
            teacher,
            office,
            unverified,
            asking,
            to_withdraw,
            to_extend,
            to_accept,
            to_reject,
            pending,
            certified,
            to_end,
            asked,
            ended,
            drafter,
            on_paper,
            scan,
            to_confirm,
            handed_in,
            free,
            registered,
            found,
            listed,
            message,
            sheet,
            roster,
            job,
            strangers,
            marks,
        }
    }

    /// Log-ins of this role that something of ours is about.
    pub(super) fn ours(&self, role: Role) -> Vec<&Login> {
        match role {
            Role::Student => {
                let letters = [&self.to_withdraw, &self.to_extend, &self.to_accept, &self.to_reject];
                let signings = [&self.pending, &self.certified, &self.to_end, &self.registered].into_iter();
                let signings = signings.chain(&self.asked).chain(&self.on_paper).chain([&self.ended]).map(|signing| &signing.graduate);
                letters.into_iter().map(|letter| &letter.graduate).chain(signings).chain([&self.drafter.0]).collect()
            }
            Role::Employer => vec![&self.stars],
            Role::College => vec![&self.teacher],
            Role::School => vec![&self.office],
        }
    }

    /// Log-ins of this role that nothing of ours concerns.
    pub(super) fn strangers(&self, role: Role) -> Vec<&Login> {
        self.strangers.iter().filter(|login| login.claims["role"] == role.as_str()).collect()
    }

    /// Sends a request as it is.
    pub(crate) async fn sends(&self, request: &Request) -> Answer {
        self.world.http.send(request.method.clone(), &request.path, &request.headers(), request.body.clone()).await
    }

    /// Sends each of these requests, none of which may write anything. What is wrong is told by the action and the case.
    pub(super) async fn refuses(&self, action: &Action, cases: &[(String, Request)], judge: impl Fn(&str, &Answer)) {
        let before = self.world.dump().await;
        for (case, request) in cases {
            let answer = self.sends(request).await;
            judge(&format!("{} with {case}", action.name), &answer);
        }
        let names: Vec<_> = cases.iter().map(|(case, _)| case).collect();
        assert!(self.world.dump().await == before, "{} wrote something with one of {names:?}", action.name);
    }
}

async fn letter(world: &World, employer: &Employer<'_>, name: &str, marks: &mut Vec<String>) -> Letter {
    let graduate = world.graduate(name).await;
    let letter = employer.invites(&graduate).await;
    let shown = graduate.is_shown(&letter).await;
    // The letter's agreement has the same id but for a letter.
    marks.extend([name.to_owned(), letter.id[7..].to_owned(), graduate.student.id.to_string()]);
    Letter { graduate: Login::student(world, &graduate.account), id: letter.id, shown }
}

async fn signing(world: &World, employer: &Employer<'_>, name: &str, marks: &mut Vec<String>) -> Signing {
    let letter = letter(world, employer, name, marks).await;
    let body = serde_json::json!({ "confirmation_token": letter.shown, "read": true, "sign_now": true });
    let path = format!("/v1/invitations/{}/acceptance", letter.id);
    let accepted = world.request(&letter.graduate.token, http::Method::POST, &path, Some(&world.new_key()), Some(&body)).await;
    accepted.with(201);
    Signing { graduate: letter.graduate, id: accepted.text_of("agreement_id") }
}

async fn in_force(world: &World, employer: &Employer<'_>, name: &str, marks: &mut Vec<String>) -> Signing {
    let signing = signing(world, employer, name, marks).await;
    world.college("99001", "c01").passes(&signing.id).await.with(200);
    signing
}

async fn unverified(world: &World) -> (Login, Value) {
    let graduate = world.unverified_graduate("验十江").await;
    let mut facts = graduate.facts();
    let fields = facts.as_object_mut().unwrap();
    let resident_id = fields.remove("id_or_mobile").unwrap();
    fields.extend([("resident_id".to_owned(), resident_id), ("mobile".to_owned(), graduate.mobile.expose().into())]);
    (Login::student(world, &graduate.account), facts)
}

/// Another graduate of the same college, one of another school, one who is not verified; another employer; officers of another
/// college, of another school's college that is called the same, and of another school.
async fn strangers(world: &World) -> Vec<Login> {
    let near = world.graduate("外甲").await.account;
    let far = world.graduate_of("99002", "c01", "外乙").await.account;
    let bridge = world.employer("大桥公司").await.id.to_string();
    vec![
        Login::student(world, &near),
        Login::student(world, &far),
        Login::employer(world, &bridge),
        Login::college(world, "99001", "c02"),
        Login::college(world, "99002", "c01"),
        Login::school(world, "99002"),
    ]
}
