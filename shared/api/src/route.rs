//! Which action a method and path mean. On AWS the gateway routes; the local gateway and the path parameters use this.

use crate::actions::{ALL, Action};
use http::Method;

/// What a request line means.
#[derive(Debug, PartialEq, Eq)]
pub enum Routed {
    /// An action.
    Found(&'static Action),
    /// A known path, but not this method: those that it has.
    WrongMethod(Vec<Method>),
    /// No such path.
    Unknown,
}

/// Finds the action.
#[must_use]
pub fn route(method: &Method, path: &str) -> Routed {
    let mut methods = Vec::new();
    for action in ALL.iter().copied().filter(|action| action.parameters(path).is_some()) {
        if action.method == *method {
            return Routed::Found(action);
        }
        methods.push(action.method.clone());
    }
    if methods.is_empty() { Routed::Unknown } else { Routed::WrongMethod(methods) }
}

impl Action {
    /// The values of the path's parameters, in order, if the path is this action's. Literal segments match whole and exactly.
    #[must_use]
    pub fn parameters<'p>(&self, path: &'p str) -> Option<Vec<&'p str>> {
        let (mut pattern, mut given) = (self.path.split('/'), path.split('/'));
        let mut values = Vec::new();
        loop {
            match (pattern.next(), given.next()) {
                (None, None) => return Some(values),
                (Some(name), Some(value)) if name.starts_with('{') && !value.is_empty() => values.push(value),
                (Some(literal), Some(same)) if literal == same && !literal.starts_with('{') => {}
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions;

    #[test]
    fn a_path_and_method_mean_one_action() {
        assert_eq!(route(&Method::GET, "/v1/candidates"), Routed::Found(&actions::LIST_CANDIDATES));
        assert_eq!(route(&Method::POST, "/v1/candidates"), Routed::Found(&actions::ADD_CANDIDATE));
        assert_eq!(route(&Method::GET, "/v1/invitations/x"), Routed::Found(&actions::GET_INVITATION));
        assert_eq!(route(&Method::DELETE, "/v1/candidates"), Routed::WrongMethod(vec![Method::GET, Method::POST]));
        for unknown in ["/", "/v1", "/v1/candidates/", "/v1/invitations//acceptance", "/v2/home", "/v1/invitations/x/y"] {
            assert_eq!(route(&Method::GET, unknown), Routed::Unknown, "{unknown}");
        }
    }
}
