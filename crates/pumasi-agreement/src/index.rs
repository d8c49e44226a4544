//! Finds the number of a text among many without following a pointer for each comparison.

/// How many bytes of a text are compared at once.
const PREFIX_BYTES: usize = 16;

/// Texts with their numbers.
///
/// A tree of ids leads to another place in memory at each step; among ten thousand parties that is
/// most of the time a decision takes. Here the first bytes of all texts lie beside each other, and
/// few texts are longer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    // INVARIANT: in order of prefix and text, each text once.
    entries: Vec<(u128, u32)>,
    /// The text of each entry.
    texts: Vec<Box<str>>,
}

impl Index {
    /// Texts, each with its number; of two alike the first counts.
    pub(crate) fn of<'a>(numbered: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut all: Vec<(u128, &str, u32)> =
            numbered.into_iter().map(|(text, number)| (prefix(text), text, number)).collect();
        all.sort_by_key(|(prefix, text, _)| (*prefix, *text));
        all.dedup_by_key(|(_, text, _)| *text);
        Self {
            entries: all.iter().map(|(prefix, _, number)| (*prefix, *number)).collect(),
            texts: all.into_iter().map(|(_, text, _)| text.into()).collect(),
        }
    }

    /// The number of a text.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let wanted = prefix(text);
        let start = self.entries.partition_point(|(prefix, _)| *prefix < wanted);
        let alike = self.entries.get(start..)?.iter().zip(self.texts.get(start..)?);
        alike
            .take_while(|((prefix, _), _)| *prefix == wanted)
            .find(|(_, known)| ***known == *text)
            .map(|((_, number), _)| *number)
    }
}

/// The first bytes of a text as a number that sorts as they do; zeros stand for those missing.
fn prefix(text: &str) -> u128 {
    let mut bytes = [0; PREFIX_BYTES];
    for (byte, given) in bytes.iter_mut().zip(text.bytes()) {
        *byte = given;
    }
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart_however_they_begin() {
        let texts = [
            "",
            "a",
            "a\0",
            "ab",
            "b",
            "prefecture-number-1",
            "prefecture-number-17",
            "가나다라마바",
        ];
        let index = Index::of(texts.into_iter().zip(0..));
        for (text, number) in texts.into_iter().zip(0..) {
            assert_eq!(index.find(text), Some(number), "{text}");
        }
        for missing in ["aa", "prefecture-number-", "prefecture-number-2", "가나다라마", "c"] {
            assert_eq!(index.find(missing), None, "{missing}");
        }
        assert_eq!(Index::default().find("a"), None);
    }
}
