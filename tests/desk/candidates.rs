//! 导入拟签约名单 (SR-21 to SR-23, A-17).

use crate::support::{Employer, Graduate, Sheet, World, cell, formula, number};
use serde_json::{Value, json};

const TITLES: [&str; 7] = ["毕业学校", "毕业届", "姓名", "身份证号", "手机号", "拟聘职位", "备注"];

fn titled() -> Sheet {
    Sheet::titled(&TITLES)
}

/// A row of the right facts.
fn right<'a>(graduate: &'a Graduate<'_>, position: &'a str) -> [&'a str; 7] {
    ["江城大学", "2027", graduate.student.name.as_str(), graduate.resident_id.expose(), "", position, ""]
}

/// What became of each row: its number, outcome and codes.
fn outcomes(import: &Value) -> Vec<(u64, String, Vec<String>)> {
    let codes =
        |row: &Value| row["errors"].as_array().into_iter().flatten().map(|error| error["code"].as_str().unwrap().to_owned()).collect();
    let rows = import["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["row"].as_u64().unwrap(), row["outcome"].as_str().unwrap().to_owned(), codes(row))).collect()
}

async fn listed(employer: &Employer<'_>) -> usize {
    employer.get("/v1/candidates").await.with(200)["items"].as_array().unwrap().len()
}

/// S-7.
#[tokio::test]
async fn good_rows_join_the_list_and_each_bad_row_says_why() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, zhou) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("周明").await);
    let wrong = format!("{}{}", &huang.resident_id.expose()[..17], if huang.resident_id.expose().ends_with('1') { '2' } else { '1' });
    let hyperlink = ["江城大学", "2027"].map(cell).into_iter();
    let hyperlink: Vec<String> =
        hyperlink.chain([formula("HYPERLINK(\"http://evil.example\",\"李晓雨\")", "李晓雨"), cell(li.resident_id.expose())]).collect();
    let sheet = titled()
        .row(&right(&huang, "工程师"))
        .row(&right(&huang, "工程师"))
        .row(&["江城大学", "2027", "黄河水9", &wrong, "", "", ""])
        .row(&["江城大学", "2027", "黄河水9", &huang.resident_id.expose()[..17], "", "", ""])
        .raw(&hyperlink)
        .row(&["江城大学", "2027", "=HYPERLINK(\"http://evil.example\")", zhou.resident_id.expose(), "", "", ""])
        .blank()
        .row(&right(&li, ""))
        .row(&["99001", "2027届", "周明", "", zhou.mobile.expose(), "会计", "校招"])
        .bytes();
    let import = stars.imports(&sheet, false).await.with(200);
    let row =
        |row, outcome: &str, codes: &[&str]| (row, outcome.to_owned(), codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>());
    let expected = [
        row(2, "added", &[]),
        row(3, "failed", &["repeated_row"]),
        row(4, "failed", &["wrong_check_character"]),
        row(5, "failed", &["malformed"]),
        row(6, "failed", &["formula_cell"]),
        row(7, "failed", &["forbidden_character"]),
        row(9, "added", &[]),
        row(10, "added", &[]),
    ];
    assert_eq!(outcomes(&import), expected);
    assert_eq!((&import["added"], &import["failed"]), (&json!(3), &json!(5)));
    assert!(!import.to_string().contains("HYPERLINK"), "nothing of it is echoed");
    let list = stars.get("/v1/candidates").await.with(200);
    let mut listed: Vec<_> = list["items"].as_array().unwrap().iter().map(|item| item["position"].as_str().unwrap_or_default()).collect();
    listed.sort_unstable();
    assert_eq!(listed, ["", "会计", "工程师"]);
    let again = stars.imports(&sheet, false).await.with(200);
    assert_eq!((&again["added"], &again["already_listed"], &again["failed"]), (&json!(0), &json!(3), &json!(5)));
}

