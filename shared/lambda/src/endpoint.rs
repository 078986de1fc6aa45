//! One action with its handler: the order in which a request is judged, and how answers look.

use crate::auth::{Authenticator, Identity};
use crate::call::{Answer, Arrival, Budget, Call, Reply};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::line::Line;
use api::actions::Takes;
use api::{Action, Decode, IdempotencyKey, Parts, Problem, ProblemKind, Role, Routed};
use bytes::Bytes;
use domain::values::Timestamp;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use serde::Serialize;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use store::{Context, Idempotency, Store, Table};

/// A batch answers with what is done after this time; the same key resumes.
const BATCH_BUDGET: Duration = Duration::from_secs(8);
/// How often a handler that lost a race is run again.
const MAX_RUNS: u32 = 4;
const PROBLEM_JSON: &str = "application/problem+json";

type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
type Handler = dyn Fn(Option<Identity>, Inbound) -> Pending<'static, Result<Answer<Encoded>, Fault>> + Send + Sync;

/// An action with everything that it needs to answer.
#[derive(Clone)]
pub struct Endpoint {
    action: &'static Action,
    roles: &'static [Role],
    authenticator: Authenticator,
    batch_budget: Option<Budget>,
    handler: Arc<Handler>,
    types: (&'static str, &'static str),
}

/// An answer's body, ready to be sent.
struct Encoded {
    bytes: Bytes,
    media_type: &'static str,
    disposition: Option<String>,
}

impl Encoded {
    fn json(body: String) -> Self {
        Self { bytes: body.into(), media_type: "application/json", disposition: None }
    }
}

/// A request that has been authenticated and authorised.
struct Inbound {
    path: String,
    query: Vec<(String, String)>,
    body: Value,
    file: Bytes,
    idempotency: Option<Idempotency>,
    arrival: Arrival,
    budget: Budget,
}

impl Endpoint {
    /// Joins action and handler. The handler's caller and request types decide who gets through and what it is given.
    /// The store keeps the answers to repeats.
    pub fn new<T, C, B, R, F, A>(action: &'static Action, authenticator: Authenticator, handler: F, store: Store<T>) -> Self
    where
        T: Table + Clone + 'static,
        C: Caller,
        B: Decode + Clone + Send + Sync + 'static,
        R: Serialize + Send,
        F: Fn(Call<C, B>) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Reply<R>> + Send,
    {
        let handler = move |identity: Option<Identity>, inbound: Inbound| -> Pending<'static, Result<Answer<Encoded>, Fault>> {
            let (handler, store) = (handler.clone(), store.clone());
            Box::pin(async move { run(action, identity.as_ref(), &inbound, handler, &store).await })
        };
        let types = (std::any::type_name::<B>(), std::any::type_name::<R>());
        Self { action, roles: C::ROLES, authenticator, batch_budget: None, handler: Arc::new(handler), types }
    }

