//! What the walkers do: whatever anybody might try, of whatever stands there.

use crate::support::{Answer, Employer, Graduate, Handed, Letter, Officer, Random, World, days, put, request_of};
use serde_json::{Value, json};

/// Three graduates, two employers and the school.
pub(crate) struct Walkers<'w> {
    world: &'w World,
    graduates: Vec<(Graduate<'w>, Vec<String>)>,
    employers: Vec<Employer<'w>>,
    office: Officer<'w>,
}

/// Something that stands there, as its graduate sees it.
struct Standing {
    id: String,
    version: u64,
}

/// Half of the moves fit what stands there; the others are whatever anybody might try.
const MOVES: usize = 36;

impl<'w> Walkers<'w> {
    pub(crate) async fn new(world: &'w World) -> Self {
        let employers = vec![world.employer("星光集团").await, world.employer("大桥公司").await];
        let mut graduates = Vec::new();
        for name in ["黄河水9", "李晓雨", "王思远"] {
            let graduate = world.graduate(name).await;
            let mut references = Vec::new();
            for employer in &employers {
                references.push(employer.reference(&graduate).await);
            }
            graduates.push((graduate, references));
        }
        Self { world, graduates, employers, office: world.school("99001") }
    }

    /// One step of somebody.
    pub(crate) async fn walk(&self, random: &mut Random) -> Answer {
        let (graduate, references) = random.one_of(&self.graduates);
        let which = random.below(self.employers.len());
        let (employer, reference) = (&self.employers[which], &references[which]);
        match random.below(MOVES) {
            0 | 1 => self.invite(employer, reference).await,
            2 | 3 => self.answer(graduate, random).await,
            4 => self.letter_of(employer, random).await,
            5 => self.wait(random).await,
            6..=8 => self.certify(graduate, random).await,
            9 => self.undo(graduate, random).await,
            10 | 11 => self.write(graduate, random).await,
            12 => self.review(graduate, random).await,
            13 => self.hand_back(graduate, random).await,
            14 | 15 => self.ask(graduate, employer, random).await,
            16 => self.reply(graduate, employer, random).await,
            17 | 18 => self.decide(graduate, random).await,
            19 => self.register(graduate, random).await,
            _ => self.go_on(graduate, employer, reference, random).await,
        }
    }

    /// What fits the newest signing of the graduate, or begins a new one.
    async fn go_on(&self, graduate: &Graduate<'_>, employer: &Employer<'_>, reference: &str, random: &mut Random) -> Answer {
        let rows = graduate.get("/v1/agreements").await.with(200)["items"].clone();
        let Some(row) = rows.get(0) else { return self.begin(graduate, employer, reference, random).await };
        let (id, version) = (row["id"].as_str().unwrap(), row["version"].as_u64().unwrap());
        let offline = row["medium"] == "offline";
        let employer = if row["employer"] == "星光集团" { &self.employers[0] } else { employer };
        match row["stage"].as_str().unwrap() {
            "agreement_review" => self.office.post(&format!("/v1/agreements/{id}/review"), &decision(random, version)).await,
            "pending_certification" if !offline && random.below(4) == 0 => graduate.undoes(id, version).await,
            "pending_certification" => self.office.decides(id, &decision(random, version)).await,
            "awaiting_feedback" | "certification_rejected" if offline && random.below(4) == 0 => graduate.undoes(id, version).await,
            "awaiting_feedback" | "certification_rejected" if offline => self.give_back(graduate, id, version).await,
            "certified" if !offline && random.below(5) == 0 => self.office.undoes(id, version).await,
            "certified" if row["termination"].is_null() => self.ask_of(graduate, employer, id, random).await,
            "certified" if random.below(2) == 0 => self.decide(graduate, random).await,
            "certified" => self.reply(graduate, employer, random).await,
            _ => self.begin(graduate, employer, reference, random).await,
        }
    }

