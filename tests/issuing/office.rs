//! A platform on the model: signings in force, a bucket, a signing key.

use crate::support::model::{employer, letter, student};
use crate::support::{Drawer, Mortal, mobile, resident_id, start, tick};
use domain::account::{Binding, BoundRecord};
use domain::agreement::{Agreement, Decision, Judgement, Starred};
use domain::candidate::Candidate;
use domain::decision::Verdict;
use domain::invitation::{Accept, Terms};
use domain::party::{Actor, Officer};
use domain::student::{Lookups, Student};
use domain::values::{AccountId, AgreementId, Industry, Region, ResponsePeriod, SchoolId, Timestamp, UnitNature};
use evidence::{KeyFile, Leaf, NoElectronicSealProvider};
use lambda::Done;
use std::collections::BTreeMap;
use store::roster::Entry;
use store::{Change, Context, Item, Key, Store, Table as _};
use vault::{Keys, Vault};

/// The platform.
pub(super) struct Office {
    pub(super) table: Mortal,
    pub(super) store: Store<Mortal>,
    pub(super) shelf: Drawer,
    pub(super) vault: Vault,
    pub(super) signer: KeyFile,
}

/// The item of a document.
pub(super) fn order(agreement: &AgreementId, kind: &str) -> Key {
    Key { sk: format!("DOCUMENT#{kind}"), ..agreement_key(agreement) }
}

pub(super) fn agreement_key(agreement: &AgreementId) -> Key {
    let id = agreement.as_str();
    Key { pk: format!("SCHOOL#{}#SIGNING#{}", &id[..5], &id[7..]), sk: "AGREEMENT".to_owned() }
}

impl Office {
    pub(super) async fn new(does_the_last: bool) -> Self {
        let table = Mortal::doing_the_last(does_the_last);
        table.lives_for(usize::MAX);
        let zeros = format!("{}=", "A".repeat(43));
        let office = Self {
            store: Store::new(table.clone()),
            shelf: Drawer::beside(&table),
            vault: Vault::open(&Keys { sealing: zeros.clone(), lookup: zeros }).unwrap(),
            signer: KeyFile::from_secret(&[7; 32]).unwrap(),
            table,
        };
        office.store.begin_sealing(start()).await.unwrap();
        office
    }

    /// A graduate whose numbers open.
    fn student(&self, n: u32) -> Student {
        let plain = student(n);
        let (number, phone) = (resident_id(n), mobile(n));
        let (resident_id, mobile) = (self.vault.seal_resident_id(&plain.id, &number), self.vault.seal_mobile(&plain.id, &phone));
        Student { resident_id, mobile, ..plain }
    }

    /// A letter is sent and accepted at this moment: the agreement.
    pub(super) async fn signs(&self, n: u32, at: Timestamp) -> AgreementId {
        let graduate = self.student(n);
        let account = AccountId::parse(&format!("student-{n}")).unwrap();
        let lookups = Lookups { four_fields: vec![format!("h1-four-{n}")], document: format!("h1-document-{n}") };
        let binding = Binding { person: graduate.person.clone(), records: vec![BoundRecord::of(&graduate)] };
        let entries = [Entry::Student(Box::new(graduate.clone()), lookups), Entry::Account(account.clone(), binding)];
        self.store.set_up(&entries).await.unwrap();
        let staff = AccountId::parse("hr-1").unwrap();
        let hr = |row: &str| context("send-invitations", Actor::Employer { account: staff.clone(), employer: employer() }, row, n, at);
        let candidate = Candidate::of(&graduate, format!("ref-{n}"), None, None, at);
        self.store.add_candidate(&employer(), &candidate, &hr("list"), ()).await.unwrap();
        let recipient = self.store.recipient(&employer(), &candidate, at).await.unwrap();
        let terms = Terms { period: ResponsePeriod::DEFAULT, longest_days: 30, reminder_hours: [24].into() };
        let sent = self.store.send(&hr("send"), 0, &recipient, &letter(), terms).await.unwrap();
        let answering = self.store.answering(&account, &sent.invitation_id).await.unwrap();
        let letter = answering.letter;
        let token = letter.value.confirmation_token(letter.version);
        let accept = Accept { confirmation_token: &token, version: letter.version, now: at };
        let accepted = letter.value.clone().accept(&accept).unwrap();
        let formed = Agreement::form(&accepted.next, &answering.student, &answering.policy, at);
        let mine = context("accept-invitation", Actor::Student { account }, "accept", n, at);
        let change = Change::new().moves(&mine, &letter, &accepted).unwrap().creates(&mine, &formed).unwrap();
        self.store.commit(change, &mine, ()).await.unwrap();
        formed.next.id
    }

