//! The entries of one dictionary, as tokens: what a stream or a trailer says about itself.

use super::lexer::{Bracket, Token};
use domain::upload::Reason;

/// The entries of a dictionary, none twice: which of two counts differs from reader to reader.
pub(super) struct Dictionary<'t, 'a>(Vec<(&'t [u8], &'t [Token<'a>])>);

impl<'t, 'a> Dictionary<'t, 'a> {
    /// Reads the dictionary that the tokens are, balanced as the lexer leaves them.
    pub(super) fn read(tokens: &'t [Token<'a>]) -> Result<Self, Reason> {
        let [Token::Open(Bracket::Dictionary), inner @ .., Token::Close(Bracket::Dictionary)] = tokens else {
            return Err(Reason::Corrupt);
        };
        let mut entries: Vec<(&[u8], &[Token<'_>])> = Vec::new();
        let mut rest = inner;
        while let Some((key, after)) = rest.split_first() {
            let Token::Name(key) = key else { return Err(Reason::Corrupt) };
            let (value, after) = after.split_at_checked(value_length(after)).ok_or(Reason::Corrupt)?;
            entries.push((key, value));
            rest = after;
        }
        let mut keys: Vec<&[u8]> = entries.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(Reason::Corrupt);
        }
        Ok(Self(entries))
    }

    /// The tokens of a value.
    pub(super) fn get(&self, key: &[u8]) -> Option<&'t [Token<'a>]> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    pub(super) fn is(&self, key: &[u8], name: &[u8]) -> bool {
        matches!(self.get(key), Some([only]) if only.is_name(name))
    }

    /// A whole number that stands in the dictionary itself.
    pub(super) fn number(&self, key: &[u8]) -> Option<usize> {
        match self.get(key) {
            Some([only]) => only.number(),
            _ => None,
        }
    }

    /// The whole numbers of an array, if there is one.
    pub(super) fn numbers(&self, key: &[u8]) -> Result<Option<Vec<usize>>, Reason> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let [Token::Open(Bracket::Array), inner @ .., Token::Close(Bracket::Array)] = value else {
            return Err(Reason::Corrupt);
        };
        inner.iter().map(|token| token.number().ok_or(Reason::Corrupt)).collect::<Result<_, _>>().map(Some)
    }
}

/// Number and generation of the object that a value refers to.
pub(super) fn reference(value: &[Token<'_>]) -> Option<(usize, usize)> {
    match value {
        [number, generation, Token::Word(b"R")] => Some((number.number()?, generation.number()?)),
        _ => None,
    }
}

fn value_length(tokens: &[Token<'_>]) -> usize {
    if tokens.get(..3).and_then(reference).is_some() {
        return 3;
    }
    let mut depth = 0_usize;
    for (i, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            Token::Name(_) | Token::Text(_) | Token::Hex(_) | Token::Word(_) => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    tokens.len() + 1
}
