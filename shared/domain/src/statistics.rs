//! 统计 (domain 4.3): what is counted, and the rates that come of it. Counted are records by college and stage; nothing here names a
//! person, or ranks anybody (domain 5.5).

use crate::values::{Destination, DestinationGroup, Invalid};
use crate::{agreement, registration, termination};
use std::collections::BTreeMap;

/// What a record is counted as, as it stands now: one thing, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A student on the roster.
    Student {
        /// Whether a log-in has verified itself as the student (SR-44).
        verified: bool,
    },
    /// An agreement in this stage.
    Agreement {
        /// Whether it is signed on paper.
        offline: bool,
        /// Its stage.
        stage: agreement::StageName,
    },
    /// A request to terminate in this stage.
    Termination(termination::StageName),
    /// A registration of employment in this stage.
    Registration(registration::StageName),
    /// An open record of the employment plan: one settled graduate.
    Plan(Destination),
}

impl Measure {
    /// The name that its counter bears: `agreement#online#certified`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Student { verified } => format!("student#{}", verification(*verified)),
            Self::Agreement { offline, stage } => format!("agreement#{}#{}", medium(*offline), stage.as_str()),
            Self::Termination(stage) => format!("termination#{}", stage.as_str()),
            Self::Registration(stage) => format!("registration#{}", stage.as_str()),
            Self::Plan(destination) => format!("plan#{}", destination.as_str()),
        }
    }

    /// The measure of this name.
    ///
    /// # Errors
    /// [`Invalid::NotInCodeTable`] for a name that no measure has.
    pub fn named(name: &str) -> Result<Self, Invalid> {
        if let Some(code) = name.strip_prefix("plan#") {
            return Destination::parse(code).map(Self::Plan);
        }
        Self::of_fixed_names().find(|measure| measure.name() == name).ok_or(Invalid::NotInCodeTable)
    }

    /// All but the plan's, whose names are codes of a table.
    fn of_fixed_names() -> impl Iterator<Item = Self> {
        let students = [true, false].into_iter().map(|verified| Self::Student { verified });
        let agreements = [false, true].into_iter().flat_map(|offline| {
            let stages = agreement::StageName::ALL.into_iter();
            stages.map(move |stage| Self::Agreement { offline, stage })
        });
        let terminations = termination::StageName::ALL.into_iter().map(Self::Termination);
        students.chain(agreements).chain(terminations).chain(registration::StageName::ALL.into_iter().map(Self::Registration))
    }
}

fn medium(offline: bool) -> &'static str {
    if offline { "offline" } else { "online" }
}

fn verification(verified: bool) -> &'static str {
    if verified { "verified" } else { "unverified" }
}

/// How many records there are of each measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures(BTreeMap<String, u64>);

impl Figures {
    /// So many more.
    pub fn add(&mut self, measure: &Measure, n: u64) {
        let sum = self.0.entry(measure.name()).or_default();
        *sum = sum.saturating_add(n);
    }

    /// All that another one counts, too.
    pub fn join(&mut self, other: &Self) {
        for (name, n) in &other.0 {
            let sum = self.0.entry(name.clone()).or_default();
            *sum = sum.saturating_add(*n);
        }
    }

    /// How many of this measure.
    #[must_use]
    pub fn of(&self, measure: &Measure) -> u64 {
        self.0.get(&measure.name()).copied().unwrap_or_default()
    }

    /// 名册人数: students on the roster.
    #[must_use]
    pub fn roster(&self) -> u64 {
        [true, false].into_iter().map(|verified| self.of(&Measure::Student { verified })).sum()
    }

    /// Graduates whose destination is of this group. 未落实 are all on the roster that no other group has, whether or not
    /// the plan ever had a record of them.
    #[must_use]
    pub fn in_group(&self, group: DestinationGroup) -> u64 {
        if group == DestinationGroup::NotSettled {
            return self.roster().saturating_sub(self.settled());
        }
        let of_group = Destination::TABLE.entries().filter_map(|code| Destination::parse(code.code).ok());
        of_group.filter(|destination| destination.group() == group).map(|destination| self.of(&Measure::Plan(destination))).sum()
    }

