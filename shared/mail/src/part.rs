//! A mail before it has a form: two parts of the same content, Chinese and English. Both forms, plain and page, are drawn from these.

/// Language of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// The first part.
    Chinese,
    /// The second.
    English,
}

/// The same in both languages: Chinese, English.
pub(crate) type Words = (&'static str, &'static str);

impl Language {
    /// The words in this language.
    pub(crate) fn of(self, (chinese, english): Words) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// As HTML names it.
    pub(crate) fn code(self) -> &'static str {
        self.of(("zh-CN", "en"))
    }
}

/// One language's part of a mail, from top to bottom.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) language: Language,
    pub(crate) title: &'static str,
    pub(crate) greeting: String,
    /// What it means and what to do next.
    pub(crate) said: &'static str,
    pub(crate) facts: Vec<Fact>,
    /// What the button says.
    pub(crate) action: &'static str,
    /// What stands above the link in full.
    pub(crate) by_hand: &'static str,
    /// The small print.
    pub(crate) notes: Vec<&'static str>,
}

/// A line of facts.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    /// Behind the value, smaller, with the space that the language wants between: the clock that it is read from.
    pub(crate) remark: &'static str,
    pub(crate) weight: Weight,
}

/// How much a fact stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Plain,
    Strong,
    /// The day by which the reader has to act.
    Urgent,
}
