//! Tokens (architecture 8): the algorithm is the key's, never the token's; `exp iss aud sub` required; times judged by us on the
//! real clock, leeway 30 s. No function has a way round this.

use crate::clock::RealClock;
use crate::jwks::{KeyRing, KeySource};
use api::Role;
use domain::values::{AccountId, CollegeId, EmployerId, SchoolId};
use jsonwebtoken::{Validation, decode, decode_header};
use serde::Deserialize;
use std::sync::Arc;

const LEEWAY_S: i64 = 30;
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// Who may issue tokens, as data.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// The `iss` claim.
    pub url: String,
    /// The `aud` claim that is ours.
    pub audience: String,
    /// Where its public keys come from.
    pub keys: KeySource,
    /// How its tokens say what we ask.
    pub says: Says,
}

/// How an issuer's tokens say whom they are for, and what their bearer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Says {
    /// For whom.
    pub audience: AudienceClaim,
    /// What.
    pub scope: ScopeClaims,
}

/// The claim that says for whom a token is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AudienceClaim {
    /// `aud`, as RFC 7519 has it.
    #[default]
    Aud,
    /// `client_id`, with `token_use` `access`: Cognito's access tokens have no `aud`.
    ClientId,
}

/// The claims that say what a token's bearer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScopeClaims {
    /// `role`, `school`, `college` and `employer`.
    #[default]
    Own,
    /// `cognito:groups`, one of which says it all: `student`, `employer:e1`, `college:99001:c01`, `school:99001`.
    Groups,
}

impl Says {
    /// Reads `TOKEN_AUDIENCE_CLAIM` (`aud`, `client_id`) and `TOKEN_SCOPE` (`claims`, `groups`); what is not said is the first of each.
    pub(crate) fn read(audience: Option<&String>, scope: Option<&String>) -> Result<Self, String> {
        let audience = match audience.map_or("aud", String::as_str) {
            "aud" => AudienceClaim::Aud,
            "client_id" => AudienceClaim::ClientId,
            other => return Err(format!("TOKEN_AUDIENCE_CLAIM is aud or client_id, not {other:?}")),
        };
        let scope = match scope.map_or("claims", String::as_str) {
            "claims" => ScopeClaims::Own,
            "groups" => ScopeClaims::Groups,
            other => return Err(format!("TOKEN_SCOPE is claims or groups, not {other:?}")),
        };
        Ok(Self { audience, scope })
    }
}

/// Whoever stands behind a verified token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `sub`.
    pub account: AccountId,
    /// `role`.
    pub role: Role,
    /// `school`, for officers.
    pub school: Option<SchoolId>,
    /// `college`, for a college's officers.
    pub college: Option<CollegeId>,
    /// `employer`, for an employer's staff.
    pub employer: Option<EmployerId>,
    /// `name`, for decisions that carry one.
    pub name: Option<String>,
    /// `iat`, seconds; 0 if the issuer does not say.
    pub issued_at_s: i64,
    /// `auth_time`, or `iat`, seconds.
    pub logged_in_at_s: i64,
}

/// Why a token does not hold: for our log, never for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub &'static str);

/// Verifies tokens. Clones share the keys fetched.
#[derive(Clone, Debug)]
pub struct Authenticator {
    issuer: Arc<Issuer>,
    ring: Arc<KeyRing>,
    clock: RealClock,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    role: Option<String>,
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    auth_time: Option<i64>,
    school: Option<String>,
    college: Option<String>,
    employer: Option<String>,
    name: Option<String>,
    client_id: Option<String>,
    token_use: Option<String>,
    #[serde(rename = "cognito:groups")]
    groups: Option<Vec<String>>,
}

impl Authenticator {
    /// Trusts this issuer.
    #[must_use]
    pub fn new(issuer: Issuer, clock: RealClock) -> Self {
        let ring = Arc::new(KeyRing::new(issuer.keys.clone(), clock.clone()));
        Self { issuer: Arc::new(issuer), ring, clock }
    }