    /// The action.
    #[must_use]
    pub fn action(&self) -> &'static Action {
        self.action
    }

    /// The roles that the handler's caller type covers.
    #[must_use]
    pub fn roles(&self) -> &'static [Role] {
        self.roles
    }

    /// Names of the types of the handler's request and answer: what the contract describes.
    #[must_use]
    pub fn types(&self) -> (&'static str, &'static str) {
        self.types
    }

    /// Gives batches another budget than 8 seconds.
    #[must_use]
    pub fn with_batch_budget(self, budget: Budget) -> Self {
        Self { batch_budget: Some(budget), ..self }
    }

    /// Answers a request. Everything that can go wrong is a problem document; causes of our own go to the log, once.
    pub async fn answer(&self, request: Request<Bytes>, arrival: Arrival) -> Response<Bytes> {
        let mut line = Line::begin(self.action, &arrival, request.uri().path());
        let outcome = self.judge(request, &arrival, &mut line).await;
        let (response, problem, cause) = match outcome {
            Ok(answer) => (success(self.action, answer), "", None),
            Err(fault) => {
                let (problem, cause) = fault.problem();
                (refusal(&problem, &arrival), problem.kind.slug(), cause)
            }
        };
        line.end(response.status().as_u16(), problem, cause.as_deref());
        response
    }

    async fn judge(&self, request: Request<Bytes>, arrival: &Arrival, line: &mut Line) -> Result<Answer<Encoded>, Fault> {
        let (parts, body) = request.into_parts();
        let identity = if self.action.callers.is_empty() { None } else { Some(self.identify(&parts.headers, line).await?) };
        if body.len() > self.action.body_limit {
            return Err(ProblemKind::BodyTooLarge.into());
        }
        let (body, file) = match self.action.takes {
            Takes::Json => (json_body(&parts.headers, &body)?, Bytes::new()),
            Takes::Xlsx => (Value::Null, file_body(&parts.headers, self.action.takes, body)?),
        };
        let path = parts.uri.path().to_owned();
        let said = if file.is_empty() { body.to_string() } else { domain::upload::sha256(&file) };
        let idempotency = idempotency(self.action, &parts.headers, &path, &said)?;
        let query = query(parts.uri.query().unwrap_or_default());
        let budget = self.batch_budget.clone().unwrap_or_else(|| Budget::lasting(BATCH_BUDGET));
        (self.handler)(identity, Inbound { path, query, body, file, idempotency, arrival: arrival.clone(), budget }).await
    }

    /// Who asks, if the action is that role's.
    async fn identify(&self, headers: &HeaderMap, line: &mut Line) -> Result<Identity, Fault> {
        let identity = self.authenticator.identify(text_header(headers, header::AUTHORIZATION.as_str())?).await;
        let identity = identity.map_err(|refused| Fault::Logged(ProblemKind::Unauthenticated, refused.0.to_owned()))?;
        line.by(&identity);
        if self.action.callers.contains(&identity.role) { Ok(identity) } else { Err(ProblemKind::WrongRole.into()) }
    }
}

/// Decodes, then runs the handler; one that lost a race is run again and meets the new state.
async fn run<T, C, B, R, F, A>(
    action: &'static Action,
    identity: Option<&Identity>,
    inbound: &Inbound,
    handler: F,
    store: &Store<T>,
) -> Result<Answer<Encoded>, Fault>
where
    T: Table,
    C: Caller,
    B: Decode + Clone + Send + Sync,
    R: Serialize + Send,
    F: Fn(Call<C, B>) -> A + Send + Sync,
    A: Future<Output = Reply<R>> + Send,
{
    let caller = C::of(identity).ok_or(ProblemKind::WrongRole)?;
    let path = action.parameters(&inbound.path).ok_or(ProblemKind::NotFound)?;
    let body =
        B::decode(&Parts { path, query: inbound.query.clone(), body: inbound.body.clone(), file: inbound.file.clone(), notes: None })?;
    let context = Context {
        action: action.name,
        actor: caller.actor(),
        account: caller.account().clone(),
        token_issued_at: identity.map_or(0, |identity| identity.issued_at_s),
        request_id: inbound.arrival.request_id.clone(),
        now: inbound.arrival.at,
        idempotency: inbound.idempotency.clone(),
    };
    let logged_in_at_s = identity.map_or(0, |identity| identity.logged_in_at_s);
    let logged_in_at = Timestamp::from_millis(logged_in_at_s.saturating_mul(1000));
    let (source, budget) = (inbound.arrival.source.clone(), inbound.budget.clone());
    let call = Call { caller, body, context, logged_in_at, source, budget };
    let mut outcome = handler(call.clone()).await;
    for _ in 1..MAX_RUNS {
        match outcome {
            Err(Fault::Moved) => outcome = handler(call.clone()).await,
            Ok(_) | Err(_) => break,
        }
    }
    match outcome {
        Ok(answer) => encode(answer),
        Err(fault) => replay(store, &call.context, fault).await,
    }
}

/// A repeat meets the state that its first request has made and is refused; what was answered then is answered again.
async fn replay<T: Table>(store: &Store<T>, context: &Context, fault: Fault) -> Result<Answer<Encoded>, Fault> {
    if context.idempotency.is_none() || matches!(fault, Fault::Logged(..)) {
        return Err(fault);
    }
    match store.replay(context).await? {
        Some(body) => Ok(Answer { replayed: true, ..Answer::from(Encoded::json(body)) }),
        None => Err(fault),
    }
}

fn encode<R: Serialize>(answer: Answer<R>) -> Result<Answer<Encoded>, Fault> {
    let Answer { body, status, replayed, public_for_s, file } = answer;
    let json = |body| serde_json::to_string(&body).map_err(|error| Fault::Logged(ProblemKind::Internal, format!("answer: {error}")));
    let body = match file {
        Some(file) => Encoded { bytes: file.bytes.into(), media_type: file.media_type, disposition: Some(file.disposition) },
        None => Encoded::json(json(body)?),
    };
    Ok(Answer { body, status, replayed, public_for_s, file: None })
}

