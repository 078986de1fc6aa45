//! A hundred thousand letters: every list costs what it costs with a hundred.

use crate::support::{Answer, Graduate, Officer, World, letter_suffix};
use store_dynamo::Usage;

/// More than a page, and more than counts go to.
const FEW: u32 = 120;
const LETTERS: u32 = 100_000;
/// Of what surrounds the letters.
const OTHERS: u32 = 10_000;

struct Scene<'w> {
    world: &'w World,
    stars: crate::support::Employer<'w>,
    huang: Graduate<'w>,
    li: Graduate<'w>,
    teacher: Officer<'w>,
    office: Officer<'w>,
    /// Suffixes of ids, and patterns of sort keys: what is multiplied, and how often in the end.
    originals: Vec<(String, &'static str, u32)>,
}

/// One of each: an open letter, an agreement that waits, its message, a student, an employer, an entry of the send list.
async fn scene(world: &World) -> Scene<'_> {
    let stars = world.employer("星光集团").await;
    let (huang, li, wang) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("王思远").await);
    let listed = stars.lists(&wang).await;
    let open = stars.invites(&li).await;
    let letter = stars.invites(&huang).await;
    let agreement = huang.signs(&letter).await;
    let originals = vec![
        (letter_suffix(&open.id), "INVITATION", LETTERS),
        (letter_suffix(&agreement), "AGREEMENT", OTHERS),
        (letter_suffix(&agreement), "20%", OTHERS),
        (letter_suffix(wang.student.id.as_str()), "STUDENT", OTHERS),
        (listed, "CANDIDATE#%", OTHERS),
    ];
    Scene { world, stars, huang, li, teacher: world.college("99001", "c01"), office: world.school("99001"), originals }
}

impl Scene<'_> {
    fn multiply(&self, copies: impl Fn(u32) -> u32) {
        for (part, sort_key, most) in &self.originals {
            let rows = self.world.stack.multiply(part, sort_key, copies(*most)).unwrap();
            assert!(rows > copies(*most) as usize, "{sort_key}: in the table and in its lists");
        }
    }

    /// What the first page of every list costs.
    async fn costs(&self) -> Vec<(&'static str, Usage)> {
        let mut costs = Vec::new();
        let mut cost = async |name: &'static str, answer: Answer| {
            assert_eq!(answer.with(200)["items"].as_array().unwrap().len(), 50, "{name}: a full page");
            costs.push((name, self.world.usage()));
        };
        self.world.usage();
        cost("letters of the employer", self.stars.get("/v1/invitations").await).await;
        cost("letters of the graduate", self.li.get("/v1/invitations").await).await;
        cost("send list", self.stars.get("/v1/candidates").await).await;
        cost("agreements of the employer", self.stars.get("/v1/agreements?status=pending_certification").await).await;
        cost("queue of the college", self.teacher.get("/v1/reviews").await).await;
        cost("queue of the school", self.office.get("/v1/reviews").await).await;
        cost("agreements of the college", self.teacher.get("/v1/agreements?status=pending_certification").await).await;
        cost("agreements of the school", self.office.get("/v1/agreements?status=pending_certification").await).await;
        cost("roster", self.office.get("/v1/students?graduation_year=2027").await).await;
        cost("agreements of the graduate", self.huang.get("/v1/agreements").await).await;
        cost("inbox of the college", self.teacher.get("/v1/messages").await).await;
        costs
    }
}

/// Architecture 14: a list page is one Query, whatever the table holds.
#[tokio::test]
async fn every_list_costs_the_same_with_a_hundred_thousand_letters_as_with_a_hundred() {
    let world = World::new().await;
    let scene = scene(&world).await;
    scene.multiply(|_| FEW);
    let few = scene.costs().await;
    scene.multiply(|most| most - FEW);
    let many = scene.costs().await;
    assert_eq!(few, many);
    for (list, usage) in &many {
        // A graduate's log-in is read first, and the slot of the letters' year; an inbox also has its mark and its count.
        let more = match *list {
            "agreements of the graduate" => 1,
            "letters of the graduate" | "inbox of the college" => 2,
            _ => 0,
        };
        assert_eq!((usage.reads, usage.writes), (1 + more, 0), "{list}");
    }
    let home = scene.stars.get("/v1/home").await.with(200);
    assert_eq!(home["to_do"]["signing"], 100, "shown as 99+");
    println!("pages in a table of {LETTERS} letters: {many:?}");
}
