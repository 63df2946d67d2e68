//! What modifiers say of characters and of paragraphs.

use super::sprm::Modifier;
use crate::css::{Paint, WHITE};
use crate::looks::{NO_SIZE, Properties};
use crate::ole::u16_at;

/// The style of characters that have none of their own.
const NO_STYLE: u16 = 10;

/// What is said of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Characters {
    properties: Properties,
    /// Struck, struck twice, vanished: off, on, as the style says, or the other way round.
    switches: [Option<u8>; 3],
    pub style: u16,
    pub deleted: bool,
    /// The character of a font that has shapes of its own.
    pub symbol: Option<u16>,
    pub object: bool,
}

impl Default for Characters {
    fn default() -> Self {
        Characters {
            properties: Properties::default(),
            switches: [None; 3],
            style: NO_STYLE,
            deleted: false,
            symbol: None,
            object: false,
        }
    }
}

impl Characters {
    pub fn take(&mut self, modifier: &Modifier<'_>) {
        let [struck, struck_twice, vanished] = &mut self.switches;
        let properties = &mut self.properties;
        match modifier.number {
            0x0800 => self.deleted = modifier.is_on(),
            0x0837 => *struck = Some(modifier.byte()),
            0x2a53 => *struck_twice = Some(modifier.byte()),
            0x083c | 0x0818 => *vanished = Some(modifier.byte()),
            0x0811 => properties.unseen = Some(modifier.is_on()),
            0x4a43 => properties.no_size = Some(usize::from(modifier.word()) <= NO_SIZE),
            0x2a48 => properties.raised = Some(modifier.is_on()),
            0x4845 => properties.moved = Some(modifier.word() != 0),
            0x2a42 => properties.color = Some(of_index(modifier.byte()).unwrap_or(Paint::Unknown)),
            0x6870 => {
                properties.color = Some(of_bytes(modifier.operand).unwrap_or(Paint::Unknown));
            }
            0x2a0c => properties.behind = of_index(modifier.byte()),
            // Warichu, or characters within each other.
            0xca78 => properties.odd = Some(modifier.operand.get(1).is_some_and(|it| it & 6 != 0)),
            0x4a30 => self.style = modifier.word(),
            0x2a33 => (self.properties, self.switches) = (Properties::default(), [None; 3]),
            0x6a09 => self.symbol = u16_at(modifier.operand, 2),
            0x0856 | 0x080a => self.object = modifier.is_on(),
            0x4866 | 0xca71 => properties.behind = shading(modifier).or(properties.behind),
            _ => {}
        }
    }

    /// What they say where the styles say that of the switches.
    pub fn over(&self, styled: [bool; 3]) -> Properties {
        let [struck, struck_twice, vanished] = self.switches;
        let [of_struck, of_twice, of_vanished] = styled;
        let switch = |own: Option<u8>, styled: bool| match own? {
            0x80 => None,
            0x81 => Some(!styled),
            own => Some(own != 0),
        };
        Properties {
            struck: switch(struck, of_struck),
            struck_twice: switch(struck_twice, of_twice),
            vanished: switch(vanished, of_vanished),
            ..self.properties
        }
    }
}

/// What is said of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Format {
    pub style: u16,
    in_table: bool,
    /// In so many tables within each other, where that is said.
    depth: Option<i32>,
    /// Its mark ends a row; a cell of a table within a table; a row of one.
    pub ends_row: bool,
    pub ends_inner_cell: bool,
    pub ends_inner_row: bool,
    pub behind: Option<Paint>,
}

impl Format {
    pub fn take(&mut self, modifier: &Modifier<'_>) {
        let number = || {
            let bytes = modifier.operand.get(..4).and_then(|it| it.try_into().ok());
            bytes.map_or(0, i32::from_le_bytes)
        };
        match modifier.number {
            0x4600 => self.style = modifier.word(),
            0x2416 => self.in_table = modifier.is_on(),
            0x2417 => self.ends_row = modifier.is_on(),
            0x6649 => self.depth = Some(number()),
            0x664a => {
                let depth = self.depth.unwrap_or(i32::from(self.in_table));
                self.depth = Some(depth.saturating_add(number()));
            }
            0x244b => self.ends_inner_cell = modifier.is_on(),
            0x244c => self.ends_inner_row = modifier.is_on(),
            0x442d | 0xc64d => self.behind = shading(modifier),
            _ => {}
        }
    }

    /// In how many tables it stands.
    pub fn tables(&self) -> usize {
        let depth = self.depth.unwrap_or(1);
        match self.in_table {
            true => usize::try_from(depth).unwrap_or_default(),
            false => 0,
        }
    }
}

/// The shading of characters or of a paragraph, in its long form or in its short one.
fn shading(modifier: &Modifier<'_>) -> Option<Paint> {
    match modifier.number {
        0x442d | 0x4866 => short_shading(modifier.operand),
        _ => long_shading(modifier.operand.get(1..)?),
    }
}

