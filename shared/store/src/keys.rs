//! Every key string of the table is made here. The tenant (school) stands in every key of tenant data.
//!
//! | item | pk | sk |
//! |---|---|---|
//! | account | `ACCOUNT#<sub>` | `ACCOUNT` |
//! | school, its policy | `SCHOOL#<school>` | `SCHOOL`, `POLICY` |
//! | employer, its send list, what its searches and imports miss | `EMPLOYER#<employer>` | `EMPLOYER`, `CANDIDATE#<student_ref>`, `TARGET#<hmac>`, `IMPORTED_MISSES#<day>` |
//! | an employer's credit code | `CREDIT_CODE#<code>` | `CREDIT_CODE` |
//! | how an employer stands with a school | `SCHOOL#<school>` | `EMPLOYER#<employer>` |
//! | student | `SCHOOL#<school>#STUDENT#<id>` | `STUDENT` |
//! | student by number | `SCHOOL#<school>#STUDENT_NUMBER#<number>` | `STUDENT_NUMBER` |
//! | four-field look-up | `SCHOOL#<school>#LOOKUP#<hmac>` | `LOOKUP` |
//! | person by document number | `ALIAS#<hmac>` | `ALIAS` |
//! | one slot a graduation year | `PERSON#<person>` | `SLOT#<year>` |
//! | one open letter a pair | `EMPLOYER#<employer>#PERSON#<person>` | `PAIR` |
//! | letter, agreement, requests to terminate, their audit records, the plan record, documents ordered or drawn | `SCHOOL#<school>#SIGNING#<suffix>` | `INVITATION`, `AGREEMENT`, `TERMINATION#<n>`, `AUDIT#<kind>#<seq>`, `PLAN`, `OBJECTION`, `DOCUMENT#<kind>` |
//! | registration of employment, its plan record | `SCHOOL#<school>#REGISTRATION#<suffix>` | `REGISTRATION`, `PLAN`, `OBJECTION` |
//! | draft of an agreement on paper | `PERSON#<person>` | `OFFLINE_DRAFT#<year>` |
//! | import or export, how far it is, how often it was begun there, what became of its rows | `SCHOOL#<school>#JOB#<suffix>` | `JOB`, `PROGRESS`, `TRIES#<chunk>`, `ROWS#<chunk>` |
//! | audit records of all others | as the audited item | `AUDIT#<kind>#<seq>` |
//! | a log-in's misses, failed verifications, messages read | `ACCOUNT#<sub>` | `MISSES#<day>`, `VERIFICATION`, `READ` |
//! | inbox | `INBOX#<whose>` | `<time>#<event>` |
//! | what strangers verify, by its code or number | `VERIFICATION#<name>` | `VERIFICATION` |
//! | how often a place of the net has asked for numbers in an hour | `VERIFYING#<hash>` | `HOUR#<hour>` |
//! | seals by the hour up to which they go, and the last of them | `EVIDENCE` | `SEAL#<hour>`, `MARK` |
//! | answers kept for repeats | `IDEMPOTENCY#<hash>` | `ANSWER`, `BATCH`, `ROW#<n>` |
//! | up to which hour what fell due of letters is handed over; an address that is not mailed any more | `DEADLINES`, `MAIL#<hash>` | `MARK#<queue>`, `SUPPRESSION` |
//! | what is laid beside the table and goes one day, up to where that is done | `LAID#<key>`, `RETENTION` | `LAID`, `MARK` |
//! | what was mended after a restore, of nothing that stands | `INCIDENT#<hash>` | `INCIDENT` |
//! | counters | `SCHOOL#<school>#COUNTER#<what>` | `COUNTER` |
//! | statistics: which generation, its counters, what of an item was counted | `SCHOOL#<school>`, `SCHOOL#<school>#STATISTICS#<generation>#<year>`, `<the item's>#COUNTED` | `STATISTICS`, `TOTAL#<college>#<measure>` and `WEEK#<week>#<college>#<measure>`, `COUNTED#<the item's>` |

pub(crate) mod statistics;

pub(crate) mod lists;

use crate::table::Key;
use domain::DocumentKind;
use domain::deadline::Hour;
use domain::plan::RecordId;
use domain::transition::Recipient;
use domain::values::{
    AccountId, AgreementId, CollegeId, CreditCode, EmployerId, GraduationYear, InvitationId, JobId, PersonId, RegistrationId, SchoolId,
    StudentId, TerminationId, UploadId,
};
use domain::work::Queue;

fn key(pk: String, sk: impl Into<String>) -> Key {
    Key { pk, sk: sk.into() }
}

pub(crate) fn account(account: &AccountId) -> Key {
    key(format!("ACCOUNT#{account}"), "ACCOUNT")
}