    /// The identity behind an `Authorization` header.
    ///
    /// # Errors
    /// Why the token does not hold.
    pub async fn identify(&self, authorization: Option<&str>) -> Result<Identity, Refused> {
        let header = authorization.ok_or(Refused("no token"))?;
        let (scheme, token) = header.split_once(' ').ok_or(Refused("no bearer token"))?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refused("no bearer token"));
        }
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Refused("a token over 8 KB"));
        }
        let head = decode_header(token).map_err(|_| Refused("no readable header"))?;
        if head.crit.is_some() || head.enc.is_some() || head.zip.is_some() {
            return Err(Refused("extensions that we do not know"));
        }
        let kid = head.kid.as_deref().ok_or(Refused("no key id"))?;
        let key = self.ring.find(kid).await.ok_or(Refused("no such key"))?;
        if head.alg != key.algorithm {
            return Err(Refused("another algorithm than the key's"));
        }
        let mut validation = Validation::new(key.algorithm);
        validation.set_issuer(&[&self.issuer.url]);
        match self.issuer.says.audience {
            AudienceClaim::Aud => {
                validation.set_audience(&[&self.issuer.audience]);
                validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
            }
            AudienceClaim::ClientId => {
                validation.validate_aud = false;
                validation.set_required_spec_claims(&["exp", "iss", "sub"]);
            }
        }
        // Times are judged below, on our own clock.
        (validation.validate_exp, validation.validate_nbf) = (false, false);
        let claims = decode::<Claims>(token, &key.decoding, &validation).map_err(|_| Refused("signature or claims do not hold"))?.claims;
        self.in_time(&claims)?;
        self.for_us(&claims)?;
        match self.issuer.says.scope {
            ScopeClaims::Own => identity(claims),
            ScopeClaims::Groups => identity(of_groups(claims)?),
        }
    }

    /// An `aud` has been compared with the signature.
    fn for_us(&self, claims: &Claims) -> Result<(), Refused> {
        let ours = claims.client_id.as_deref() == Some(self.issuer.audience.as_str()) && claims.token_use.as_deref() == Some("access");
        let said_otherwise = self.issuer.says.audience == AudienceClaim::Aud;
        if said_otherwise || ours { Ok(()) } else { Err(Refused("another client's token, or none for access")) }
    }

    fn in_time(&self, claims: &Claims) -> Result<(), Refused> {
        let now = self.clock.now_ms() / 1000;
        let early = |at: Option<i64>| at.is_some_and(|at| at > now.saturating_add(LEEWAY_S));
        if claims.exp.saturating_add(LEEWAY_S) <= now {
            Err(Refused("expired"))
        } else if early(claims.nbf) || early(claims.iat) {
            Err(Refused("not valid yet"))
        } else {
            Ok(())
        }
    }
}

/// What one group says, as if claims said it. Of several groups of ours none counts: nobody is two things at once.
fn of_groups(claims: Claims) -> Result<Claims, Refused> {
    let groups = claims.groups.clone().unwrap_or_default();
    let ours = |group: &&String| Role::ALL.iter().any(|role| group.split(':').next() == Some(role.as_str()));
    let mut ours = groups.iter().filter(ours);
    let (Some(group), None) = (ours.next(), ours.next()) else { return Err(Refused("no group of ours, or several")) };
    let words: Vec<&str> = group.split(':').collect();
    let said = |word: &str| Some(word.to_owned());
    let nothing = Claims { role: None, school: None, college: None, employer: None, ..claims };
    match words.as_slice() {
        ["student"] => Ok(Claims { role: said("student"), ..nothing }),
        ["employer", employer] => Ok(Claims { role: said("employer"), employer: said(employer), ..nothing }),
        ["college", school, college] => Ok(Claims { role: said("college"), school: said(school), college: said(college), ..nothing }),
        ["school", school] => Ok(Claims { role: said("school"), school: said(school), ..nothing }),
        _ => Err(Refused("a group that says no scope")),
    }
}

/// The scope must be complete for the role and well-formed: a token that lacks it is no token of ours.
fn identity(claims: Claims) -> Result<Identity, Refused> {
    let role = Role::ALL.into_iter().find(|role| Some(role.as_str()) == claims.role.as_deref()).ok_or(Refused("no role of ours"))?;
    let school = claims.school.as_deref().map(SchoolId::parse).transpose().map_err(|_| Refused("no school id"))?;
    let college = claims.college.as_deref().map(CollegeId::parse).transpose().map_err(|_| Refused("no college id"))?;
    let employer = claims.employer.as_deref().map(EmployerId::parse).transpose().map_err(|_| Refused("no employer id"))?;
    let complete = match role {
        Role::Student => true,
        Role::Employer => employer.is_some(),
        Role::College => school.is_some() && college.is_some(),
        Role::School => school.is_some(),
    };
    if !complete {
        return Err(Refused("no scope for the role"));
    }
    let issued_at_s = claims.iat.unwrap_or_default();
    Ok(Identity {
        account: AccountId::parse(&claims.sub).map_err(|_| Refused("no account id"))?,
        role,
        school,
        college,
        employer,
        // It is printed with the officer's decisions: one that cannot be shown is left out, and the office stands for the officer.
        name: claims.name.filter(|name| name.chars().count() <= 50 && api::printable(name).is_ok()),
        issued_at_s,
        logged_in_at_s: claims.auth_time.unwrap_or(issued_at_s),
    })
}
