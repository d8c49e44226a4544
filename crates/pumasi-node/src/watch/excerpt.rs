//! One message cut out of a feed, in the feed's own format, to be handed on alone.

use std::ops::Range;

use pumasi_hazard::{Message, Read, read_any};
use serde_json::Value;

/// Elements that hold one message of a feed.
const ENTRIES: [&str; 3] = ["item", "entry", "alert"];
/// Where the messages of a feed in JSON stand.
const LISTS: [&str; 2] = ["/features", "/response/body/items/item"];

/// The document that holds a message and no other: the whole one where it does, else what remains
/// of the feed without its other entries. It is read again, so that what is handed on is what was
/// read.
pub(super) fn excerpt(bytes: &[u8], read: &Read, message: &Message) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    if let [only] = read.messages.as_slice() {
        return (only == message).then(|| text.to_owned());
    }
    let holds = |text: &String| {
        read_any(text.as_bytes()).is_ok_and(|read| match read.messages.as_slice() {
            // Alone it is the first of its event, which changes its sort and nothing else.
            [only] => {
                (&only.id, only.sent, only.status) == (&message.id, message.sent, message.status)
            }
            _ => false,
        })
    };
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return of_json(text).find(holds);
    }
    ENTRIES.iter().find_map(|name| of_xml(text, name).find(&holds))
}

/// A feed with one entry of its list, for each entry.
fn of_json(text: &str) -> impl Iterator<Item = String> {
    let root: Option<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
    let list = root.as_ref().and_then(|root| {
        LISTS.iter().find(|path| root.pointer(path).is_some_and(Value::is_array)).copied()
    });
    let entries = list.and_then(|path| root.as_ref()?.pointer(path)?.as_array().cloned());
    let mut root = root.unwrap_or_default();
    entries.unwrap_or_default().into_iter().filter_map(move |entry| {
        *root.pointer_mut(list?)? = Value::Array(vec![entry]);
        Some(root.to_string())
    })
}

/// A feed with one element of a name, for each of them.
fn of_xml<'t>(text: &'t str, name: &str) -> impl Iterator<Item = String> + use<'t> {
    let spans = spans(text, name);
    let ends = spans.first().map(|one| one.start).zip(spans.last().map(|one| one.end));
    let (start, end) = ends.unwrap_or_default();
    let (before, after) = (text.get(..start), text.get(end..));
    spans.into_iter().filter_map(move |span| Some([before?, text.get(span)?, after?].concat()))
}

/// Where the elements of a name stand that lie in no other of them.
fn spans(text: &str, name: &str) -> Vec<Range<usize>> {
    let (mut spans, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, rest) in text.match_indices('<').filter_map(|(at, _)| Some((at, text.get(at + 1..)?)))
    {
        let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let tag = rest.split(['>', '/', ' ', '\n', '\r', '\t']).next().unwrap_or_default();
        if tag.rsplit(':').next() != Some(name) {
            continue;
        }
        let Some(close) = rest.find('>') else { break };
        let is_empty = rest.get(..close).is_some_and(|tag| tag.ends_with('/'));
        match (is_end, depth) {
            (true, 1) => {
                depth = 0;
                spans.push(start..at + 2 + close + 1);
            }
            (true, _) => depth = depth.saturating_sub(1),
            (false, _) if is_empty => {}
            (false, 0) => (start, depth) = (at, 1),
            (false, _) => depth += 1,
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message of a feed is cut out, and reads as it did.
    #[track_caller]
    fn check(file: &str, expected: usize) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../pumasi-hazard/tests/messages/");
        let bytes = std::fs::read(format!("{folder}{file}")).unwrap();
        let read = read_any(&bytes).unwrap();
        assert_eq!(read.messages.len(), expected);
        for message in &read.messages {
            let alone = excerpt(&bytes, &read, message).unwrap();
            let again = read_any(alone.as_bytes()).unwrap();
            let kind = message.kind;
            let same: Vec<Message> =
                again.messages.into_iter().map(|one| Message { kind, ..one }).collect();
            assert_eq!(same, std::slice::from_ref(message), "{file}");
        }
    }

    #[test]
    fn a_message_of_a_feed_stands_alone() {
        check("gdacs_rss/rss.xml", 3);
        check("kma_json/revised.json", 2);
        check("jma_xml/vxse53.xml", 1);
        check("cap_feed/alerts-bom.xml", 2);
    }

    #[test]
    fn what_the_feed_does_not_hold_is_not_cut_out_of_it() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../pumasi-hazard/tests/messages/");
        let bytes = std::fs::read(format!("{folder}gdacs_rss/rss.xml")).unwrap();
        let read = read_any(&bytes).unwrap();
        let mut other = read.messages.first().unwrap().clone();
        other.id.push('x');
        assert_eq!(excerpt(&bytes, &read, &other), None);
    }
}
