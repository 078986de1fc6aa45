//! What a person is told of a bundle, and how a program ends that tells it.

use crate::fault::Fault;
use crate::verdict::Verdict;
use std::fmt::Write as _;

/// What to print, and what to exit with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Lines of Chinese, each with its English below it.
    pub text: String,
    /// 0: proven, under a key that is trusted. 1: something does not hold. 3: nothing is wrong, but no trusted signature stands for it.
    pub code: u8,
}

/// Puts the outcome into words.
#[must_use]
pub fn report(outcome: &Result<Verdict, Fault>) -> Report {
    let (code, zh, en, more) = match outcome {
        Ok(verdict) if verdict.is_proven() => (0, "核验通过".to_owned(), "It holds.".to_owned(), verdict.words()),
        Ok(verdict) if verdict.vouched => {
            (3, "前后一致,但没有签名证明".to_owned(), "Consistent, but no signature stands for it.".to_owned(), verdict.words())
        }
        Ok(verdict) => {
            let en = "Consistent, but nobody vouched for the key: give it by --key.".to_owned();
            (3, "前后一致,但公钥未经证实:请以 --key 给出".to_owned(), en, verdict.words())
        }
        Err(fault) => (1, format!("核验不通过。{}", fault.zh()), format!("It does not hold. {fault}"), Vec::new()),
    };
    let mut text = format!("{zh}\n{en}\n");
    for (zh, en) in more {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n- {zh}\n  {en}\n");
    }
    Report { text, code }
}
