//! Rich text, as Word, WPS and LibreOffice write it: paragraphs, and tables of rows of cells.
//!
//! - [`token`]: groups, control words, characters

mod token;

use encoding_rs::{BIG5, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};
use xxgk::{LeftOut, Look, Run};

use crate::blocks::{self, Block};
use crate::css::{Paint, WHITE};
use crate::encoding::exactly;
use crate::error::{Limit, ReadError};
use crate::format::Format;
use crate::limits::MAX_DEPTH;
use crate::output::{Output, Shown, running};
use crate::rows::{Layout, Row, place};
use token::{Token, Tokens};

/// No table of fonts or colours is longer.
const MAX_ENTRIES: usize = 4096;

pub(crate) fn read(bytes: &[u8], output: &mut Output) -> Result<(), ReadError> {
    let mut reader = Reader::default();
    let mut ended = false;
    for token in Tokens::new(bytes) {
        if ended {
            break;
        }
        match token {
            Token::Open => reader.open()?,
            Token::Close => ended = reader.close(),
            Token::Word(word, number) => reader.word(word, number, output)?,
            Token::Symbol(symbol) => reader.symbol(symbol),
            Token::Byte(byte) => reader.byte(byte),
        }
    }
    if !ended {
        return Err(ReadError::Damaged(Format::Rtf));
    }
    reader.end(output)
}

/// What the text of a group is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Destination {
    #[default]
    Text,
    Fonts,
    Colors,
    /// Nothing of the document.
    Nothing,
}

/// What holds in a group, and is as before behind it.
#[derive(Clone, Debug)]
struct State {
    destination: Destination,
    /// So many characters behind `\u` stand for the same one.
    instead: usize,
    font: usize,
    struck: bool,
    raised: bool,
    hidden: bool,
    deleted: bool,
    size: i32,
    color: usize,
    /// Behind the text stands a colour.
    painted: bool,
    in_table: bool,
    /// In so many tables within each other.
    nested: i32,
}

impl Default for State {
    fn default() -> Self {
        State {
            destination: Destination::Text,
            instead: 1,
            font: 0,
            struck: false,
            raised: false,
            hidden: false,
            deleted: false,
            size: 24,
            color: 0,
            painted: false,
            in_table: false,
            nested: 0,
        }
    }
}

#[derive(Default)]
struct Reader {
    state: State,
    outside: Vec<State>,
    /// The code page of the document, and of each font, as far as it has one.
    page: Option<&'static Encoding>,
    fonts: Vec<(usize, Option<&'static Encoding>)>,
    colors: Vec<Option<Paint>>,
    color: [Option<u8>; 3],
    /// Bytes that have not been decoded.
    bytes: Vec<u8>,
    /// The half of a character that takes two.
    half: Option<u16>,
    /// Characters that are still to be passed over behind `\u`.
    pass: usize,
    /// The next group is one that older programs pass over.
    ignorable: bool,
    shown: Shown,
    /// The cells of the row so far, and what is said of them.
    cells: Vec<Vec<Run>>,
    layouts: Vec<Layout>,
    next: Layout,
    /// The rows of the table so far.
    rows: Vec<Row>,
}

impl Reader {
    fn open(&mut self) -> Result<(), ReadError> {
        self.flush();
        if self.outside.len() >= MAX_DEPTH {
            return Err(ReadError::TooLarge(Limit::Depth));
        }
        self.outside.push(self.state.clone());
        (self.ignorable, self.pass) = (false, 0);
        Ok(())
    }

    /// Ends a group; whether that was the document.
    fn close(&mut self) -> bool {
        self.flush();
        self.pass = 0;
        if let Some(outside) = self.outside.pop() {
            self.state = outside;
        }
        self.outside.is_empty()
    }

    // ---- text ----

