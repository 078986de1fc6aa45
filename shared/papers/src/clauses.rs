//! 协议条款: what every agreement says, whoever signs it. Data with a version: a change is a new file beside the old one.
//!
//! The clauses follow the spirit of 《全国普通高等学校毕业生就业协议书》 in words of our own. No lawyer has read them: whoever runs the
//! product has them read before anybody signs.

/// Which clauses these are.
pub(crate) const VERSION: &str = "2026-1";

static CLAUSES: &str = include_str!("../clauses/2026-1.txt");

/// One clause after the other, without their numbers.
pub(crate) fn clauses() -> Vec<String> {
    CLAUSES.lines().map(str::to_owned).collect()
}
