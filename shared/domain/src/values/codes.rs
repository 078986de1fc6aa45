//! The ministry's code tables, from the reference files.

use super::schema::schema;
use super::{Invalid, serde_as_text};
use crate::party::Initiator;

/// One entry of a code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Code {
    /// The code as the ministry writes it.
    pub code: &'static str,
    /// Its Chinese name.
    pub name: &'static str,
}

/// A code table: a CSV file whose first column is the code.
#[derive(Clone, Copy, Debug)]
pub struct CodeTable {
    csv: &'static str,
    name_column: usize,
}

impl CodeTable {
    /// All entries, in the order of the file.
    pub fn entries(self) -> impl Iterator<Item = Code> {
        self.csv.lines().skip(1).filter_map(move |line| {
            let mut cells = line.split(',');
            let code = cells.next()?;
            Some(Code { code, name: cells.nth(self.name_column - 1)? })
        })
    }

    /// The entry of this name, or of this code.
    #[must_use]
    pub fn named(self, text: &str) -> Option<Code> {
        self.entries().find(|entry| entry.name == text || entry.code == text)
    }

    fn find(self, code: &str) -> Option<Code> {
        self.entries().find(|entry| entry.code == code)
    }

    /// What a column says of a code.
    fn cell(self, code: &str, column: usize) -> Option<&'static str> {
        let row = self.csv.lines().skip(1).find(|line| line.split(',').next() == Some(code))?;
        row.split(',').nth(column)
    }
}

macro_rules! coded {
    ($(#[doc = $doc:literal])* $name:ident, $file:literal, $column:literal) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(Code);

        impl $name {
            /// The whole table.
            pub const TABLE: CodeTable = CodeTable { csv: include_str!(concat!("../../reference/", $file)), name_column: $column };

            /// Takes a code of the table.
            ///
            /// # Errors
            /// [`Invalid::NotInCodeTable`].
            pub fn parse(code: &str) -> Result<Self, Invalid> {
                Self::TABLE.find(code.trim()).map(Self).ok_or(Invalid::NotInCodeTable)
            }

            /// The code.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.code
            }

            /// The table's Chinese name for it.
            #[must_use]
            pub fn name(&self) -> &'static str {
                self.0.name
            }

            /// Code and name together.
            #[must_use]
            pub fn code(&self) -> Code {
                self.0
            }
        }

        serde_as_text!($name);
        schema!(
            $name,
            stringify!($name),
            super::schema::code(concat!($($doc),*), Self::TABLE.entries().map(|entry| (entry.code, entry.name)))
        );
    };
}

coded!(
    /// 单位性质.
    UnitNature, "unit_nature.csv", 1
);
coded!(
    /// 单位行业.
    Industry, "industry.csv", 2
);
coded!(
    /// 工作职位类别.
    JobCategory, "job_category.csv", 1
);
coded!(
    /// A division of GB/T 2260: 单位所在地.
    Region, "regions.csv", 1
);

coded!(
    /// 毕业去向类别.
    Destination, "destination.csv", 1
);
coded!(
    /// 民族 (GB/T 3304).
    Ethnicity, "ethnicity.csv", 1
);
coded!(
    /// 政治面貌 (GB/T 4762).
    PoliticalStatus, "political_status.csv", 1
);
coded!(
    /// 学历.
    Education, "education.csv", 1
);
coded!(
    /// 培养方式.
    TrainingMode, "training_mode.csv", 1
);
coded!(
    /// 解约原因.
    TerminationReason, "termination_reason.csv", 2
);

impl TerminationReason {
    /// Whether it is one of this party's reasons: the table has a set for each.
    #[must_use]
    pub fn is_of(&self, initiator: Initiator) -> bool {
        let letter = match initiator {
            Initiator::Student => 'S',
            Initiator::Employer => 'E',
        };
        self.as_str().starts_with(letter)
    }
}

/// The column of `destination.csv` that names the group.
const GROUP_COLUMN: usize = 2;

/// What statistics of destinations are grouped by (domain 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DestinationGroup {
    /// 协议和合同就业.
    AgreementContract,
    /// 灵活就业.
    Flexible,
    /// 创业.
    Startup,
    /// 升学.
    FurtherStudy,
    /// 未落实.
    NotSettled,
}

