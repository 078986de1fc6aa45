//! Sections of letters and agreements, codes with their names.

use crate::schema::{ContentType, Sha256};
use domain::letter::{Contact, EmployerSection, FileReceiving, HouseholdReceiving, SigningSection};
use domain::upload::Attachment;
use domain::values::{Code, CreditCode, EmployerId, Region, UploadId};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// A code with its Chinese name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CodeView {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl From<Code> for CodeView {
    fn from(code: Code) -> Self {
        Self { code: code.code.to_owned(), name: code.name.to_owned() }
    }
}

impl CodeView {
    /// A place, by its province and its own name.
    pub(super) fn of_region(region: Region) -> Self {
        Self { code: region.as_str().to_owned(), name: region.display_name() }
    }
}

/// 单位信息 (SR-78).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerView {
    /// None of an employer that a graduate names on paper: it need not be on the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<EmployerId>")]
    id: Option<String>,
    name: String,
    #[schemars(with = "CreditCode")]
    credit_code: String,
    nature: Option<CodeView>,
    industry: Option<CodeView>,
    region: Option<CodeView>,
    address: Option<String>,
    postcode: Option<String>,
    supervisor: Option<String>,
    contact: Contact,
}

impl EmployerView {
    pub(super) fn new(id: Option<&EmployerId>, section: &EmployerSection) -> Self {
        Self {
            id: id.map(ToString::to_string),
            name: section.name.as_str().to_owned(),
            credit_code: section.credit_code.as_str().to_owned(),
            nature: section.nature.map(|nature| nature.code().into()),
            industry: section.industry.map(|industry| industry.code().into()),
            region: section.region.map(CodeView::of_region),
            address: section.address.as_ref().map(|address| address.as_str().to_owned()),
            postcode: section.postcode.as_ref().map(|postcode| postcode.as_str().to_owned()),
            supervisor: section.supervisor.as_ref().map(|supervisor| supervisor.as_str().to_owned()),
            contact: section.contact.clone(),
        }
    }
}

/// 签约信息, 档案信息 and 户口信息, as sent, with the job category's name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermsView {
    #[schemars(with = "SigningView")]
    signing: Value,
    file_receiving: FileReceiving,
    household_receiving: HouseholdReceiving,
}

impl TermsView {
    pub(super) fn of(signing: &SigningSection, file_receiving: &FileReceiving, household_receiving: &HouseholdReceiving) -> Self {
        let mut section = json!(signing);
        if let Some(members) = section.as_object_mut() {
            members.insert("job_category".to_owned(), json!(CodeView::from(signing.job_category.code())));
        }
        Self { signing: section, file_receiving: file_receiving.clone(), household_receiving: household_receiving.clone() }
    }
}

/// A file that was handed in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AttachmentView {
    upload_id: UploadId,
    file_name: String,
    #[schemars(with = "ContentType")]
    content_type: &'static str,
    length: u64,
    #[schemars(with = "Sha256")]
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<u32>,
}

impl From<&Attachment> for AttachmentView {
    fn from(file: &Attachment) -> Self {
        Self {
            upload_id: file.upload.clone(),
            file_name: file.file_name.as_str().to_owned(),
            content_type: file.media_type.as_str(),
            length: file.length,
            sha256: file.sha256.clone(),
            pages: file.pages,
        }
    }
}

/// 签约信息, with the name of its job category: what a letter says, but for that one field.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it describes what `TermsView::of` makes of a letter's section")]
struct SigningView {
    #[serde(flatten)]
    signing: SigningSection,
    /// 工作职位类别.
    job_category: CodeView,
}
