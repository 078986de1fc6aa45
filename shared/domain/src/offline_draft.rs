//! 录入协议书, 暂存 (F1, SR-65, A-18): what a graduate has entered so far. It takes no slot.

use crate::event::Event;
use crate::transition::{Effect, Transition};
use crate::values::{AgreementId, GraduationYear, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A graduate's one draft of a graduation year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineDraft {
    /// Whose.
    pub person: PersonId,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// Section by section as entered: each field right as far as it goes, many perhaps missing.
    pub sections: Map<String, Value>,
    /// The agreement that was last generated from it, until it is edited again.
    pub generated: Option<AgreementId>,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

impl OfflineDraft {
    /// 暂存: sections that are given replace those that stand. While the graduate's slot is held, the draft is frozen.
    #[must_use]
    pub fn save(
        standing: Option<Self>,
        person: PersonId,
        graduation_year: GraduationYear,
        sections: Map<String, Value>,
        now: Timestamp,
    ) -> Transition<Self> {
        let mut all = standing.map(|draft| draft.sections).unwrap_or_default();
        all.extend(sections);
        let next = Self { person, graduation_year, sections: all, generated: None, saved_at: now };
        Transition { next, event: Event::OfflineDraftSaved, effects: vec![Effect::NeedFreeSlot] }
    }

    /// 保存并生成协议书: the draft's part of it. The agreement takes the slot.
    #[must_use]
    pub fn generate(self, agreement: AgreementId) -> Transition<Self> {
        let event = Event::OfflineDraftGenerated { agreement: agreement.clone() };
        Transition { next: Self { generated: Some(agreement), ..self }, event, effects: Vec::new() }
    }

    /// The stage's name, as stored.
    #[must_use]
    pub fn stage_name(&self) -> &'static str {
        if self.generated.is_some() { "generated" } else { "draft" }
    }
}
