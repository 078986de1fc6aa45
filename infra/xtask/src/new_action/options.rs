//! What is said of a new action on the command line.

use crate::Failure;

/// An action that is to be.
#[derive(Debug)]
pub(super) struct NewAction {
    /// `verb-noun`.
    pub(super) name: String,
    /// Path with `{parameters}`.
    pub(super) path: String,
    /// What it does.
    pub(super) kind: Kind,
    /// Who may call it.
    pub(super) callers: Callers,
    /// One line for people.
    pub(super) summary: String,
}

/// The row's constructor in the action table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// GET.
    Reads,
    /// POST that changes nothing: its words are personal.
    Asks,
    /// POST that moves something.
    Decides,
    /// POST that makes something.
    Creates,
    /// POST that comes to the same however often it is asked.
    Settles,
    /// PUT: sets something that is there to what the body says.
    Sets,
}

/// Roles for which there is a caller type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Callers {
    /// Name of the roles in the action table.
    pub(super) roles: &'static str,
    /// The caller type, and where it is from.
    pub(super) type_name: &'static str,
    pub(super) module: &'static str,
}

/// Every set of roles that a caller type covers.
const CALLERS: [(&[&str], Callers); 8] = [
    (&["student"], Callers { roles: "STUDENT", type_name: "Student", module: "lambda" }),
    (&["employer"], Callers { roles: "EMPLOYER", type_name: "Employer", module: "lambda" }),
    (&["student", "employer"], Callers { roles: "PARTIES", type_name: "Party", module: "lambda" }),
    (&["school"], Callers { roles: "SCHOOL", type_name: "SchoolOfficer", module: "lambda" }),
    (&["student", "school"], Callers { roles: "STUDENT_OR_SCHOOL", type_name: "StudentOrSchool", module: "lambda" }),
    (&["student", "college", "school"], Callers { roles: "STUDENT_OR_OFFICERS", type_name: "StudentOrOfficer", module: "lambda" }),
    (&["college", "school"], Callers { roles: "OFFICERS", type_name: "Officer", module: "domain::party" }),
    (&["student", "employer", "college", "school"], Callers { roles: "EVERYONE", type_name: "Anyone", module: "lambda" }),
];

impl NewAction {
    /// `verb_noun`.
    pub(super) fn snake(&self) -> String {
        self.name.replace('-', "_")
    }

    /// `VERB_NOUN`.
    pub(super) fn constant(&self) -> String {
        self.snake().to_uppercase()
    }

    pub(super) fn method(&self) -> &'static str {
        match self.kind {
            Kind::Reads => "GET",
            Kind::Sets => "PUT",
            Kind::Asks | Kind::Decides | Kind::Creates | Kind::Settles => "POST",
        }
    }
}

/// Reads the words behind `new-action`.
pub(super) fn parse(arguments: &[&str]) -> Result<NewAction, Failure> {
    let Some((name, options)) = arguments.split_first() else {
        return Err("which action? as in `new-action withdraw-invitation`".to_owned());
    };
    if !is_verb_noun(name) {
        return Err(format!("{name:?} is no verb-noun in lower case, as in withdraw-invitation"));
    }
    let given = pairs(options)?;
    let one = |name: &str| match given.iter().filter(|(option, _)| *option == name).map(|(_, value)| *value).collect::<Vec<_>>().as_slice()
    {
        [] => Ok(None),
        [value] => Ok(Some(*value)),
        _ => Err(format!("{name} is there twice")),
    };
    let required = |name: &str| one(name)?.filter(|value| !value.trim().is_empty()).ok_or(format!("{name} is missing"));
    let roles = given.iter().filter(|(option, _)| *option == "--role").flat_map(|(_, value)| value.split(','));
    Ok(NewAction {
        name: (*name).to_owned(),
        path: path(required("--path")?)?,
        kind: kind(required("--method")?, one("--kind")?)?,
        callers: callers(&roles.collect::<Vec<_>>())?,
        summary: summary(required("--summary")?)?,
    })
}

const OPTIONS: [&str; 5] = ["--method", "--path", "--role", "--summary", "--kind"];

/// Options with their values, behind a space or `=`.
fn pairs<'a>(words: &[&'a str]) -> Result<Vec<(&'a str, &'a str)>, Failure> {
    let mut pairs = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (option, value) = word.split_once('=').map_or((*word, None), |(option, value)| (option, Some(value)));
        if !OPTIONS.contains(&option) {
            return Err(format!("{word:?} is none of {}", OPTIONS.join(", ")));
        }
        let value = value.or_else(|| words.next().copied()).ok_or_else(|| format!("{option} has no value"))?;
        pairs.push((option, value));
    }
    Ok(pairs)
}

fn is_verb_noun(name: &str) -> bool {
    let words: Vec<&str> = name.split('-').collect();
    words.len() > 1 && words.iter().all(|word| !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase()))
}

fn path(path: &str) -> Result<String, Failure> {
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'-');
    let segment = |segment: &str| plain(segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(segment));
    match path.strip_prefix("/v1/") {
        Some(rest) if rest.split('/').all(segment) => Ok(path.to_owned()),
        _ => Err(format!("{path:?} is no path, as in /v1/invitations/{{id}}/withdrawal")),
    }
}

