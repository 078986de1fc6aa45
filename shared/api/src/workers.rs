//! Every worker once: what runs without being asked over HTTP. Directories in `functions/`, the local stack's pumps and, on AWS, event
//! sources are derived from this table or checked against it, as actions are against theirs.

use domain::work::Queue;

/// One worker: one directory, one binary, one log field.
#[derive(Debug, PartialEq, Eq)]
pub struct Worker {
    /// `run-job`: directory, binary and log field.
    pub name: &'static str,
    /// What starts it.
    pub source: Source,
    /// One line for people.
    pub summary: &'static str,
}

/// What starts a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Messages of a queue, a few at a time. Those that fail come again, and in the end lie in its dead-letter queue.
    Queue(Queue),
    /// Changes of the table, in order for each item.
    Stream,
    /// The clock.
    Schedule(Every),
}

/// How often the clock starts a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each minute.
    Minute,
    /// Each hour.
    Hour,
    /// Each night.
    Day,
}

/// Hands over what has just come to be owed.
pub static RELAY_OUTBOX: Worker =
    Worker { name: "relay-outbox", source: Source::Stream, summary: "what a commit owes goes to its queue at once" };
/// Counts what changes.
pub static UPDATE_STATISTICS: Worker =
    Worker { name: "update-statistics", source: Source::Stream, summary: "统计: each change of the table is counted once" };
/// Hands over what the stream forgot.
pub static SWEEP_OUTBOX: Worker = Worker {
    name: "sweep-outbox",
    source: Source::Schedule(Every::Minute),
    summary: "what is still owed goes to its queue again, a bounded page at a time",
};
/// Finds what falls due of letters.
pub static SWEEP_DEADLINES: Worker = Worker {
    name: "sweep-deadlines",
    source: Source::Schedule(Every::Minute),
    summary: "letters whose deadline has passed or is near go to their queues, a bounded part at a time",
};
/// Marks a letter expired.
pub static EXPIRE_INVITATION: Worker = Worker {
    name: "expire-invitation",
    source: Source::Queue(Queue::Expiries),
    summary: "邀约过期: a letter that nobody answered ends, and both sides are told",
};
/// Reminds a graduate of a letter.
pub static REMIND_STUDENT: Worker = Worker {
    name: "remind-student",
    source: Source::Queue(Queue::Reminders),
    summary: "邀约即将到期: a graduate is told that a deadline is near",
};
/// Mails a notice.
pub static DELIVER_NOTIFICATION: Worker = Worker {
    name: "deliver-notification",
    source: Source::Queue(Queue::Notices),
    summary: "邮件通知: a notice of the inbox is e-mailed, once",
};
/// Draws a document.
pub static ISSUE_DOCUMENT: Worker = Worker {
    name: "issue-document",
    source: Source::Queue(Queue::Documents),
    summary: "生成文书: a document is drawn, once, kept for good, and its hash recorded",
};
/// Seals the audit trail.
pub static SEAL_EVIDENCE: Worker = Worker {
    name: "seal-evidence",
    source: Source::Schedule(Every::Hour),
    summary: "存证: the records of each hour are sealed by a signed root, chained to the one before",
};
/// Learns what became of mails.
pub static RECORD_MAIL_EVENT: Worker = Worker {
    name: "record-mail-event",
    source: Source::Queue(Queue::MailEvents),
    summary: "what the mail provider tells: sent, delivered, bounced, complained of",
};
/// Imports and exports, chunk by chunk.
pub static RUN_JOB: Worker = Worker {
    name: "run-job",
    source: Source::Queue(Queue::Jobs),
    summary: "导入学生名册, 导出就业方案: a job goes on where it was, until it is done or its time is up",
};

/// Retention.
pub static PURGE_EXPIRED: Worker = Worker {
    name: "purge-expired",
    source: Source::Schedule(Every::Day),
    summary: "what has been kept long enough is made anonymous or deleted",
};

/// The table.
pub static ALL: [&Worker; 12] = [
    &RELAY_OUTBOX,
    &UPDATE_STATISTICS,
    &SWEEP_OUTBOX,
    &DELIVER_NOTIFICATION,
    &ISSUE_DOCUMENT,
    &RUN_JOB,
    &SWEEP_DEADLINES,
    &EXPIRE_INVITATION,
    &REMIND_STUDENT,
    &RECORD_MAIL_EVENT,
    &SEAL_EVIDENCE,
    &PURGE_EXPIRED,
];
