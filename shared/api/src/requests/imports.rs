//! Long imports and exports.

use super::{Decode, DecodeError, Parts, Query, id};
use crate::fields::read;
use domain::values::{JobId, UploadId};

/// 导入学生名册.
#[derive(Clone, Debug)]
pub struct ImportStudents {
    /// The spreadsheet that was handed in.
    pub upload: UploadId,
}

impl Decode for ImportStudents {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| Some(Self { upload: fields.required("upload_id")? }))?)
    }
}

/// A job, with a page of its rows.
#[derive(Clone, Debug)]
pub struct GetJob {
    /// The job.
    pub id: JobId,
    /// About so many rows, 1 to 100.
    pub limit: u32,
    /// `next` of an earlier page.
    pub after: Option<String>,
}

impl Decode for GetJob {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<JobId>(parts)?;
        let mut query = Query::of(parts);
        let (limit, after) = (query.limit(), query.after());
        query.done(Self { id, limit, after })
    }
}
