//! 签约过程记录: what happened to a signing.

use crate::schema::ActorName;
use domain::event::Event;
use domain::labels;
use domain::party::Actor;
use domain::values::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// A line of 签约过程记录.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ProcessEntryView {
    /// When.
    pub at: Timestamp,
    /// Which party: student, employer, college, school, operator or system.
    #[schemars(with = "ActorName")]
    pub by: &'static str,
    /// What happened.
    pub event: &'static str,
    /// In Chinese.
    pub label: &'static str,
    /// Why, where a reason is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl ProcessEntryView {
    /// A line from an audit record. What the school tells the college when it returns a signing is between the two.
    #[must_use]
    pub fn new(at: Timestamp, actor: &Actor, event: &Event, for_officer: bool) -> Self {
        let by = match actor {
            Actor::Student { .. } => "student",
            Actor::Employer { .. } => "employer",
            Actor::College { .. } => "college",
            Actor::School { .. } => "school",
            Actor::Operator { .. } => "operator",
            Actor::System => "system",
        };
        let private = matches!(event, Event::ReturnedToCollege { .. }) && !for_officer;
        let reason = event.reason().filter(|_| !private).map(|reason| reason.as_str().to_owned());
        Self { at, by, event: event.name(), label: labels::event(event), reason }
    }
}