    async fn begin(&self, graduate: &Graduate<'_>, employer: &Employer<'_>, reference: &str, random: &mut Random) -> Answer {
        match random.below(7) {
            0 => graduate.saves(&crate::support::offline_text()).await,
            1..4 => self.hand_over(graduate).await,
            _ => self.sign(graduate, employer, reference, random).await,
        }
    }

    async fn sign(&self, graduate: &Graduate<'_>, employer: &Employer<'_>, reference: &str, random: &mut Random) -> Answer {
        self.invite(employer, reference).await;
        self.answer(graduate, random).await
    }

    async fn invite(&self, employer: &Employer<'_>, reference: &str) -> Answer {
        employer.post("/v1/candidates", &self.world.new_key(), &json!({ "student_ref": reference })).await;
        employer.sends(&[reference]).await
    }

    /// The graduate accepts or refuses a letter that is open.
    async fn answer(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        let open = graduate.get("/v1/invitations").await;
        let letters = open.column("id");
        if letters.is_empty() {
            return open;
        }
        let letter = Letter { id: random.one_of(&letters).clone() };
        let read = graduate.reads(&letter).await;
        let shown = read.json()["confirmation_token"].as_str().unwrap_or("none").to_owned();
        if random.below(4) == 0 {
            graduate.rejects(&letter, None).await
        } else {
            graduate.accepts_as_shown(&letter, &shown, &self.world.new_key()).await
        }
    }

    /// The employer takes a letter back, or gives more time.
    async fn letter_of(&self, employer: &Employer<'_>, random: &mut Random) -> Answer {
        let open = employer.get("/v1/invitations").await;
        let letters = open.column("id");
        if letters.is_empty() {
            return open;
        }
        let letter = Letter { id: random.one_of(&letters).clone() };
        let version = employer.reads(&letter).await.json()["version"].as_u64().unwrap();
        if random.below(2) == 0 { employer.withdraws(&letter, version).await } else { employer.extends(&letter, 9, version).await }
    }

    async fn wait(&self, random: &mut Random) -> Answer {
        self.world.after(days(1 + random.below(6) as u64));
        self.office.get("/v1/home").await
    }

    async fn certify(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        let Some(Standing { id, version }) = self.of(graduate, "/v1/agreements", random).await else { return self.nothing().await };
        self.office.decides(&id, &decision(random, version)).await
    }

    /// The graduate withdraws or voids, the school revokes or voids.
    async fn undo(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        let Some(Standing { id, version }) = self.of(graduate, "/v1/agreements", random).await else { return self.nothing().await };
        if random.below(2) == 0 { graduate.undoes(&id, version).await } else { self.office.undoes(&id, version).await }
    }

    /// Saves a draft, or hands it in.
    async fn write(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        if random.below(2) == 0 { graduate.saves(&crate::support::offline_text()).await } else { self.hand_over(graduate).await }
    }

    async fn hand_over(&self, graduate: &Graduate<'_>) -> Answer {
        let preview = graduate.previews().await;
        match preview.json()["preview_sha256"].as_str() {
            Some(hash) => graduate.submits(hash).await,
            None => preview,
        }
    }

    async fn review(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        let Some(Standing { id, version }) = self.of(graduate, "/v1/agreements", random).await else { return self.nothing().await };
        self.office.post(&format!("/v1/agreements/{id}/review"), &decision(random, version)).await
    }

    /// The stamped scan comes back.
    async fn hand_back(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        let Some(Standing { id, version }) = self.of(graduate, "/v1/agreements", random).await else { return self.nothing().await };
        self.give_back(graduate, &id, version).await
    }

    async fn give_back(&self, graduate: &Graduate<'_>, id: &str, version: u64) -> Answer {
        match self.file(graduate, "stamped_agreement").await {
            Ok(scan) => graduate.returns_these(id, version, &[&scan]).await,
            Err(refused) => refused,
        }
    }

