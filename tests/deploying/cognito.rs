//! Tokens as a Cognito pool issues them (architecture 8): no `aud`, no claims of ours; the client's id, and groups.

use crate::support::World;
use lambda::{AudienceClaim, Authenticator, Identity, Issuer, KeySource, RealClock, Refused, Says, ScopeClaims};
use serde_json::{Value, json};
use store::Trust;

/// What a token with these claims beside the usual ones is worth to functions that trust such a pool.
async fn identified(world: &World, changes: &Value) -> Result<Identity, Refused> {
    let url = world.stack.url().to_owned();
    let keys = KeySource::Url { url: format!("{url}/.well-known/jwks.json"), trust: Trust::Amazon };
    let says = Says { audience: AudienceClaim::ClientId, scope: ScopeClaims::Groups };
    let pool = Authenticator::new(Issuer { url: url.clone(), audience: "client-1".to_owned(), keys, says }, RealClock::system());
    let now = world.stack.clock().real().millis() / 1000;
    let mut claims =
        json!({ "iss": url, "sub": "account-1", "client_id": "client-1", "token_use": "access", "exp": now + 900, "iat": now });
    let members = claims.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    let token = world.stack.issuer().sign(&world.stack.issuer().header(), &claims).unwrap();
    pool.identify(Some(&format!("Bearer {token}"))).await
}

#[tokio::test]
async fn one_group_of_ours_says_what_its_member_is() {
    let world = World::new().await;
    for (group, expected) in [
        ("student", ["student", "-", "-", "-"]),
        ("employer:e001", ["employer", "-", "-", "e001"]),
        ("college:99001:c01", ["college", "99001", "c01", "-"]),
        ("school:99001", ["school", "99001", "-", "-"]),
    ] {
        let groups = json!({ "cognito:groups": ["newsletter", group] });
        let identity = identified(&world, &groups).await.unwrap();
        let said = [
            identity.role.as_str().to_owned(),
            identity.school.map_or("-".to_owned(), |id| id.to_string()),
            identity.college.map_or("-".to_owned(), |id| id.to_string()),
            identity.employer.map_or("-".to_owned(), |id| id.to_string()),
        ];
        assert_eq!(said, expected, "{group}");
    }
}

#[tokio::test]
async fn a_token_for_another_client_or_another_use_or_of_no_single_group_is_refused() {
    let world = World::new().await;
    for changes in [
        json!({ "client_id": "client-2", "cognito:groups": ["student"] }),
        json!({ "client_id": null, "cognito:groups": ["student"] }),
        json!({ "client_id": null, "aud": "client-1", "cognito:groups": ["student"] }),
        json!({ "token_use": "id", "cognito:groups": ["student"] }),
        json!({ "token_use": null, "cognito:groups": ["student"] }),
        json!({ "cognito:groups": ["student", "school:99001"] }),
        json!({ "cognito:groups": ["school:99001", "school:99002"] }),
        json!({ "cognito:groups": ["school"] }),
        json!({ "cognito:groups": ["school:99001:c01"] }),
        json!({ "cognito:groups": ["college:99001"] }),
        json!({ "cognito:groups": ["students"] }),
        json!({ "cognito:groups": "student" }),
        json!({ "cognito:groups": [] }),
        json!({ "role": "school", "school": "99001" }),
        json!({ "role": "school", "school": "99001", "cognito:groups": ["newsletter"] }),
    ] {
        assert!(identified(&world, &changes).await.is_err(), "{changes}");
    }
}

/// Claims of ours beside groups count for nothing: whoever may set an attribute of the pool becomes nobody by it.
#[tokio::test]
async fn beside_a_group_no_claim_adds_anything() {
    let world = World::new().await;
    let claims = json!({ "cognito:groups": ["student"], "role": "school", "school": "99001", "college": "c01", "employer": "e001" });
    let identity = identified(&world, &claims).await.unwrap();
    assert_eq!((identity.role.as_str(), identity.school, identity.college, identity.employer), ("student", None, None, None));
}
