//! The letter of invitation (邀请函): what an employer offers a graduate, and until when it wants an answer.

use crate::compose::{Block, Head};
use crate::draw::{Moment, draw};
use crate::form::{Form, closing, fact, note, pair, shown, text, title, wide};
use crate::paint::Frame;
use crate::paragraph::{Align, Style};
use crate::{Employer, FileReceiving, HouseholdReceiving, Terms, Undrawable};

/// A letter of invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    /// By what the letter is known.
    pub reference: String,
    /// 用人单位.
    pub employer: Employer,
    /// 姓名 of the graduate.
    pub graduate: String,
    /// School, college and major of the graduate, in a line.
    pub studies: Option<String>,
    /// 签约信息.
    pub terms: Terms,
    /// 档案接收信息.
    pub files: FileReceiving,
    /// 户口接收信息.
    pub household: HouseholdReceiving,
    /// When it was sent, in Beijing time.
    pub sent_at: String,
    /// 学生签约反馈期限: until when it can be answered, in Beijing time.
    pub answer_until: String,
    /// SHA-256 of the letter, in hexadecimal.
    pub hash: String,
}

/// Draws a letter of invitation.
///
/// # Errors
/// Why it is not drawn.
pub fn invitation(letter: &Invitation, drawn_at: Moment) -> Result<Vec<u8>, Undrawable> {
    let frame = Frame {
        title: "邀请函".into(),
        reference: letter.reference.clone(),
        foot: format!("邀请函 SHA-256　{}", letter.hash),
        watermark: None,
        drawn_at,
    };
    draw(&frame, &blocks(letter))
}

fn blocks(letter: &Invitation) -> Vec<Block> {
    let employer = &letter.employer;
    let greeting = Style::BODY.sized(12.0).flush().aligned(Align::Left).of(format!("{} 同学：", letter.graduate));
    let mut blocks = vec![
        Block::Head(Head { lines: vec![fact(format!("邀约编号：{}", letter.reference))], code: None }),
        Block::Space(10.0),
        title("邀请函"),
        Block::Space(4.0),
        Block::Text(greeting),
    ];
    blocks.extend(letter.studies.as_ref().map(|studies| note(studies.as_str())));
    blocks.push(Block::Space(4.0));
    blocks.push(text(format!("我单位拟聘用你担任「{}」，现邀请你签订就业协议，请阅读下列信息后作出答复。", letter.terms.position)));
    let deadline = format!("应约答复截止时间为 {}（北京时间）。期限内未作答复的，本邀约过期。", letter.answer_until);
    blocks.push(Block::Text(Style::BODY.bold().of(deadline)));
    blocks.push(Block::Space(6.0));
    let form = Form::default()
        .section("用人单位", "", sender(employer))
        .section("签约信息", "", letter.terms.entries())
        .receiving("档案接收", &letter.files, &letter.household)
        .alone("备注", shown(letter.terms.remarks.as_ref()));
    let closing = vec![
        Block::Space(6.0),
        closing(&employer.name),
        closing(format!("{}（北京时间）发送", letter.sent_at)),
        Block::Space(4.0),
        note("毕业生能且只能与唯一一家单位签约。同意本邀请函后，双方达成签约意向，经学校鉴证通过后签约正式生效。"),
    ];
    blocks.extend([form.table(), Block::Together(closing)]);
    blocks
}

/// What a letter tells of its sender: less than an agreement does.
fn sender(employer: &Employer) -> Vec<crate::form::Entry> {
    vec![
        wide("单位名称", &employer.name),
        pair("统一社会\n信用代码", &employer.credit_code, "单位性质", shown(employer.nature.as_ref())),
        pair("单位行业", shown(employer.industry.as_ref()), "单位所在地", shown(employer.region.as_ref())),
        wide("单位地址", shown(employer.address.as_ref())),
        pair("联系人", &employer.contact, "联系电话", &employer.phone),
        pair("邮编", shown(employer.postcode.as_ref()), "电子邮箱", shown(employer.email.as_ref())),
    ]
}
