//! 生成文书 (A-3, SR-31, SR-54): a document that an event calls for is drawn, once, kept for good, and its hash recorded.

use api::ProblemKind;
use domain::document::Issued;
use domain::upload::sha256;
use evidence::ElectronicSealProvider;
use files::{Kind, Shelf, document_key};
use lambda::{Done, Fault, Tick};
use papers::Unissuable;
use store::{Context, Issuing, Key, Store, Table};
use vault::Vault;

/// Draws the document that a message names, if it is still owed. It lies in its place before it is recorded: whoever dies in between draws
/// the same bytes again, since the document says of itself when it was called for, not when it was drawn.
///
/// # Errors
/// When something does not answer, or the document cannot be drawn: the message comes again.
pub async fn issue_document<T: Table, F: Shelf, P: ElectronicSealProvider>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    provider: &P,
    link: &str,
    order: Key,
    tick: Tick,
) -> Done {
    let Some(issuing) = store.issuing(&order).await? else { return Ok(0) };
    let code = vault.verification_code(&issuing.order.aggregate);
    let drawn = match papers::issue(issuing.order.kind, &issuing.signing, vault, &papers::address(link, &code), issuing.order.at) {
        Ok(drawn) => drawn,
        Err(Unissuable::Overtaken) => {
            tracing::warn!(order = order.sk, "what was to be drawn is no longer known");
            store.give_up(&order, "overtaken").await?;
            return Ok(0);
        }
        Err(cause) => return Err(Fault::Logged(ProblemKind::Internal, format!("{} / {}: {cause}", order.pk, order.sk))),
    };
    let sealed = stamped(provider, &issuing, drawn).await?;
    let (sha256, length) = (sha256(&sealed), sealed.len() as u64);
    let issued = Issued { kind: issuing.order.kind, sha256, length, template: papers::template(), at: issuing.order.at };
    // Until it is recorded it is something that goes in a few days: nothing is left of a worker that dies here.
    let key = document_key(&issuing.order.aggregate, &issued);
    store.lays(&key, tick.at).await?;
    shelf.lay_once(&key, Kind::PDF, sealed).await?;
    let context = Context::of_system("issue-document", &tick.request_id, tick.at)?;
    Ok(usize::from(store.issue(&issuing, &issued, code.as_str(), &key, &context).await?))
}

/// With the school's electronic seal, if there is a provider of one. What is to be signed by hand bears none.
async fn stamped<P: ElectronicSealProvider>(provider: &P, issuing: &Issuing, drawn: Vec<u8>) -> Result<Vec<u8>, Fault> {
    if !issuing.order.kind.is_certified() {
        return Ok(drawn);
    }
    let school = issuing.order.aggregate.school();
    let unavailable = |evidence::Unavailable(cause)| Fault::Logged(ProblemKind::Unavailable, cause);
    provider.stamp(school.as_str(), drawn).await.map_err(unavailable)
}