/// what people type is taken as they mean it; a number that a spreadsheet has rounded is refused, not repaired.
#[tokio::test]
async fn digits_are_taken_in_the_forms_people_type_and_never_rounded() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li, zhou) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await, world.graduate("周明").await);
    let wide: String = huang.resident_id.expose().chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
    let spaced = format!("'{} {}", &li.resident_id.expose()[..6], li.resident_id.expose()[6..].to_lowercase());
    let numbers =
        |identity: &str, mobile: &str| vec![cell("江城大学"), number("2027"), cell("周明"), identity.to_owned(), mobile.to_owned()];
    let sheet = titled()
        .row(&["江城大学", "２０２７", "黄河水９", &wide, "", "", ""])
        .row(&[" 江城大学 ", "2027", " 李晓雨", &spaced, "", "", ""])
        .raw(&numbers(&number("4.20199200401010E+17"), "<c/>"))
        .raw(&numbers(&number(zhou.resident_id.expose().trim_end_matches('X')), "<c/>"))
        .raw(&numbers("<c/>", &number("1.9900000003E+10")))
        .raw(&numbers("<c/>", &number(zhou.mobile.expose())))
        .bytes();
    let import = stars.imports(&sheet, false).await.with(200);
    let codes: Vec<_> = outcomes(&import).into_iter().map(|(_, outcome, codes)| (outcome, codes.join(","))).collect();
    let refused = ("failed".to_owned(), "number_cell".to_owned());
    let added = ("added".to_owned(), String::new());
    assert_eq!(codes, [added.clone(), added.clone(), refused.clone(), refused.clone(), refused, added]);
    assert_eq!(listed(&stars).await, 3);
}

/// 5.1: what four facts do not find is one answer, whichever of them is wrong.
#[tokio::test]
async fn a_row_that_finds_nobody_does_not_say_which_fact_is_wrong() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    let (number, other) = (huang.resident_id.expose(), li.resident_id.expose());
    let sheet = titled()
        .row(&["东湖学院", "2027", "黄河水9", number, "", "", ""])
        .row(&["江城大学", "2026", "黄河水9", number, "", "", ""])
        .row(&["江城大学", "2027", "黄河", number, "", "", ""])
        .row(&["江城大学", "2027", "黄河水9", other, "", "", ""])
        .row(&["江城大学", "2027", "黄河水9", number, li.mobile.expose(), "", ""])
        .row(&["无此大学", "2027", "黄河水9", number, "", "", ""])
        .bytes();
    let rows = stars.imports(&sheet, false).await.with(200)["rows"].as_array().unwrap().clone();
    for row in &rows[..5] {
        assert_eq!((&row["outcome"], &row["errors"]), (&json!("failed"), &rows[0]["errors"]), "{row}");
    }
    assert_eq!((&rows[0]["errors"][0]["code"], &rows[0]["errors"][0]["column"]), (&json!("nobody_found"), &json!(null)));
    assert_eq!((&rows[5]["errors"][0]["code"], &rows[5]["errors"][0]["column"]), (&json!("not_in_code_table"), &json!("毕业学校")));
    assert_eq!(listed(&stars).await, 0);
}

/// 5.1: a file that comes again, to be gone on with or after a rehearsal, guesses nothing anew.
#[tokio::test]
async fn the_same_row_misses_once_a_day() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let number = |n: u32| crate::support::resident_id(n).expose().to_owned();
    let nobody = |sheet: Sheet, n: u32| sheet.row(&["江城大学", "2027", &format!("无名{n}"), &number(n), "", "", ""]);
    let (first, second) = ((600..660).fold(titled(), nobody).bytes(), (660..701).fold(titled(), nobody).bytes());
    let codes = async |sheet: &[u8], dry_run: bool| {
        let import = stars.imports(sheet, dry_run).await.with(200);
        let count = |code: &str| outcomes(&import).iter().filter(|(_, _, codes)| codes == &[code]).count();
        (count("nobody_found"), count("searches_used_up"))
    };
    assert_eq!(codes(&first, true).await, (60, 0));
    assert_eq!(codes(&first, false).await, (60, 0));
    assert_eq!(codes(&second, false).await, (40, 1));
    world.after(crate::support::days(1));
    assert_eq!(codes(&second, false).await, (41, 0), "another day, another hundred");
}

