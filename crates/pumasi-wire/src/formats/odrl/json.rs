//! JSON within limits: no key twice, nothing too deep, not too many parts.

use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Error;

/// The largest document read: an agreement of a thousand long clauses has about a quarter of it.
const BYTES_MAX: usize = 8 * 1024 * 1024;
/// The deepest nesting read; our own documents have eight levels.
const DEPTH_MAX: usize = 32;
/// The most values read in one document.
const PARTS_MAX: usize = 200_000;

/// Reads the value of a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, Error> {
    if bytes.len() > BYTES_MAX {
        return Err(Error::TooLarge { bytes: bytes.len(), bytes_max: BYTES_MAX });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Error::NotText { byte: error.valid_up_to() })?
        .trim_start_matches('\u{feff}');
    let mut guard = Guard { path: Vec::new(), parts: 0, stopped: None };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Part(&mut guard).deserialize(&mut reader).and_then(|value| {
        reader.end()?;
        Ok(value)
    });
    value.map_err(|error| {
        guard.stopped.take().unwrap_or_else(|| Error::Malformed {
            line: error.line(),
            column: error.column(),
            what: without_place(&error.to_string()),
        })
    })
}

/// The message without the place, which the error names in words of its own.
fn without_place(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

/// A step into a member of an object, as JSONPath writes it.
///
/// SPEC: RFC 9535, section 2.5.1.1: a name that is no plain word stands in brackets and quotes.
pub(super) fn step(key: &str) -> String {
    let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain { format!(".{key}") } else { format!("['{key}']") }
}

/// Where the reader stands, and what it has seen.
struct Guard {
    path: Vec<String>,
    parts: usize,
    stopped: Option<Error>,
}

impl Guard {
    fn at(&self) -> String {
        format!("${}", self.path.concat())
    }

    /// Remembers why reading stops; the reader of JSON only needs to hear that it does.
    fn stop<E: serde::de::Error>(&mut self, error: Error) -> E {
        self.stopped = Some(error);
        E::custom("stopped")
    }

    fn enter<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.parts += 1;
        if self.path.len() > DEPTH_MAX {
            let error = Error::TooDeep { path: self.at(), limit: DEPTH_MAX };
            return Err(self.stop(error));
        }
        if self.parts > PARTS_MAX {
            let error = Error::TooManyParts { path: self.at(), limit: PARTS_MAX };
            return Err(self.stop(error));
        }
        Ok(())
    }
}

/// One value, read under the eyes of a guard.
struct Part<'g>(&'g mut Guard);

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;
    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        self.0.enter()?;
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
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
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no finite number"))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let guard = self.0;
        let mut list = Vec::new();
        loop {
            guard.path.push(format!("[{}]", list.len()));
            let item = items.next_element_seed(Part(guard))?;
            guard.path.pop();
            match item {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let guard = self.0;
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            guard.path.push(step(&key));
            // Readers differ in which of two they take, so neither can be relied on.
            if object.contains_key(&key) {
                let error = Error::Repeated { path: guard.at() };
                return Err(guard.stop(error));
            }
            let value = members.next_value_seed(Part(guard))?;
            guard.path.pop();
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = parse(text.as_bytes());
        let shown = read.map_or_else(|error| error.to_string(), |value| value.to_string());
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_within_the_limits_is_read() {
        check("\u{feff}{\"a\":[1,-2,0.5,true,null,\"x\"]}", r#"{"a":[1,-2,0.5,true,null,"x"]}"#);
    }

    #[test]
    fn what_is_not_is_refused_at_its_place() {
        check("{\"a b\":[0,{\"c\":1,\"c\":2}]}", "a key stands twice: $['a b'][1].c");
        check("{\"a\":", "no JSON in line 1, column 5: EOF while parsing a value");
        check("{} {}", "no JSON in line 1, column 4: trailing characters");
        let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
        let at = "[0]".repeat(DEPTH_MAX + 1);
        check(&deep, &format!("nested deeper than {DEPTH_MAX} levels: ${at}"));
        let wide = format!("[{}1]", "1,".repeat(PARTS_MAX));
        let last = PARTS_MAX - 1;
        check(&wide, &format!("more than {PARTS_MAX} values: $[{last}]"));
        let error = parse(&vec![b' '; BYTES_MAX + 1]).unwrap_err();
        assert_eq!(error, Error::TooLarge { bytes: BYTES_MAX + 1, bytes_max: BYTES_MAX });
        assert_eq!(parse(b"{\xff").unwrap_err(), Error::NotText { byte: 1 });
    }
}
