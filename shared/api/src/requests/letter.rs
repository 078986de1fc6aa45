//! The letter as the employer fills it in (SR-27).

use crate::fields::{Fields, one_of, whole_as};
use domain::letter::{EmployerSection, FileReceiving, FileReceivingKind, HouseholdReceiving, Letter, Pay, SigningSection};
use domain::values::EmployerId;

/// Highest monthly pay that is taken for meant: 10 million yuan.
const MAX_FEN: i64 = 1_000_000_000;

/// 签约信息, 档案接收信息 and 户口接收信息; the employer's own section comes from its confirmed profile.
#[derive(Clone, Debug)]
pub struct LetterDraft {
    signing: SigningSection,
    file_receiving: FileReceiving,
    household_receiving: HouseholdReceiving,
}

impl LetterDraft {
    /// The letter of this employer.
    #[must_use]
    pub fn from(&self, employer_id: EmployerId, employer: EmployerSection) -> Letter {
        let Self { signing, file_receiving, household_receiving } = self.clone();
        Letter { employer_id, employer, signing, file_receiving, household_receiving }
    }

    pub(super) fn read(fields: &Fields<'_>) -> Option<Self> {
        let signing = signing(fields);
        let file_receiving = fields.object("file_receiving", file_receiving);
        let household_receiving = fields.object("household_receiving", household_receiving);
        Some(Self { signing: signing?, file_receiving: file_receiving?, household_receiving: household_receiving? })
    }
}

pub(super) fn signing(fields: &Fields<'_>) -> Option<SigningSection> {
    let (position, job_category, workplace) = (fields.required("position"), fields.required("job_category"), fields.required("workplace"));
    let term_months = fields.optional_with("term_months", whole_as(1, 120));
    let probation_months = fields.optional_with("probation_months", whole_as(0, 6));
    let pay = fields.object("pay", pay);
    let section = SigningSection {
        employment_form: fields.optional("employment_form"),
        term_months,
        probation_months: probation_months.unwrap_or_default(),
        benefits: fields.optional("benefits"),
        report_on: fields.optional("report_on"),
        report_to: fields.optional("report_to"),
        liability: fields.optional("liability"),
        automatic_end: fields.optional("automatic_end"),
        disputes: fields.optional("disputes"),
        remark: fields.optional("remark"),
        position: position?,
        job_category: job_category?,
        workplace: workplace?,
        pay: pay?,
    };
    Some(section)
}

fn pay(fields: &Fields<'_>) -> Option<Pay> {
    let probation_monthly_fen = fields.optional_with("probation_monthly_fen", whole_as(0, MAX_FEN));
    let monthly_fen = fields.required_with("monthly_fen", whole_as(0, MAX_FEN));
    Some(Pay { probation_monthly_fen, monthly_fen: monthly_fen? })
}

const KINDS: &[(&str, FileReceivingKind)] = &[
    ("employer", FileReceivingKind::Employer),
    ("talent_service", FileReceivingKind::TalentService),
    ("origin", FileReceivingKind::Origin),
];

/// Whether something is taken on. With `no`, or no clear word, what else the form holds is left alone: only the word counts.
fn accepts(fields: &Fields<'_>, names: &[&'static str]) -> Option<bool> {
    let accepts = fields.choice("accepts", &[("yes", true), ("no", false)]);
    if accepts != Some(true) {
        fields.leave_alone(names);
    }
    accepts
}

pub(super) fn file_receiving(fields: &Fields<'_>) -> Option<FileReceiving> {
    if !accepts(fields, &["kind", "organisation", "address", "postcode", "department", "contact", "phone"])? {
        return Some(FileReceiving::No);
    }
    let (kind, organisation) = (fields.required_with("kind", one_of(KINDS)), fields.required("organisation"));
    let (address, postcode, department) = (fields.required("address"), fields.optional("postcode"), fields.optional("department"));
    let (contact, phone) = (fields.required("contact"), fields.required("phone"));
    Some(FileReceiving::Yes {
        kind: kind?,
        organisation: organisation?,
        address: address?,
        postcode,
        department,
        contact: contact?,
        phone: phone?,
    })
}

pub(super) fn household_receiving(fields: &Fields<'_>) -> Option<HouseholdReceiving> {
    if !accepts(fields, &["kind", "address"])? {
        return Some(HouseholdReceiving::No);
    }
    let (kind, address) = (fields.optional("kind"), fields.required("address"));
    Some(HouseholdReceiving::Yes { kind, address: address? })
}
