//! Labels of statistics.

use crate::statistics::RateKind;
use crate::values::DestinationGroup;

/// Label of a group of destinations, in Chinese and English (domain 4.3).
#[must_use]
pub fn destination_group(group: DestinationGroup) -> (&'static str, &'static str) {
    match group {
        DestinationGroup::AgreementContract => ("协议和合同就业", "Employment by agreement or contract"),
        DestinationGroup::Flexible => ("灵活就业", "Flexible employment"),
        DestinationGroup::Startup => ("创业", "Own business"),
        DestinationGroup::FurtherStudy => ("升学", "Further study"),
        DestinationGroup::NotSettled => ("未落实", "Not settled"),
    }
}

/// Label of a rate, in Chinese and English: the ministry's word, never 就业率 alone (domain 4.3).
#[must_use]
pub fn rate(kind: RateKind) -> (&'static str, &'static str) {
    match kind {
        RateKind::Settled => ("毕业去向落实率", "Rate of settled destinations"),
        RateKind::Group(DestinationGroup::AgreementContract) => ("协议和合同就业率", "Rate of employment by agreement or contract"),
        RateKind::Group(DestinationGroup::Flexible) => ("灵活就业率", "Rate of flexible employment"),
        RateKind::Group(DestinationGroup::Startup) => ("创业率", "Rate of own business"),
        RateKind::Group(DestinationGroup::FurtherStudy) => ("升学率", "Rate of further study"),
        RateKind::Group(DestinationGroup::NotSettled) => ("未落实率", "Rate of those not settled"),
    }
}

/// What a rate is, in Chinese and English.
#[must_use]
pub fn rate_definition(kind: RateKind) -> (&'static str, &'static str) {
    match kind {
        RateKind::Settled => (
            "毕业去向落实率 = 协议和合同就业率 + 灵活就业率 + 创业率 + 升学率,即已落实去向的毕业生人数 ÷ 毕业生名册人数。\
             去向按签约或登记时所在院系计,名册人数按现所在院系计。",
            "Graduates with a destination of the four groups (employment by agreement or contract, flexible employment, own business, \
             further study) divided by the students on the roster. Destinations count in the college at signing or registration, students in \
             the college that they are in now.",
        ),
        RateKind::Group(_) => (
            "该类去向的毕业生人数 ÷ 毕业生名册人数。去向按签约或登记时所在院系计,名册人数按现所在院系计。",
            "Graduates with a destination of this group divided by the students on the roster. Destinations count in the college at signing \
             or registration, students in the college that they are in now.",
        ),
    }
}