/// A header as text; one that is there twice or is no text is refused.
fn text_header<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Fault> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            value.to_str().map(Some).map_err(|_| Fault::Logged(ProblemKind::Unauthenticated, format!("{name} is no text")))
        }
        (Some(_), Some(_)) => Err(Fault::Logged(ProblemKind::Unauthenticated, format!("two headers {name}"))),
    }
}

fn json_body(headers: &HeaderMap, body: &Bytes) -> Result<Value, Fault> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    of_type(headers, Takes::Json)?;
    serde_json::from_slice(body).map_err(|_| ProblemKind::MalformedJson.into())
}

fn file_body(headers: &HeaderMap, takes: Takes, body: Bytes) -> Result<Bytes, Fault> {
    of_type(headers, takes)?;
    Ok(body)
}

/// The body is declared as what the action takes.
fn of_type(headers: &HeaderMap, takes: Takes) -> Result<(), Fault> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(takes.media_type()) { Ok(()) } else { Err(ProblemKind::UnsupportedMediaType.into()) }
}

/// The caller's key for repeats, bound to what the request says: path and body, whatever its white space.
fn idempotency(action: &Action, headers: &HeaderMap, path: &str, body: &str) -> Result<Option<Idempotency>, Fault> {
    let given = match action.idempotency {
        IdempotencyKey::Unused => return Ok(None),
        IdempotencyKey::Required | IdempotencyKey::Optional => headers.get("idempotency-key"),
    };
    let Some(key) = given else {
        let required = action.idempotency == IdempotencyKey::Required;
        return if required { Err(ProblemKind::IdempotencyKeyRequired.into()) } else { Ok(None) };
    };
    let key = key.to_str().ok().filter(|key| (1..=100).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()));
    let key = key.ok_or(ProblemKind::IdempotencyKeyMalformed)?.to_owned();
    let fingerprint = store::fingerprint(path, body);
    Ok(Some(Idempotency { key, fingerprint }))
}

/// Parameters of a query, decoded.
fn query(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn success(action: &Action, answer: Answer<Encoded>) -> Response<Bytes> {
    let Encoded { bytes, media_type, disposition } = answer.body;
    let mut response = whole(answer.status.unwrap_or(action.success), media_type, bytes);
    if let Some(value) = disposition.and_then(|disposition| HeaderValue::from_str(&disposition).ok()) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    if let Some(seconds) = answer.public_for_s
        && let Ok(value) = HeaderValue::from_str(&format!("public, max-age={seconds}"))
    {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    if answer.replayed {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    response
}

fn refusal(problem: &Problem, arrival: &Arrival) -> Response<Bytes> {
    let mut response = whole(problem.kind.status(), PROBLEM_JSON, problem.document(&arrival.request_id).into());
    if let Some(seconds) = problem.retry_after_s {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if problem.kind.status() == 401 {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn whole(status: u16, media_type: &'static str, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The answer to a path or method that no action has.
#[must_use]
pub fn not_routed(routed: &Routed, arrival: &Arrival) -> Response<Bytes> {
    match routed {
        Routed::WrongMethod(methods) => {
            let mut response = refusal(&ProblemKind::MethodNotAllowed.into(), arrival);
            let allowed = methods.iter().map(http::Method::as_str).collect::<Vec<_>>().join(", ");
            if let Ok(allowed) = HeaderValue::from_str(&allowed) {
                response.headers_mut().insert(header::ALLOW, allowed);
            }
            response
        }
        Routed::Found(_) | Routed::Unknown => refusal(&ProblemKind::NotFound.into(), arrival),
    }
}

/// The answer to a body that the gateway itself does not take.
#[must_use]
pub fn too_large(arrival: &Arrival) -> Response<Bytes> {
    refusal(&ProblemKind::BodyTooLarge.into(), arrival)
}

pub(crate) fn clock_skewed(arrival: &Arrival, age_ms: i64) -> Response<Bytes> {
    tracing::error!(age_ms, request_id = arrival.request_id, "the gateway's clock and ours lie apart");
    refusal(&ProblemKind::Unavailable.into(), arrival)
}