    /// 签约鉴证 by the school at this moment.
    pub(super) async fn certifies(&self, agreement: &AgreementId, at: Timestamp) {
        let school = SchoolId::parse("99001").unwrap();
        let officer = Officer { account: AccountId::parse("office-1").unwrap(), name: Some("王老师".to_owned()), school, college: None };
        let standing = self.store.agreement_of_officer(&officer, agreement).await.unwrap();
        let (nature, industry, region) = (UnitNature::parse("21"), Industry::parse("21"), Region::parse("150521"));
        let starred = Starred { nature: nature.ok(), industry: industry.ok(), region: region.ok() };
        let judged = standing.value.clone().judge(&officer, Decision { verdict: Verdict::Pass, starred }, at).unwrap();
        let Judgement::Certifies(passed) = judged else { panic!("{judged:?}") };
        let number = self.store.draw_number(&officer.school, standing.value.student.graduation_year).await.unwrap();
        let certified = passed.numbered(number);
        let by = Actor::from(&officer);
        let context = context("certify-agreement", by, agreement.as_str(), 0, at);
        let change = Change::new().moves(&context, &standing, &certified).unwrap();
        self.store.commit(change, &context, ()).await.unwrap();
    }

    /// A worker draws what an order calls for.
    pub(super) async fn issues(&self, order: &Key, at: Timestamp) -> Done {
        let provider = NoElectronicSealProvider;
        let link = "https://wangqian.example";
        issue_document::issue_document(&self.store, &self.vault, &self.shelf, &provider, link, order.clone(), tick(at)).await
    }

    /// The hour strikes.
    pub(super) async fn seals(&self, at: Timestamp) -> Done {
        seal_evidence::seal_evidence(&self.store, &self.shelf, &self.signer, tick(at)).await
    }

    /// Everything that is sealed so far, each seal verified as the bucket has it.
    pub(super) async fn sealed(&self) -> Vec<Leaf> {
        let keys: Vec<_> = self.shelf.keys().into_iter().filter(|key| key.starts_with("evidence/seals/")).collect();
        let mut leaves = Vec::new();
        for key in keys {
            let kept: store::KeptSeal = serde_json::from_slice(&self.shelf.objects.lock().unwrap()[&key].clone()).unwrap();
            leaves.extend(sealing::leaves(&self.shelf, &kept.sealed.read().unwrap()).await.unwrap());
        }
        leaves
    }

    /// The agreement's item with its audit records, as an auditor reads them.
    pub(super) async fn chain(&self, agreement: &AgreementId) -> (Item, Vec<Item>) {
        let key = agreement_key(agreement);
        let standing = self.table.get(&key).await.unwrap().unwrap();
        let mut records = Vec::new();
        for seq in 1.. {
            let key = Key { sk: format!("AUDIT#AGREEMENT#{seq:08}"), ..key.clone() };
            let Some(record) = self.table.get(&key).await.unwrap() else { break };
            records.push(record);
        }
        (standing, records)
    }

    /// Objects of the bucket below this.
    pub(super) fn objects(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let objects = self.shelf.objects.lock().unwrap();
        objects.iter().filter(|(key, _)| key.starts_with(below)).map(|(key, bytes)| (key.clone(), bytes.clone())).collect()
    }
}

fn context(action: &'static str, actor: Actor, row: &str, n: u32, now: Timestamp) -> Context {
    let account = AccountId::parse(&format!("caller-{n}")).unwrap();
    Context { action, actor, account, token_issued_at: 1000, request_id: format!("{row}-{n}"), now, idempotency: None }
}
