//! Counting everything anew, beside the counters that are shown, while changes go on.
//!
//! The school's generations say that one is being built. From then on every change is counted into both, and the rebuild walks all that
//! stands in the school's lists and counts it by the same rule as the stream: whoever comes second to an item finds it counted. A
//! change before that moment is in the item that the walk reads; a change after it is in the stream. So the new counters are exact
//! when the walk ends, and one conditional write shows them. A rebuild that is killed is gone on with by the next.

use super::counted::Counted;
use super::counting::Tally;
use super::{Generations, names_of_lists};
use crate::Store;
use crate::aggregate::{Loaded, json, loaded, parse, plain};
use crate::change::Change;
use crate::commit::Role;
use crate::context::Context;
use crate::error::Error;
use crate::keys::{self, statistics as names};
use crate::lists::{List, Range, query};
use crate::table::{Condition, Index, Item, Select, Table, Write};
use domain::school::School;
use domain::values::{GraduationYear, SchoolId};
use futures_util::future::{try_join, try_join_all};
use std::collections::BTreeMap;

/// Items that are read and counted at a time.
const ITEMS_A_PAGE: u32 = 100;

/// Every counter of a generation that does not stand at nothing, by year and name.
type Sums = BTreeMap<(GraduationYear, String), i64>;

/// What a rebuild came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// The generation of counters that is shown now.
    pub generation: u32,
    /// Records that were counted.
    pub records: usize,
    /// Records that the shown counters had not counted as they stand: their changes had yet to come by the stream, or never came.
    pub late: usize,
    /// Records that this build cannot read: they count as nothing.
    pub unread: usize,
    /// Counters that do not stand at nothing.
    pub counters: usize,
    /// Counters that had another figure.
    pub differing: Vec<Differs>,
}

/// A counter that had another figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// Of which year.
    pub year: GraduationYear,
    /// Its name.
    pub name: String,
    /// The figure that was shown.
    pub was: i64,
    /// The figure that is right.
    pub is: i64,
}

/// What a walk met.
#[derive(Clone, Copy, Debug, Default)]
struct Walked {
    records: usize,
    late: usize,
    unread: usize,
}

impl<T: Table> Store<T> {
    /// Counts all that stands of a school anew, shows those figures from then on, and says where they differ from those before. What
    /// is counted changes nothing but counters, and an audit record of the school tells of it.
    ///
    /// # Errors
    /// [`Error::NotFound`] without such a school; or as [`Store::commit`]'s: then asking again goes on with it.
    pub async fn rebuild_statistics(&self, school: &SchoolId, context: &Context) -> Result<Rebuilt, Error> {
        let standing: Loaded<School> = loaded(&self.item(&keys::school(school)).await?)?;
        let (generations, building) = self.begin_building(school).await?;
        self.forget_generation(school, generations.current.saturating_sub(1)).await?;
        let mut walked = self.walk(school, context).await?;
        let (mut was, mut is) = self.both(school, generations.current, building).await?;
        if was != is {
            // An item that came into its list a moment ago may have been missing from the index: what differs is looked at once more
            // before it is believed.
            let again = self.walk(school, context).await?;
            walked = Walked { late: walked.late + again.late, ..again };
            (was, is) = self.both(school, generations.current, building).await?;
        }
        let differing = differing(&was, &is);
        self.show(&standing, generations, building, &differing, context).await?;
        let Walked { records, late, unread } = walked;
        Ok(Rebuilt { generation: building, records, late, unread, counters: is.len(), differing })
    }

    /// Says that a generation is being built, unless one is: a rebuild that was killed, or another that is under way.
    async fn begin_building(&self, school: &SchoolId) -> Result<(Generations, u32), Error> {
        let standing = self.table.get(&names::generations(school)).await?;
        let now = standing.as_ref().map_or(Ok(Generations::FIRST), parse)?;
        if let Some(building) = now.building {
            return Ok((now, building));
        }
        let building = now.current.saturating_add(1);
        let next = Generations { building: Some(building), ..now };
        let when = if standing.is_none() { Condition::Absent } else { unmoved(now)? };
        match self.writes(&[generations_write(school, next, when)?]).await {
            Ok(()) => Ok((next, building)),
            // Another rebuild began at the same moment: theirs is gone on with.
            Err(Error::Overtaken) => {
                let theirs = self.generations(school).await?;
                theirs.building.map(|building| (theirs, building)).ok_or(Error::Overtaken)
            }
            Err(error) => Err(error),
        }
    }