    fn byte(&mut self, byte: u8) {
        if self.pass > 0 {
            self.pass -= 1;
            return;
        }
        match self.state.destination {
            Destination::Text => self.bytes.push(byte),
            // An entry of the table of colours ends.
            Destination::Colors if byte == b';' => {
                let [red, green, blue] = self.color;
                let own = red.zip(green).zip(blue);
                let color = own.map(|((red, green), blue)| Paint::Rgb(red, green, blue));
                if self.colors.len() < MAX_ENTRIES {
                    self.colors.push(color);
                }
                self.color = [None; 3];
            }
            _ => {}
        }
    }

    /// Decodes the bytes that have come, in the encoding of their font.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = match exactly(self.encoding(), &bytes) {
            Some(text) => text,
            None => char::REPLACEMENT_CHARACTER.to_string(),
        };
        self.text(&text);
    }

    fn encoding(&self) -> &'static Encoding {
        let mut fonts = self.fonts.iter().rev();
        let font = fonts.find(|(number, _)| *number == self.state.font);
        let own = font.and_then(|(_, encoding)| *encoding);
        own.or(self.page).unwrap_or(WINDOWS_1252)
    }

    fn text(&mut self, text: &str) {
        if self.state.destination == Destination::Text && !self.state.deleted {
            let look = self.look(text);
            let keep = !self.state.in_table;
            self.shown.push(text, keep, look);
        }
    }

    fn look(&self, text: &str) -> Look {
        let state = &self.state;
        let color = self.colors.get(state.color).copied().flatten();
        let cell = self.layouts.get(self.cells.len());
        let painted = state.painted || cell.is_some_and(|it| it.behind.is_some() && state.in_table);
        let lost = color.is_some_and(|it| it.is_lost_on(WHITE)) && !painted;
        let digits = || text.contains(char::is_numeric);
        if state.hidden || state.size <= 2 || lost {
            Look::Hidden
        } else if state.struck {
            Look::Struck
        } else if state.raised {
            Look::Raised
        } else if state.nested > 1 && digits() {
            // A table within a cell is not laid out, and its numbers are none of the cell.
            Look::Unfollowed
        } else {
            Look::Plain
        }
    }

    /// A character by its number in UTF-16, which may be one half of it.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.pass = self.state.instead;
        // Numbers above 32767 are written as negative ones.
        let unit = u16::try_from(number & 0xffff).unwrap_or_default();
        let units: Vec<u16> = self.half.take().into_iter().chain([unit]).collect();
        match String::from_utf16(&units) {
            Ok(text) => self.text(&text),
            Err(_) if (0xd800..0xdc00).contains(&unit) => self.half = Some(unit),
            Err(_) => self.text(&char::REPLACEMENT_CHARACTER.to_string()),
        }
    }

    fn symbol(&mut self, symbol: u8) {
        self.flush();
        match symbol {
            b'*' => self.ignorable = true,
            b'~' => self.text("\u{a0}"),
            b'_' => self.text("-"),
            _ => {}
        }
    }

    // ---- control words ----

    fn word(
        &mut self,
        word: &str,
        number: Option<i32>,
        output: &mut Output,
    ) -> Result<(), ReadError> {
        self.flush();
        let ignorable = std::mem::take(&mut self.ignorable);
        if self.is_destination(word, ignorable, output) || self.is_look(word, number) {
            return Ok(());
        }
        let value = number.unwrap_or(1);
        let index = usize::try_from(value).unwrap_or_default();
        match (self.state.destination, word) {
            (_, "u") => self.unicode(value),
            (_, "uc") => self.state.instead = index,
            (Destination::Fonts, "f") if self.fonts.len() < MAX_ENTRIES => {
                self.fonts.push((index, None));
            }
            (Destination::Fonts, "fcharset") => {
                if let Some((_, encoding)) = self.fonts.last_mut() {
                    *encoding = of_charset(value);
                }
            }
            (Destination::Colors, "red") => self.color[0] = u8::try_from(value).ok(),
            (Destination::Colors, "green") => self.color[1] = u8::try_from(value).ok(),
            (Destination::Colors, "blue") => self.color[2] = u8::try_from(value).ok(),
            (Destination::Text, "ansicpg") => self.page = of_page(value),
            (Destination::Text, "f") => self.state.font = index,
            (Destination::Text, _) => return self.text_word(word, value, output),
            _ => {}
        }
        Ok(())
    }

    /// Groups that are no text of the document.
    fn is_destination(&mut self, word: &str, ignorable: bool, output: &mut Output) -> bool {
        let destination = match word {
            "fonttbl" => Destination::Fonts,
            "colortbl" => Destination::Colors,
            "pict" => {
                if self.state.destination == Destination::Text {
                    output.leave_out(LeftOut::Picture);
                }
                Destination::Nothing
            }
            "objdata" => {
                output.leave_out(LeftOut::Document);
                Destination::Nothing
            }
            "stylesheet" | "info" | "header" | "headerl" | "headerr" | "headerf" | "footer"
            | "footerl" | "footerr" | "footerf" | "footnote" | "annotation" | "fldinst"
            | "nonshppict" | "listtable" | "listoverridetable" | "revtbl" | "rsidtbl"
            | "generator" | "xe" | "tc" | "atnid" | "atnauthor" | "nonesttables" => {
                Destination::Nothing
            }
            // Properties of nested tables are control words, text boxes and pictures text.
            "nesttableprops" | "shptxt" | "shpinst" | "shppict" | "fldrslt" | "listtext" => {
                return true;
            }
            _ if ignorable => Destination::Nothing,
            _ => return false,
        };
        if self.state.destination != Destination::Nothing {
            self.state.destination = destination;
        }
        true
    }

    /// How text is shown from here on.
    fn is_look(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        let index = usize::try_from(value).unwrap_or_default();
        let state = &mut self.state;
        match word {
            "strike" | "striked" => state.struck = on,
            "v" | "webhidden" => state.hidden = on,
            "deleted" => state.deleted = on,
            "super" | "sub" => state.raised = on,
            "up" | "dn" => state.raised = value != 0,
            "nosupersub" => state.raised = false,
            "fs" => state.size = value,
            "cf" => state.color = index,
            "cb" | "highlight" | "chcbpat" | "cbpat" => state.painted = value != 0,
            "plain" => {
                *state = State {
                    destination: state.destination,
                    instead: state.instead,
                    in_table: state.in_table,
                    nested: state.nested,
                    ..State::default()
                };
            }
            _ => return false,
        }
        true
    }

    fn text_word(&mut self, word: &str, value: i32, output: &mut Output) -> Result<(), ReadError> {
        match word {
            "pard" => (self.state.in_table, self.state.nested) = (false, 0),
            "intbl" => self.state.in_table = true,
            "itap" => {
                self.state.nested = value;
                self.state.in_table = value > 0;
            }
            "par" | "sect" | "page" => self.paragraph(output)?,
            "line" => self.text("\n"),
            "tab" => self.text("\t"),
            "cell" => {
                let runs = self.shown.take();
                self.cells.push(runs);
            }
            "nestcell" | "nestrow" => self.shown.space(),
            "trowd" if self.state.nested < 2 => {
                self.layouts.clear();
                self.next = Layout::default();
            }
            "clmrg" => self.next.beside = true,
            "clvmrg" => self.next.below = true,
            "clcbpat" => self.next.behind = Some(Paint::Unknown),
            "cellx" if self.state.nested < 2 => {
                let layout = Layout {
                    end: value,
                    ..self.next
                };
                self.next = Layout::default();
                if self.layouts.len() < MAX_ENTRIES {
                    self.layouts.push(layout);
                }
            }
            "row" => {
                let cells = std::mem::take(&mut self.cells);
                if cells.len() > self.layouts.len() {
                    return Err(ReadError::Damaged(Format::Rtf));
                }
                let cells = cells
                    .into_iter()
                    .map(|runs| vec![Block::Paragraph(runs, None)]);
                self.rows.push(Row {
                    start: None,
                    cells: self.layouts.iter().copied().zip(cells).collect(),
                });
            }
            _ => {
                if let Some(text) = named(word) {
                    self.text(text);
                }
            }
        }
        Ok(())
    }

    /// A paragraph ends: in a cell it is a line of that; outside, a table that was open has ended.
    fn paragraph(&mut self, output: &mut Output) -> Result<(), ReadError> {
        if self.state.in_table {
            self.shown.space();
            return Ok(());
        }
        self.end_table(output)?;
        let runs = self.shown.take();
        if runs.iter().any(|run| !run.text.trim().is_empty()) {
            output.paragraph(&running(&runs));
        }
        Ok(())
    }

    fn end_table(&mut self, output: &mut Output) -> Result<(), ReadError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let cells = place(std::mem::take(&mut self.rows))?;
        for block in blocks::table(cells, output)? {
            block.put(output)?;
        }
        Ok(())
    }

    fn end(mut self, output: &mut Output) -> Result<(), ReadError> {
        if !self.cells.is_empty() {
            return Err(ReadError::Damaged(Format::Rtf));
        }
        self.state = State::default();
        self.paragraph(output)
    }
}

