//! 邀约列表 (SR-48): letters that an employer has sent, or a graduate has received, by stage.

use api::requests::ListInvitations;
use api::views::{InvitationRow, PageView, letter_actions};
use domain::invitation::StageName;
use domain::labels;
use domain::values::{GraduationYear, PersonId};
use lambda::{Call, Fault, Party, Reply};
use std::collections::{BTreeMap, BTreeSet};
use store::{AggregateRow, List, SlotState, Store, Table};

/// A page of letters in the stage that they are in now: those still open by deadline, all others latest first.
///
/// # Errors
/// A graduate who is not verified (SR-44); a cursor that no page of ours gave out.
pub async fn list_invitations<T: Table>(store: &Store<T>, call: Call<Party, ListInvitations>) -> Reply<PageView<InvitationRow>> {
    let (stage, now) = (call.body.stage, call.now());
    let list = List { limit: call.body.page.limit, after: call.body.page.after.clone() };
    let (page, locked) = match &call.caller {
        Party::Employer(employer) => (store.letters_of_employer(&employer.id, stage, now, &list).await?, None),
        Party::Student(student) => {
            let person = store.verified(&student.account).await?.person;
            let page = store.letters_of_student(&person, stage, now, &list).await?;
            let locked = locked_years(store, &person, stage, &page.rows).await?;
            (page, Some(locked))
        }
    };
    let items = page.rows.into_iter().map(|found| row(found, stage, locked.as_ref())).collect();
    Ok(PageView { items, next: page.next }.into())
}

/// In which of the page's graduation years the person has signed: open letters of those are view only (SR-49).
async fn locked_years<T: Table>(
    store: &Store<T>,
    person: &PersonId,
    stage: StageName,
    rows: &[AggregateRow],
) -> Result<BTreeMap<GraduationYear, bool>, Fault> {
    let years: BTreeSet<_> = rows.iter().map(|row| row.summary.graduation_year).filter(|_| stage == StageName::Pending).collect();
    let mut locked = BTreeMap::new();
    for year in years {
        locked.insert(year, store.slot(person, year).await? != SlotState::Free);
    }
    Ok(locked)
}

fn row(found: AggregateRow, effective: StageName, locked: Option<&BTreeMap<GraduationYear, bool>>) -> InvitationRow {
    let AggregateRow { summary, version, stage } = found;
    let view_only = locked.map(|locked| locked.get(&summary.graduation_year).copied().unwrap_or(false));
    let stored = if effective == StageName::Expired && stage == StageName::Pending.as_str() { StageName::Pending } else { effective };
    InvitationRow {
        id: summary.id,
        version,
        stage,
        stage_label: labels::invitation_stage(stored),
        effective_stage: effective.as_str(),
        effective_stage_label: labels::invitation_stage(effective),
        actions: letter_actions(effective, locked.is_none(), view_only.unwrap_or(false)),
        view_only,
        emailed: locked.is_none().then_some(!summary.not_emailed),
        employer: summary.employer_name,
        masked_name: summary.masked_name,
        school: summary.school_name,
        college: summary.college_name,
        graduation_year: summary.graduation_year,
        position: summary.position,
        expires_at: summary.at,
        expires_at_local: summary.at.in_shanghai(),
    }
}
