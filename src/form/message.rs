//! The sentence that says how a rule failed, with places for the figures.

use std::fmt::Write as _;

use crate::lang::Lang;
use crate::number::Value;
use crate::rule::{Bound, Sides};

/// A message with places in it: `{left}`, `{right}`, `{difference}`, `{key}` (the official name of that cell),
/// `{key:value}` (what stands in it), and in a rule over rows or columns `{row}` or `{column}` (its name).
#[derive(Clone, Debug)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Literal(String),
    Left,
    Right,
    Difference,
    Value(usize),
}

/// What a message names: its name, and its index among the cells and parameters, if it is one of them.
pub(crate) struct Named {
    pub name: String,
    pub index: Option<usize>,
}

impl Template {
    /// Reads a template. `Err` holds the place that names nothing.
    pub fn parse(text: &str, named: &dyn Fn(&str) -> Option<Named>) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            literal.push_str(before);
            let (place, behind) = after.split_once('}').ok_or_else(|| format!("{{{after}"))?;
            let (key, wants_value) = match place.strip_suffix(":value") {
                Some(key) => (key, true),
                None => (place, false),
            };
            let piece = match place {
                "left" => Some(Piece::Left),
                "right" => Some(Piece::Right),
                "difference" => Some(Piece::Difference),
                _ => {
                    let nothing = || format!("{{{place}}}");
                    let named = named(key).ok_or_else(nothing)?;
                    if wants_value {
                        Some(Piece::Value(named.index.ok_or_else(nothing)?))
                    } else {
                        literal.push_str(&named.name);
                        None
                    }
                }
            };
            if let Some(piece) = piece {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                pieces.push(piece);
            }
            rest = behind;
        }
        literal.push_str(rest);
        pieces.push(Piece::Literal(literal));
        Ok(Template(pieces))
    }

    /// Whether the message shows a side of a comparison.
    pub fn shows_sides(&self) -> bool {
        self.0
            .iter()
            .any(|piece| matches!(piece, Piece::Left | Piece::Right | Piece::Difference))
    }

    /// The message over these sides and cells; the difference is shown without its sign. What blank cells leave a bound of
    /// is said as one: “至少为3件”.
    pub fn fill(
        &self,
        lang: Lang,
        sides: Option<&Sides>,
        value: &dyn Fn(usize) -> Option<Value>,
    ) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => out.push_str(literal),
                Piece::Left => show_side(&mut out, lang, sides, 0),
                Piece::Right => show_side(&mut out, lang, sides, 1),
                Piece::Difference => show_side(&mut out, lang, sides, 2),
                Piece::Value(index) => match value(*index) {
                    // Writing to a string cannot fail.
                    Some(value) => _ = write!(out, "{value}"),
                    None => out.push('?'),
                },
            }
        }
        out
    }
}

/// The side of this number: left, right, difference.
fn show_side(out: &mut String, lang: Lang, sides: Option<&Sides>, at: usize) {
    let side = sides.and_then(|sides| Some((sides.numbers.get(at)?, sides.bounds.get(at)?)));
    let Some((number, bound)) = side else {
        return out.push('?');
    };
    let is_difference = at == 2;
    let number = if is_difference { number.abs() } else { *number };
    let bound = match bound {
        Bound::Exact => "",
        Bound::Open => return out.push('?'),
        // Without its sign, a difference that is −2 or less is 2 or more.
        Bound::AtLeast => lang.pick("至少", "at least "),
        Bound::AtMost if is_difference => lang.pick("至少", "at least "),
        Bound::AtMost => lang.pick("至多", "at most "),
    };
    // 为3件, 至少为3件.
    let is = if lang == Lang::Zh && !bound.is_empty() && out.ends_with('为') {
        out.pop();
        "为"
    } else {
        ""
    };
    // Writing to a string cannot fail.
    _ = write!(out, "{bound}{is}{number}");
}
