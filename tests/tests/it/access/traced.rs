//! `#[tracing::instrument]` beside a guard: a span tells of the guard no more than its rule.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use api_utils::{Auth, require_token, routes};
use axum::Router;
use axum::extract::Path;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::{Event, Metadata, Subscriber, span};

use super::support::{auth, get, with_roles};

#[require_token(role = "admin")]
#[tracing::instrument]
async fn below(Path(user_id): Path<String>) -> String {
    user_id
}

#[tracing::instrument]
#[require_token(role = "admin")]
async fn above(Path(user_id): Path<String>) -> String {
    user_id
}

#[require_token(role = "admin")]
#[tracing::instrument(skip(api_utils_guard))]
async fn skipped(Path(user_id): Path<String>) -> String {
    user_id
}

fn app(auth: &Auth) -> Router {
    routes! {
        state Auth;
        GET "/below/{user_id}" => below,
        GET "/above/{user_id}" => above,
        GET "/skipped/{user_id}" => skipped,
    }
    .into_router(auth.clone())
    .unwrap()
}

/// Keeps each span as `name field=value …`.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<String>>>);

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut line = Line(attributes.metadata().name().to_owned());
        attributes.record(&mut line);
        self.0.lock().unwrap().push(line.0);
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

#[tokio::test]
async fn a_span_has_the_rule_and_nothing_else_of_a_guard() {
    api_utils_tests::hear_events();
    let auth = auth();
    let app = app(&auth);
    let admin = with_roles(&auth, &["admin"]);
    for (path, expected) in [
        (
            "/below/alice",
            r#"below api_utils_guard=role = "admin" user_id="alice""#,
        ),
        ("/above/alice", r#"above user_id="alice""#),
        ("/skipped/alice", r#"skipped user_id="alice""#),
    ] {
        let spans = Spans::default();
        let answer = get(&app, path, &admin).with_subscriber(spans.clone());
        assert_eq!(answer.await.status, 200, "{path}");
        assert_eq!(*spans.0.lock().unwrap(), [expected], "{path}");
        // No span of a handler that does not run.
        let spans = Spans::default();
        let answer = get(&app, path, "").with_subscriber(spans.clone());
        assert_eq!(answer.await.status, 401, "{path}");
        assert!(spans.0.lock().unwrap().is_empty(), "{path}");
    }
}
