//! 签约搜索 and 签约发送列表: masked, and never a hint whether the graduate has signed.

use domain::candidate::Candidate;
use domain::values::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the search finds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FoundView {
    /// The employer's own name for the student.
    pub student_ref: String,
    /// 姓名, masked.
    pub masked_name: String,
    /// 学校.
    pub school: String,
    /// 院系.
    pub college: String,
}

/// That a graduate is on the send list. Kept as the answer to a repeat: it holds nothing personal but the mask, and no free text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListedView {
    /// The employer's own name for the student.
    pub student_ref: String,
    /// 姓名, masked.
    pub masked_name: String,
    /// When it joined the list.
    pub added_at: Timestamp,
}

impl From<&Candidate> for ListedView {
    fn from(candidate: &Candidate) -> Self {
        Self { student_ref: candidate.student_ref.clone(), masked_name: candidate.masked_name.clone(), added_at: candidate.added_at }
    }
}

/// What became of a removal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemovedView {
    /// Entries that were on the list and are off it.
    pub removed: usize,
    /// References that were not on the list.
    pub not_on_list: usize,
}

/// An entry of the send list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CandidateView {
    /// The employer's own name for the student.
    pub student_ref: String,
    /// 姓名, masked.
    pub masked_name: String,
    /// 学校.
    pub school: String,
    /// 院系.
    pub college: String,
    /// 拟聘职位.
    pub position: Option<String>,
    /// 备注.
    pub remark: Option<String>,
    /// When it joined the list.
    pub added_at: Timestamp,
}

impl From<&Candidate> for CandidateView {
    fn from(candidate: &Candidate) -> Self {
        Self {
            student_ref: candidate.student_ref.clone(),
            masked_name: candidate.masked_name.clone(),
            school: candidate.school_name.as_str().to_owned(),
            college: candidate.college_name.as_str().to_owned(),
            position: candidate.position.as_ref().map(|position| position.as_str().to_owned()),
            remark: candidate.remark.as_ref().map(|remark| remark.as_str().to_owned()),
            added_at: candidate.added_at,
        }
    }
}
