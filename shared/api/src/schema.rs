//! Names in answers: which words a text may be, told to whoever reads the schema. The answers themselves hold plain texts.

use crate::actions::{self, Role};
use crate::problems::ProblemKind;
use crate::requests::ReviewKind;
use crate::views::Receipt;
use domain::employer::{Qualification, Standing};
use domain::statistics::RateKind;
use domain::upload::Reason;
use domain::values::{
    AgreementId, DestinationGroup, EmployerId, InvitationId, JobId, RegistrationId, SchoolId, StudentId, TerminationId, UploadId,
};
use domain::{DocumentKind, agreement, invitation, objection, plan::RecordId, registration, termination};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::marker::PhantomData;

macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident = $words:expr;)*) => { $(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let words: Vec<Cow<'static, str>> = $words.into_iter().map(Into::into).collect();
                json_schema!({ "type": "string", "description": concat!($($doc),*).trim(), "enum": words })
            }
        }
    )* };
}

words! {
    /// Who somebody is.
    RoleName = Role::ALL.map(Role::as_str);
    /// What may be done with something now: the name of an action.
    ActionName = actions::ALL.into_iter().filter(|action| action.method != http::Method::GET).map(|action| action.name);
    /// 线上签约 or 线下签约.
    Medium = ["online", "offline"];
    /// Where a letter stands.
    InvitationStage = invitation::StageName::ALL.map(invitation::StageName::as_str);
    /// Where an agreement stands.
    AgreementStage = agreement::StageName::ALL.map(agreement::StageName::as_str);
    /// Where a request to terminate stands.
    TerminationStage = termination::StageName::ALL.map(termination::StageName::as_str);
    /// Where a registration of employment stands.
    RegistrationStage = registration::StageName::ALL.map(registration::StageName::as_str);
    /// Where an objection stands.
    ObjectionStage = objection::StageName::ALL.map(objection::StageName::as_str);
    /// Where an employer stands on the platform.
    EmployerStage = Qualification::ALL.map(Qualification::as_str);
    /// How an employer stands with a school.
    StandingStage = ["none"].into_iter().chain(Standing::ALL.map(Standing::as_str));
    /// Whether a log-in has verified itself as a student.
    StudentStage = ["unverified", "verified"];
    /// Whether a record of the plan holds.
    RecordStage = ["open", "closed"];
    /// A policy is always in force.
    PolicyStage = ["active"];
    /// How far a draft is.
    DraftStage = ["none", "draft", "generated"];
    /// How far an import or export is.
    JobStage = ["running", "done", "failed"];
    /// Where a file that is handed in stands; one that nobody confirmed in time is shown as lapsed.
    UploadStage = ["requested", "clean", "attached", "refused", "lapsed"];
    /// Where something stands that waits for an officer.
    ReviewStage = ["agreement_review", "pending_certification"];
    /// Which queue of officers.
    ReviewQueue = ReviewKind::ALL.map(ReviewKind::as_str);
    /// Which document of an agreement.
    DocumentName = DocumentKind::ALL.map(DocumentKind::as_str);
    /// A group of destinations.
    GroupName = DestinationGroup::SETTLED.into_iter().chain([DestinationGroup::NotSettled]).map(DestinationGroup::as_str);
    /// What a rate is of.
    RateName = RateKind::ALL.map(RateKind::as_str);
    /// Who did something.
    ActorName = ["student", "employer", "college", "school", "operator", "system"];
    /// How far a mail is.
    MailStateName = ["not_emailed", "queued", "sent", "delivered", "bounced", "failed"];
    /// What a job does.
    TaskName = ["import_students", "export_plan"];
    /// What became of a row of a roster.
    RowOutcomeName = ["created", "updated", "unchanged", "failed"];
    /// What became of a row of a list of candidates.
    ImportOutcomeName = ["added", "already_listed", "failed", "not_attempted"];
    /// Why an import or export cannot go on.
    HaltName = ["file_gone", "unreadable", "revoked", "stuck"];
    /// Which problem it is: a name of the catalogue.
    ProblemType = ProblemKind::ALL.iter().map(|kind| kind.urn());
    /// Why a file is not taken.
    ReasonCode = Reason::ALL.map(Reason::as_str);
    /// What a file is, as in a `Content-Type`.
    ContentType = ["application/pdf", "image/jpeg", "image/png", crate::actions::Takes::Xlsx.media_type()];
}

