//! What stands in the plan about a graduate, as the graduate sees it: the same columns that are exported.

use api::ProblemKind;
use api::views::{PlanColumnView, PlanRecordRow};
use domain::plan::{PlanRow, RecordId, columns};
use lambda::Fault;
use store::{PlanEntry, Store, Table};
use vault::Vault;

/// The graduate's records, column by column, with the objections to them. Empty columns are left out, the identity number is masked:
/// whoever looks over a shoulder need not learn it.
///
/// # Errors
/// As the table's.
pub async fn own_records<T: Table>(store: &Store<T>, vault: &Vault, entries: &[PlanEntry]) -> Result<Vec<PlanRecordRow>, Fault> {
    let ids: Vec<RecordId> = entries.iter().map(|entry| entry.record.source.id()).collect();
    let objections = store.objections_to(&ids).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for (PlanEntry { record, student }, objection) in entries.iter().zip(&objections) {
        let school = store.school(&record.school).await?;
        let broken = |_| Fault::Logged(ProblemKind::Internal, format!("{}: the identity number does not open", student.id));
        let resident_id = &vault.open_resident_id(&student.id, &student.resident_id).map_err(broken)?;
        let row = PlanRow { school: &school, student, resident_id, record };
        let said = columns().map(|column| {
            let value = if column.id == "sfzh" { resident_id.masked() } else { column.of(&row) };
            PlanColumnView { id: column.id, title: column.title, value }
        });
        let said = said.filter(|column| !column.value.is_empty()).collect();
        let objection = objection.as_ref().map(|objection| (&objection.value, objection.version));
        rows.push(PlanRecordRow::of_student(record, said, objection));
    }
    Ok(rows)
}