fn kind(method: &str, kind: Option<&str>) -> Result<Kind, Failure> {
    match (method, kind) {
        ("GET", None) => Ok(Kind::Reads),
        ("POST", None | Some("decides")) => Ok(Kind::Decides),
        ("POST", Some("asks")) => Ok(Kind::Asks),
        ("POST", Some("creates")) => Ok(Kind::Creates),
        ("POST", Some("settles")) => Ok(Kind::Settles),
        ("PUT", None | Some("sets")) => Ok(Kind::Sets),
        ("GET", Some(_)) => Err("--kind is for POST: a GET reads".to_owned()),
        ("PUT", Some(_)) => Err("--kind is for POST: a PUT sets".to_owned()),
        ("POST", Some(other)) => Err(format!("{other:?} is none of asks, decides, creates, settles")),
        _ => Err(format!("{method:?} is none of GET, POST, PUT")),
    }
}

fn callers(given: &[&str]) -> Result<Callers, Failure> {
    let known = ["student", "employer", "college", "school"];
    if let Some(unknown) = given.iter().find(|role| !known.contains(role)) {
        return Err(format!("{unknown:?} is none of {}", known.join(", ")));
    }
    let roles: Vec<&str> = known.into_iter().filter(|role| given.contains(role)).collect();
    let found = CALLERS.into_iter().find(|(covered, _)| *covered == roles.as_slice());
    found.map(|(_, callers)| callers).ok_or_else(|| match roles.as_slice() {
        [] => "--role is missing".to_owned(),
        roles => format!(
            "no caller type covers exactly {}: write one in shared/lambda/src/caller.rs, name its roles in shared/api/src/actions.rs, \
             and add both to CALLERS in infra/xtask/src/new_action/options.rs",
            roles.join(" and ")
        ),
    })
}

fn summary(summary: &str) -> Result<String, Failure> {
    let fits = !summary.contains(['"', '\\']) && !summary.contains(char::is_control);
    if fits { Ok(summary.trim().trim_end_matches('.').to_owned()) } else { Err("--summary is one line without quotes".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(words: &str) -> String {
        parse(&words.split(' ').collect::<Vec<_>>()).unwrap_err()
    }

    #[test]
    fn a_name_is_a_verb_and_a_noun() {
        for wrong in
            ["withdraw", "Withdraw-letter", "withdraw_letter", "withdraw--letter", "-letter", "withdraw-", "withdraw-2", "../up-here"]
        {
            assert!(refused(wrong).contains("is no verb-noun"), "{wrong}");
        }
    }

    #[test]
    fn what_is_said_wrong_is_named() {
        let rest = "--path /v1/x --summary y";
        assert_eq!(refused(&format!("do-it --method PATCH --role student {rest}")), "\"PATCH\" is none of GET, POST, PUT");
        assert_eq!(refused(&format!("do-it --method GET {rest}")), "--role is missing");
        assert_eq!(refused(&format!("do-it --method GET --role dean {rest}")), "\"dean\" is none of student, employer, college, school");
        assert_eq!(refused(&format!("do-it --method GET --kind asks --role student {rest}")), "--kind is for POST: a GET reads");
        assert_eq!(refused(&format!("do-it --method PUT --kind asks --role student {rest}")), "--kind is for POST: a PUT sets");
        let unknown = "\"sets\" is none of asks, decides, creates, settles";
        assert_eq!(refused(&format!("do-it --method POST --kind sets --role student {rest}")), unknown);
        assert_eq!(refused("do-it --method GET --role student --path /v1/x"), "--summary is missing");
        assert_eq!(refused("do-it --method"), "--method has no value");
        assert!(refused("do-it --verb GET").contains("is none of --method"));
        assert!(refused(&format!("do-it --method GET --role college {rest}")).starts_with("no caller type covers exactly college"));
        assert!(refused("do-it --method GET --role student --summary y --path /v2/x").contains("is no path"));
    }

    #[test]
    fn roles_come_one_by_one_or_in_a_list() {
        let of = |roles: &str| parse(&format!("do-it --method GET --path /v1/x --summary y {roles}").split(' ').collect::<Vec<_>>());
        assert_eq!(of("--role school,college").unwrap().callers.type_name, "Officer");
        assert_eq!(of("--role employer --role student").unwrap().callers.type_name, "Party");
        assert_eq!(of("--role school").unwrap().callers.type_name, "SchoolOfficer");
        assert_eq!(of("--role school,student").unwrap().callers.type_name, "StudentOrSchool");
    }

    #[test]
    fn a_kind_has_its_method() {
        let of = |how: &str| parse(&format!("do-it {how} --role school --path /v1/x --summary y").split(' ').collect::<Vec<_>>()).unwrap();
        for (how, kind) in [
            ("--method GET", Kind::Reads),
            ("--method PUT", Kind::Sets),
            ("--method PUT --kind sets", Kind::Sets),
            ("--method POST", Kind::Decides),
            ("--method POST --kind settles", Kind::Settles),
        ] {
            let action = of(how);
            assert_eq!(action.kind, kind, "{how}");
            assert!(how.starts_with(&format!("--method {}", action.method())), "{how}");
        }
    }
}
