//! The evidence certificate (存证证明): who did what, when and how, with the hashes that show that nothing was changed since.

use crate::Undrawable;
use crate::compose::{Block, Head};
use crate::draw::{Moment, code, draw};
use crate::form::{Form, fact, halves, heading, note, pair, shown, text, title, wide};
use crate::paint::Frame;
use crate::paragraph::{Align, Style};
use crate::table::{CELL, Cell, Kind, Row, Table};

/// What the certificate is under the Electronic Signature Law, and what it is not (domain 5.4).
const MEANING: [&str; 3] = [
    "本证明记载系统保存的电子数据：办理人登录后的操作、操作时间、操作所涉文件的 SHA-256 摘要，以及由这些记录依次相连形成的存证链。\
     任一记录或文件被增加、删除、修改或调换次序，其后的摘要即不能再与存证链相符。",
    "依据《中华人民共和国电子签名法》，本证明及其所附数据用于证明签约意愿的表示以及数据电文内容自形成时起保持完整、未被更改。\
     办理人的确认由账户登录与逐步确认作出，未使用电子认证服务提供者签发的证书，因此不是该法第十三条所称的可靠电子签名，\
     也不当然具有与手写签名或者盖章同等的法律效力；其证明力由裁判者依法认定。",
    "核验方法：对文件计算 SHA-256，与「存证文件」所列摘要比对；以随附的存证包重新计算协议的存证链，与所列链首摘要比对，并以公布的公钥验证封存根的签名；\
     核验工具随系统源代码公布，不依赖本系统的服务器。",
];

/// What is certified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// By what the certificate is known.
    pub reference: String,
    /// What it is about: 电子协议书, 解约函.
    pub subject: String,
    /// 协议编号, once there is one.
    pub number: Option<String>,
    /// 用人单位.
    pub employer: String,
    /// 毕业生.
    pub graduate: String,
    /// 学校.
    pub school: String,
    /// How far the signing is: its label.
    pub stage: String,
    /// 存证文件.
    pub documents: Vec<Kept>,
    /// 签约过程记录, from the first step on.
    pub steps: Vec<Step>,
    /// The last hash of the agreement's own chain, in hexadecimal.
    pub chain_head: String,
    /// The signed root that the last record of that chain is under, in hexadecimal; none until the next one is made.
    pub sealed_root: Option<String>,
    /// Up to when records are under that root, in Beijing time.
    pub sealed_at: Option<String>,
    /// Which key signed it.
    pub key: Option<String>,
    /// When the certificate was made, in Beijing time.
    pub made_at: String,
    /// Where a stranger verifies what was issued: what the QR code says. None before something was issued that bears a code.
    pub address: Option<String>,
}

/// A document that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What it is.
    pub name: String,
    /// When it was made or handed in, in Beijing time.
    pub at: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
}

/// A step of the process record (签约过程记录).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// When, in Beijing time.
    pub at: String,
    /// What happened.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// How: logged in as whom, from where, confirmed by what.
    pub how: String,
    /// The hash of the chain up to this step, in hexadecimal.
    pub hash: String,
}

/// Draws an evidence certificate.
///
/// # Errors
/// Why it is not drawn.
pub fn evidence_certificate(evidence: &Evidence, drawn_at: Moment) -> Result<Vec<u8>, Undrawable> {
    let frame = Frame {
        title: "存证证明".into(),
        reference: evidence.reference.clone(),
        foot: format!("链首摘要　{}", evidence.chain_head),
        watermark: None,
        drawn_at,
    };
    let lines = vec![fact(format!("证明编号：{}", evidence.reference)), fact(format!("出具时间：{}（北京时间）", evidence.made_at))];
    let mut blocks = vec![
        Block::Head(Head { lines, code: evidence.address.as_ref().map(|address| code(address, "扫码核验")).transpose()? }),
        Block::Space(4.0),
        title("存证证明"),
        Block::Space(6.0),
        text(format!("兹证明，下列关于{}的文件与过程记录由网上签约系统保存，其摘要如下。", evidence.subject)),
        Block::Space(4.0),
        subject(evidence),
        Block::Space(6.0),
    ];
    blocks.extend([heading("存证文件"), documents(&evidence.documents), Block::Space(4.0)]);
    blocks.extend([heading("签约过程记录"), steps(&evidence.steps), Block::Space(4.0)]);
    // What it means stands with what it is about, on one page.
    let mut ending = vec![heading("存证链"), chain(evidence), Block::Space(4.0), heading("说明")];
    ending.extend(MEANING.map(|meaning| Block::Text(Style::BODY.sized(8.5).led(1.5).of(meaning))));
    ending.extend([Block::Space(2.0), note("本证明由系统生成，不加盖印章。时间均为北京时间（UTC+8），以服务器时间为准。")]);
    blocks.push(Block::Together(ending));
    draw(&frame, &blocks)
}

fn subject(evidence: &Evidence) -> Block {
    let entries = vec![
        pair("存证对象", &evidence.subject, "协议编号", shown(evidence.number.as_ref())),
        wide("甲方用人单位", &evidence.employer),
        pair("乙方毕业生", &evidence.graduate, "当前状态", &evidence.stage),
        wide("丙方学校", &evidence.school),
    ];
    Form::default().section("对象", "", entries).table()
}

fn documents(documents: &[Kept]) -> Block {
    let head = Row::new(["文件", "形成时间", "SHA-256"].map(Cell::head).to_vec());
    let row = |kept: &Kept| Row::new(vec![Cell::data(kept.name.as_str()), centred(&kept.at), digest(&kept.hash)]);
    let rows = std::iter::once(head).chain(documents.iter().map(row)).collect();
    Block::Table(Table { columns: vec![0.25, 0.2, 0.55], heads: 1, rows })
}

fn steps(steps: &[Step]) -> Block {
    let head = Row::new(["序号", "时间", "事项", "办理人", "方式", "存证链摘要"].map(Cell::head).to_vec());
    let row = |(number, step): (usize, &Step)| {
        let number = centred(&(number + 1).to_string());
        let how = Cell::new(Kind::Data, vec![CELL.sized(8.0).led(1.3).of(step.how.as_str())]);
        Row::new(vec![
            number,
            centred(&step.at),
            Cell::data(step.what.as_str()),
            Cell::data(step.who.as_str()),
            how,
            digest(&halves(&step.hash)),
        ])
    };
    let rows = std::iter::once(head).chain(steps.iter().enumerate().map(row)).collect();
    Block::Table(Table { columns: vec![0.065, 0.19, 0.145, 0.15, 0.17, 0.28], heads: 1, rows })
}

fn chain(evidence: &Evidence) -> Block {
    let sealed = |label, value: Option<&String>| wide(label, shown(value));
    let entries = vec![
        wide("链首摘要", &evidence.chain_head),
        sealed("封存根", evidence.sealed_root.as_ref()),
        pair("封存截至", shown(evidence.sealed_at.as_ref()), "签名密钥", shown(evidence.key.as_ref())),
    ];
    Form::default().section("封存", "", entries).table()
}

fn centred(text: &str) -> Cell {
    Cell::new(Kind::Data, vec![CELL.aligned(Align::Centre).sized(8.5).of(text)])
}

fn digest(hash: &str) -> Cell {
    Cell::new(Kind::Data, vec![CELL.aligned(Align::Centre).sized(6.8).led(1.4).of(hash)])
}