/// Two numbers of colours, in front and behind, and one of a pattern.
pub(super) fn short_shading(bytes: &[u8]) -> Option<Paint> {
    let [front, behind, pattern] = u16_at(bytes, 0).map(|it| [it & 31, it >> 5 & 31, it >> 10])?;
    let color = |index: u16| of_index(u8::try_from(index).ok()?);
    match pattern {
        0 => color(behind),
        1 => color(front).or(Some(Paint::Rgb(0, 0, 0))),
        0x3f => None,
        _ => Some(Paint::Unknown),
    }
}

/// The same, with colours.
pub(super) fn long_shading(bytes: &[u8]) -> Option<Paint> {
    match u16_at(bytes, 8)? {
        0 => of_bytes(bytes.get(4..)?),
        1 => of_bytes(bytes).or(Some(Paint::Rgb(0, 0, 0))),
        0xffff => None,
        _ => Some(Paint::Unknown),
    }
}

/// A colour; one that the program chooses is none.
fn of_bytes(bytes: &[u8]) -> Option<Paint> {
    let [red, green, blue, none] = *bytes.first_chunk::<4>()?;
    (none == 0).then_some(Paint::Rgb(red, green, blue))
}

fn of_index(index: u8) -> Option<Paint> {
    let [red, green, blue] = match index {
        1 => [0, 0, 0],
        2 => [0, 0, 255],
        3 => [0, 255, 255],
        4 => [0, 255, 0],
        5 => [255, 0, 255],
        6 => [255, 0, 0],
        7 => [255, 255, 0],
        8 => return Some(WHITE),
        9 => [0, 0, 128],
        10 => [0, 128, 128],
        11 => [0, 128, 0],
        12 => [128, 0, 128],
        13 => [128, 0, 0],
        14 => [128, 128, 0],
        15 => [128, 128, 128],
        16 => [192, 192, 192],
        _ => return None,
    };
    Some(Paint::Rgb(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::sprm::modifiers;

    fn characters(list: &[u8]) -> Characters {
        let mut characters = Characters::default();
        for modifier in modifiers(list).unwrap() {
            characters.take(&modifier);
        }
        characters
    }

    #[test]
    fn switches_are_relative_to_the_style() {
        for (operand, styled, expected) in [
            (0, true, Some(false)),
            (1, false, Some(true)),
            (0x80, true, None),
            (0x81, true, Some(false)),
            (0x81, false, Some(true)),
        ] {
            let own = characters(&[0x3c, 0x08, operand]).over([false, false, styled]);
            assert_eq!(own.vanished, expected, "{operand} {styled}");
        }
        // Back to what the style says.
        let plain = characters(&[0x37, 0x08, 1, 0x33, 0x2a, 0]).over([false; 3]);
        assert_eq!(plain.struck, None);
    }

    #[test]
    fn colours_in_front_and_behind() {
        let color = |list: &[u8]| characters(list).over([false; 3]).color;
        assert_eq!(color(&[0x42, 0x2a, 8]), Some(WHITE));
        assert_eq!(color(&[0x70, 0x68, 255, 255, 255, 0]), Some(WHITE));
        assert_eq!(color(&[0x70, 0x68, 0, 0, 0, 255]), Some(Paint::Unknown));
        let behind = |list: &[u8]| characters(list).over([false; 3]).behind;
        let red = Some(Paint::Rgb(255, 0, 0));
        let long = |pattern: u8| {
            let mut list = vec![0x71, 0xca, 10, 0, 0, 0, 255, 255, 0, 0, 0];
            list.extend([pattern, 0]);
            behind(&list)
        };
        assert_eq!((long(0), long(2)), (red, Some(Paint::Unknown)));
        // Six in front, and behind; in front counts where the pattern is solid.
        assert_eq!(behind(&[0x66, 0x48, 0xc1, 0]), red);
        assert_eq!(behind(&[0x66, 0x48, 6, 4]), red);
        assert_eq!(behind(&[0x66, 0x48, 255, 255]), None);
        assert_eq!(behind(&[0x0c, 0x2a, 6]), red);
    }

    #[test]
    fn depth_in_tables() {
        let tables = |list: &[u8]| {
            let mut format = Format::default();
            for modifier in modifiers(list).unwrap() {
                format.take(&modifier);
            }
            format.tables()
        };
        let (within, deeper) = ([0x16, 0x24, 1], [0x49, 0x66, 2, 0, 0, 0]);
        let less = [0x4a, 0x66, 255, 255, 255, 255];
        assert_eq!(tables(&within), 1);
        assert_eq!(tables(&[&within[..], &deeper].concat()), 2);
        assert_eq!(tables(&[&within[..], &deeper, &less, &less].concat()), 0);
        assert_eq!(tables(&[&within[..], &less, &less].concat()), 0);
        assert_eq!(tables(&[]), 0);
    }
}
