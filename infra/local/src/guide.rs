//! What `cargo run` says once it serves: where, as whom, and how to make a first signing.

use crate::Stack;
use crate::people::Person;
use std::fmt::Write as _;

/// The first signing, step by step; `{{url}}` stands for the address. README shows the same, and a test runs it.
pub const FIRST_SIGNING: &str = include_str!("first-signing.sh");

/// Who is introduced, of all who can log in.
const INTRODUCED: [&str; 9] =
    ["stars-hr", "bridge-hr", "newcomer-hr", "huang", "li", "chen", "teacher-99001-c01", "teacher-99001-c02", "office-99001"];

/// The text. Its last line says `ready` and the address, and nothing else.
#[must_use]
pub fn text(stack: &Stack) -> String {
    let url = stack.url();
    format!(
        "\
网签 Wangqian  {url}
Business time now 业务时间: {now}  (POST /dev/clock {{\"advance\": \"5d\"}} moves it)
Mails 邮件: {url}/dev/mail
API 接口文档: {url}/docs

Log in as 以下列人员登录: POST /dev/token {{\"person\": \"<id>\"}}, all people: GET /dev/people
{people}
A first signing 第一次签约: paste into bash in another window 粘贴到另一个 bash 终端

{script}
ready {url}
",
        now = stack.clock().now(),
        people = introduced(stack.people()),
        script = first_signing(url),
    )
}

/// The first signing at this address, to be pasted into bash.
#[must_use]
pub fn first_signing(url: &str) -> String {
    FIRST_SIGNING.replace("{{url}}", url)
}

fn introduced(people: &[Person]) -> String {
    let mut table = String::new();
    for id in INTRODUCED {
        if let Some(Person { role, name, note, .. }) = people.iter().find(|person| person.id == id) {
            // Writing to a string cannot fail. Names stand last: Chinese characters are two columns wide.
            let _ = writeln!(table, "  {id:<18} {:<9} {note:<40} {name}", role.as_str());
        }
    }
    table
}
