//! What every function does around its handler: authenticate, authorise, decode, handle, encode; and the one place where its
//! environment, its clock and its log are. The same [`Endpoint`] answers in a Lambda function and on one machine.

mod auth;
mod call;
mod caller;
mod clock;
mod config;
mod download;
mod endpoint;
mod fault;
mod jwks;
mod line;
mod runtime;
mod worker;

pub use auth::{AudienceClaim, Authenticator, Identity, Issuer, Refused, Says, ScopeClaims};
pub use call::{Answer, Arrival, Budget, Call, Reply};
pub use caller::{Anyone, Caller, Employer, Party, PartyOrSchool, Public, SchoolOfficer, Student, StudentOrOfficer, StudentOrSchool};
pub use clock::RealClock;
pub use config::{Config, MissingSettings, TableConfig, WorkerConfig, queue_setting};
pub use download::download;
pub use endpoint::{Endpoint, not_routed, too_large};
pub use fault::{Fault, row_problem};
pub use jwks::KeySource;
pub use runtime::{Error, serve};
pub use worker::{Done, Message, Tick, Worker, work};

/// The endpoint of an action: its handler with what it may touch, each cloned into every call.
#[macro_export]
macro_rules! endpoint {
    ($action:expr, $authenticator:expr, $handler:path, $store:ident $(, $needs:ident)*) => {{
        let ($store, $($needs,)*) = ($store.clone(), $($needs.clone(),)*);
        let kept = $store.clone();
        let handler = move |call| {
            let ($store, $($needs,)*) = ($store.clone(), $($needs.clone(),)*);
            async move { $handler(&$store, $(&$needs,)* call).await }
        };
        $crate::Endpoint::new($action, $authenticator, handler, kept)
    }};
}

/// The worker of a row of the table: its handler with what it may touch, each cloned into every invocation. `of_queue`, `of_stream` or
/// `of_schedule` says what starts it.
#[macro_export]
macro_rules! worker {
    (of_schedule, $row:expr, $handler:path, $store:ident $(, $needs:ident)*) => {{
        let ($store, $($needs,)*) = ($store.clone(), $($needs.clone(),)*);
        $crate::Worker::of_schedule($row, move |tick| {
            let ($store, $($needs,)*) = ($store.clone(), $($needs.clone(),)*);
            async move { $handler(&$store, $(&$needs,)* tick).await }
        })
    }};
    ($source:ident, $row:expr, $handler:path, $store:ident $(, $needs:ident)*) => {{
        let ($store, $($needs,)*) = ($store.clone(), $($needs.clone(),)*);
        $crate::Worker::$source($row, move |what, tick| {
            let ($store, $($needs,)*) = ($store.clone(), $($needs.clone(),)*);
            async move { $handler(&$store, $(&$needs,)* what, tick).await }
        })
    }};
}
