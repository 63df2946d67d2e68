//! All that a file says of its text: the pieces, and the properties of what stands at a place.

use std::rc::Rc;

use super::fib::{Fib, Part};
use super::fkp::{Kind, Places, Stretch};
use super::pieces::{Changes, Pieces, Unit};
use super::props::{Characters, Format};
use super::row::RowFormat;
use super::sprm::{Modifier, all_modifiers};
use super::styles::Styles;

/// So many bytes of modifiers are read at most: many places may name the same long list.
const MAX_WORK: usize = 256 * 1024 * 1024;

pub(super) struct Source<'b> {
    pub pieces: Pieces<'b>,
    pub styles: Styles,
    characters: Places<'b>,
    paragraphs: Places<'b>,
    data: &'b [u8],
    /// Bytes of modifiers that may still be read.
    work: usize,
    /// What was found last: text that stands together mostly has one look.
    last_characters: Option<(Stretch<'b>, Changes<'b>, Characters)>,
    last_paragraph: Option<(Stretch<'b>, Changes<'b>, Marked)>,
}

/// What is said at the mark of a paragraph: of that, and of the row that may end with it.
#[derive(Clone)]
pub(super) struct Marked {
    pub format: Rc<Format>,
    pub row: Option<Rc<RowFormat>>,
}

impl<'b> Source<'b> {
    pub fn read(fib: &Fib<'_>, stream: &'b [u8], tables: &'b [u8], data: &'b [u8]) -> Option<Self> {
        let places = |kind, part| Places::read(kind, stream, fib.part(tables, part)?);
        Some(Source {
            pieces: Pieces::read(stream, fib.part(tables, Part::Pieces)?)?,
            styles: Styles::read(fib.part(tables, Part::Styles)?)?,
            characters: places(Kind::Characters, Part::Characters)?,
            paragraphs: places(Kind::Paragraphs, Part::Paragraphs)?,
            data,
            work: MAX_WORK,
            last_characters: None,
            last_paragraph: None,
        })
    }

    /// The modifiers of a place, those of its piece behind them.
    fn each(
        &mut self,
        list: &'b [u8],
        changes: &Changes<'b>,
        mut take: impl FnMut(&Modifier<'_>) -> Option<()>,
    ) -> Option<()> {
        let own = all_modifiers(list, self.data)?;
        let more = match changes {
            Changes::One(number, operand) => vec![Modifier {
                number: *number,
                operand,
            }],
            Changes::List(list) => all_modifiers(list, self.data)?,
        };
        for modifier in own.iter().chain(&more) {
            self.work = self.work.checked_sub(2 + modifier.operand.len())?;
            take(modifier)?;
        }
        Some(())
    }

    /// What is said of a character. `None` where nothing is.
    pub fn characters(&mut self, unit: &Unit<'b>) -> Option<Characters> {
        if let Some((stretch, changes, characters)) = &self.last_characters
            && stretch.has(unit.at)
            && *changes == unit.changes
        {
            return Some(*characters);
        }
        let stretch = self.characters.find(unit.at)?;
        let mut characters = Characters::default();
        self.each(stretch.list, &unit.changes, |it| {
            characters.take(it);
            Some(())
        })?;
        self.last_characters = Some((stretch, unit.changes, characters));
        Some(characters)
    }

    /// What is said of the paragraph whose mark stands there.
    pub fn paragraph(&mut self, mark: &Unit<'b>) -> Option<Marked> {
        if let Some((stretch, changes, marked)) = &self.last_paragraph
            && stretch.has(mark.at)
            && *changes == mark.changes
        {
            return Some(marked.clone());
        }
        let stretch = self.paragraphs.find(mark.at)?;
        let mut format = Format::default();
        format.style = stretch.style;
        let mut row = RowFormat::default();
        self.each(stretch.list, &mark.changes, |it| {
            format.take(it);
            row.take(it)
        })?;
        let row = (format.ends_row || format.ends_inner_row).then(|| Rc::new(row));
        let format = Rc::new(format);
        let marked = Marked { format, row };
        self.last_paragraph = Some((stretch, mark.changes, marked.clone()));
        Some(marked)
    }
}
