//! The termination letter (解约函): that a signing is dissolved, why, and who certified it.

use crate::Undrawable;
use crate::compose::{Block, Head};
use crate::draw::{Moment, code, draw};
use crate::form::{Form, closing, fact, note, pair, shown, text, title, wide};
use crate::paint::Frame;

/// A termination that is certified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Termination {
    /// 协议编号 of the agreement that it ends.
    pub number: String,
    /// 用人单位.
    pub employer: String,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// 毕业生.
    pub graduate: String,
    /// 学号.
    pub student_number: String,
    /// 学校.
    pub school: String,
    /// 院系.
    pub college: String,
    /// 专业.
    pub major: String,
    /// 线上签约 or 线下签约.
    pub way: String,
    /// When the signing was certified, in Beijing time.
    pub signed_at: String,
    /// Who asked for it: 毕业生 or 用人单位.
    pub initiator: String,
    /// 解约原因.
    pub reason: String,
    /// When it was asked for, in Beijing time.
    pub asked_at: String,
    /// When the other party consented, in Beijing time. Nobody does so on paper, where a stamped proof is handed in.
    pub consented_at: Option<String>,
    /// 解约证明材料: the proof that was handed in.
    pub proof: Option<String>,
    /// 鉴证人.
    pub certifier: Option<String>,
    /// 解约鉴证时间, in Beijing time.
    pub certified_at: String,
    /// Where a stranger verifies the document: what the QR code says.
    pub address: String,
    /// SHA-256 of the letter's text, in hexadecimal.
    pub hash: String,
}

/// Draws a termination letter.
///
/// # Errors
/// Why it is not drawn.
pub fn termination_letter(termination: &Termination, drawn_at: Moment) -> Result<Vec<u8>, Undrawable> {
    let frame = Frame {
        title: "解约函".into(),
        reference: termination.number.clone(),
        foot: format!("解约函 SHA-256　{}", termination.hash),
        watermark: None,
        drawn_at,
    };
    draw(&frame, &blocks(termination)?)
}

fn blocks(termination: &Termination) -> Result<Vec<Block>, Undrawable> {
    let Termination { number, employer, graduate, school, college, major, certified_at, .. } = termination;
    let lines = vec![fact(format!("协议编号：{number}")), fact("解约鉴证状态：解约鉴证通过")];
    let form = Form::default().section("原协议", "", agreement(termination)).section("解约", "", ending(termination)).section(
        "鉴证",
        "",
        vec![wide("学校", school), pair("鉴证人", shown(termination.certifier.as_ref()), "解约鉴证时间", certified_at)],
    );
    Ok(vec![
        Block::Head(Head { lines, code: Some(code(&termination.address, "扫码核验")?) }),
        Block::Space(4.0),
        title("解约函"),
        Block::Space(12.0),
        text(format!(
            "{school}{college}{major}专业毕业生{graduate}（学号 {}）与{employer}（统一社会信用代码 {}）签订的就业协议\
             （协议编号 {number}），经双方办理解约手续并经学校于 {certified_at} 鉴证，自鉴证之时起解除。",
            termination.student_number, termination.credit_code
        )),
        text("协议解除后，毕业生可与其他单位签约。双方因解约产生的违约责任与损失，按协议约定自行处理。"),
        Block::Space(10.0),
        form.table(),
        Block::Space(20.0),
        Block::Together(vec![closing(school), closing(certified_at)]),
        Block::Space(12.0),
        note("本函由网上签约系统在解约鉴证通过后自动生成，以电子数据形式保存，可凭协议编号、二维码与 SHA-256 摘要核验；不加盖学校印章。"),
    ])
}

fn agreement(termination: &Termination) -> Vec<crate::form::Entry> {
    vec![
        wide("用人单位", &termination.employer),
        pair("毕业生", &termination.graduate, "学号", &termination.student_number),
        pair("院系", &termination.college, "专业", &termination.major),
        pair("签约方式", &termination.way, "签约鉴证时间", &termination.signed_at),
    ]
}

fn ending(termination: &Termination) -> Vec<crate::form::Entry> {
    vec![
        pair("提出方", &termination.initiator, "提出时间", &termination.asked_at),
        wide("解约原因", &termination.reason),
        pair("对方同意时间", shown(termination.consented_at.as_ref()), "解约证明材料", shown(termination.proof.as_ref())),
    ]
}