    /// Counts all that stands in the school's lists.
    async fn walk(&self, school: &SchoolId, context: &Context) -> Result<Walked, Error> {
        let mut walked = Walked::default();
        for partition in names_of_lists(school) {
            let mut list = List { limit: ITEMS_A_PAGE, after: None };
            loop {
                let page = self.table.query(&query(Index::School, partition.clone(), Range::all(), &list, Select::Items)?).await?;
                // The index shows a row; what is counted is the item, read strongly.
                let items = try_join_all(page.items.iter().map(|row| self.table.get(&row.key))).await?;
                let (mut counted, mut unread) = (Vec::new(), 0);
                for item in items.iter().flatten() {
                    match Counted::of(item) {
                        Ok(item) => counted.extend(item),
                        Err(_) => unread += 1,
                    }
                }
                walked.records += counted.len();
                walked.unread += unread;
                let Tally { shown_was_behind, .. } = self.count_anew(counted, school, context.now).await?;
                walked.late += shown_was_behind;
                let Some(next) = page.next else { break };
                list.after = Some(crate::lists::encoded(&next)?);
            }
        }
        Ok(walked)
    }

    /// The counters of both generations.
    async fn both(&self, school: &SchoolId, shown: u32, building: u32) -> Result<(Sums, Sums), Error> {
        try_join(self.sums(school, shown), self.sums(school, building)).await
    }

    async fn sums(&self, school: &SchoolId, generation: u32) -> Result<Sums, Error> {
        let mut sums = Sums::new();
        for year in GraduationYear::all() {
            for item in self.counters(names::counters(school, generation, year), Range::all()).await? {
                let n = item.number("n").unwrap_or_default();
                if n != 0 {
                    sums.insert((year, item.key.sk), n);
                }
            }
        }
        Ok(sums)
    }

    /// From now on the new counters are shown. If another rebuild has shown them meanwhile, all is done.
    async fn show(
        &self,
        school: &Loaded<School>,
        from: Generations,
        building: u32,
        differing: &[Differs],
        context: &Context,
    ) -> Result<(), Error> {
        let next = Generations { current: building, building: None };
        let write = generations_write(&school.value.id, next, unmoved(from)?)?;
        let told = school.value.clone().statistics_rebuilt(building, differing.len() as u64);
        let change = Change::new().moves(context, school, &told)?.also(Role::Progress, write);
        match self.commit(change, context, ()).await {
            Ok(_) => Ok(()),
            Err(Error::Overtaken) if self.generations(&school.value.id).await?.current >= building => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Deletes the counters of a generation that is not shown any more. Those shown last are kept until the next rebuild: somebody
    /// may be reading them.
    async fn forget_generation(&self, school: &SchoolId, generation: u32) -> Result<(), Error> {
        for year in GraduationYear::all() {
            let counters = self.counters(names::counters(school, generation, year), Range::all()).await?;
            for some in counters.chunks(crate::table::MAX_WRITES) {
                let delete = |item: &Item| Write::Delete { key: item.key.clone(), when: Vec::new() };
                self.writes(&some.iter().map(delete).collect::<Vec<_>>()).await?;
            }
        }
        Ok(())
    }

    async fn writes(&self, writes: &[Write]) -> Result<(), Error> {
        if self.write("the counters", writes).await? { Ok(()) } else { Err(Error::Overtaken) }
    }
}

fn generations_write(school: &SchoolId, next: Generations, when: Condition) -> Result<Write, Error> {
    Ok(Write::Put { item: Item { key: names::generations(school), attributes: plain(&next)? }, when: vec![when] })
}

fn unmoved(generations: Generations) -> Result<Condition, Error> {
    Ok(Condition::Equals("data", json(&generations)?.into()))
}

fn differing(was: &Sums, is: &Sums) -> Vec<Differs> {
    let of = |sums: &Sums, counter: &(GraduationYear, String)| sums.get(counter).copied().unwrap_or_default();
    let both: std::collections::BTreeSet<_> = was.keys().chain(is.keys()).collect();
    let figures = both.into_iter().map(|counter| (counter, of(was, counter), of(is, counter)));
    let differ = figures.filter(|(_, was, is)| was != is);
    differ.map(|((year, name), was, is)| Differs { year: *year, name: name.clone(), was, is }).collect()
}
