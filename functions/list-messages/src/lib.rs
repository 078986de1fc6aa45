//! 消息: the inbox of a graduate, of an employer's staff, of a college's or a school's officers.

use api::requests::ListPage;
use api::views::{InboxView, MessageView};
use domain::transition::Recipient;
use lambda::{Anyone, Call, Fault, Reply};
use store::{About, List, Message, Store, Table};

/// A page of the inbox, newest first, with how many this log-in has not read.
///
/// # Errors
/// A graduate who is not verified (SR-44); a cursor that no page of ours gave out.
pub async fn list_messages<T: Table>(store: &Store<T>, call: Call<Anyone, ListPage>) -> Reply<InboxView> {
    let (whose, account) = inbox_of(store, &call.caller).await?;
    let list = List { limit: call.body.limit, after: call.body.after.clone() };
    let inbox = store.inbox(&whose, account, &list).await?;
    let read = |message: &Message| inbox.read_up_to.as_ref().is_some_and(|mark| message.id <= *mark);
    let items = inbox.page.rows.iter().map(|message| view(message, read(message), &call.caller)).collect();
    Ok(InboxView { items, next: inbox.page.next, unread: inbox.unread }.into())
}

/// Colleagues share an inbox; what each has read is each one's own.
async fn inbox_of<'c, T: Table>(store: &Store<T>, caller: &'c Anyone) -> Result<(Recipient, &'c domain::values::AccountId), Fault> {
    Ok(match caller {
        Anyone::Student(student) => (Recipient::Student(store.verified(&student.account).await?.person), &student.account),
        Anyone::Employer(employer) => (Recipient::Employer(employer.id.clone()), &employer.account),
        Anyone::Officer(officer) => {
            let school = officer.school.clone();
            let whose = officer.college.clone().map_or(Recipient::School(school.clone()), |college| Recipient::College(school, college));
            (whose, &officer.account)
        }
    })
}

fn view(message: &Message, read: bool, reader: &Anyone) -> MessageView {
    let notice = &message.notice;
    let reason = notice.what.reason().map(|reason| reason.as_str().to_owned());
    let plain = MessageView { reason, ..MessageView::plain(message.id.clone(), notice.at, notice.kind, notice.aggregate.clone(), read) };
    match &message.about {
        About::Signing(summary) => {
            let name = match reader {
                // Graduates know who they are.
                Anyone::Student(_) => None,
                Anyone::Employer(_) => Some(summary.masked_name.clone()),
                Anyone::Officer(_) => Some(summary.student_name.clone()),
            };
            MessageView {
                employer: Some(summary.employer_name.clone()),
                student_name: name,
                position: Some(summary.position.clone()),
                expires_at: notice.what.deadline(),
                ..plain
            }
        }
        About::Termination(summary) => MessageView {
            employer: Some(summary.employer_name.clone()),
            student_name: (!matches!(reader, Anyone::Student(_))).then(|| summary.student_name.clone()),
            position: Some(summary.position.clone()),
            ..plain
        },
        About::Employer(summary) => MessageView { employer: Some(summary.name.clone()), ..plain },
        About::Other(_) => plain,
    }
}