/// How often this log-in's searches have missed on a day.
pub(crate) fn misses(account: &AccountId, day: &str) -> Key {
    key(format!("ACCOUNT#{account}"), format!("MISSES#{day}"))
}

/// How often this employer's imported rows have missed on a day.
pub(crate) fn imported_misses(employer: &EmployerId, day: &str) -> Key {
    key(format!("EMPLOYER#{employer}"), format!("IMPORTED_MISSES#{day}"))
}

/// That four facts of a spreadsheet's row found nobody on a day, and were counted.
pub(crate) fn imported_miss(employer: &EmployerId, day: &str, four_fields: &str) -> Key {
    key(format!("EMPLOYER#{employer}"), format!("IMPORTED_MISS#{day}#{four_fields}"))
}

/// How often this log-in has failed the information verification.
pub(crate) fn verification(account: &AccountId) -> Key {
    key(format!("ACCOUNT#{account}"), "VERIFICATION")
}

/// Up to where this log-in has read its inbox.
pub(crate) fn read_mark(account: &AccountId) -> Key {
    key(format!("ACCOUNT#{account}"), "READ")
}

pub(crate) fn school(school: &SchoolId) -> Key {
    key(format!("SCHOOL#{school}"), "SCHOOL")
}

pub(crate) fn policy(school: &SchoolId) -> Key {
    key(format!("SCHOOL#{school}"), "POLICY")
}

pub(crate) fn employer(employer: &EmployerId) -> Key {
    key(format!("EMPLOYER#{employer}"), "EMPLOYER")
}

/// A graduate whom this employer's searches miss: school, year and name, hashed.
pub(crate) fn target(employer: &EmployerId, hmac: &str) -> Key {
    key(format!("EMPLOYER#{employer}"), format!("TARGET#{hmac}"))
}

pub(crate) fn credit_code(code: &CreditCode) -> Key {
    key(format!("CREDIT_CODE#{}", code.as_str()), "CREDIT_CODE")
}

pub(crate) fn employer_of_school(school: &SchoolId, employer: &str) -> Key {
    key(format!("SCHOOL#{school}"), format!("EMPLOYER#{employer}"))
}

pub(crate) fn candidate(employer: &EmployerId, student_ref: &str) -> Key {
    key(format!("EMPLOYER#{employer}"), format!("CANDIDATE#{student_ref}"))
}

pub(crate) fn student(id: &StudentId) -> Key {
    key(format!("SCHOOL#{}#STUDENT#{id}", id.school()), "STUDENT")
}

/// A student number is one student's of its school.
pub(crate) fn student_number(school: &SchoolId, number: &str) -> Key {
    key(format!("SCHOOL#{school}#STUDENT_NUMBER#{number}"), "STUDENT_NUMBER")
}

pub(crate) fn job(id: &JobId) -> Key {
    key(format!("SCHOOL#{}#JOB#{}", id.school(), suffix(id.as_str())), "JOB")
}

/// How far a job is: apart from the job itself, which moves only when it is asked for, handed over and ended.
pub(crate) fn progress(id: &JobId) -> Key {
    key(job(id).pk, "PROGRESS")
}

/// How often a worker has begun at a chunk.
pub(crate) fn tries(id: &JobId, chunks: u32) -> Key {
    key(job(id).pk, format!("{TRIES}{chunks:06}"))
}

/// What the sort keys of a job's tries begin with.
pub(crate) const TRIES: &str = "TRIES#";

/// What became of the rows of a chunk.
pub(crate) fn rows(id: &JobId, chunk: u32) -> Key {
    key(job(id).pk, format!("{ROWS}{chunk:06}"))
}

/// What the sort keys of a job's rows begin with.
pub(crate) const ROWS: &str = "ROWS#";

pub(crate) fn lookup(school: &SchoolId, hmac: &str) -> Key {
    key(format!("SCHOOL#{school}#LOOKUP#{hmac}"), "LOOKUP")
}

pub(crate) fn alias(hmac: &str) -> Key {
    key(format!("ALIAS#{hmac}"), "ALIAS")
}

pub(crate) fn slot(person: &PersonId, year: GraduationYear) -> Key {
    key(format!("PERSON#{person}"), format!("SLOT#{year}"))
}

pub(crate) fn pair(employer: &EmployerId, person: &PersonId) -> Key {
    key(format!("EMPLOYER#{employer}#PERSON#{person}"), "PAIR")
}

/// Letter and agreement share a partition: one query reads the whole story of a signing.
pub(crate) fn invitation(id: &InvitationId) -> Key {
    key(signing(&id.school(), suffix(id.as_str())), INVITATION)
}