    /// Graduates with a destination.
    #[must_use]
    pub fn settled(&self) -> u64 {
        DestinationGroup::SETTLED.into_iter().map(|group| self.in_group(group)).sum()
    }

    /// A rate.
    #[must_use]
    pub fn rate(&self, kind: RateKind) -> Rate {
        let numerator = match kind {
            RateKind::Settled => self.settled(),
            RateKind::Group(group) => self.in_group(group),
        };
        Rate { kind, numerator, denominator: self.roster() }
    }
}

/// Which rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateKind {
    /// 毕业去向落实率: the four groups of destinations together. It is never called 就业率.
    Settled,
    /// The part that one group has in it.
    Group(DestinationGroup),
}

impl RateKind {
    /// All rates, the sum before its parts.
    pub const ALL: [Self; 5] = [
        Self::Settled,
        Self::Group(DestinationGroup::AgreementContract),
        Self::Group(DestinationGroup::Flexible),
        Self::Group(DestinationGroup::Startup),
        Self::Group(DestinationGroup::FurtherStudy),
    ];

    /// The name as sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Group(group) => group.as_str(),
        }
    }
}

/// A rate with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Which one.
    pub kind: RateKind,
    /// Graduates with such a destination.
    pub numerator: u64,
    /// 名册人数.
    pub denominator: u64,
}

impl Rate {
    /// Four decimal places, rounded to the nearest; none of nobody. It may exceed 1 for a college that students have left: they
    /// are on another roster, and what they signed stays where it was signed.
    #[must_use]
    pub fn decimal(&self) -> Option<String> {
        let (numerator, denominator) = (u128::from(self.numerator), u128::from(self.denominator));
        let parts = (numerator * 20_000 + denominator).checked_div(denominator * 2)?;
        Some(format!("{}.{:04}", parts / 10_000, parts % 10_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(code: &str) -> Measure {
        Measure::Plan(Destination::parse(code).unwrap())
    }

    #[test]
    fn every_measure_is_found_by_its_name() {
        let plan = Destination::TABLE.entries().map(|code| destination(code.code));
        let all: Vec<_> = Measure::of_fixed_names().chain(plan).collect();
        let names: std::collections::BTreeSet<_> = all.iter().map(Measure::name).collect();
        assert_eq!((all.len(), names.len()), (50, 50));
        for measure in all {
            assert_eq!(Measure::named(&measure.name()), Ok(measure));
        }
        for wrong in ["plan#9", "agreement#certified", "student", ""] {
            assert_eq!(Measure::named(wrong), Err(Invalid::NotInCodeTable), "{wrong}");
        }
    }

    #[test]
    fn the_settlement_rate_is_the_sum_of_four_groups_over_the_roster() {
        let mut figures = Figures::default();
        figures.add(&Measure::Student { verified: true }, 5);
        figures.add(&Measure::Student { verified: false }, 2);
        for (code, n) in [("10", 1), ("11", 1), ("76", 1), ("75", 1), ("801", 1), ("70", 1)] {
            figures.add(&destination(code), n);
        }
        let of = |kind| (figures.rate(kind).numerator, figures.rate(kind).decimal().unwrap());
        assert_eq!(of(RateKind::Settled), (5, "0.7143".to_owned()));
        let parts: Vec<_> = DestinationGroup::SETTLED.into_iter().map(|group| of(RateKind::Group(group)).0).collect();
        assert_eq!((parts, figures.in_group(DestinationGroup::NotSettled)), (vec![2, 1, 1, 1], 2));
    }

    #[test]
    fn a_rate_is_rounded_and_nobodys_is_none() {
        let rate = |numerator, denominator| Rate { kind: RateKind::Settled, numerator, denominator }.decimal();
        let cases = [(0, 3, "0.0000"), (1, 3, "0.3333"), (2, 3, "0.6667"), (3, 3, "1.0000"), (1, 20_000, "0.0001"), (5, 4, "1.2500")];
        for (numerator, denominator, decimal) in cases {
            assert_eq!(rate(numerator, denominator).as_deref(), Some(decimal));
        }
        assert_eq!((rate(0, 0), rate(1, 0)), (None, None));
    }
}
