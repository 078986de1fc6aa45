//! Which endpoints and workers the stack runs: every action and worker of the tables, built from what it needs. A contract test compares.

use crate::scanner::LocalScanner;
use api::{actions, workers};
use evidence::{KeyFile, NoElectronicSealProvider};
use files_s3::S3Files;
use lambda::{Authenticator, Endpoint, Worker, endpoint, worker};
use mail_ses::SesMailer;
use queue_sqs::SqsQueues;
use std::sync::Arc;
use store::Store;
use store_dynamo::DynamoTable;
use vault::Vault;

/// What endpoints are built from.
#[derive(Clone, Debug)]
pub struct Deps {
    /// The repositories.
    pub store: Store<DynamoTable>,
    /// Opens and seals personal numbers.
    pub vault: Arc<Vault>,
    /// Where uploaded files lie.
    pub files: S3Files,
    /// Says whether they are malware.
    pub scanner: LocalScanner,
    /// Where work is handed to workers.
    pub queues: SqsQueues,
    /// Where mails are handed over.
    pub mailer: SesMailer,
    /// Where people log in.
    pub link: String,
    /// Signs the seals.
    pub signer: KeyFile,
    /// Takes the tokens of the stack's own issuer.
    pub authenticator: Authenticator,
}

/// The endpoints of all actions.
#[must_use]
pub fn endpoints(deps: &Deps) -> Vec<Endpoint> {
    let Deps { store, vault, files, scanner, authenticator, link, .. } = deps;
    let shelf = files;
    let auth = || authenticator.clone();
    vec![
        endpoint!(&actions::ACCEPT_INVITATION, auth(), accept_invitation::accept_invitation, store),
        endpoint!(&actions::ADD_CANDIDATE, auth(), add_candidate::add_candidate, store, vault),
        endpoint!(&actions::ANSWER_OBJECTION, auth(), answer_objection::answer_objection, store),
        endpoint!(&actions::ANSWER_TERMINATION, auth(), answer_termination::answer_termination, store),
        endpoint!(&actions::CERTIFY_AGREEMENT, auth(), certify_agreement::certify_agreement, store),
        endpoint!(&actions::CERTIFY_TERMINATION, auth(), certify_termination::certify_termination, store),
        endpoint!(&actions::CONFIRM_EMPLOYER, auth(), confirm_employer::confirm_employer, store),
        endpoint!(&actions::CONFIRM_UPLOAD, auth(), confirm_upload::confirm_upload, store, files, scanner),
        endpoint!(&actions::CORRECT_STUDENT, auth(), correct_student::correct_student, store, vault),
        endpoint!(&actions::EXPORT_EMPLOYMENT_PLAN, auth(), export_employment_plan::export_employment_plan, store),
        endpoint!(&actions::EXTEND_INVITATION, auth(), extend_invitation::extend_invitation, store),
        endpoint!(&actions::FIND_STUDENT, auth(), find_student::find_student, store, vault),
        endpoint!(&actions::GET_AGREEMENT, auth(), get_agreement::get_agreement, store, vault),
        endpoint!(&actions::GET_AGREEMENT_DOCUMENT, auth(), get_agreement_document::get_agreement_document, store, shelf),
        endpoint!(&actions::GET_CANDIDATE_TEMPLATE, auth(), get_candidate_template::get_candidate_template, store),
        endpoint!(
            &actions::GET_EVIDENCE_CERTIFICATE,
            auth(),
            get_evidence_certificate::get_evidence_certificate,
            store,
            vault,
            shelf,
            link
        ),
        endpoint!(&actions::GET_HOME, auth(), get_home::get_home, store),
        endpoint!(&actions::GET_INVITATION, auth(), get_invitation::get_invitation, store),
        endpoint!(&actions::GET_INVITATION_LETTER, auth(), get_invitation_letter::get_invitation_letter, store, shelf),
        endpoint!(&actions::GET_JOB, auth(), get_job::get_job, store, shelf),
        endpoint!(&actions::GET_OFFLINE_DRAFT, auth(), get_offline_draft::get_offline_draft, store),
        endpoint!(&actions::GET_POLICY, auth(), get_policy::get_policy, store),
        endpoint!(&actions::GET_REFERENCE_DATA, auth(), get_reference_data::get_reference_data, store),
        endpoint!(&actions::GET_ROSTER_TEMPLATE, auth(), get_roster_template::get_roster_template, store),
        endpoint!(&actions::GET_STATISTICS, auth(), get_statistics::get_statistics, store),
        endpoint!(&actions::GET_TERMINATION, auth(), get_termination::get_termination, store),
        endpoint!(&actions::GET_TERMINATION_LETTER, auth(), get_termination_letter::get_termination_letter, store, shelf),
        endpoint!(&actions::GET_UPLOAD, auth(), get_upload::get_upload, store, files),
        endpoint!(&actions::IMPORT_CANDIDATES, auth(), import_candidates::import_candidates, store, vault, shelf),
        endpoint!(&actions::IMPORT_STUDENTS, auth(), import_students::import_students, store),
        endpoint!(&actions::LIST_AGREEMENTS, auth(), list_agreements::list_agreements, store),
        endpoint!(&actions::LIST_CANDIDATES, auth(), list_candidates::list_candidates, store),
        endpoint!(&actions::LIST_EMPLOYERS, auth(), list_employers::list_employers, store),
        endpoint!(&actions::LIST_INVITATIONS, auth(), list_invitations::list_invitations, store),
        endpoint!(&actions::LIST_MESSAGES, auth(), list_messages::list_messages, store),
        endpoint!(&actions::LIST_OBJECTIONS, auth(), list_objections::list_objections, store),
        endpoint!(&actions::LIST_PLAN_RECORDS, auth(), list_plan_records::list_plan_records, store, vault),
        endpoint!(&actions::LIST_REGISTRATIONS, auth(), list_registrations::list_registrations, store),
        endpoint!(&actions::LIST_REVIEWS, auth(), list_reviews::list_reviews, store),
        endpoint!(&actions::LIST_STUDENTS, auth(), list_students::list_students, store),
        endpoint!(&actions::LIST_TERMINATIONS, auth(), list_terminations::list_terminations, store),
        endpoint!(&actions::OBJECT_TO_RECORD, auth(), object_to_record::object_to_record, store),
        endpoint!(&actions::PREVIEW_OFFLINE_AGREEMENT, auth(), preview_offline_agreement::preview_offline_agreement, store, vault, shelf),
        endpoint!(&actions::READ_MESSAGES, auth(), read_messages::read_messages, store),
        endpoint!(&actions::REGISTER_EMPLOYER, auth(), register_employer::register_employer, store),
        endpoint!(&actions::REGISTER_EMPLOYMENT, auth(), register_employment::register_employment, store),
        endpoint!(&actions::REJECT_INVITATION, auth(), reject_invitation::reject_invitation, store),
        endpoint!(&actions::REMOVE_CANDIDATES, auth(), remove_candidates::remove_candidates, store),
        endpoint!(&actions::REQUEST_TERMINATION, auth(), request_termination::request_termination, store),
        endpoint!(&actions::REQUEST_UPLOAD, auth(), request_upload::request_upload, store, files),
        endpoint!(&actions::RETURN_AGREEMENT, auth(), return_agreement::return_agreement, store),
        endpoint!(&actions::REVIEW_AGREEMENT, auth(), review_agreement::review_agreement, store),
        endpoint!(&actions::REVIEW_EMPLOYER, auth(), review_employer::review_employer, store),
        endpoint!(&actions::SAVE_OFFLINE_DRAFT, auth(), save_offline_draft::save_offline_draft, store),
        endpoint!(&actions::SEND_INVITATIONS, auth(), send_invitations::send_invitations, store),
        endpoint!(&actions::SET_POLICY, auth(), set_policy::set_policy, store),
        endpoint!(&actions::SUBMIT_OFFLINE_AGREEMENT, auth(), submit_offline_agreement::submit_offline_agreement, store),
        endpoint!(&actions::VERIFY_DOCUMENT, auth(), verify_document::verify_document, store, vault, shelf),
        endpoint!(&actions::VERIFY_STUDENT, auth(), verify_student::verify_student, store, vault),
        endpoint!(&actions::VOID_AGREEMENT, auth(), void_agreement::void_agreement, store),
        endpoint!(&actions::WITHDRAW_INVITATION, auth(), withdraw_invitation::withdraw_invitation, store),
        endpoint!(&actions::WITHDRAW_REGISTRATION, auth(), withdraw_registration::withdraw_registration, store),
        endpoint!(&actions::WITHDRAW_TERMINATION, auth(), withdraw_termination::withdraw_termination, store),
    ]
}