/// SHA-256 in lower-case hex.
#[derive(Clone, Copy, Debug)]
pub struct Sha256;

impl JsonSchema for Sha256 {
    fn schema_name() -> Cow<'static, str> {
        "Sha256".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "SHA-256 in lower-case hex.", "pattern": "^[0-9a-f]{64}$" })
    }
}

/// An address that holds for a few minutes.
#[derive(Clone, Copy, Debug)]
pub struct Address;

impl JsonSchema for Address {
    fn schema_name() -> Cow<'static, str> {
        "Address".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "uri", "description": "An address that holds for a few minutes, and is nobody else's to have." })
    }
}

/// Sections of a draft: as save-offline-draft takes them, which describes itself.
#[derive(Clone, Copy, Debug)]
pub struct SavedSections;

impl JsonSchema for SavedSections {
    fn schema_name() -> Cow<'static, str> {
        "SavedSections".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "$ref": "#/components/schemas/SaveOfflineDraftRequest" })
    }
}

/// What has a life of its own: its name, its id, its stages.
pub trait Life {
    /// Its name.
    const NAME: &'static str;
    /// Its id.
    type Id: JsonSchema;
    /// Its stages.
    type Stage: JsonSchema;
}

macro_rules! lives {
    ($($(#[doc = $doc:literal])* $life:ident($id:ty, $stage:ty) = $name:literal;)*) => { $(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $life;

        impl Life for $life {
            const NAME: &'static str = $name;
            type Id = $id;
            type Stage = $stage;
        }
    )* };
}
lives! {
    /// A letter.
    OfInvitation(InvitationId, InvitationStage) = "Invitation";
    /// An agreement.
    OfAgreement(AgreementId, AgreementStage) = "Agreement";
    /// A request to terminate.
    OfTermination(TerminationId, TerminationStage) = "Termination";
    /// A registration of employment.
    OfRegistration(RegistrationId, RegistrationStage) = "Registration";
    /// An objection, by its record.
    OfObjection(RecordId, ObjectionStage) = "Objection";
    /// A record of the plan.
    OfRecord(RecordId, RecordStage) = "PlanRecord";
    /// An employer.
    OfEmployer(EmployerId, EmployerStage) = "Employer";
    /// How an employer stands with a school.
    OfStanding(EmployerId, StandingStage) = "Standing";
    /// A student.
    OfStudent(StudentId, StudentStage) = "Student";
    /// A policy, by its school.
    OfPolicy(SchoolId, PolicyStage) = "Policy";
    /// A draft, by its year.
    OfDraft(DraftYear, DraftStage) = "Draft";
    /// An import or export.
    OfJob(JobId, JobStage) = "Job";
    /// A file that is handed in.
    OfUpload(UploadId, UploadStage) = "Upload";
    /// What waits for an officer: an agreement, or a request to terminate one.
    OfReview(Reviewed, ReviewStage) = "Review";
}

/// A year, as a text.
#[derive(Clone, Copy, Debug)]
pub struct DraftYear;

impl JsonSchema for DraftYear {
    fn schema_name() -> Cow<'static, str> {
        "DraftYear".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^20[0-9]{2}$" })
    }
}

/// An agreement, or a request to terminate one.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Reviewed {
    /// An agreement.
    Agreement(AgreementId),
    /// A request to terminate one.
    Termination(TerminationId),
}

/// A receipt of something whose id and stages are known.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptOf<L>(PhantomData<L>);

impl<L: Life> JsonSchema for ReceiptOf<L> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}Receipt", L::NAME).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Receipt::json_schema(generator);
        let known = [
            ("id", generator.subschema_for::<L::Id>()),
            ("stage", generator.subschema_for::<L::Stage>()),
            ("effective_stage", generator.subschema_for::<L::Stage>()),
        ];
        if let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut) {
            for (name, known) in known {
                if let Some(property) = properties.get_mut(name).and_then(serde_json::Value::as_object_mut) {
                    property.remove("type");
                    property.extend(known.as_object().cloned().unwrap_or_default());
                }
            }
        }
        schema
    }
}