/// 5.1: an import is no way around the limits of searching.
#[tokio::test]
async fn imports_that_miss_are_stopped_as_searches_are() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let huang = world.graduate("黄河水9").await;
    let number = |n: u32| crate::support::resident_id(n).expose().to_owned();
    let guesses = (500..506).fold(titled(), |sheet, n| sheet.row(&["江城大学", "2027", "黄河水9", &number(n), "", "", ""]));
    let guesses = guesses.row(&right(&huang, "")).bytes();
    let import = stars.imports(&guesses, true).await.with(200);
    let codes: Vec<_> = outcomes(&import).into_iter().map(|(_, _, codes)| codes.join(",")).collect();
    assert_eq!(codes[..5], ["nobody_found"; 5].map(str::to_owned));
    assert_eq!(codes[5..], ["search_locked"; 2].map(str::to_owned), "even the right row: an answer would say which guess was right");
    stars.finds(&huang).await.is_problem(429, "search_locked");
    assert!(world.school("99001").get("/v1/messages").await.column("kind").contains(&"search_locked".to_owned()));

    let many = (600..700).fold(titled(), |sheet, n| sheet.row(&["江城大学", "2027", &format!("无名{n}"), &number(n), "", "", ""])).bytes();
    let import = stars.imports(&many, false).await.with(200);
    let count = |code: &str| outcomes(&import).iter().filter(|(_, _, codes)| codes == &[code]).count();
    assert_eq!((count("nobody_found"), count("searches_used_up")), (95, 5), "a hundred misses a day, those of the rehearsal too");
    assert_eq!(world.employer("月亮集团").await.imports(&titled().row(&right(&huang, "")).bytes(), false).await.with(200)["added"], 1);
}

/// A rehearsal says what would become of each row, and lists nobody.
#[tokio::test]
async fn a_rehearsal_writes_nothing() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let (huang, li) = (world.graduate("黄河水9").await, world.graduate("李晓雨").await);
    stars.lists(&li).await;
    let sheet = titled().row(&right(&huang, "")).row(&right(&li, "")).bytes();
    let before = world.dump().await;
    let rehearsal = stars.imports(&sheet, true).await.with(200);
    assert_eq!((&rehearsal["dry_run"], &rehearsal["added"], &rehearsal["already_listed"]), (&json!(true), &json!(1), &json!(1)));
    assert_eq!(world.dump().await, before);
}

/// SR-22, SR-23: the template is filled in as it comes, and its example is nobody.
#[tokio::test]
async fn the_template_reads_back_and_its_example_is_skipped() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let template = stars.get("/v1/candidates/template").await;
    assert_eq!((template.status, template.headers["content-type"].to_str().unwrap()), (200, crate::support::XLSX));
    assert!(template.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let import = stars.imports(&template.bytes, false).await.with(200);
    assert_eq!(import["rows"], json!([]));
    let limits = ::spreadsheets::Limits { max_bytes: 1 << 20, max_rows: 500, max_columns: 20, max_cell_chars: 1000 };
    assert_eq!(::spreadsheets::open(&template.bytes, &limits).unwrap().header(), TITLES);
}

/// The rows that were not taken come back as a sheet with the reasons, to be mended and imported again.
#[tokio::test]
async fn the_error_sheet_is_mended_and_imported_again() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let huang = world.graduate("黄河水9").await;
    let sheet = titled().row(&["江城大学", "27", "黄河水9", huang.resident_id.expose(), "", "=1+1", "备注"]).bytes();
    let import = stars.imports(&sheet, false).await.with(200);
    let errors = world.fetches(import["error_sheet"]["url"].as_str().unwrap()).await;
    assert!(errors.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let limits = ::spreadsheets::Limits { max_bytes: 1 << 20, max_rows: 500, max_columns: 20, max_cell_chars: 1000 };
    let read = ::spreadsheets::open(&errors.bytes, &limits).unwrap();
    assert_eq!(read.header()[0], "未导入原因");
    let cells = read.rows().next().unwrap().unwrap().cells;
    let texts: Vec<_> = cells.iter().map(|cell| if let ::spreadsheets::Cell::Text(text) = cell { text.as_str() } else { "" }).collect();
    assert!(texts[0].contains("毕业届"), "{texts:?}");
    assert_eq!((texts[4], texts[6]), (huang.resident_id.expose(), "'=1+1"), "digits as text, and nothing is a formula");
    let mut titles = vec!["未导入原因"];
    titles.extend(TITLES);
    let mended = Sheet::titled(&titles).row(&[texts[0], texts[1], "2027", texts[3], texts[4], "", texts[6], texts[7]]).bytes();
    assert_eq!(stars.imports(&mended, false).await.with(200)["added"], 1);
    assert_eq!(stars.get("/v1/candidates").await.with(200)["items"][0]["position"], "=1+1");
}