fn of_page(page: i32) -> Option<&'static Encoding> {
    match page {
        936 | 54936 => Some(GB18030),
        950 => Some(BIG5),
        932 => Some(SHIFT_JIS),
        65001 => Some(UTF_8),
        1252 => Some(WINDOWS_1252),
        _ => None,
    }
}

fn of_charset(charset: i32) -> Option<&'static Encoding> {
    match charset {
        134 => Some(GB18030),
        136 => Some(BIG5),
        128 => Some(SHIFT_JIS),
        _ => None,
    }
}

/// Characters that have a name.
fn named(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rtf: &str) -> Result<String, ReadError> {
        let mut output = Output::new();
        read(format!("{{\\rtf1{rtf}}}").as_bytes(), &mut output)?;
        Ok(output.document().text().to_owned())
    }

    #[test]
    fn characters_by_their_code_page_and_by_their_number() {
        for (rtf, expected) in [
            (
                "\\ansi\\ansicpg936 \\'ca\\'d5\\'b5\\'bd 27\\'bc\\'fe\\par",
                "收到 27件\n",
            ),
            // The font's own goes first, and two bytes stand for one number.
            (
                "\\ansicpg1252{\\fonttbl{\\f1\\fcharset134 S;}}\\uc2\\f1\\'ca\\'d5\\u21040\\'b5\\'bd 7\\par",
                "收到 7\n",
            ),
            (
                "\\u-10179?\\u-8704? \\ldblquote a\\rdblquote\\par",
                "😀 “a”\n",
            ),
            // Broken bytes stand in no number.
            ("\\ansicpg936 2\\'ff7\\par", "\u{fffd}\n"),
            (
                "{\\deleted 9}{\\v 8}7{\\footnote 6}{\\*\\x 5}{\\field{\\*\\fldinst 4}{\\fldrslt 3}}\\par",
                "73\n",
            ),
        ] {
            assert_eq!(text(rtf).as_deref(), Ok(expected), "{rtf}");
        }
    }

    #[test]
    fn rows_of_cells_are_a_table() {
        let row = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell {\\strike 9}7\\cell\\row";
        let wide = "\\trowd\\cellx2010\\pard\\intbl b\\cell\\row";
        assert_eq!(
            text(&format!("{row}{wide}\\pard c\\par")).as_deref(),
            Ok("a | 7\nb | \nc\n")
        );
        // A table of one cell lays the page out.
        assert_eq!(
            text(&format!("{wide}\\pard c\\par")).as_deref(),
            Ok("b\nc\n")
        );
        for broken in ["a\\cell", "\\pard\\intbl a\\cell b\\cell\\row"] {
            assert_eq!(
                text(broken),
                Err(ReadError::Damaged(Format::Rtf)),
                "{broken}"
            );
        }
    }
}