/// Sort key of a letter.
pub(crate) const INVITATION: &str = "INVITATION";

pub(crate) fn agreement(id: &AgreementId) -> Key {
    key(signing(&id.school(), suffix(id.as_str())), AGREEMENT)
}

/// Sort key of an agreement.
pub(crate) const AGREEMENT: &str = "AGREEMENT";

/// A request to terminate stands with its agreement: one query reads that story too.
pub(crate) fn termination(id: &TerminationId) -> Key {
    let agreement = id.agreement();
    key(signing(&agreement.school(), suffix(agreement.as_str())), format!("{TERMINATION}{:04}", id.serial()))
}

/// What the sort keys of requests to terminate begin with.
pub(crate) const TERMINATION: &str = "TERMINATION#";

pub(crate) fn upload(id: &UploadId) -> Key {
    key(format!("UPLOAD#{id}"), "UPLOAD")
}

/// How many files this log-in has asked for on a day.
pub(crate) fn uploads(account: &AccountId, day: &str) -> Key {
    key(format!("ACCOUNT#{account}"), format!("UPLOADS#{day}"))
}

pub(crate) fn registration(id: &RegistrationId) -> Key {
    key(format!("SCHOOL#{}#REGISTRATION#{}", id.school(), suffix(id.as_str())), "REGISTRATION")
}

pub(crate) fn offline_draft(person: &PersonId, year: GraduationYear) -> Key {
    key(format!("PERSON#{person}"), format!("{OFFLINE_DRAFT}{year}"))
}

/// What the sort keys of drafts begin with.
pub(crate) const OFFLINE_DRAFT: &str = "OFFLINE_DRAFT#";

/// The plan record stands with what it says.
pub(crate) fn plan_record(id: &RecordId) -> Key {
    let pk = match id {
        RecordId::Agreement(id) => agreement(id).pk,
        RecordId::Registration(id) => registration(id).pk,
    };
    key(pk, PLAN)
}

/// The graduate's objection stands with the record.
pub(crate) fn objection(id: &RecordId) -> Key {
    key(plan_record(id).pk, "OBJECTION")
}

/// Sort key of a plan record.
pub(crate) const PLAN: &str = "PLAN";

/// What all audit records of a signing begin with; the aggregate's own sort key and its sequence number follow.
pub(crate) const AUDIT: &str = "AUDIT#";

pub(crate) fn audit(aggregate: &Key, seq: u64) -> Key {
    key(aggregate.pk.clone(), format!("{}{seq:08}", audits(aggregate)))
}

/// What the sort keys of an aggregate's audit records begin with.
pub(crate) fn audits(aggregate: &Key) -> String {
    format!("{AUDIT}{}#", aggregate.sk)
}

fn signing(school: &SchoolId, suffix: &str) -> String {
    format!("SCHOOL#{school}#SIGNING#{suffix}")
}

fn suffix(id: &str) -> &str {
    // `<five digits>-<letter><suffix>`, as every parsed id of tenant data.
    id.get(7..).unwrap_or(id)
}

pub(crate) fn inbox(recipient: &Recipient, at: &str, event: &str) -> Key {
    key(format!("INBOX#{}", inbox_of(recipient)), format!("{at}#{event}"))
}

/// Whose inbox an item stands in.
pub(crate) fn recipient(inbox: &Key) -> Option<Recipient> {
    let parts: Vec<&str> = inbox.pk.split('#').collect();
    Some(match parts.as_slice() {
        ["INBOX", "STUDENT", person] => Recipient::Student(PersonId::parse(person).ok()?),
        ["INBOX", "EMPLOYER", employer] => Recipient::Employer(EmployerId::parse(employer).ok()?),
        ["INBOX", "SCHOOL", school, "COLLEGE", college] => {
            Recipient::College(SchoolId::parse(school).ok()?, CollegeId::parse(college).ok()?)
        }
        ["INBOX", "SCHOOL", school] => Recipient::School(SchoolId::parse(school).ok()?),
        _ => return None,
    })
}

fn inbox_of(recipient: &Recipient) -> String {
    match recipient {
        Recipient::Student(person) => format!("STUDENT#{person}"),
        Recipient::Employer(employer) => format!("EMPLOYER#{employer}"),
        Recipient::College(school, college) => format!("SCHOOL#{school}#COLLEGE#{college}"),
        Recipient::School(school) => format!("SCHOOL#{school}"),
    }
}

/// A document stands with its agreement.
pub(crate) fn document(agreement: &Key, kind: DocumentKind) -> Key {
    key(agreement.pk.clone(), format!("{DOCUMENT}{}", kind.as_str()))
}

