//! What an operator says on the command line.

use super::Work;
use domain::school::College;
use domain::values::{AccountId, CollegeId, Email, EmployerId, Invalid, SchoolId, Text};
use std::path::PathBuf;

/// What `cargo xtask admin --help` prints.
pub const HELP: &str = "\
Operators' work on the platform's table, each command audited.

usage: cargo xtask admin <command>

  set-school <code> --name <name> [--college <id>=<name>]...
                                            set up a school, or name it and colleges of it anew
  suspend-employer <id> --reason <text>     what is in flight goes on, nothing new begins
  reinstate-employer <id> --reason <text>   let it go on
  disable-account <sub> --reason <text>     no token of this log-in holds any more
  enable-account <sub> --reason <text>      tokens that are issued from now on hold
  show-account <sub>                        what is known of a log-in
  list-schools                              all schools with their colleges
  lift-suppression <address>                mail an address again that came back, or whose owner complained
  rebuild-statistics <code>                 count a school's records anew, say what differs, and show the new figures

  check-table                               after a restore: which transactions the backup has torn apart; reads alone
  repair-table [--go]                       mend them, each with an audit record; without --go it only says what it would mend

  --operator <name>      who says so in the audit record (the machine's user)
  --data-dir <folder>    the data of `cargo run`, whether it is running or not (.data)

Where TABLE_NAME is set, the table of that name on AWS: AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY say how.
";

/// Who does what, and where if the environment names no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// What to do.
    pub work: Work,
    /// Who does it.
    pub operator: AccountId,
    /// `--data-dir`.
    pub data_dir: PathBuf,
}

/// Reads the arguments behind the program's name; none: the help is asked for. `user` is the machine's.
///
/// # Errors
/// Says what is wrong with them.
pub fn parse(arguments: impl IntoIterator<Item = String>, user: Option<&str>) -> Result<Option<Admin>, String> {
    let mut words = Words::of(arguments)?;
    if words.help {
        return Ok(None);
    }
    let operator = words.option("--operator")?.or_else(|| user.map(str::to_owned));
    let operator = operator.ok_or("the machine names no user: who are you? --operator <name>")?;
    let operator = AccountId::parse(&format!("operator-{operator}")).map_err(|_| format!("{operator:?} is no name of an operator"))?;
    let data_dir = words.option("--data-dir")?.map_or_else(|| PathBuf::from(".data"), PathBuf::from);
    let work = work(&mut words)?;
    words.end()?;
    Ok(Some(Admin { work, operator, data_dir }))
}

fn work(words: &mut Words) -> Result<Work, String> {
    let command = words.next("which command?")?;
    match command.as_str() {
        "set-school" => {
            let id = words.id(SchoolId::parse, "a school's code of five digits")?;
            let name = text("--name", words.required("--name")?)?;
            let colleges = words.all("--college").iter().map(|college| self::college(college)).collect::<Result<_, _>>()?;
            Ok(Work::SetSchool { id, name, colleges })
        }
        "suspend-employer" => Ok(Work::SuspendEmployer(words.id(EmployerId::parse, "an employer's id")?, words.reason()?)),
        "reinstate-employer" => Ok(Work::ReinstateEmployer(words.id(EmployerId::parse, "an employer's id")?, words.reason()?)),
        "disable-account" => Ok(Work::DisableAccount(words.id(AccountId::parse, "a log-in's sub")?, words.reason()?)),
        "enable-account" => Ok(Work::EnableAccount(words.id(AccountId::parse, "a log-in's sub")?, words.reason()?)),
        "show-account" => Ok(Work::ShowAccount(words.id(AccountId::parse, "a log-in's sub")?)),
        "lift-suppression" => Ok(Work::LiftSuppression(words.id(Email::parse, "an e-mail address")?)),
        "list-schools" => Ok(Work::ListSchools),
        "rebuild-statistics" => Ok(Work::RebuildStatistics(words.id(SchoolId::parse, "a school's code of five digits")?)),
        "check-table" => Ok(Work::CheckTable),
        "repair-table" => Ok(Work::RepairTable { go: words.flag("--go") }),
        unknown => Err(format!("unknown command {unknown}")),
    }
}

