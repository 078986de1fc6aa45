//! Sections of letters and agreements (domain 4.1), as text that is ready to be read.

use crate::words::{day, monthly, months, text, written};
use documents::{Employer, FileReceiving, Graduate, HouseholdReceiving, Terms};
use domain::agreement::StudentSection;
use domain::letter::{self, EmployerSection, SigningSection};
use domain::student::Sex;
use domain::{labels, values::Email};
use vault::{Vault, VaultError};

/// 甲方, 用人单位.
pub(crate) fn employer(section: &EmployerSection) -> Employer {
    Employer {
        name: text(&section.name),
        credit_code: section.credit_code.as_str().to_owned(),
        nature: section.nature.map(|nature| nature.name().to_owned()),
        industry: section.industry.map(|industry| industry.name().to_owned()),
        region: section.region.map(|region| region.display_name()),
        address: written(section.address.as_ref()),
        postcode: section.postcode.as_ref().map(|postcode| postcode.as_str().to_owned()),
        supervisor: written(section.supervisor.as_ref()),
        contact: text(&section.contact.name),
        phone: section.contact.phone.as_str().to_owned(),
        email: address(section.contact.email.as_ref()),
    }
}

/// 乙方, 毕业生, with both numbers in full: it stands on agreements alone.
pub(crate) fn graduate(section: &StudentSection, vault: &Vault) -> Result<Graduate, VaultError> {
    let id_number = vault.open_resident_id(&section.id, &section.resident_id)?;
    let mobile = vault.open_mobile(&section.id, &section.mobile)?;
    let more = &section.particulars;
    Ok(Graduate {
        name: section.name.as_str().to_owned(),
        gender: more.sex.map(|sex| if sex == Sex::Male { "男" } else { "女" }.to_owned()),
        ethnicity: written(more.ethnicity.as_ref()),
        political_status: written(more.political_status.as_ref()),
        born_on: day(id_number.born()),
        id_number: id_number.expose().to_owned(),
        school: text(&section.school_name),
        college: text(&section.college_name),
        major: text(&section.major),
        class: written(section.class.as_ref()),
        degree: written(section.education.as_ref()),
        duration: more.schooling_years.map(|years| format!("{years} 年")),
        training: written(more.training_mode.as_ref()),
        origin: more.origin.map(|origin| origin.display_name()),
        student_number: text(&section.student_number),
        exam_number: written(more.examinee_number.as_ref()),
        graduation_year: format!("{} 届", section.graduation_year),
        mobile,
        email: address(section.email.as_ref()),
        address: written(more.home_address.as_ref()),
    })
}

/// 签约信息 and 约定条款.
pub(crate) fn terms(section: &SigningSection) -> Terms {
    Terms {
        position: text(&section.position),
        job_category: section.job_category.name().to_owned(),
        workplace: text(&section.workplace),
        employment_form: written(section.employment_form.as_ref()),
        term: section.term_months.map(months),
        probation: Some(if section.probation_months == 0 { "无".to_owned() } else { months(section.probation_months.into()) }),
        probation_pay: section.pay.probation_monthly_fen.map(monthly),
        pay: monthly(section.pay.monthly_fen),
        benefits: written(section.benefits.as_ref()),
        report_on: section.report_on.as_ref().map(|day| day.as_str().to_owned()),
        report_to: written(section.report_to.as_ref()),
        liability: written(section.liability.as_ref()),
        automatic_end: written(section.automatic_end.as_ref()),
        disputes: written(section.disputes.as_ref()),
        remarks: written(section.remark.as_ref()),
    }
}

/// 档案转递.
pub(crate) fn files(section: &letter::FileReceiving) -> FileReceiving {
    match section {
        letter::FileReceiving::No => FileReceiving::default(),
        letter::FileReceiving::Yes { kind, organisation, address, postcode, department, contact, phone } => FileReceiving {
            accepts: true,
            kind: Some(labels::file_receiving(*kind).to_owned()),
            receiver: Some(text(organisation)),
            address: Some(text(address)),
            postcode: postcode.as_ref().map(|postcode| postcode.as_str().to_owned()),
            department: written(department.as_ref()),
            contact: Some(text(contact)),
            phone: Some(phone.as_str().to_owned()),
        },
    }
}

/// 户口迁移.
pub(crate) fn household(section: &letter::HouseholdReceiving) -> HouseholdReceiving {
    match section {
        letter::HouseholdReceiving::No => HouseholdReceiving::default(),
        letter::HouseholdReceiving::Yes { kind, address } => {
            HouseholdReceiving { accepts: true, kind: written(kind.as_ref()), address: Some(text(address)) }
        }
    }
}

fn address(email: Option<&Email>) -> Option<String> {
    email.map(|email| email.as_str().to_owned())
}
