//! Reading the counters: a page for the totals of a school and year, and the weeks that are asked for.

use super::Generations;
use crate::Store;
use crate::error::Error;
use crate::keys::statistics as names;
use crate::lists::{List, Range, query};
use crate::table::{Index, Item, Select, Table};
use domain::statistics::Measure;
use domain::values::{CollegeId, GraduationYear, SchoolId, Timestamp, Week};
use futures_util::future::try_join;

/// Counters that one page asks for: a page of the table holds some five thousand of them.
pub(super) const COUNTERS_A_PAGE: u32 = 5_000;
/// Most pages of one answer: far more counters than a school of a hundred colleges has in a year of weeks.
const MAX_PAGES: usize = 40;

/// The statistics of a school and year, or of one college of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// What there is now, by college and measure; what there is none of is left out.
    pub totals: Vec<Count>,
    /// The same by week, oldest first: records that came to the stage they are in now in that week.
    pub weeks: Vec<(Week, Count)>,
    /// When something of it was counted last; none if nothing ever was.
    pub as_of: Option<Timestamp>,
}

/// How many records of a college are counted as this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The college.
    pub college: CollegeId,
    /// As what.
    pub measure: Measure,
    /// How many.
    pub n: u64,
}

impl<T: Table> Store<T> {
    /// The statistics of a year: of the whole school, or of one college. `weeks` are the first and the last that are asked for.
    ///
    /// # Errors
    /// As the table's.
    pub async fn statistics(
        &self,
        school: &SchoolId,
        college: Option<&CollegeId>,
        year: GraduationYear,
        weeks: Option<(Week, Week)>,
    ) -> Result<Statistics, Error> {
        let Generations { current, .. } = self.generations(school).await?;
        let partition = names::counters(school, current, year);
        let totals = match college {
            Some(college) => Range::beginning_with(&format!("{}{college}#", names::TOTAL)),
            None => Range::beginning_with(names::TOTAL),
        };
        let weekly = async {
            let Some((first, last)) = weeks else { return Ok(Vec::new()) };
            let range = Range::between(format!("{}{}#", names::WEEK, first.as_str()), format!("{}{}#~", names::WEEK, last.as_str()));
            self.counters(partition.clone(), range).await
        };
        let (totals, weeks) = try_join(self.counters(partition.clone(), totals), weekly).await?;
        let as_of = totals.iter().filter_map(|item| Timestamp::parse(item.text("at")?).ok()).max();
        let weeks = weeks.iter().filter_map(weekly_count).filter(|(_, count)| college.is_none_or(|own| *own == count.college));
        Ok(Statistics { totals: totals.iter().filter_map(total_count).collect(), weeks: weeks.collect(), as_of })
    }

    /// Counters of a partition, page by page.
    pub(super) async fn counters(&self, partition: String, range: Range) -> Result<Vec<Item>, Error> {
        let (mut found, mut list) = (Vec::new(), List { limit: COUNTERS_A_PAGE, after: None });
        for _ in 0..MAX_PAGES {
            let page = self.table.query(&query(Index::Table, partition.clone(), range.clone(), &list, Select::Items)?).await?;
            found.extend(page.items);
            let Some(next) = page.next else { return Ok(found) };
            list.after = Some(crate::lists::encoded(&next)?);
        }
        Err(Error::Broken(format!("{partition}: more counters than there can be")))
    }
}

fn total_count(item: &Item) -> Option<Count> {
    count(item.key.sk.strip_prefix(names::TOTAL)?, item)
}

fn weekly_count(item: &Item) -> Option<(Week, Count)> {
    let (week, rest) = item.key.sk.strip_prefix(names::WEEK)?.split_once('#')?;
    Some((Week::parse(week).ok()?, count(rest, item)?))
}

/// A counter that stands at nothing is none.
fn count(name: &str, item: &Item) -> Option<Count> {
    let (college, measure) = name.split_once('#')?;
    let n = u64::try_from(item.number("n")?).ok().filter(|n| *n > 0)?;
    Some(Count { college: CollegeId::parse(college).ok()?, measure: Measure::named(measure).ok()?, n })
}
