//! 统计 (domain 4.3): counts by college, stage and week, and rates with their definition.

use api::requests::GetStatistics;
use api::views::{StatisticsParts, StatisticsView};
use domain::party::Officer;
use domain::statistics::Figures;
use domain::values::Week;
use lambda::{Call, Fault, Reply};
use std::collections::BTreeMap;
use store::{Error, Statistics, Store, Table};

/// The statistics of a graduation year in the officer's scope: a college's officer sees the own college, a school's all of them, or one.
///
/// # Errors
/// A college that is not there, or not the officer's.
pub async fn get_statistics<T: Table>(store: &Store<T>, call: Call<Officer, GetStatistics>) -> Reply<StatisticsView> {
    let GetStatistics { graduation_year, college, weeks } = call.body.clone();
    let school = store.school(&call.caller.school).await?;
    let in_scope = |college| school.college(college).is_some() && call.caller.covers(&school.id, college);
    if college.as_ref().is_some_and(|college| !in_scope(college)) {
        return Err(Error::NotFound.into());
    }
    let (college, this_week) = (college.or_else(|| call.caller.college.clone()), Week::of(call.now()));
    let asked: Vec<Week> = (0..weeks).rev().map(|back| this_week.before(back)).collect();
    let range = asked.first().cloned().zip(asked.last().cloned());
    let found = store.statistics(&school.id, college.as_ref(), graduation_year, range).await?;
    Ok::<_, Fault>(StatisticsView::new(&school, college, graduation_year, &parts(found, asked)).into())
}

fn parts(found: Statistics, asked: Vec<Week>) -> StatisticsParts {
    let mut by_college: BTreeMap<_, Figures> = BTreeMap::new();
    for count in found.totals {
        by_college.entry(count.college).or_default().add(&count.measure, count.n);
    }
    let mut weeks: BTreeMap<Week, Figures> = asked.into_iter().map(|week| (week, Figures::default())).collect();
    for (week, count) in found.weeks {
        weeks.entry(week).or_default().add(&count.measure, count.n);
    }
    StatisticsParts { by_college, weeks: weeks.into_iter().collect(), as_of: found.as_of }
}