    /// A clean file, if this graduate may still hand in one today.
    async fn file(&self, graduate: &Graduate<'_>, purpose: &'static str) -> Result<String, Answer> {
        let file = Handed::pixel(purpose);
        let asked = graduate.asks_to_upload(&file).await;
        if asked.status != 201 {
            return Err(asked);
        }
        let place = asked.json();
        put(self.world, &place, &file.bytes).await;
        let id = place["id"].as_str().unwrap().to_owned();
        graduate.confirms(&id).await.with(200);
        Ok(id)
    }

    /// Either side asks to terminate, with a proof where the agreement is on paper.
    async fn ask(&self, graduate: &Graduate<'_>, employer: &Employer<'_>, random: &mut Random) -> Answer {
        let Some(Standing { id, .. }) = self.of(graduate, "/v1/agreements", random).await else { return self.nothing().await };
        self.ask_of(graduate, employer, &id, random).await
    }

    async fn ask_of(&self, graduate: &Graduate<'_>, employer: &Employer<'_>, id: &str, random: &mut Random) -> Answer {
        let key = self.world.new_key();
        if random.below(2) == 0 {
            return employer.post("/v1/terminations", &key, &request_of("employer", &[id])).await;
        }
        let mut body = request_of("student", &[id]);
        if graduate.get(&format!("/v1/agreements/{id}")).await.json()["medium"] == "offline" {
            match self.file(graduate, "termination_proof").await {
                Ok(proof) => body["upload_ids"] = json!([proof]),
                Err(refused) => return refused,
            }
        }
        graduate.post("/v1/terminations", &key, &body).await
    }

    /// Consent, refusal or withdrawal, by either side.
    async fn reply(&self, graduate: &Graduate<'_>, employer: &Employer<'_>, random: &mut Random) -> Answer {
        let Some(Standing { id, .. }) = self.of(graduate, "/v1/terminations", random).await else { return self.nothing().await };
        match (random.below(4), random.below(2)) {
            (0 | 1, 0) => graduate.consents(&id).await,
            (0 | 1, _) => employer.consents(&id).await,
            (2, 0) => graduate.refuses_to_end(&id, "请再考虑").await,
            (2, _) => employer.refuses_to_end(&id, "请再考虑").await,
            (_, 0) => graduate.takes_back(&id).await,
            (..) => employer.takes_back(&id).await,
        }
    }

    async fn decide(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        let Some(Standing { id, version }) = self.of(graduate, "/v1/terminations", random).await else { return self.nothing().await };
        self.office.post(&format!("/v1/terminations/{id}/certification"), &decision(random, version)).await
    }

    async fn register(&self, graduate: &Graduate<'_>, random: &mut Random) -> Answer {
        match self.of(graduate, "/v1/employment-registrations", random).await {
            Some(Standing { id, version }) if random.below(3) > 0 => {
                let path = format!("/v1/employment-registrations/{id}/withdrawal");
                graduate.post(&path, &self.world.new_key(), &json!({ "version": version, "reason": "改为就业" })).await
            }
            _ => graduate.registers("801").await,
        }
    }

    /// One of what a graduate's list shows: mostly the newest, sometimes whatever stands there.
    async fn of(&self, graduate: &Graduate<'_>, list: &str, random: &mut Random) -> Option<Standing> {
        let items = graduate.get(list).await.with(200)["items"].as_array().unwrap().clone();
        if items.is_empty() {
            return None;
        }
        let which = if random.below(4) > 0 { 0 } else { random.below(items.len()) };
        let standing = |row: &Value| Standing { id: row["id"].as_str().unwrap().to_owned(), version: row["version"].as_u64().unwrap() };
        Some(standing(&items[which]))
    }

    async fn nothing(&self) -> Answer {
        self.office.get("/v1/policy").await
    }
}

fn decision(random: &mut Random, version: u64) -> Value {
    let word = *random.one_of(&["pass", "pass", "fail"]);
    json!({ "decision": word, "version": version, "reason": "材料不全" })
}
