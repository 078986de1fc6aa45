//! 消息: an inbox and its messages.

use domain::labels;
use domain::transition::NoticeKind;
use domain::values::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A page of an inbox.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InboxView {
    /// Newest first.
    pub items: Vec<MessageView>,
    /// What `?after=` continues with; null at the end.
    pub next: Option<String>,
    /// How many this log-in has not read, up to 100: shown as 99+.
    pub unread: u32,
}

/// A message. It says what was true when it was written; what it is about may have gone on since.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MessageView {
    /// What read-messages takes.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What it tells.
    pub kind: NoticeKind,
    /// In Chinese.
    pub title: &'static str,
    /// In English.
    pub title_en: &'static str,
    /// Whether this log-in has read it.
    pub read: bool,
    /// Id of what it is about.
    pub about: String,
    /// 单位名称.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// 姓名, as the reader may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_name: Option<String>,
    /// 拟聘职位.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// A letter's deadline, of a message about a letter that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Why, where a reason was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl MessageView {
    /// A message that says no more than its title.
    #[must_use]
    pub fn plain(id: String, at: Timestamp, kind: NoticeKind, about: String, read: bool) -> Self {
        let (title, title_en) = labels::notice(kind);
        let (employer, student_name, position, expires_at, reason) = (None, None, None, None, None);
        Self { id, at, kind, title, title_en, read, about, employer, student_name, position, expires_at, reason }
    }
}

/// Up to where this log-in has read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadView {
    /// As asked.
    pub up_to: String,
}