impl DestinationGroup {
    /// Those that are a destination: together they are what the 毕业去向落实率 counts.
    pub const SETTLED: [Self; 4] = [Self::AgreementContract, Self::Flexible, Self::Startup, Self::FurtherStudy];

    /// The name as in the table, and as sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AgreementContract => "agreement_contract",
            Self::Flexible => "flexible",
            Self::Startup => "startup",
            Self::FurtherStudy => "further_study",
            Self::NotSettled => "not_settled",
        }
    }
}

impl Destination {
    /// 签就业协议形式就业: what a certified agreement says.
    pub const AGREEMENT: Self = Self(Code { code: "10", name: "签就业协议形式就业" });
    /// 待就业: what a plan record says when its agreement has ended.
    pub const SEEKING: Self = Self(Code { code: "70", name: "待就业" });

    /// The group that statistics count it in.
    #[must_use]
    pub fn group(self) -> DestinationGroup {
        let named = Self::TABLE.cell(self.as_str(), GROUP_COLUMN);
        let settled = DestinationGroup::SETTLED.into_iter().find(|group| Some(group.as_str()) == named);
        settled.unwrap_or(DestinationGroup::NotSettled)
    }

    /// Whether it is registered: not what agreements write, nor what is no destination yet (70 to 72).
    #[must_use]
    pub fn is_registered(self) -> bool {
        self != Self::AGREEMENT && !matches!(self.as_str(), "70" | "71" | "72")
    }

    /// Whether it is with somebody: everything but 自主创业 and 自由职业.
    #[must_use]
    pub fn is_somewhere(self) -> bool {
        !matches!(self.as_str(), "75" | "76")
    }
}

impl Region {
    /// Province short name and the place itself, as the manual prints it: 内蒙古科尔沁左翼中旗.
    #[must_use]
    pub fn display_name(&self) -> String {
        let province = format!("{}0000", self.0.code.chars().take(2).collect::<String>());
        match Self::TABLE.find(&province) {
            Some(whole) if whole.code != self.0.code => format!("{}{}", short_province(whole.name), self.0.name),
            _ => self.0.name.to_owned(),
        }
    }
}

fn short_province(name: &str) -> &str {
    ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manuals_sample_employer_has_its_codes() {
        assert_eq!(UnitNature::parse("21").unwrap().name(), "高等教育单位");
        assert_eq!(Industry::parse("21").unwrap().name(), "采矿业");
        assert_eq!(Region::parse("150521").unwrap().display_name(), "内蒙古科尔沁左翼中旗");
        assert_eq!(Region::parse("420000").unwrap().display_name(), "湖北省");
        assert_eq!(JobCategory::parse("13").unwrap().name(), "工程技术人员");
        assert_eq!(UnitNature::parse("99"), Err(Invalid::NotInCodeTable));
        assert_eq!(Region::parse(""), Err(Invalid::NotInCodeTable));
    }

    #[test]
    fn every_destination_is_in_a_group_that_is_known() {
        let mut counts = std::collections::BTreeMap::<_, usize>::new();
        for Code { code, .. } in Destination::TABLE.entries() {
            let group = Destination::parse(code).unwrap().group();
            assert_eq!(Destination::TABLE.cell(code, GROUP_COLUMN), Some(group.as_str()), "{code}");
            *counts.entry(group.as_str()).or_default() += 1;
        }
        let expected = [("agreement_contract", 10), ("flexible", 2), ("further_study", 4), ("not_settled", 3), ("startup", 1)];
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_table_is_read_to_its_end() {
        let tables = [UnitNature::TABLE, Industry::TABLE, JobCategory::TABLE, Region::TABLE, Destination::TABLE, TerminationReason::TABLE];
        assert_eq!(tables.map(|table| table.entries().count()), [12, 21, 18, 153, 20, 11]);
        for known in [Destination::AGREEMENT, Destination::SEEKING] {
            assert_eq!(Destination::parse(known.as_str()), Ok(known));
        }
    }
}
