//! 邮件通知 (SR-29, A-29): a notice of the inbox is e-mailed, once.

use domain::delivery::{Attempt, Delivery, Next};
use domain::transition::Recipient;
use lambda::{Done, Fault, Tick};
use mail::{Initial, Mailer, Outcome, Reader, Tag, Telling};
use store::{About, Addressee, Key, Posting, Store, Table, mail_tag};

/// Mails the notice that a message names, if it is still owed. It is claimed before it is sent and recorded after: whoever dies in between
/// leaves a claim, which the provider's own word settles, or time.
///
/// # Errors
/// As the table's: the message comes again.
pub async fn deliver_notification<T: Table, M: Mailer>(store: &Store<T>, mailer: &M, link: &str, notice: Key, tick: Tick) -> Done {
    let Some(posting) = store.posting(&notice).await? else { return Ok(0) };
    match posting.delivery.next(posting.message.notice.at, tick.at, M::CONFIRMS) {
        Next::Nothing | Next::Wait(_) => Ok(0),
        Next::GiveUp(because) => {
            tracing::warn!(notice = notice.sk, ?because, "a mail is given up");
            let failed = posting.delivery.clone().failed(because, tick.at);
            store.record_delivery(posting, failed, &tick.request_id).await?;
            Ok(0)
        }
        Next::Send => send(store, mailer, link, &notice, posting, &tick).await,
    }
}

async fn send<T: Table, M: Mailer>(store: &Store<T>, mailer: &M, link: &str, notice: &Key, posting: Posting, tick: &Tick) -> Done {
    let (by, now) = (tick.request_id.as_str(), tick.at);
    let to = match store.addressee(&posting).await? {
        Addressee::Mailed(to) => to,
        Addressee::Spared(because) => {
            let spared = posting.delivery.clone().spared(because);
            store.record_delivery(posting, spared, by).await?;
            return Ok(0);
        }
    };
    let broken = |_| Fault::Logged(api::ProblemKind::Internal, format!("{} makes no tag", notice.sk));
    let mail = telling(&posting, link).mail(to, Tag::parse(&mail_tag(notice)).map_err(broken)?, posting.message.notice.at);
    let claim = posting.delivery.claimed(now);
    // Somebody else has it.
    let Some(claimed) = store.record_delivery(posting, claim, by).await? else { return Ok(0) };
    let attempt = attempt(mailer.send(&mail).await, notice);
    let taken = matches!(attempt, Attempt::Sent(_));
    let after: Delivery = claimed.delivery.clone().after(attempt, now);
    if after != claimed.delivery {
        // If the provider's own word has come before ours, it stands.
        store.record_delivery(claimed, after, by).await?;
    }
    Ok(usize::from(taken))
}

/// What an attempt came to; why, our log says.
fn attempt(outcome: Outcome, notice: &Key) -> Attempt {
    let (attempt, cause) = match outcome {
        Outcome::Sent(id) => return Attempt::Sent(id),
        Outcome::Refused(cause) => (Attempt::Refused, cause),
        Outcome::Later(cause) => (Attempt::Later, cause),
        Outcome::Unknown(cause) => (Attempt::Unknown, cause),
    };
    tracing::warn!(notice = notice.sk, ?attempt, cause, "a mail was not sent");
    attempt
}

/// What is told, and whom: of the event alone, and no more of anybody than a mail may hold (domain 5.1).
fn telling(posting: &Posting, link: &str) -> Telling {
    let notice = &posting.message.notice;
    let (student, employer, position) = match &posting.message.about {
        About::Signing(signing) => (Some(&signing.student_name), Some(&signing.employer_name), Some(&signing.position)),
        About::Termination(asked) => (Some(&asked.student_name), Some(&asked.employer_name), Some(&asked.position)),
        About::Employer(employer) => (None, Some(&employer.name), None),
        About::Other(_) => (None, None, None),
    };
    Telling {
        kind: notice.kind,
        reader: match posting.recipient {
            Recipient::Student(_) => Reader::Student,
            Recipient::Employer(_) => Reader::Employer,
            Recipient::College(..) | Recipient::School(_) => Reader::Office,
        },
        student: student.and_then(|name| Initial::of(name)),
        employer: employer.cloned(),
        position: position.cloned(),
        deadline: notice.what.deadline(),
        at: notice.at,
        link: link.to_owned(),
    }
}