/// The workers.
#[must_use]
pub fn workers(deps: &Deps) -> Vec<Worker> {
    let Deps { store, vault, files, queues, mailer, link, signer, .. } = deps;
    let (shelf, provider) = (files, NoElectronicSealProvider);
    vec![
        worker!(of_queue, &workers::DELIVER_NOTIFICATION, deliver_notification::deliver_notification, store, mailer, link),
        worker!(of_queue, &workers::EXPIRE_INVITATION, expire_invitation::expire_invitation, store),
        worker!(of_queue, &workers::ISSUE_DOCUMENT, issue_document::issue_document, store, vault, shelf, provider, link),
        worker!(of_schedule, &workers::PURGE_EXPIRED, purge_expired::purge_expired, store, shelf),
        worker!(of_queue, &workers::RECORD_MAIL_EVENT, record_mail_event::record_mail_event, store),
        worker!(of_stream, &workers::RELAY_OUTBOX, relay_outbox::relay_outbox, store, queues),
        worker!(of_queue, &workers::REMIND_STUDENT, remind_student::remind_student, store),
        worker!(of_queue, &workers::RUN_JOB, run_job::run_job, store, vault, shelf),
        worker!(of_schedule, &workers::SEAL_EVIDENCE, seal_evidence::seal_evidence, store, shelf, signer),
        worker!(of_schedule, &workers::SWEEP_DEADLINES, sweep_deadlines::sweep_deadlines, store, queues),
        worker!(of_schedule, &workers::SWEEP_OUTBOX, sweep_outbox::sweep_outbox, store, queues),
        worker!(of_stream, &workers::UPDATE_STATISTICS, update_statistics::update_statistics, store),
    ]
}
