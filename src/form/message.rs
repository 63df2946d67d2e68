//! The sentence that says how a rule failed, with places for the figures.

use std::fmt::Write as _;

use crate::number::{Number, Value};

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

    /// The message over these sides and cells; the difference is shown without its sign.
    pub fn fill(
        &self,
        sides: Option<[Number; 3]>,
        value: &dyn Fn(usize) -> Option<Value>,
    ) -> String {
        let mut out = String::new();
        let mut show = |shown: Option<&dyn std::fmt::Display>| match shown {
            // Writing to a string cannot fail.
            Some(shown) => _ = write!(out, "{shown}"),
            None => out.push('?'),
        };
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => show(Some(literal)),
                Piece::Left => show(sides.as_ref().map(|sides| &sides[0] as _)),
                Piece::Right => show(sides.as_ref().map(|sides| &sides[1] as _)),
                Piece::Difference => {
                    show(sides.map(|sides| sides[2].abs()).as_ref().map(|it| it as _))
                }
                Piece::Value(index) => show(value(*index).as_ref().map(|it| it as _)),
            }
        }
        out
    }
}
