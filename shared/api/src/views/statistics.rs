//! 统计: counts by college and stage, destinations, rates with their definition, weeks. No person is in it, and nothing is put in an
//! order by how well it does (domain 5.5).

use super::{CodeView, medium};
use crate::schema::{GroupName, Medium, RateName};
use domain::school::School;
use domain::statistics::{Figures, Measure, RateKind};
use domain::values::{CollegeId, Destination, DestinationGroup, GraduationYear, SchoolId, Timestamp, Week};
use domain::{agreement, labels, registration, termination};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How up to date the figures are, in Chinese and English.
const FRESHNESS: (&str, &str) = ("统计数据随业务变化更新,通常滞后数秒", "The figures follow what happens, as a rule within a few seconds");

/// What counts in which week, in Chinese and English.
const WEEKS: (&str, &str) = (
    "按现状统计:每条记录计入其进入当前状态的那一周(北京时间,周一至周日)",
    "As things stand: each record counts in the week (Monday to Sunday, Shanghai) in which it came to the stage that it is in now",
);

/// A text in both languages.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl From<(&'static str, &'static str)> for Words {
    fn from((zh, en): (&'static str, &'static str)) -> Self {
        Self { zh, en }
    }
}

/// The statistics of a school, or of one college of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatisticsView {
    /// The school.
    pub school: SchoolId,
    /// The one college that is shown; null for all.
    pub college: Option<CollegeId>,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// When something of it was counted last; null if nothing ever was.
    pub as_of: Option<Timestamp>,
    /// How up to date the figures are.
    pub freshness: Words,
    /// All that is shown, together.
    pub total: FiguresView,
    /// College by college, in the order of the school's set-up.
    pub colleges: Vec<CollegeFigures>,
    /// The weeks that were asked for, oldest first.
    pub weeks: Vec<WeekView>,
    /// What counts in which week.
    pub weeks_definition: Words,
}

/// A college's figures.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CollegeFigures {
    /// Its id.
    pub id: CollegeId,
    /// Its name; null if the school has no such college.
    pub name: Option<String>,
    /// Its figures.
    #[serde(flatten)]
    pub figures: FiguresView,
}

/// What there is now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FiguresView {
    /// 名册人数.
    pub roster: RosterView,
    /// 签约, by medium and stage; every stage, in the order of the state graphs.
    pub agreements: Vec<StageCount>,
    /// 解约, by stage.
    pub terminations: Vec<StageCount>,
    /// 就业信息登记, by stage.
    pub registrations: Vec<StageCount>,
    /// 毕业去向, by code; those that somebody has.
    pub destinations: Vec<DestinationCount>,
    /// 毕业去向, by group.
    pub groups: Vec<GroupCount>,
    /// Rates with their definition.
    pub rates: Vec<RateView>,
}

/// 名册人数.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct RosterView {
    /// All students.
    pub count: u64,
    /// Those who have passed the information verification.
    pub verified: u64,
    /// Those who have not.
    pub unverified: u64,
}

/// How many are in a stage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StageCount {
    /// Online or on paper; of agreements only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Medium>")]
    pub medium: Option<&'static str>,
    /// The stage.
    pub stage: &'static str,
    /// Its label.
    pub stage_label: &'static str,
    /// How many.
    pub count: u64,
}

/// How many have a destination.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DestinationCount {
    /// 毕业去向类别.
    pub destination: CodeView,
    /// Its group.
    #[schemars(with = "GroupName")]
    pub group: &'static str,
    /// How many.
    pub count: u64,
}

/// How many have a destination of a group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupCount {
    /// The group.
    #[schemars(with = "GroupName")]
    pub group: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The same in English.
    pub label_en: &'static str,
    /// How many.
    pub count: u64,
}

/// A rate with what it is made of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RateView {
    /// Which one.
    #[schemars(with = "RateName")]
    pub rate_of: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The same in English.
    pub label_en: &'static str,
    /// Graduates with such a destination.
    pub numerator: u64,
    /// 名册人数.
    pub denominator: u64,
    /// The rate with four decimal places; null of nobody.
    pub rate: Option<String>,
    /// What it is.
    pub definition: Words,
}

/// What came to its stage in a week.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WeekView {
    /// The week, `2026-W48`.
    pub week: Week,
    /// Its Monday.
    pub begins: String,
    /// Agreements, those stages that have any.
    pub agreements: Vec<StageCount>,
    /// Requests to terminate.
    pub terminations: Vec<StageCount>,
    /// Registrations.
    pub registrations: Vec<StageCount>,
    /// Destinations that hold, by when they began to.
    pub destinations: Vec<DestinationCount>,
}

/// What a view is made of.
#[derive(Clone, Debug)]
pub struct StatisticsParts {
    /// What there is now.
    pub by_college: BTreeMap<CollegeId, Figures>,
    /// The weeks that were asked for, each with what counts in it.
    pub weeks: Vec<(Week, Figures)>,
    /// When something was counted last.
    pub as_of: Option<Timestamp>,
}

