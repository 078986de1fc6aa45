//! What becomes of a notice's mail (architecture 7): handed to the provider under a claim, so that two workers never send it at once.
//! An answer that does not come leaves the claim standing until the provider tells, or until enough time has passed to try again.

use crate::transition::{NoticeKind, Recipient};
use crate::values::Timestamp;
use serde::{Deserialize, Serialize};

/// How long a claim stands: longer than a worker lives, and than a provider takes to tell what it has done. If nobody tells, the mail is
/// sent again after five minutes, and then after so long that an outage of hours has passed.
const CLAIMS_MS: [i64; 3] = [MINUTE_MS * 5, MINUTE_MS * 60, MINUTE_MS * 60 * 12];
const MINUTE_MS: i64 = 60 * 1000;
/// How often a mail is handed over if nobody can tell whether it was taken, where the provider tells what it has taken.
const MAX_SENDS: u32 = 4;
/// The same where no provider tells anything.
const MAX_SENDS_UNTOLD: u32 = 3;
/// How long after the event a mail is still worth sending.
const WORTH_MS: i64 = 3 * 24 * 60 * 60 * 1000;
/// The shortest pause before another try.
const PAUSE_MS: i64 = MINUTE_MS;
/// The longest, as a power of two of the shortest: 16 minutes.
const MAX_PAUSE: u32 = 4;

/// How far the mail of a notice is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// How often it was claimed: tells one claim from another.
    pub claims: u32,
    /// How often it may have reached the provider.
    pub sends: u32,
    /// The provider's id of the mail that it took last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a mail stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// 待发送: from this instant on.
    Owed {
        /// The instant.
        from: Timestamp,
    },
    /// 发送中: handed to the provider then, and no answer yet.
    Sending {
        /// When.
        since: Timestamp,
    },
    /// 已发送: the provider has taken it.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// 已送达: the receiving side has taken it.
    Delivered {
        /// When.
        at: Timestamp,
    },
    /// 已退信.
    Bounced {
        /// When.
        at: Timestamp,
    },
    /// 收件人投诉.
    Complained {
        /// When.
        at: Timestamp,
    },
    /// Nobody is to be mailed.
    Spared {
        /// Why.
        because: Spared,
    },
    /// 发送失败.
    Failed {
        /// When it was given up.
        at: Timestamp,
        /// Why.
        because: Failure,
    },
}

/// Why nobody is mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spared {
    /// No address is known: the inbox alone tells.
    NoAddress,
    /// The school's policy, or nobody is mailed about this.
    Policy,
    /// The address has bounced, or its owner complained.
    Suppressed,
}

/// Why a mail is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The provider will never take it.
    Refused,
    /// The provider has not taken it for days.
    TooOld,
    /// It was sent as often as it may be, and nobody can tell whether any of it arrived.
    Unconfirmed,
}

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Taken, under this id of the provider.
    Sent(String),
    /// Will never be taken.
    Refused,
    /// Surely not taken now.
    Later,
    /// Taken or not, nobody knows.
    Unknown,
}

/// What the provider tells of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// It was taken.
    Sent,
    /// It will not be sent after all.
    Rejected,
    /// The receiving side took it.
    Delivered,
    /// It came back.
    Bounced,
    /// Its receiver complains of it.
    Complained,
}

/// What is to be done about a mail now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Claim it and send it.
    Send,
    /// Nothing before this instant.
    Wait(Timestamp),
    /// Give it up.
    GiveUp(Failure),
    /// Nothing more.
    Nothing,
}

impl Delivery {
    /// The mail of a notice that nobody has looked at yet.
    #[must_use]
    pub fn owed(from: Timestamp) -> Self {
        Self { claims: 0, sends: 0, provider_id: None, stage: Stage::Owed { from } }
    }

