//! The product as a newcomer meets it: samples, the walk-through as printed, and data that survive a restart.

use crate::support::Http;
use http::Method;
use local::{Options, Stack};
use serde_json::json;
use std::path::PathBuf;
use tokio::process::Command;

fn options(data_dir: &std::path::Path) -> Options {
    Options { data_dir: Some(data_dir.to_owned()), ..Options::default() }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The README's first signing, as pasted.
#[tokio::test]
async fn the_first_signing_of_the_readme_works_as_pasted() {
    let folder = Folder::new("first-signing");
    let stack = Stack::start(options(&folder.0)).await.unwrap();
    let script = include_str!("../../infra/local/src/first-signing.sh").replace("{{url}}", stack.url());
    let output = Command::new("bash").arg("-euc").arg(&script).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let last = said.lines().rfind(|line| !line.is_empty()).unwrap();
    for words in ["签约鉴证通过", "99001-2027-000001", "黄河水9", "星光集团", "发送签约邀请"] {
        assert!(last.contains(words), "{words} in {last}");
    }
    let readme = include_str!("../../README.md");
    let shown = include_str!("../../infra/local/src/first-signing.sh").replace("{{url}}", "http://127.0.0.1:8080");
    assert!(readme.contains(shown.trim()), "the README shows the same walk-through");
    assert!(local::guide::text(&stack).ends_with(&format!("\n\nready {}\n", stack.url())));
    stack.shutdown().await.unwrap();
}

/// SR-10, SR-11, SR-44: the README's first log-ins, as pasted behind the first signing.
#[tokio::test]
async fn the_first_log_ins_of_the_readme_work_as_pasted() {
    let folder = Folder::new("newcomers");
    let stack = Stack::start(options(&folder.0)).await.unwrap();
    let both = concat!(include_str!("../../infra/local/src/first-signing.sh"), "\n", include_str!("../../infra/local/src/newcomers.sh"));
    let output = Command::new("bash").arg("-euc").arg(both.replace("{{url}}", stack.url())).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !said.contains("urn:wangqian:problem"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for words in ["武汉新芽汀科技有限公司", "信息已完善", "已验证", "未签约", "待应约", "已撤回", "单位已撤回签约邀请"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
    let readme = include_str!("../../README.md");
    assert!(readme.contains(include_str!("../../infra/local/src/newcomers.sh").trim()), "the README shows the same first log-ins");
    stack.shutdown().await.unwrap();
}

/// SR-59, SR-63, SR-66 to SR-70: the README's endings, as pasted behind the first signing.
#[tokio::test]
async fn the_endings_of_the_readme_work_as_pasted() {
    let folder = Folder::new("endings");
    let stack = Stack::start(options(&folder.0)).await.unwrap();
    let both = concat!(include_str!("../../infra/local/src/first-signing.sh"), "\n", include_str!("../../infra/local/src/endings.sh"));
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new("bash").current_dir(root).arg("-euc").arg(both.replace("{{url}}", stack.url())).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !said.contains("urn:wangqian:problem"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for words in ["等待解约鉴证", "解约鉴证通过", "待反馈", "检查通过", "等待签约鉴证", "盖章协议书.png", "\"medium\":\"offline\""]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
    let last = said.lines().rfind(|line| !line.is_empty()).unwrap();
    assert!(last.contains("签约鉴证通过") && last.contains("江城建筑设计院"), "{last}");
    let readme = include_str!("../../README.md");
    assert!(readme.contains(include_str!("../../infra/local/src/endings.sh").trim()), "the README shows the same endings");
    stack.shutdown().await.unwrap();
}

/// SR-21 to SR-23, A-28: the README's school desk, as pasted behind the first signing, with workers that run by themselves.
#[tokio::test]
async fn the_school_desk_of_the_readme_works_as_pasted() {
    let folder = Folder::new("desk");
    let stack = Stack::start(Options { pumps: true, ..options(&folder.0) }).await.unwrap();
    let both = concat!(include_str!("../../infra/local/src/first-signing.sh"), "\n", include_str!("../../infra/local/src/desk.sh"));
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new("bash").current_dir(root).arg("-euc").arg(both.replace("{{url}}", stack.url())).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !said.contains("urn:wangqian:problem"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let roster = "\"created\":2,\"updated\":0,\"unchanged\":0,\"failed\":1";
    for words in
        [roster, "所在院系", "\"dry_run\":true,\"added\":2", "wrong_check_character", "20191009,黄河水9,10,99001-2027-000001", "待答复"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
    let readme = include_str!("../../README.md");
    assert!(readme.contains(include_str!("../../infra/local/src/desk.sh").trim()), "the README shows the same desk");
    stack.shutdown().await.unwrap();
}

/// SR-29, SR-33: what the README lets time do, as pasted behind the first signing, with workers that run by themselves.
#[tokio::test]
async fn the_passing_of_time_of_the_readme_works_as_pasted() {
    let folder = Folder::new("passing");
    let stack = Stack::start(Options { pumps: true, ..options(&folder.0) }).await.unwrap();
    let both = concat!(include_str!("../../infra/local/src/first-signing.sh"), "\n", include_str!("../../infra/local/src/passing.sh"));
    let output = Command::new("bash").arg("-euc").arg(both.replace("{{url}}", stack.url())).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !said.contains("urn:wangqian:problem"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for words in ["\"stage\":\"expired\"", "邮件已送达", "您收到一份签约邀请", "签约邀请即将到期", "签约邀请已过期", "签约鉴证通过"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
    let readme = include_str!("../../README.md");
    assert!(readme.contains(include_str!("../../infra/local/src/passing.sh").trim()), "the README shows the same");
    stack.shutdown().await.unwrap();
}

/// SR-31, SR-47: the README's documents, as pasted behind the first signing, with workers that run by themselves.
#[tokio::test]
async fn the_documents_of_the_readme_come_out_as_pasted() {
    let folder = Folder::new("documents");
    let stack = Stack::start(Options { pumps: true, ..options(&folder.0) }).await.unwrap();
    let both = concat!(include_str!("../../infra/local/src/first-signing.sh"), "\n", include_str!("../../infra/local/src/documents.sh"));
    let taken = folder.0.with_extension("taken");
    std::fs::create_dir_all(&taken).unwrap();
    let pasted = both.replace("{{url}}", stack.url());
    let output = Command::new("bash").current_dir(&taken).arg("-euc").arg(pasted).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !said.contains("urn:wangqian:problem"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for words in ["电子协议书-99001-2027-", "\"masked_student\":\"黄*9\"", "\"intact\":true"] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let read = |name: &str| std::fs::read(taken.join(name)).unwrap();
    for name in ["agreement.pdf", "invitation.pdf", "certificate.pdf"] {
        assert!(read(name).starts_with(b"%PDF-"), "{name}");
    }
    let bundle = evidence::Bundle::read(&read("evidence.json")).unwrap();
    let verdict = bundle.for_file(&read("agreement.pdf")).verify(Some(&read("agreement.pdf")), &[]).unwrap();
    assert!(verdict.complete && verdict.unsealed.is_empty(), "{verdict:?}");
    let readme = include_str!("../../README.md");
    assert!(readme.contains(include_str!("../../infra/local/src/documents.sh").trim()), "the README shows the same");
    stack.shutdown().await.unwrap();
    std::fs::remove_dir_all(taken).unwrap();
}

/// A second start keeps what was done.
#[tokio::test]
async fn what_was_done_survives_a_restart() {
    let folder = Folder::new("restart");
    let stack = Stack::start(options(&folder.0)).await.unwrap();
    let http = Http::new(stack.url());
    let token = async |http: &Http, person: &str| {
        http.send(Method::POST, "/dev/token", &[], json!({ "person": person }).to_string()).await.text_of("token")
    };
    let hr = token(&http, "stars-hr").await;
    let headers =
        [("authorization", format!("Bearer {hr}")), ("content-type", "application/json".to_owned()), ("idempotency-key", "k".to_owned())];
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let huang = stack.people().iter().find(|person| person.id == "huang").unwrap().clone();
    let record = huang.record.unwrap();
    let facts = json!({ "school": "99001", "graduation_year": record.graduation_year, "name": huang.name, "id_or_mobile": record.mobile });
    let found = http.send(Method::POST, "/v1/students/find", &headers, facts.to_string()).await;
    let listed = json!({ "student_ref": found.text_of("student_ref") });
    http.send(Method::POST, "/v1/candidates", &headers, listed.to_string()).await.with(201);
    stack.clock().advance(3_600_000).unwrap();
    let before = stack.clock().now();
    stack.shutdown().await.unwrap();

    let stack = Stack::start(options(&folder.0)).await.unwrap();
    assert!(stack.clock().now() >= before, "business time does not go back");
    let http = Http::new(stack.url());
    let bearer = format!("Bearer {}", token(&http, "stars-hr").await);
    let list = http.send(Method::GET, "/v1/candidates", &[("authorization", &bearer)], "").await.with(200);
    assert_eq!(list["items"][0]["student_ref"], found.text_of("student_ref"));
    let again = http
        .send(Method::POST, "/v1/students/find", &[("authorization", &bearer), ("content-type", "application/json")], facts.to_string())
        .await;
    assert_eq!(again.text, found.text, "keys and references are the same after a restart");
    stack.shutdown().await.unwrap();
}
