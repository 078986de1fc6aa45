//! What others wrote, made fit to be shown.

/// Most characters of a name or position that a mail shows.
const MAX_SHOWN: usize = 120;
/// Most characters of a server's answer that are kept.
const MAX_ANSWER: usize = 300;

/// What people typed, as one line: line breaks and control characters are spaces, what cannot be seen is left out, and nothing of it looks
/// like an address of the web. Mail programs turn those into links by themselves, and a link in our mail would have our word for it.
#[must_use]
pub(crate) fn shown(typed: &str) -> String {
    let spaced: String = typed.chars().filter(|c| !is_invisible(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    unlinked(&cut(&line, MAX_SHOWN))
}

/// A server's answer for the log: without addresses, which servers like to repeat, and bounded.
#[must_use]
pub fn without_addresses(answer: &str) -> String {
    let word = |word: &str| if word.contains('@') { "(address)".to_owned() } else { word.chars().filter(|c| !c.is_control()).collect() };
    cut(&answer.split_whitespace().map(word).collect::<Vec<_>>().join(" "), MAX_ANSWER)
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

/// Marks that turn the direction of text, and others without a shape: what is read must be what is there.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Dots inside of names, and the colon before `//`, become wide: `Node.js` reads as before, `evil.example` is no link.
fn unlinked(line: &str) -> String {
    let characters: Vec<char> = line.chars().collect();
    let at = |i: usize| characters.get(i).copied().unwrap_or(' ');
    let wide = |(i, c): (usize, &char)| match c {
        '.' if i > 0 && at(i - 1).is_alphanumeric() && at(i + 1).is_alphabetic() && at(i + 2).is_alphanumeric() => '．',
        ':' if at(i + 1) == '/' => '：',
        '@' => '＠',
        other => *other,
    };
    characters.iter().enumerate().map(wide).collect()
}
