//! The agreement (就业协议书) with the sections of domain 4.1: uncertified, certified, to be signed on paper, and as a preview of that.

mod boxes;

use crate::compose::{Block, Head};
use crate::draw::{Moment, code, draw};
use crate::form::{Form, NOTHING, fact, heading, note, shown, title};
use crate::paint::Frame;
use crate::paragraph::Style;
use crate::{Employer, FileReceiving, Graduate, HouseholdReceiving, School, Terms, Undrawable};
use boxes::{acts, certification, stamps};

/// Name of the document, on all its variants.
const TITLE: &str = "高校毕业生就业协议书";
/// What is written where a number is not given yet.
const NO_NUMBER: &str = "鉴证通过后生成";
/// The same, on what is not even generated.
const NO_NUMBER_YET: &str = "生成后编号";
/// What certification is, and what the document is not (domain 5.4).
const CERTIFICATION_MEANS: &str = "鉴证是学校对签约双方身份、毕业生学籍和协议信息完整性的核验与登记，不构成对协议条款的担保。\
    本协议书以电子数据形式保存，其内容可凭协议编号、二维码与 SHA-256 摘要核验；它不是经电子认证服务机构认证的电子签名，也不加盖学校印章。";

/// What the parties agree on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// 甲方, 用人单位.
    pub employer: Employer,
    /// 乙方, 毕业生.
    pub graduate: Graduate,
    /// 丙方, 学校.
    pub school: School,
    /// 档案转递.
    pub files: FileReceiving,
    /// 户口迁移.
    pub household: HouseholdReceiving,
    /// 约定条款 and 备注.
    pub terms: Terms,
    /// 协议条款: what every agreement of the school says, from its template. They are numbered here.
    pub clauses: Vec<String>,
    /// SHA-256 of the agreement's text, in hexadecimal.
    pub hash: String,
}

/// What somebody did to sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Act {
    /// What was done: 发送签约邀请, 同意签约.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// When, in Beijing time.
    pub at: String,
}

/// How an agreement was signed online.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// What the employer did.
    pub employer: Act,
    /// What the graduate did.
    pub graduate: Act,
}

/// That an agreement is certified (鉴证).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certification {
    /// 协议编号.
    pub number: String,
    /// 鉴证人.
    pub certifier: String,
    /// 鉴证时间, in Beijing time.
    pub at: String,
    /// Where a stranger verifies the document: what the QR code says.
    pub address: String,
}

/// An agreement that is to be signed on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// 协议编号.
    pub number: String,
    /// Where a stranger verifies the document: what the QR code says.
    pub address: String,
}

/// Draws the copy that the parties see until the school has decided: watermark 待鉴证, no number.
///
/// # Errors
/// Why it is not drawn.
pub fn uncertified_agreement(agreement: &Agreement, signing: &Signing, drawn_at: Moment) -> Result<Vec<u8>, Undrawable> {
    let lines = vec![fact(format!("协议编号：{NO_NUMBER}")), fact("签约方式：线上签约（电子协议书）"), fact("签约鉴证状态：等待签约鉴证")];
    let mut blocks = body(agreement, Head { lines, code: None }, "待鉴证");
    blocks.extend([Block::Together(vec![heading("签约记录"), acts(signing)]), Block::Space(6.0)]);
    blocks.push(note("本协议书待鉴证，经学校鉴证通过后生效。本件供签约各方查看，不是已经鉴证的协议书。"));
    let frame = Frame { watermark: Some("待鉴证".into()), ..frame(agreement, "待鉴证", drawn_at) };
    draw(&frame, &blocks)
}

/// Draws the agreement that counts: with its number, who certified it and when, and a code to verify it by.
///
/// # Errors
/// Why it is not drawn.
pub fn certified_agreement(
    agreement: &Agreement,
    signing: Option<&Signing>,
    certified: &Certification,
    drawn_at: Moment,
) -> Result<Vec<u8>, Undrawable> {
    let way = if signing.is_some() { "签约方式：线上签约（电子协议书）" } else { "签约方式：线下签约" };
    let number = &certified.number;
    let lines = vec![numbered(number), fact(way), fact("签约鉴证状态：签约鉴证通过")];
    let head = Head { lines, code: Some(code(&certified.address, "扫码核验")?) };
    let mut blocks = body(agreement, head, &certified.at);
    let signed = signing.map(|signing| [heading("签约记录"), acts(signing), Block::Space(6.0)]);
    let certification = certification(&agreement.school, certified);
    let certified = [heading("学校鉴证"), certification, Block::Space(4.0), note(CERTIFICATION_MEANS)];
    blocks.push(Block::Together(signed.into_iter().flatten().chain(certified).collect()));
    draw(&frame(agreement, number, drawn_at), &blocks)
}

