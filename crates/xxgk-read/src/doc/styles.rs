//! The styles of a document, each with what those say that it is based on.

use super::props::{Characters, Format};
use super::sprm::modifiers;
use crate::css::Paint;
use crate::looks::Properties;
use crate::ole::u16_at;

/// A style is based on another, and that on another, no more often.
const MAX_BASES: usize = 20;
const OF_PARAGRAPHS: u16 = 1;
const OF_CHARACTERS: u16 = 2;
const OF_TABLES: u16 = 3;
/// What paints the cells of a table, all of them or those of its first row and the like.
const PAINT: [u16; 8] = [
    0xd609, 0xd60c, 0xd612, 0xd616, 0xd62d, 0x7627, 0xd660, 0xd66a,
];

/// A style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    pub properties: Properties,
    /// What is behind a paragraph.
    pub behind: Option<Paint>,
    /// It paints cells, some of them perhaps.
    pub paints: bool,
}

/// What a style says itself.
#[derive(Default)]
struct Own {
    kind: u16,
    base: u16,
    characters: Characters,
    format: Format,
    paints: bool,
}

#[derive(Default)]
pub(super) struct Styles {
    styles: Vec<(u16, Style)>,
}

impl Styles {
    pub fn read(sheet: &[u8]) -> Option<Self> {
        if sheet.is_empty() {
            return Some(Styles::default());
        }
        let head = sheet.get(2..2 + usize::from(u16_at(sheet, 0)?))?;
        let (count, fixed) = (u16_at(head, 0)?, usize::from(u16_at(head, 2)?));
        let mut rest = sheet.get(2 + head.len()..)?;
        let mut own = Vec::new();
        for _ in 0..count {
            let length = usize::from(u16_at(rest, 0)?);
            let style = rest.get(2..2 + length)?;
            own.push(match length {
                0 => Own::default(),
                _ => Own::read(style, fixed)?,
            });
            rest = rest.get(2 + length + length % 2..).unwrap_or_default();
        }
        let whole = |it: &Own| (it.kind, whole(it, &own));
        Some(Styles {
            styles: own.iter().map(whole).collect(),
        })
    }

    fn get(&self, kind: u16, number: u16) -> Style {
        let style = self.styles.get(usize::from(number));
        let style = style.filter(|it| it.0 == kind);
        style.map(|it| it.1).unwrap_or_default()
    }

    pub fn paragraph(&self, number: u16) -> Style {
        self.get(OF_PARAGRAPHS, number)
    }

    pub fn characters(&self, number: u16) -> Style {
        self.get(OF_CHARACTERS, number)
    }

    pub fn table(&self, number: u16) -> Style {
        self.get(OF_TABLES, number)
    }
}

/// A style with those that it is based on.
fn whole(own: &Own, all: &[Own]) -> Style {
    let mut line = vec![own];
    while let Some(last) = line.last()
        && let Some(base) = all.get(usize::from(last.base))
        && line.len() < MAX_BASES
    {
        line.push(base);
    }
    let mut style = Style::default();
    for own in line.into_iter().rev() {
        let Properties {
            struck,
            struck_twice,
            vanished,
            ..
        } = style.properties;
        let base = [struck, struck_twice, vanished].map(|it| it == Some(true));
        style = Style {
            properties: own.characters.over(base).or(style.properties),
            behind: own.format.behind.or(style.behind),
            paints: own.paints || style.paints,
        };
    }
    style
}

impl Own {
    fn read(bytes: &[u8], fixed: usize) -> Option<Self> {
        let [kind, lists] = [2, 4].map(|at| u16_at(bytes, at));
        let (kind, base) = (kind? & 15, kind? >> 4);
        let mut own = Own {
            kind,
            base,
            ..Own::default()
        };
        // The name, with its length and an end.
        let mut at = fixed + 4 + 2 * usize::from(u16_at(bytes, fixed)?);
        for number in 0..lists? & 15 {
            let length = usize::from(u16_at(bytes, at)?);
            let list = bytes.get(at + 2..at + 2 + length)?;
            own.take(number, list)?;
            at += 2 + length + length % 2;
        }
        Some(own)
    }

    /// Takes a list of modifiers: of paragraphs and characters; of characters; of rows, paragraphs and characters.
    fn take(&mut self, number: u16, list: &[u8]) -> Option<()> {
        match (self.kind, number) {
            (OF_TABLES, 0) => {
                let mut all = modifiers(list)?.into_iter();
                self.paints = all.any(|it| PAINT.contains(&it.number));
            }
            (OF_PARAGRAPHS, 0) | (OF_TABLES, 1) => {
                let all = modifiers(list.get(2..).unwrap_or_default())?;
                all.iter().for_each(|it| self.format.take(it));
            }
            (OF_PARAGRAPHS, 1) | (OF_CHARACTERS, 0) | (OF_TABLES, 2) => {
                let all = modifiers(list)?;
                all.iter().for_each(|it| self.characters.take(it));
            }
            _ => {}
        }
        Some(())
    }
}