fn college(given: &str) -> Result<College, String> {
    let (id, name) = given.split_once('=').ok_or_else(|| format!("--college is <id>=<name>, not {given}"))?;
    let id = CollegeId::parse(id).map_err(|_| format!("{id:?} is no college's id"))?;
    Ok(College { id, name: text("--college", name.to_owned())? })
}

#[expect(clippy::needless_pass_by_value, reason = "it is what the option had")]
fn text<const MAX: usize>(option: &str, given: String) -> Result<Text<MAX>, String> {
    let text = Text::parse(&given).map_err(|_| format!("{option} is a text of 1 to {MAX} characters"))?;
    api::printable(text.as_str()).map(|()| text).map_err(|_| format!("{option} has characters that no document can show"))
}

/// The options that take a value.
const OPTIONS: [&str; 5] = ["--operator", "--data-dir", "--name", "--college", "--reason"];

/// The words of a command line, taken one by one.
struct Words {
    plain: std::vec::IntoIter<String>,
    options: Vec<(&'static str, String)>,
    help: bool,
}

impl Words {
    /// Values of options stand behind a space or `=`.
    fn of(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let (mut plain, mut options) = (Vec::new(), Vec::new());
        let mut arguments = arguments.into_iter();
        let mut help = true;
        while let Some(argument) = arguments.next() {
            help = matches!(argument.as_str(), "--help" | "-h") || argument == "help" && plain.is_empty();
            if help {
                break;
            }
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            // The one option without a value stands among the words.
            if !name.starts_with('-') || argument == "--go" {
                plain.push(argument);
                continue;
            }
            let option = OPTIONS.into_iter().find(|option| *option == name).ok_or_else(|| format!("unknown option {name}"))?;
            let value = inline.or_else(|| arguments.next()).ok_or_else(|| format!("{option} needs a value"))?;
            options.push((option, value));
        }
        Ok(Self { plain: plain.into_iter(), options, help })
    }

    fn next(&mut self, missing: &str) -> Result<String, String> {
        self.plain.next().ok_or_else(|| missing.to_owned())
    }

    /// Whether this word comes next.
    fn flag(&mut self, name: &str) -> bool {
        let there = self.plain.as_slice().first().is_some_and(|word| word == name);
        if there {
            self.plain.next();
        }
        there
    }

    fn id<I>(&mut self, parse: fn(&str) -> Result<I, Invalid>, what: &str) -> Result<I, String> {
        let given = self.next(&format!("{what} is missing"))?;
        parse(&given).map_err(|_| format!("{given:?} is not {what}"))
    }

    fn reason(&mut self) -> Result<Text<500>, String> {
        text("--reason", self.required("--reason")?)
    }

    fn required(&mut self, name: &str) -> Result<String, String> {
        self.option(name)?.ok_or_else(|| format!("{name} is missing"))
    }

    /// The one value of an option.
    fn option(&mut self, name: &str) -> Result<Option<String>, String> {
        let mut values = self.all(name);
        let value = values.pop();
        if values.is_empty() { Ok(value) } else { Err(format!("{name} is there twice")) }
    }

    /// All values of an option, in order.
    fn all(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.options).into_iter().partition(|(option, _)| *option == name);
        self.options = left;
        let taken: Vec<(&str, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Nothing may be left that the command does not know.
    fn end(mut self) -> Result<(), String> {
        match (self.plain.next(), self.options.first()) {
            (None, None) => Ok(()),
            (Some(word), _) => Err(format!("{word} is a word too many")),
            (None, Some((option, _))) => Err(format!("{option} does not belong to this command")),
        }
    }
}