/// What the sort keys of documents begin with.
pub(crate) const DOCUMENT: &str = "DOCUMENT#";

/// What a code or a number stands for.
pub(crate) fn verifiable(name: &str) -> Key {
    key(format!("VERIFICATION#{name}"), "VERIFICATION")
}

/// How often a place of the net, by its hash, has asked for numbers in an hour.
pub(crate) fn verifying(place: &str, hour: &Hour) -> Key {
    key(format!("VERIFYING#{place}"), format!("HOUR#{}", hour.as_str()))
}

/// A seal, by the hour up to which it goes.
pub(crate) fn seal(to: &Hour) -> Key {
    key(EVIDENCE.to_owned(), format!("{SEAL}{}", to.as_str()))
}

/// The partition of seals.
pub(crate) const EVIDENCE: &str = "EVIDENCE";

/// What the sort keys of seals begin with.
pub(crate) const SEAL: &str = "SEAL#";

/// Up to which hour everything is sealed.
pub(crate) fn sealing_mark() -> Key {
    key(EVIDENCE.to_owned(), "MARK")
}

pub(crate) fn answer(hash: &str) -> Key {
    key(format!("IDEMPOTENCY#{hash}"), "ANSWER")
}

pub(crate) fn batch(hash: &str) -> Key {
    key(format!("IDEMPOTENCY#{hash}"), "BATCH")
}

pub(crate) fn batch_row(hash: &str, row: usize) -> Key {
    key(format!("IDEMPOTENCY#{hash}"), format!("ROW#{row:04}"))
}

pub(crate) fn agreement_numbers(school: &SchoolId, year: GraduationYear) -> Key {
    key(format!("SCHOOL#{school}#COUNTER#AGREEMENT_NUMBER#{year}"), "COUNTER")
}

/// Something laid beside the table that is to go one day.
pub(crate) fn laid(key_of_object: &str) -> Key {
    key(format!("LAID#{key_of_object}"), LAID)
}

/// Sort key of something laid beside the table.
pub(crate) const LAID: &str = "LAID";

/// Up to which hour everything is handed over that fell due of letters.
pub(crate) fn deadline_mark(queue: Queue) -> Key {
    key("DEADLINES".to_owned(), format!("MARK#{}", queue.as_str()))
}

/// An address that is not mailed any more, by its hash.
pub(crate) fn suppression(address: &str) -> Key {
    key(format!("MAIL#{address}"), "SUPPRESSION")
}

/// What was mended after a restore, of nothing that stands.
pub(crate) fn incident(id: &str) -> Key {
    key(format!("INCIDENT#{id}"), "INCIDENT")
}

/// Up to which day everything is forgotten that was due.
pub(crate) fn retention_mark() -> Key {
    key("RETENTION".to_owned(), "MARK")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signing_is_one_partition_of_its_school() {
        let letter = InvitationId::parse("99001-iabcdefghij0123456789").unwrap();
        let (invitation, agreement) = (invitation(&letter), agreement(&letter.agreement()));
        assert_eq!(invitation.pk, "SCHOOL#99001#SIGNING#abcdefghij0123456789");
        assert_eq!(invitation.pk, agreement.pk);
        assert_eq!((invitation.sk.as_str(), agreement.sk.as_str()), ("INVITATION", "AGREEMENT"));
        assert_eq!(audit(&agreement, 7).sk, "AUDIT#AGREEMENT#00000007");
    }

    #[test]
    fn an_inbox_says_whose_it_is() {
        let (school, college) = (SchoolId::parse("99001").unwrap(), CollegeId::parse("c01").unwrap());
        let all = [
            Recipient::Student(PersonId::parse("p1").unwrap()),
            Recipient::Employer(EmployerId::parse("e1").unwrap()),
            Recipient::College(school.clone(), college),
            Recipient::School(school.clone()),
        ];
        for whose in all {
            assert_eq!(recipient(&inbox(&whose, "then", "event")), Some(whose));
        }
        assert_eq!(recipient(&super::school(&school)), None);
    }

    #[test]
    fn tenant_data_names_its_school_in_the_key() {
        let school_id = SchoolId::parse("99001").unwrap();
        let student_id = StudentId::parse("99001-sabcdefghij0123456789").unwrap();
        let year = GraduationYear::parse("2027").unwrap();
        let keys = [
            school(&school_id),
            policy(&school_id),
            student(&student_id),
            lookup(&school_id, "h"),
            agreement_numbers(&school_id, year),
            employer_of_school(&school_id, "e1"),
        ];
        assert!(keys.iter().all(|key| key.pk.starts_with("SCHOOL#99001")), "{keys:?}");
    }
}
