//! Rules that hold for each row, or each column, of a table: `for each column of requests: a + b = c`.

use std::fmt;
use std::str::FromStr;

use super::ast::{Atom, Comparison, Statement, Sum, Term};
use super::parse::{Expected, ParseError, error_at, is_name};

/// Whether a rule holds for each row or for each column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// For each row; the names in the statement are those of columns.
    Row,
    /// For each column; the names in the statement are those of rows.
    Column,
}

impl Axis {
    /// The word for it in the rule language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Axis::Row => "row",
            Axis::Column => "column",
        }
    }
}

/// `for each column of requests:`, before a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantifier {
    /// Over what.
    pub axis: Axis,
    /// The key of the section; `None` where the form has only one with columns.
    pub section: Option<String>,
}

/// A statement, with what it is said of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantified {
    /// `None` where it is said of the table once.
    pub quantifier: Option<Quantifier>,
    /// What is said.
    pub statement: Statement,
}

impl FromStr for Quantified {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let Some(behind) = text.trim_start().strip_prefix("for ") else {
            return Ok(Quantified {
                quantifier: None,
                statement: text.parse()?,
            });
        };
        let colon = text.find(':');
        let end = colon.unwrap_or(text.len());
        let start = text.len() - behind.len();
        let words: Vec<&str> = text
            .get(start..end)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let axis = |word: &str| match word {
            "row" => Some(Axis::Row),
            "column" => Some(Axis::Column),
            _ => None,
        };
        let (axis, section) = match words[..] {
            ["each", over] => (axis(over), None),
            ["each", over, "of", section] if is_name(section) => {
                (axis(over), Some(section.to_owned()))
            }
            _ => (None, None),
        };
        let (Some(axis), Some(colon)) = (axis, colon) else {
            return Err(error_at(text, start..end, Expected::Quantifier));
        };
        let statement = text.get(colon + 1..).unwrap_or_default();
        let statement = statement.parse().map_err(|mut error: ParseError| {
            error.span = error.span.start + colon + 1..error.span.end + colon + 1;
            error.character += text.get(..=colon).unwrap_or_default().chars().count();
            error
        })?;
        Ok(Quantified {
            quantifier: Some(Quantifier { axis, section }),
            statement,
        })
    }
}

impl fmt::Display for Quantified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Quantifier { axis, section }) = &self.quantifier {
            write!(f, "for each {}", axis.word())?;
            if let Some(section) = section {
                write!(f, " of {section}")?;
            }
            f.write_str(": ")?;
        }
        write!(f, "{}", self.statement)
    }
}

/// What stands for a key in one instance of a rule.
pub(crate) enum Meaning {
    /// The key of a cell or a parameter.
    Key(String),
    /// The sum that a definition names.
    Sum(Sum),
}

impl Statement {
    /// The statement with each key replaced by what it means, or the first key that means nothing.
    pub(crate) fn instance(
        &self,
        meaning: &dyn Fn(&str) -> Option<Meaning>,
    ) -> Result<Statement, String> {
        let all = |parts: &[Statement]| {
            parts
                .iter()
                .map(|part| part.instance(meaning))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(match self {
            Statement::If(condition, consequence) => Statement::If(
                condition.instance(meaning)?.into(),
                consequence.instance(meaning)?.into(),
            ),
            Statement::Or(parts) => Statement::Or(all(parts)?),
            Statement::And(parts) => Statement::And(all(parts)?),
            Statement::Not(inner) => Statement::Not(inner.instance(meaning)?.into()),
            Statement::Compare(comparison) => Statement::Compare(Comparison {
                left: replaced(&comparison.left, meaning)?,
                operator: comparison.operator,
                right: replaced(&comparison.right, meaning)?,
            }),
        })
    }
}

/// A sum with each key replaced by what it means. A named sum that is only added needs no parentheses.
pub(crate) fn replaced(
    sum: &Sum,
    meaning: &dyn Fn(&str) -> Option<Meaning>,
) -> Result<Sum, String> {
    let mut out = Sum::new();
    for term in sum {
        let atom = match &term.atom {
            Atom::Number(number) => Atom::Number(*number),
            Atom::Sum(inner) => Atom::Sum(replaced(inner, meaning)?),
            Atom::Key(key) => match meaning(key).ok_or_else(|| key.clone())? {
                Meaning::Key(key) => Atom::Key(key),
                Meaning::Sum(inner) if !term.negative && term.coefficient.is_none() => {
                    out.extend(replaced(&inner, meaning)?);
                    continue;
                }
                Meaning::Sum(inner) => Atom::Sum(replaced(&inner, meaning)?),
            },
        };
        out.push(Term {
            negative: term.negative,
            coefficient: term.coefficient,
            atom,
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for text in [
            "a = b",
            "for each column of requests: a + b = c",
            "for each row: if a > 0 then b > 0",
        ] {
            assert_eq!(text.parse::<Quantified>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_wrong_is_pointed_at() {
        for (text, message) in [
            (
                "for each cell: a = b",
                "expected `for each row:`, `for each column:`, or one of them with `of` and a section, found `each cell` (at character 5)",
            ),
            (
                "for each row of x a = b",
                "expected `for each row:`, `for each column:`, or one of them with `of` and a section, found `each row of x a = b` (at character 5)",
            ),
            (
                "for each row: a => b",
                "expected `>=`, found `=>` (at character 17)",
            ),
        ] {
            assert_eq!(text.parse::<Quantified>().unwrap_err().to_string(), message);
        }
    }
}
