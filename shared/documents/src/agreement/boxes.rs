//! The boxes at the end of an agreement: who did what, who certified it, where to sign and stamp.

use super::{Act, Certification, Signing};
use crate::School;
use crate::compose::Block;
use crate::paragraph::{Align, Paragraph};
use crate::table::{CELL, Cell, Kind, Row, Stand, Table};

/// What a certification says (domain 5.4). Never that it is a seal.
const CERTIFIED: &str = "本协议经学校鉴证";
/// So high is the room for a seal and a signature.
const STAMP: f32 = 104.0;

/// What both parties did online.
pub(super) fn acts(signing: &Signing) -> Block {
    let rows = vec![
        Row::new(["签约方", "操作", "办理人", "时间（北京时间）"].map(Cell::head).to_vec()),
        Row::new(act("甲方 用人单位", &signing.employer)),
        Row::new(act("乙方 毕业生", &signing.graduate)),
    ];
    Block::Table(Table { columns: vec![0.22, 0.24, 0.26, 0.28], heads: 1, rows })
}

fn act(party: &str, act: &Act) -> Vec<Cell> {
    vec![Cell::label(party), centred(&act.what), centred(&act.who), centred(&act.at)]
}

fn centred(text: &str) -> Cell {
    Cell::new(Kind::Data, vec![CELL.aligned(Align::Centre).of(text)])
}

/// That the school has certified.
pub(super) fn certification(school: &School, certified: &Certification) -> Block {
    let wording = CELL.sized(12.5).bold().aligned(Align::Centre).of(CERTIFIED);
    let facts = [
        ("学校", school.name.as_str()),
        ("鉴证人", certified.certifier.as_str()),
        ("鉴证时间", certified.at.as_str()),
        ("协议编号", certified.number.as_str()),
    ];
    let mut wording = Some(Cell { down: facts.len(), ..Cell::new(Kind::Data, vec![wording]) });
    let rows = facts.map(|(label, value)| Row::new(wording.take().into_iter().chain([Cell::label(label), Cell::data(value)]).collect()));
    Block::Table(Table { columns: vec![0.36, 0.16, 0.48], heads: 0, rows: rows.to_vec() })
}

/// Room for what is done on paper.
pub(super) fn stamps() -> Block {
    let heads = ["甲方盖章", "乙方签字", "学校鉴证"].map(Cell::head);
    let rooms = [["经办人（签字）：", "单位（盖章）："], ["毕业生（签字）：", ""], ["鉴证人（签字）：", "学校就业部门："]]
        .map(|lines| room(&lines));
    let dates = std::array::from_fn::<Cell, 3, _>(|_| Cell::new(Kind::Data, vec![CELL.aligned(Align::Right).of("年　　月　　日")]));
    let rows = vec![Row::new(heads.to_vec()), Row { cells: rooms.to_vec(), at_least: STAMP }, Row::new(dates.to_vec())];
    let third = 1.0 / 3.0;
    Block::Table(Table { columns: vec![third, third, third], heads: 1, rows })
}

fn room(lines: &[&str]) -> Cell {
    let paragraphs: Vec<Paragraph> = lines.iter().map(|&line| CELL.led(2.2).of(line)).collect();
    Cell::new(Kind::Data, paragraphs).standing(Stand::Top)
}
