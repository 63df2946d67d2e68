//! Words by a character of theirs, the first or the last: which of them have a given one is told by one look-up.

/// A character's slot is the end of its number; few characters of words share one.
const SLOTS: usize = 256;

/// Words, or what else goes with a character.
pub(super) struct ByChar<T> {
    /// Slot by slot; those of one character in the order in which they were given.
    all: Vec<(char, T)>,
    /// Where each slot begins, and behind them where the last ends.
    slots: Vec<usize>,
}

impl<T> ByChar<T> {
    pub fn new(all: impl Iterator<Item = (char, T)>) -> Self {
        let mut all: Vec<(char, T)> = all.collect();
        all.sort_by_key(|(c, _)| (slot(*c), *c));
        let begins = |slot: usize| all.partition_point(|(c, _)| self::slot(*c) < slot);
        let slots = (0..=SLOTS).map(begins).collect();
        ByChar { all, slots }
    }

    /// What goes with a character.
    pub fn of(&self, c: char) -> impl Iterator<Item = &T> + Clone {
        let slot = slot(c);
        let found = match self.slots.get(slot..=slot + 1) {
            Some([start, end]) => self.all.get(*start..*end),
            _ => None,
        };
        let found = found.unwrap_or_default().iter();
        found
            .filter(move |(other, _)| *other == c)
            .map(|(_, it)| it)
    }

    /// Whether anything goes with a character.
    pub fn has(&self, c: char) -> bool {
        self.of(c).next().is_some()
    }
}

fn slot(c: char) -> usize {
    usize::from(u8::try_from(u32::from(c) & 0xff).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_character_in_order() {
        let words = ["无锡", "未央", "无为", "共和"];
        let first = |word: &&'static str| Some((word.chars().next()?, *word));
        let words = ByChar::new(words.iter().filter_map(first));
        let of = |c| words.of(c).copied().collect::<Vec<_>>();
        assert_eq!(of('无'), ["无锡", "无为"]);
        assert_eq!(of('共'), ["共和"]);
        // The second has a number with the same end as that of 共.
        for c in ['老', char::from_u32(u32::from('共') + 0x100).unwrap()] {
            assert!(!words.has(c), "{c}");
        }
    }
}