impl StatisticsView {
    /// The statistics of a school as one of its officers sees them: all colleges, or one.
    #[must_use]
    pub fn new(school: &School, college: Option<CollegeId>, graduation_year: GraduationYear, parts: &StatisticsParts) -> Self {
        let mut total = Figures::default();
        parts.by_college.values().for_each(|figures| total.join(figures));
        let shown = |id: &CollegeId| college.as_ref().is_none_or(|one| one == id);
        let named = school.colleges.iter().map(|college| (&college.id, Some(college.name.as_str().to_owned())));
        let others = parts.by_college.keys().filter(|id| school.college(id).is_none()).map(|id| (id, None));
        let figures = |id: &CollegeId| FiguresView::new(&parts.by_college.get(id).cloned().unwrap_or_default());
        let colleges = named.chain(others).filter(|(id, _)| shown(id));
        Self {
            school: school.id.clone(),
            graduation_year,
            as_of: parts.as_of,
            freshness: FRESHNESS.into(),
            total: FiguresView::new(&total),
            colleges: colleges.map(|(id, name)| CollegeFigures { id: id.clone(), name, figures: figures(id) }).collect(),
            weeks: parts.weeks.iter().map(|(week, figures)| WeekView::new(week, figures)).collect(),
            weeks_definition: WEEKS.into(),
            college,
        }
    }
}

impl FiguresView {
    fn new(figures: &Figures) -> Self {
        let [verified, unverified] = [true, false].map(|verified| figures.of(&Measure::Student { verified }));
        let groups = DestinationGroup::SETTLED.into_iter().chain([DestinationGroup::NotSettled]);
        Self {
            roster: RosterView { count: figures.roster(), verified, unverified },
            agreements: agreements(figures),
            terminations: terminations(figures),
            registrations: registrations(figures),
            destinations: destinations(figures),
            groups: groups.map(|group| group_count(figures, group)).collect(),
            rates: RateKind::ALL.into_iter().map(|kind| rate(figures, kind)).collect(),
        }
    }
}

impl WeekView {
    fn new(week: &Week, figures: &Figures) -> Self {
        let some = |counts: Vec<StageCount>| counts.into_iter().filter(|count| count.count > 0).collect();
        Self {
            week: week.clone(),
            begins: week.begins(),
            agreements: some(agreements(figures)),
            terminations: some(terminations(figures)),
            registrations: some(registrations(figures)),
            destinations: destinations(figures),
        }
    }
}

/// The stages that an online signing, or one on paper, can come to.
fn agreements(figures: &Figures) -> Vec<StageCount> {
    let of = |offline: bool| {
        let stages = agreement::StageName::ALL.into_iter().filter(move |stage| stage.is_of(offline));
        stages.map(move |stage| StageCount {
            medium: Some(medium(offline)),
            stage: stage.as_str(),
            stage_label: labels::agreement_stage(stage, false),
            count: figures.of(&Measure::Agreement { offline, stage }),
        })
    };
    of(false).chain(of(true)).collect()
}

fn terminations(figures: &Figures) -> Vec<StageCount> {
    let count = |stage: termination::StageName| StageCount {
        medium: None,
        stage: stage.as_str(),
        stage_label: labels::termination_stage(stage, false),
        count: figures.of(&Measure::Termination(stage)),
    };
    termination::StageName::ALL.into_iter().map(count).collect()
}

fn registrations(figures: &Figures) -> Vec<StageCount> {
    let count = |stage: registration::StageName| StageCount {
        medium: None,
        stage: stage.as_str(),
        stage_label: labels::registration_stage(stage),
        count: figures.of(&Measure::Registration(stage)),
    };
    registration::StageName::ALL.into_iter().map(count).collect()
}

/// In the order of the code table.
fn destinations(figures: &Figures) -> Vec<DestinationCount> {
    let known = Destination::TABLE.entries().filter_map(|code| Destination::parse(code.code).ok());
    let counts = known.map(|destination| DestinationCount {
        destination: destination.code().into(),
        group: destination.group().as_str(),
        count: figures.of(&Measure::Plan(destination)),
    });
    counts.filter(|count| count.count > 0).collect()
}

fn group_count(figures: &Figures, group: DestinationGroup) -> GroupCount {
    let (label, label_en) = labels::destination_group(group);
    GroupCount { group: group.as_str(), label, label_en, count: figures.in_group(group) }
}

fn rate(figures: &Figures, kind: RateKind) -> RateView {
    let ((label, label_en), rate) = (labels::rate(kind), figures.rate(kind));
    RateView {
        rate_of: kind.as_str(),
        label,
        label_en,
        numerator: rate.numerator,
        denominator: rate.denominator,
        rate: rate.decimal(),
        definition: labels::rate_definition(kind).into(),
    }
}