/// Reliability 2.8: what is no spreadsheet of ours is refused with a reason, and nothing is read of it.
#[tokio::test]
async fn a_file_that_is_no_template_is_refused_with_its_reason() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let bomb =
        crate::spreadsheets::make::Book::new("<row><c t=\"s\"><v>0</v></c></row>").shared("uniqueCount=\"1000000000000\"", "").bytes();
    let cases = [
        (b"PK nothing".to_vec(), "wrong_kind"),
        (bomb, "corrupt"),
        (Sheet::titled(&["姓名", "姓名"]).bytes(), "unclear_header"),
        (Sheet::titled(&["毕业学校", "毕业届", "姓名", "工号"]).bytes(), "wrong_header"),
        (Sheet::titled(&["毕业学校", "毕业届"]).bytes(), "wrong_header"),
        ((0..501).fold(titled(), |sheet, _| sheet.row(&["a", "b", "c"])).bytes(), "too_many_rows"),
    ];
    let before = world.dump().await;
    for (file, reason) in cases {
        let problem = stars.imports(&file, false).await.is_problem(422, "upload_refused");
        assert_eq!(problem["reason"]["code"], reason, "{problem}");
    }
    stars.imports(&vec![0; 1024 * 1024 + 1], false).await.is_problem(413, "body_too_large");
    assert_eq!(world.dump().await, before);
    world.newcomer().imports(&titled().bytes(), false).await.is_problem(403, "employer_not_qualified");
}

/// A repeat is answered alike; an answer that is longer than the table keeps is judged anew, and nothing is lost by it.
#[tokio::test]
async fn a_repeated_import_is_answered_alike_however_long_the_answer() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let huang = world.graduate("黄河水9").await;
    let post = async |sheet: &[u8], key: &str| {
        let bearer = format!("Bearer {}", stars.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", crate::support::XLSX), ("idempotency-key", key)];
        world.http.send(http::Method::POST, "/v1/candidates/imports", &headers, sheet.to_vec()).await
    };
    let short = titled().row(&right(&huang, "")).row(&["无此大学", "2027", "张三", "1", "", "", ""]).bytes();
    let first = post(&short, "k1").await;
    let parts = |mut answer: Value| {
        let url = answer["error_sheet"]["url"].as_str().unwrap().to_owned();
        answer["error_sheet"] = json!(null);
        (answer, url)
    };
    let (told, url) = parts(first.with(200));
    world.after(crate::support::days(1));
    let (again, fresh) = parts(post(&short, "k1").await.with(200));
    assert_eq!((&told["added"], &again), (&json!(1), &told));
    assert_eq!((world.fetches(&url).await.status, world.fetches(&fresh).await.status), (200, 200));
    let signed = |text: &String| text.contains("X-Amz-Signature");
    assert!(!world.dump().await.values().flat_map(|item| item.values()).any(signed), "addresses open to whoever has them: none is kept");
    assert_eq!(post(&titled().bytes(), "k1").await.status, 422, "the key is another file's");
    let bad = ["无此大学", "27", "=1", "1", "1", "", ""];
    let long = (0..499).fold(titled(), |sheet, _| sheet.row(&bad)).row(&right(&huang, "")).bytes();
    for _ in 0..2 {
        let answer = post(&long, "k2").await;
        assert!(answer.text.len() > 256 * 1024, "{}", answer.text.len());
        assert_eq!((&answer.with(200)["failed"], &answer.json()["already_listed"]), (&json!(499), &json!(1)));
    }
}
