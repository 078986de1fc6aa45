//! What a notice tells its reader by mail.

use crate::part::{Fact, Language, Part, Weight, Words};
use crate::port::{Mail, Tag};
use crate::said::{action, awaits_answer, said};
use crate::shown::shown;
use crate::{html, plain};
use domain::labels;
use domain::transition::NoticeKind;
use domain::values::{Email, Timestamp};

const AUTOMATIC: Words = (
    "本邮件由系统自动发送，请勿直接回复；如与您无关，请忽略。",
    "This mail was sent automatically; please do not reply. If it does not concern you, please ignore it.",
);
const SAFE: Words = (
    "网签系统不会通过邮件索要您的身份证号、密码或验证码。任何操作都须您本人登录后进行：点击邮件中的链接，不会代您同意、拒绝或解约。",
    "We never ask for your identity number, password or a code by mail. Nothing happens without your log-in: opening a link in this mail \
     does not accept, refuse or terminate anything.",
);
const BY_HAND: Words = ("如按钮无法打开，请将以下网址复制到浏览器：", "If the button does not open, copy this address into your browser:");
/// everybody's clock, wherever they read.
const BEIJING: Words = ("（北京时间）", " (Beijing time)");

/// What a mail tells, as it was when it happened: nothing of it is read again.
#[derive(Clone, Debug)]
pub struct Telling {
    /// What it says.
    pub kind: NoticeKind,
    /// Who reads it.
    pub reader: Reader,
    /// The graduate whom it is about, if it is about one.
    pub student: Option<Initial>,
    /// The employer's name.
    pub employer: Option<String>,
    /// 拟聘职位.
    pub position: Option<String>,
    /// 反馈期限. Shown only while there is something to answer.
    pub deadline: Option<Timestamp>,
    /// When it happened.
    pub at: Timestamp,
    /// Address of the log-in page: the same for everybody, without any secret.
    pub link: String,
}

/// Who reads a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The graduate.
    Student,
    /// The employer's staff.
    Employer,
    /// Officers of a college or a school.
    Office,
}

/// The first character of a graduate's name: all of a name that a mail shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Initial(char);

impl Initial {
    /// The first character, if it is a letter: what else a name may begin with is not worth showing.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        name.chars().next().filter(|c| c.is_alphabetic()).map(Self)
    }

    fn addressed(self) -> String {
        format!("{}同学", self.0)
    }
}

impl Telling {
    /// The mail.
    #[must_use]
    pub fn mail(&self, to: Email, tag: Tag, date: Timestamp) -> Mail {
        let (chinese, english) = labels::notice(self.kind);
        let subject = format!("【网签】{chinese} / {english}");
        let parts = [Language::Chinese, Language::English].map(|language| self.part(language));
        Mail { to, text: plain::render(&parts, &self.link), html: html::render(&subject, &parts, &self.link), subject, date, tag }
    }

    fn part(&self, language: Language) -> Part {
        Part {
            language,
            title: language.of(labels::notice(self.kind)),
            greeting: self.greeting(language),
            said: language.of(said(self.kind, self.reader)),
            facts: self.facts(language),
            action: language.of(action(self.kind)),
            by_hand: language.of(BY_HAND),
            notes: vec![language.of(AUTOMATIC), language.of(SAFE)],
        }
    }

    fn greeting(&self, language: Language) -> String {
        let whom = match (self.reader, self.student) {
            (Reader::Student, Some(initial)) => initial.addressed(),
            (Reader::Student, None) => language.of(("同学", "graduate")).to_owned(),
            (Reader::Employer, _) => language.of(("用人单位", "employer")).to_owned(),
            (Reader::Office, _) => language.of(("老师", "officer")).to_owned(),
        };
        match language {
            Language::Chinese => format!("{whom}，您好："),
            Language::English => format!("Dear {whom},"),
        }
    }

    fn facts(&self, language: Language) -> Vec<Fact> {
        let fact = |label: Words, value: String, weight| Fact { label: language.of(label), value, remark: "", weight };
        let clock = |label, at: Timestamp, weight| Fact { remark: language.of(BEIJING), ..fact(label, at.in_shanghai(), weight) };
        let typed = |text: &Option<String>| text.as_deref().map(shown).filter(|text| !text.is_empty());
        let about = self.student.filter(|_| self.reader != Reader::Student);
        let deadline = self.deadline.filter(|_| awaits_answer(self.kind));
        let facts = [
            about.map(|initial| fact(("毕业生", "Graduate"), initial.addressed(), Weight::Strong)),
            typed(&self.employer).map(|name| fact(("单位", "Employer"), name, Weight::Strong)),
            typed(&self.position).map(|position| fact(("拟聘职位", "Position"), position, Weight::Plain)),
            deadline.map(|deadline| clock(("反馈期限", "Answer by"), deadline, Weight::Urgent)),
            Some(clock(("发生时间", "When"), self.at, Weight::Plain)),
        ];
        facts.into_iter().flatten().collect()
    }
}
