//! How the cells of a workbook are shown: their fonts, what is behind them, the formats of their numbers.

use std::rc::Rc;

use xxgk::{Look, Run};

use crate::css::{Paint, WHITE};
use crate::merged::Stored;
use crate::number::date;
use crate::numfmt::NumberFormat;

/// A font, as far as it says whether text is one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Font {
    pub struck: bool,
    pub raised: bool,
    pub color: Paint,
}

impl Default for Font {
    fn default() -> Self {
        Font {
            struck: false,
            raised: false,
            color: Paint::Rgb(0, 0, 0),
        }
    }
}

/// The style of a cell.
#[derive(Clone, Debug)]
pub(crate) struct CellStyle {
    pub format: Rc<NumberFormat>,
    pub font: Font,
    pub behind: Paint,
}

impl Default for CellStyle {
    fn default() -> Self {
        CellStyle {
            format: Rc::default(),
            font: Font::default(),
            behind: WHITE,
        }
    }
}

impl CellStyle {
    /// How text in a font looks in the cell.
    pub fn look(&self, font: Font) -> Look {
        match font {
            Font { color, .. } if color.is_lost_on(self.behind) => Look::Hidden,
            Font { struck: true, .. } => Look::Struck,
            Font { raised: true, .. } => Look::Raised,
            _ => Look::Plain,
        }
    }

    /// A number, as it is shown; a formula that was never calculated where there is none.
    pub fn number(&self, stored: &str) -> Vec<Run> {
        let (text, look) = self.format.shown(stored);
        let own = self.look(self.font);
        vec![Run::new(text, if own == Look::Plain { look } else { own })]
    }

    /// A day; no number.
    pub fn day(&self, serial: f64, from_1904: bool) -> Vec<Run> {
        self.text(date(serial, from_1904))
    }

    /// A text in the font of the cell.
    pub fn text(&self, text: impl Into<String>) -> Vec<Run> {
        vec![Run::new(text, self.look(self.font))]
    }

    /// A text whose stretches have fonts of their own, with what the format puts around it.
    pub fn rich<'t>(&self, pieces: impl Iterator<Item = (&'t str, Option<Font>)>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut put = |text: &str, look| match runs.last_mut().filter(|run| run.look == look) {
            Some(run) => run.text.push_str(text),
            None => runs.push(Run::new(text, look)),
        };
        let around = self.format.around_text();
        let (before, behind) = around.unwrap_or_default();
        put(before, Look::Plain);
        for (text, font) in pieces {
            let look = self.look(font.unwrap_or(self.font));
            put(text, if around.is_some() { look } else { Look::Hidden });
        }
        put(behind, Look::Plain);
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}

/// What a formula is stored with, by its value.
pub(crate) fn stored(formula: bool, value: &str) -> Stored {
    match (formula, value.trim()) {
        (false, _) => Stored::Value,
        (true, "" | "0" | "0.0") => Stored::Zero,
        (true, _) => Stored::Result,
    }
}
