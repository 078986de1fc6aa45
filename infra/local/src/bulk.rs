//! Many copies of one item, written below the engine: how a list behaves in a table that holds a hundred thousand, without the hour
//! that as many commands would take. For tests and measurements on one machine.

use crate::BoxError;
use crate::engine::Place;
use crate::stack::TABLE;
use rusqlite::Connection;
use store::Index;

/// Copies the item `copies` times, in the table and in each index that it stands in. In every copy a running number of twenty digits
/// stands wherever the original has `part`, which must be in its key: the suffix of an id.
pub(crate) fn multiply(place: &Place, part: &str, sort_key: &str, copies: u32) -> Result<usize, BoxError> {
    // The engine marks keys with their type.
    let sort_key = &format!("S:{sort_key}");
    let mut connection = Connection::open(place.uri()?)?;
    let transaction = connection.transaction()?;
    // Far from the numbers that tests give; and a second call adds to the first.
    let numbers = "WITH RECURSIVE numbers(n) AS (SELECT ?3 + 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?3 + ?4)";
    let copied = |column: &str| format!("replace({column}, ?1, printf('%020d', n))");
    let original = "instr(%pk, ?1) > 0 AND %sk LIKE ?2";
    let first: u32 =
        transaction.query_row(&format!("SELECT 1000000 + COUNT(*) FROM \"{TABLE}\" WHERE sk LIKE ?1"), [sort_key], |row| row.get(0))?;
    let table = format!(
        "INSERT INTO \"{TABLE}\" (pk, sk, item_json, item_size, cached_at, hash_prefix) {numbers} \
         SELECT {}, {}, {}, item_size, cached_at, hash_prefix FROM \"{TABLE}\", numbers WHERE {}",
        copied("pk"),
        copied("sk"),
        copied("item_json"),
        original.replace("%pk", "pk || sk").replace("%sk", "sk"),
    );
    let mut rows = transaction.execute(&table, (part, sort_key, first, copies))?;
    for name in Index::ALL.into_iter().filter_map(Index::name) {
        let index = format!("{TABLE}::gsi::{name}");
        let sql = format!(
            "INSERT INTO \"{index}\" (gsi_pk, gsi_sk, table_pk, table_sk, item_json) {numbers} \
             SELECT gsi_pk, {}, {}, {}, {} FROM \"{index}\", numbers WHERE {}",
            copied("gsi_sk"),
            copied("table_pk"),
            copied("table_sk"),
            copied("item_json"),
            original.replace("%pk", "table_pk || table_sk").replace("%sk", "table_sk"),
        );
        rows += transaction.execute(&sql, (part, sort_key, first, copies))?;
    }
    transaction.commit()?;
    Ok(rows)
}
