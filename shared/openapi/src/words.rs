//! Words of the document: topics, what fields and parameters mean, and names in other spellings.

use api::actions::Action;
use api::describe::PathId;

/// Of a field that may come along.
pub(crate) const IGNORED: &str = "May come along, and says nothing here.";

/// A group of operations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    /// How the paths of its operations begin, after the version.
    paths: &'static [&'static str],
}

/// The topics, in the order of a signing.
pub(crate) const TOPICS: [Topic; 11] = [
    about("用户中心 Home", "Who I am, what waits for me, messages.", &["home", "messages"]),
    about("单位 Employers", "Registering, confirming and reviewing employers.", &["employer", "employers"]),
    about("学生 Students", "The roster, and the log-ins that belong to it.", &["students", "student"]),
    about("签约发送 Send list", "Finding graduates, and the list of those who are to get a letter.", &["candidates", "students/find"]),
    about("邀请函 Invitations", "Letters, and the answers to them.", &["invitations"]),
    about("协议 Agreements", "Agreements, their documents and certification.", &["agreements", "reviews"]),
    about("线下签约 On paper", "Agreements on paper, and files that are handed in.", &["offline-draft", "uploads"]),
    about("解约 Terminations", "Requests to terminate, their answers and certification.", &["terminations"]),
    about(
        "就业去向 Destinations",
        "Registrations of other employment, the employment plan, objections, statistics.",
        &["employment-registrations", "plan-records", "employment-plan", "objections", "statistics"],
    ),
    about("学校规则 School", "What a school sets for itself; imports and exports under way.", &["policy", "jobs"]),
    about("公开 Public", "What needs no log-in.", &["reference", "verify"]),
];

const fn about(name: &'static str, says: &'static str, paths: &'static [&'static str]) -> Topic {
    Topic { name, says, paths }
}

/// The topic of an action: that whose path fits longest.
pub(crate) fn topic_of(path: &str) -> Option<&'static Topic> {
    let rest = path.strip_prefix("/v1/").unwrap_or(path);
    let fits = |topic: &Topic| {
        let begins =
            topic.paths.iter().filter(|begin| rest.strip_prefix(*begin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
        begins.map(|begin| begin.len()).max()
    };
    TOPICS.iter().filter_map(|topic| Some((fits(topic)?, topic))).max_by_key(|(length, _)| *length).map(|(_, topic)| topic)
}

pub(crate) fn topic(action: &Action) -> &'static str {
    topic_of(action.path).map_or("", |topic| topic.name)
}

/// What an id in a path is of.
pub(crate) fn id(id: &PathId) -> String {
    let of = id.values.iter().map(|value| value.strip_suffix("Id").unwrap_or(value)).collect::<Vec<_>>();
    format!("Id: {}. One that is not there, and one that is not yours, are answered alike.", of.join(" or "))
}

/// `accept-invitation` as `acceptInvitation`.
pub(crate) fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let mut letters = pascal.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// `accept-invitation`, or `file_receiving`, as `AcceptInvitation`.
pub(crate) fn pascal(name: &str) -> String {
    name.split(['-', '_']).map(capital).collect()
}

/// With a capital letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().to_string()).into_iter().chain(letters.map(String::from)).collect()
}

pub(crate) use crate::fields::field;
