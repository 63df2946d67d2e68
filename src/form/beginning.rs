//! Beginnings of texts: of what a broken label or heading may be the first piece.

/// Some texts, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Beginnings(Box<[Box<str>]>);

impl Beginnings {
    pub fn new<'t>(texts: impl Iterator<Item = &'t String>) -> Self {
        let mut texts: Vec<Box<str>> = texts.map(|text| text.as_str().into()).collect();
        texts.sort_unstable();
        texts.dedup();
        Beginnings(texts.into())
    }

    /// Whether one of the texts begins like this, and goes on.
    pub fn has(&self, beginning: &str) -> bool {
        let from = self.0.partition_point(|text| **text < *beginning);
        // The first may be the text itself.
        let mut next = self.0.iter().skip(from).take(2);
        next.any(|text| text.len() > beginning.len() && text.starts_with(beginning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_shorter_than_a_text() {
        let texts = ["行政", "行政复议", "其他"].map(String::from);
        let beginnings = Beginnings::new(texts.iter());
        for (text, expected) in [
            ("", true),
            ("行", true),
            ("行政", true),
            ("行政复议", false),
            ("行政复", true),
            ("其他", false),
            ("无", false),
        ] {
            assert_eq!(beginnings.has(text), expected, "{text}");
        }
    }
}
