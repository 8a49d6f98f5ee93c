//! Lists that are written as one string, with spaces between (`scope`, RFC 8693 section 4.2).

use super::spans::Spans;
use super::{Claims, Field, List, Span, resolve};

impl Claims {
    /// Makes a list of each string `scope` and `scp`. Not done while they are read: nobody asks for
    /// the scopes of a token that is refused.
    pub(in crate::token) fn split_words(&mut self) {
        for list in [&mut self.fields.scope, &mut self.fields.scp] {
            if let Field::Value(List::Words(place)) = *list {
                let text = resolve(&self.json, &self.unescaped, place);
                *list = split(place, text, &mut self.texts);
            }
        }
    }
}

fn split(place: Span, text: &str, spans: &mut Spans) -> Field<List> {
    let first = spans.len();
    let mut start = 0;
    for (end, byte) in text.bytes().enumerate() {
        if byte == b' ' {
            push(place, start, end, spans);
            start = end.saturating_add(1);
        }
    }
    push(place, start, text.len(), spans);
    spans.list_from(first)
}

fn push(place: Span, start: usize, end: usize, spans: &mut Spans) {
    let length = end.saturating_sub(start);
    if length > 0 {
        spans.push(Span::new(place.start().saturating_add(start), length));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(json: &str) -> Vec<String> {
        let mut claims = Claims::unread();
        claims.read(json.into()).unwrap();
        assert_eq!(claims.list(claims.fields.scope).len(), 0, "before");
        claims.split_words();
        let lists = [claims.fields.scope, claims.fields.scp];
        let texts = lists.into_iter().flat_map(|list| claims.list(list));
        texts.map(str::to_owned).collect()
    }

    #[test]
    fn words_stand_between_spaces_and_elements_as_they_are() {
        for (json, expected) in [
            (r#"{"scope":"read"}"#, &["read"][..]),
            (r#"{"scope":"  a:b  c "}"#, &["a:b", "c"]),
            (r#"{"scope":"a","scp":"b c"}"#, &["a", "b", "c"]),
            (r#"{"scope":"\u0061\u0020b","sub":"\u0061"}"#, &["a", "b"]),
            ("{\"scope\":\"a\u{a0}b\"}", &["a\u{a0}b"]),
            (r#"{"scp":["a b"]}"#, &["a b"]),
            (r#"{"scope":""}"#, &[]),
            (r#"{"scope":1}"#, &[]),
        ] {
            assert_eq!(words(json), expected, "{json}");
        }
    }
}
