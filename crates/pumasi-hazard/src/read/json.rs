//! JSON into a plain tree of bounded size.
//!
//! Fields are picked from the tree one by one: the feeds carry dozens of which a dozen matter, any
//! may be null, and one odd event must not lose the others of its feed.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::decimal::{fixed, fixed_text};
use super::{ReadError, text};

/// The nesting at which the JSON reader gives up.
const DEPTH_MAX: usize = 128;
/// The most values read; a month of all earthquakes of the USGS has about 400,000.
const VALUES_MAX: usize = 750_000;
/// What the tree says when it grows too large, to be known again as an error.
const TOO_MANY: &str = "too many values";

/// Reads a document.
pub(crate) fn read(format: &'static str, text: &str) -> Result<Value, ReadError> {
    let left = Cell::new(VALUES_MAX);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Tree(&left).deserialize(&mut deserializer);
    value
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| refusal(format, text, &error))
}

fn refusal(format: &'static str, text: &str, error: &serde_json::Error) -> ReadError {
    let line = error.line();
    if error.is_eof() {
        return ReadError::CutOff { format, line: text::line_of(text, text.len()) };
    }
    let what = error.to_string();
    // The line is told apart already.
    let what = what.split(" at line ").next().unwrap_or_default().to_owned();
    if what.starts_with("recursion limit") {
        return ReadError::TooComplex { format, what: "levels", limit: DEPTH_MAX };
    }
    if what == TOO_MANY {
        return ReadError::TooComplex { format, what: "values", limit: VALUES_MAX };
    }
    ReadError::Malformed { format, line, what }
}

/// Reads one value and all below it, counting down.
#[derive(Clone, Copy)]
struct Tree<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let left = self.0.get().checked_sub(1).ok_or_else(|| D::Error::custom(TOO_MANY))?;
        self.0.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element_seed(self)? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            map.insert(key, entries.next_value_seed(self)?);
        }
        Ok(Value::Object(map))
    }
}

/// A number, or a text of one, in units of `10^-places`.
pub(crate) fn number(value: &Value, places: usize) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_f64().and_then(|number| {
            // Milliseconds need more digits than the decimal text of a float is held to.
            if places == 0 { value.as_i64() } else { None }.or_else(|| fixed(number, places))
        }),
        Value::String(text) => fixed_text(text, places),
        _ => None,
    }
}

/// A text, or a number as a text; nothing when blank.
pub(crate) fn words(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let shown = match read("test", text) {
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn documents_read_or_are_refused() {
        check(r#"{"a":[1,-2,0.5,"b",null,true]}"#, expect![[r#"{"a":[1,-2,0.5,"b",null,true]}"#]]);
        check("[1,2", expect!["the test message ends early, in line 1"]);
        check("[1,\n2}", expect!["the test message is malformed in line 2: expected `,` or `]`"]);
        check("[] []", expect!["the test message is malformed in line 1: trailing characters"]);
        check(&"[".repeat(200), expect!["the test message has more than 128 levels"]);
        let many = format!("[{}0]", "0,".repeat(750_000));
        check(&many, expect!["the test message has more than 750000 values"]);
    }
}
