//! A page taken apart into its tags and its text, to compare pages by their structure.

/// The tags with their attributes, in order.
pub(super) fn tags(html: &str) -> Vec<&str> {
    pieces(html).filter_map(|(tag, _)| tag).collect()
}

/// The texts between tags, as a reader sees them.
pub(super) fn texts(html: &str) -> Vec<String> {
    pieces(html).map(|(_, text)| unescaped(text)).filter(|text| !text.is_empty()).collect()
}

/// Each tag and the text behind it.
fn pieces(html: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    html.split('<').map(|piece| piece.split_once('>').map_or((None, piece), |(tag, text)| (Some(tag), text)))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