    /// What is to be done now about the mail of an event of then, with a provider that tells what it has taken, or one that does not.
    #[must_use]
    pub fn next(&self, event_at: Timestamp, now: Timestamp, provider_tells: bool) -> Next {
        let limit = if provider_tells { MAX_SENDS } else { MAX_SENDS_UNTOLD };
        match &self.stage {
            Stage::Owed { from } if now < *from => Next::Wait(*from),
            Stage::Sending { since } if now < self.lapses(*since) => Next::Wait(self.lapses(*since)),
            Stage::Owed { .. } | Stage::Sending { .. } if self.sends >= limit => Next::GiveUp(Failure::Unconfirmed),
            Stage::Owed { .. } | Stage::Sending { .. } if now > event_at.plus_millis(WORTH_MS) => Next::GiveUp(Failure::TooOld),
            Stage::Owed { .. } | Stage::Sending { .. } => Next::Send,
            Stage::Sent { .. }
            | Stage::Delivered { .. }
            | Stage::Bounced { .. }
            | Stage::Complained { .. }
            | Stage::Spared { .. }
            | Stage::Failed { .. } => Next::Nothing,
        }
    }

    /// Claimed: from now on nobody else sends it until the claim has lapsed.
    #[must_use]
    pub fn claimed(&self, now: Timestamp) -> Self {
        let provider_id = self.provider_id.clone();
        Self { claims: self.claims + 1, sends: self.sends + 1, provider_id, stage: Stage::Sending { since: now } }
    }

    /// After an attempt under this claim.
    #[must_use]
    pub fn after(self, attempt: Attempt, now: Timestamp) -> Self {
        match attempt {
            Attempt::Sent(id) => Self { stage: Stage::Sent { at: now }, provider_id: Some(id), ..self },
            Attempt::Refused => self.failed(Failure::Refused, now),
            Attempt::Later => {
                let pause = PAUSE_MS << self.claims.saturating_sub(1).min(MAX_PAUSE);
                let sends = self.sends.saturating_sub(1);
                Self { sends, stage: Stage::Owed { from: now.plus_millis(pause) }, ..self }
            }
            // The claim stands.
            Attempt::Unknown => self,
        }
    }

    /// Given up.
    #[must_use]
    pub fn failed(self, because: Failure, now: Timestamp) -> Self {
        Self { stage: Stage::Failed { at: now, because }, ..self }
    }

    /// Not to be sent at all.
    #[must_use]
    pub fn spared(self, because: Spared) -> Self {
        Self { stage: Stage::Spared { because }, ..self }
    }

    /// After what the provider tells; none if that is no news. Whatever order its events come in, the worst stands.
    #[must_use]
    pub fn after_told(&self, told: Told, provider_id: Option<&str>, now: Timestamp) -> Option<Self> {
        if self.rank() >= Some(told) {
            return None;
        }
        let stage = match told {
            Told::Sent => Stage::Sent { at: now },
            Told::Rejected => Stage::Failed { at: now, because: Failure::Refused },
            Told::Delivered => Stage::Delivered { at: now },
            Told::Bounced => Stage::Bounced { at: now },
            Told::Complained => Stage::Complained { at: now },
        };
        let provider_id = provider_id.map(str::to_owned).or_else(|| self.provider_id.clone());
        Some(Self { provider_id, stage, ..self.clone() })
    }

    /// Whether something is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Owed { .. } | Stage::Sending { .. })
    }

    /// From when on somebody is to look at it again, if it is open.
    #[must_use]
    pub fn due_from(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Owed { from } => Some(*from),
            Stage::Sending { since } => Some(self.lapses(*since)),
            Stage::Sent { .. }
            | Stage::Delivered { .. }
            | Stage::Bounced { .. }
            | Stage::Complained { .. }
            | Stage::Spared { .. }
            | Stage::Failed { .. } => None,
        }
    }

    /// Until when a claim of then stands.
    fn lapses(&self, since: Timestamp) -> Timestamp {
        let before = usize::try_from(self.sends.saturating_sub(1)).unwrap_or(usize::MAX);
        since.plus_millis(CLAIMS_MS.get(before).or(CLAIMS_MS.last()).copied().unwrap_or_default())
    }

    /// What is known already. A mail that was given up may have arrived all the same.
    fn rank(&self) -> Option<Told> {
        match &self.stage {
            Stage::Owed { .. }
            | Stage::Sending { .. }
            | Stage::Spared { .. }
            | Stage::Failed { because: Failure::Unconfirmed | Failure::TooOld, .. } => None,
            Stage::Sent { .. } => Some(Told::Sent),
            Stage::Failed { because: Failure::Refused, .. } => Some(Told::Rejected),
            Stage::Delivered { .. } => Some(Told::Delivered),
            Stage::Bounced { .. } => Some(Told::Bounced),
            Stage::Complained { .. } => Some(Told::Complained),
        }
    }
}