/// Draws the agreement that is printed, signed and stamped: with room for that, its number and a code.
///
/// # Errors
/// Why it is not drawn.
pub fn paper_agreement(agreement: &Agreement, paper: &Paper, drawn_at: Moment) -> Result<Vec<u8>, Undrawable> {
    let lines = vec![numbered(&paper.number), fact("签约方式：线下签约"), fact("打印后签字盖章，并上传照片或扫描件（反馈协议书）")];
    let mut blocks = body(agreement, Head { lines, code: Some(code(&paper.address, "扫码核验")?) }, NOTHING);
    blocks.push(signatures());
    draw(&frame(agreement, &paper.number, drawn_at), &blocks)
}

/// Draws what an agreement on paper will look like, for whoever checks what was entered: watermark 预览, neither number nor code.
///
/// # Errors
/// Why it is not drawn.
pub fn paper_preview(agreement: &Agreement, drawn_at: Moment) -> Result<Vec<u8>, Undrawable> {
    let lines =
        vec![fact(format!("协议编号：{NO_NUMBER_YET}")), fact("签约方式：线下签约"), fact("预览件，供核对录入内容；请勿打印签字盖章")];
    let mut blocks = body(agreement, Head { lines, code: None }, NOTHING);
    blocks.push(signatures());
    let frame = Frame { watermark: Some("预览".into()), ..frame(agreement, "预览", drawn_at) };
    draw(&frame, &blocks)
}

/// Room for what is done on paper, and what follows from it.
fn signatures() -> Block {
    let meaning = note("甲方盖章、乙方签字后由毕业生上传反馈，经学校鉴证通过后签约完成。内容有误的，请在系统中重新录入协议书。");
    Block::Together(vec![heading("签字盖章"), stamps(), Block::Space(6.0), meaning])
}

fn numbered(number: &str) -> crate::paragraph::Paragraph {
    let line = fact(format!("协议编号：{number}"));
    Style::bold(line.style).of(line.text)
}

fn frame(agreement: &Agreement, reference: &str, drawn_at: Moment) -> Frame {
    let foot = format!("协议文本 SHA-256　{}", agreement.hash);
    Frame { title: TITLE.into(), reference: reference.into(), foot, watermark: None, drawn_at }
}

/// What all variants share: head, title, the form, the clauses.
fn body(agreement: &Agreement, head: Head, certified_at: &str) -> Vec<Block> {
    let form = Form::default()
        .section("甲方", "用人单位", agreement.employer.entries())
        .section("乙方", "毕业生", agreement.graduate.entries())
        .section("丙方", "学校", agreement.school.entries(certified_at))
        .receiving("档案转递", &agreement.files, &agreement.household)
        .section("约定条款", "", agreement.terms.entries())
        .alone("备注", shown(agreement.terms.remarks.as_ref()));
    let below = if head.code.is_some() { 4.0 } else { 12.0 };
    let mut blocks = vec![Block::Head(head), Block::Space(below), title(TITLE), Block::Space(8.0), form.table(), Block::Space(8.0)];
    if !agreement.clauses.is_empty() {
        blocks.push(heading("协议条款"));
        blocks.extend(agreement.clauses.iter().enumerate().map(|(number, clause)| clause_block(number + 1, clause)));
        blocks.push(Block::Space(6.0));
    }
    blocks
}

fn clause_block(number: usize, clause: &str) -> Block {
    Block::Text(Style::BODY.sized(9.5).led(1.55).of(format!("第{}条　{clause}", in_words(number))))
}

/// A number below a hundred in Chinese.
fn in_words(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: usize| DIGITS.get(digit).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).into(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}
