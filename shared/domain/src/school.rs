//! Schools and their colleges, as the platform's operators set them up.

use crate::event::Event;
use crate::transition::Transition;
use crate::values::{CollegeId, SchoolId, Text};
use serde::{Deserialize, Serialize};

/// A school with its colleges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct School {
    /// Identifier.
    pub id: SchoolId,
    /// Name.
    pub name: Text<100>,
    /// Its colleges.
    pub colleges: Vec<College>,
}

/// A college of a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct College {
    /// Identifier within the school.
    pub id: CollegeId,
    /// Name.
    pub name: Text<100>,
}

impl School {
    /// Names the school and the given colleges; colleges that are not given stay as they are: records may name them.
    #[must_use]
    pub fn set_up(standing: Option<Self>, id: SchoolId, name: Text<100>, colleges: Vec<College>) -> Transition<Self> {
        let mut next = Self { id, name, colleges: standing.map(|school| school.colleges).unwrap_or_default() };
        for college in colleges {
            match next.colleges.iter_mut().find(|standing| standing.id == college.id) {
                Some(standing) => *standing = college,
                None => next.colleges.push(college),
            }
        }
        let event = Event::SchoolSetUp { name: next.name.clone(), colleges: next.colleges.clone() };
        Transition { next, event, effects: Vec::new() }
    }

    /// Its statistics were counted anew: the school itself stays as it is, and its process record tells of it. `generation` is that of the
    /// counters shown since, `differing` how many counters had another figure before.
    #[must_use]
    pub fn statistics_rebuilt(self, generation: u32, differing: u64) -> Transition<Self> {
        Transition { next: self, event: Event::StatisticsRebuilt { generation, differing }, effects: Vec::new() }
    }

    /// A college of it.
    #[must_use]
    pub fn college(&self, id: &CollegeId) -> Option<&College> {
        self.colleges.iter().find(|college| college.id == *id)
    }
}
