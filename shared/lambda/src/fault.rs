//! Why a handler does not answer: turned into a problem at the boundary, and logged there once.

use api::{DecodeError, FieldError, Place, Problem, ProblemKind};
use domain::Refusal;
use domain::values::Invalid;

/// What went wrong.
#[derive(Debug)]
pub enum Fault {
    /// A problem to tell the caller.
    Problem(Box<Problem>),
    /// The aggregate moved: the handler is run again and meets the new state.
    Moved,
    /// A problem to tell, with a cause for our log only.
    Logged(ProblemKind, String),
}

impl Fault {
    /// The problem and, where it is for our log, the cause.
    #[must_use]
    pub fn problem(self) -> (Problem, Option<String>) {
        match self {
            Self::Problem(problem) => (*problem, None),
            Self::Moved => (ProblemKind::Unavailable.into(), Some("the aggregate moved at every try".to_owned())),
            Self::Logged(kind, cause) => (kind.into(), Some(cause)),
        }
    }
}

/// The problem of one row of a batch, or the fault that ends the whole request: a table that does not answer, a token that no longer
/// holds. A row of our own fault stops no other row; its cause is logged here, once.
///
/// # Errors
/// What ends the request.
pub fn row_problem(error: store::Error) -> Result<Problem, Fault> {
    use store::Error::{Indeterminate, Moved, TokenRevoked, Unavailable};
    if matches!(error, Moved) {
        return Ok(ProblemKind::Unavailable.into());
    }
    let ends = matches!(error, TokenRevoked | Unavailable(_) | Indeterminate(_));
    let fault = Fault::from(error);
    if ends {
        return Err(fault);
    }
    let (problem, cause) = fault.problem();
    if let Some(cause) = cause {
        tracing::error!(problem = problem.kind.slug(), cause, "a row of a batch");
    }
    Ok(problem)
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<ProblemKind> for Fault {
    fn from(kind: ProblemKind) -> Self {
        Problem::from(kind).into()
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Problem::from(refusal).into()
    }
}

impl From<DecodeError> for Fault {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Fields(errors) => Problem::fields(errors).into(),
            DecodeError::NotFound => ProblemKind::NotFound.into(),
        }
    }
}

impl From<queue::Unavailable> for Fault {
    fn from(queue::Unavailable(cause): queue::Unavailable) -> Self {
        Self::Logged(ProblemKind::Unavailable, cause)
    }
}

impl From<files::Unavailable> for Fault {
    fn from(files::Unavailable(cause): files::Unavailable) -> Self {
        Self::Logged(ProblemKind::Unavailable, cause)
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => ProblemKind::NotFound.into(),
            store::Error::Refused(refusal) => refusal.into(),
            store::Error::Moved => Self::Moved,
            store::Error::TokenRevoked => ProblemKind::TokenRevoked.into(),
            store::Error::KeyReused => ProblemKind::KeyReused.into(),
            store::Error::WrongCursor => {
                Problem::fields(vec![FieldError { place: Place::Query("after"), invalid: Invalid::Malformed }]).into()
            }
            store::Error::Overtaken => Self::Logged(ProblemKind::Internal, "a job was overtaken".to_owned()),
            store::Error::AlreadyThere => Self::Logged(ProblemKind::Internal, "an entry stands there already".to_owned()),
            store::Error::Unavailable(cause) => Self::Logged(ProblemKind::Unavailable, cause),
            store::Error::Indeterminate(cause) => Self::Logged(ProblemKind::Indeterminate, cause),
            store::Error::Broken(cause) => Self::Logged(ProblemKind::Internal, cause),
        }
    }
}