/// Whether people are mailed about something besides finding it in their inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailing {
    /// Always: the invitation itself (SR-29, A-29).
    Always,
    /// If the school's policy says so.
    ByPolicy,
    /// Never: what waits for an office stands in its queue, and thousands of mails a day would be read by nobody.
    Never,
}

/// Whether this recipient is mailed about this.
#[must_use]
pub fn mailing(kind: NoticeKind, recipient: &Recipient) -> Mailing {
    match recipient {
        Recipient::Student(_) if kind == NoticeKind::InvitationReceived => Mailing::Always,
        Recipient::Student(_) | Recipient::Employer(_) => Mailing::ByPolicy,
        Recipient::School(_) if is_rare(kind) => Mailing::ByPolicy,
        Recipient::School(_) | Recipient::College(..) => Mailing::Never,
    }
}

/// What an office does not come across in its daily queues.
fn is_rare(kind: NoticeKind) -> bool {
    matches!(kind, NoticeKind::EmployerReviewAwaited | NoticeKind::SearchLocked | NoticeKind::ObjectionRaised | NoticeKind::JobEnded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(1_795_430_400_000 + minutes * 60_000)
    }

    #[test]
    fn a_mail_without_an_answer_waits_for_the_provider_and_is_sent_again_a_limited_number_of_times() {
        for (tells, waits) in [(true, vec![5, 60, 720, 720]), (false, vec![5, 60, 720])] {
            let mut mail = Delivery::owed(at(0));
            let mut now = at(0);
            for minutes in waits {
                assert_eq!(mail.next(at(0), now, tells), Next::Send);
                mail = mail.claimed(now).after(Attempt::Unknown, now);
                let lapses = now.plus_millis(minutes * MINUTE_MS);
                assert_eq!(mail.next(at(0), lapses.plus_millis(-1), tells), Next::Wait(lapses));
                now = lapses;
            }
            assert_eq!(mail.next(at(0), now, tells), Next::GiveUp(Failure::Unconfirmed));
        }
    }

    #[test]
    fn a_mail_that_was_surely_not_taken_is_tried_for_three_days_at_growing_distances() {
        let mut mail = Delivery::owed(at(0));
        let (mut now, mut tries) = (at(0), 0);
        while mail.next(at(0), now, true) == Next::Send {
            mail = mail.claimed(now).after(Attempt::Later, now);
            tries += 1;
            let Next::Wait(until) = mail.next(at(0), now, true) else { panic!("{mail:?}") };
            assert!(until <= now.plus_millis(16 * PAUSE_MS));
            now = until;
        }
        assert_eq!(mail.next(at(0), now, true), Next::GiveUp(Failure::TooOld));
        assert!((250..300).contains(&tries), "{tries}");
    }

    #[test]
    fn in_whatever_order_and_however_often_the_provider_tells_the_worst_stands() {
        let told = [Told::Sent, Told::Delivered, Told::Bounced, Told::Complained];
        for first in told {
            for second in told {
                for third in told {
                    let mut mail = Delivery::owed(at(0)).claimed(at(0));
                    for told in [first, second, third] {
                        mail = mail.after_told(told, Some("id"), at(1)).unwrap_or(mail);
                    }
                    let worst = first.max(second).max(third);
                    assert_eq!(mail.rank(), Some(worst), "{first:?} {second:?} {third:?}");
                    assert_eq!(mail.after_told(worst, None, at(9)), None, "told once");
                }
            }
        }
    }
}
