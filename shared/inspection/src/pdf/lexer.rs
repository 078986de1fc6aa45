//! Tokens of a PDF outside its streams. The lexer never calls itself and copies only names that are written in escapes.

use domain::upload::Reason;
use std::borrow::Cow;

/// Tokens of a whole file. A long form has some ten thousand; each takes memory in whatever parses it.
const MAX_TOKENS: usize = 400_000;

/// Deepest nesting of arrays and dictionaries, and of parentheses in a string.
const MAX_DEPTH: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name, its escapes resolved.
    Name(Cow<'a, [u8]>),
    /// What stands between parentheses, as written.
    Text(&'a [u8]),
    /// What stands between angle brackets, as written.
    Hex(&'a [u8]),
    /// A number or a keyword.
    Word(&'a [u8]),
    Open(Bracket),
    Close(Bracket),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Array,
    Dictionary,
}

impl Token<'_> {
    /// The number, if it is a whole one.
    pub(super) fn number(&self) -> Option<usize> {
        match self {
            Self::Word(word) => number(word),
            Self::Name(_) | Self::Text(_) | Self::Hex(_) | Self::Open(_) | Self::Close(_) => None,
        }
    }

    pub(super) fn is_name(&self, name: &[u8]) -> bool {
        matches!(self, Self::Name(here) if here.as_ref() == name)
    }
}

/// A whole number without sign.
pub(super) fn number(word: &[u8]) -> Option<usize> {
    let digits = !word.is_empty() && word.len() <= 10 && word.iter().all(u8::is_ascii_digit);
    if digits { std::str::from_utf8(word).ok()?.parse().ok() } else { None }
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

pub(super) fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// How many tokens may still be read, in the file and in its object streams together.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) fn new() -> Self {
        Self(MAX_TOKENS)
    }

    /// Takes what so many tokens would.
    pub(super) fn take(&mut self, tokens: usize) -> Result<(), Reason> {
        self.0 = self.0.checked_sub(tokens).ok_or(Reason::TooComplex)?;
        Ok(())
    }
}

pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn move_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Steps over white space and comments.
    pub(super) fn skip(&mut self) {
        loop {
            self.take_while(is_space);
            if self.rest().first() != Some(&b'%') {
                return;
            }
            self.take_while(|byte| !matches!(byte, b'\r' | b'\n'));
        }
    }

    /// The next token, or nothing at the end.
    pub(super) fn next(&mut self, budget: &mut Budget) -> Result<Option<Token<'a>>, Reason> {
        self.skip();
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(None);
        }
        budget.take(1)?;
        let token = match rest {
            [b'<', b'<', ..] => self.bracket(2, Token::Open(Bracket::Dictionary)),
            [b'>', b'>', ..] => self.bracket(2, Token::Close(Bracket::Dictionary)),
            [b'[', ..] => self.bracket(1, Token::Open(Bracket::Array)),
            [b']', ..] => self.bracket(1, Token::Close(Bracket::Array)),
            [b'/', ..] => {
                self.at += 1;
                Token::Name(unescaped(self.take_while(is_regular)))
            }
            [b'(', ..] => Token::Text(self.text()?),
            [b'<', ..] => Token::Hex(self.hex()?),
            [first, ..] if is_regular(*first) => Token::Word(self.take_while(is_regular)),
            _ => return Err(Reason::Corrupt),
        };
        Ok(Some(token))
    }

    /// The tokens up to a word that ends a value where it stands, or up to the end of the input, and that word.
    pub(super) fn until(&mut self, ends: &[&[u8]], budget: &mut Budget) -> Result<(Vec<Token<'a>>, Option<&'a [u8]>), Reason> {
        let mut tokens = Vec::new();
        let mut open = Vec::new();
        while let Some(token) = self.next(budget)? {
            match &token {
                Token::Open(bracket) if open.len() < MAX_DEPTH => open.push(*bracket),
                Token::Open(_) => return Err(Reason::TooComplex),
                Token::Close(bracket) if open.pop() != Some(*bracket) => return Err(Reason::Corrupt),
                Token::Word(word) if ends.contains(word) => {
                    return if open.is_empty() { Ok((tokens, Some(word))) } else { Err(Reason::Corrupt) };
                }
                Token::Name(_) | Token::Text(_) | Token::Hex(_) | Token::Word(_) | Token::Close(_) => {}
            }
            tokens.push(token);
        }
        if ends.is_empty() && open.is_empty() { Ok((tokens, None)) } else { Err(Reason::Truncated) }
    }

    fn bracket(&mut self, length: usize, token: Token<'a>) -> Token<'a> {
        self.at += length;
        token
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|byte| !wanted(*byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn text(&mut self) -> Result<&'a [u8], Reason> {
        let rest = self.rest();
        let mut depth = 0_usize;
        let mut escaped = false;
        for (i, byte) in rest.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' if depth >= MAX_DEPTH => return Err(Reason::TooComplex),
                b'(' => depth += 1,
                b')' if depth == 1 => {
                    self.at += i + 1;
                    return rest.get(1..i).ok_or(Reason::Corrupt);
                }
                b')' => depth -= 1,
                _ => {}
            }
        }
        Err(Reason::Truncated)
    }

    fn hex(&mut self) -> Result<&'a [u8], Reason> {
        self.at += 1;
        let digits = self.take_while(|byte| byte.is_ascii_hexdigit() || is_space(byte));
        if self.rest().first() != Some(&b'>') {
            return Err(Reason::Corrupt);
        }
        self.at += 1;
        Ok(digits)
    }
}

/// A name without its escapes: `#4a` is `J`.
pub(super) fn unescaped(written: &[u8]) -> Cow<'_, [u8]> {
    if !written.contains(&b'#') {
        return Cow::Borrowed(written);
    }
    let mut name = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((first, after)) = rest.split_first() {
        let escape = if *first == b'#' { after.split_first_chunk::<2>() } else { None };
        let byte = escape.and_then(|(digits, after)| Some((hex_pair(*digits)?, after)));
        let (byte, after) = byte.unwrap_or((*first, after));
        name.push(byte);
        rest = after;
    }
    Cow::Owned(name)
}

fn hex_pair(digits: [u8; 2]) -> Option<u8> {
    let text = std::str::from_utf8(&digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(text, 16).ok()
}
