//! A statement as text, with no parentheses but those it needs: parsing the text gives the same statement back.

use std::fmt;

use super::ast::{Atom, Comparison, Operator, Statement, Sum, Term};
use crate::lang::Lang;

/// The words and signs of a way to write statements.
struct Words {
    if_: &'static str,
    then: &'static str,
    or: &'static str,
    and: &'static str,
    not: &'static str,
    operator: fn(Operator) -> &'static str,
}

/// The rule language.
const RULE: Words = Words {
    if_: "if ",
    then: " then ",
    or: " or ",
    and: " and ",
    not: "not ",
    operator: Operator::symbol,
};

/// What a person reads in Chinese.
const CHINESE: Words = Words {
    if_: "如果 ",
    then: " 那么 ",
    or: " 或者 ",
    and: " 并且 ",
    not: "并非 ",
    operator: |operator| match operator {
        Operator::NotEqual => "≠",
        Operator::LessOrEqual => "≤",
        Operator::GreaterOrEqual => "≥",
        other => other.symbol(),
    },
};

impl Statement {
    /// The statement in the words of a language, with what `name` gives for each key.
    pub(crate) fn in_words(&self, lang: Lang, name: &dyn Fn(&str) -> String) -> String {
        let words = if lang == Lang::Zh { &CHINESE } else { &RULE };
        let mut out = String::new();
        // Writing to a string cannot fail.
        _ = Printer {
            out: &mut out,
            words,
            name,
        }
        .statement(self);
        out
    }
}

/// A sum in the words of a language, with what `name` gives for each key.
pub(crate) fn sum_in_words(sum: &Sum, lang: Lang, name: &dyn Fn(&str) -> String) -> String {
    let words = if lang == Lang::Zh { &CHINESE } else { &RULE };
    let mut out = String::new();
    // Writing to a string cannot fail.
    _ = Printer {
        out: &mut out,
        words,
        name,
    }
    .sum(sum);
    out
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer {
            out: f,
            words: &RULE,
            name: &str::to_owned,
        }
        .statement(self)
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer {
            out: f,
            words: &RULE,
            name: &str::to_owned,
        }
        .comparison(self)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

/// How tightly a statement binds; a looser one inside a tighter one stands in parentheses.
fn binding(statement: &Statement) -> u8 {
    match statement {
        Statement::If(..) => 0,
        Statement::Or(_) => 1,
        Statement::And(_) => 2,
        Statement::Not(_) => 3,
        Statement::Compare(_) => 4,
    }
}

struct Printer<'a> {
    out: &'a mut dyn fmt::Write,
    words: &'static Words,
    name: &'a dyn Fn(&str) -> String,
}

impl Printer<'_> {
    fn statement(&mut self, statement: &Statement) -> fmt::Result {
        match statement {
            Statement::If(condition, consequence) => {
                self.out.write_str(self.words.if_)?;
                self.inside(condition, 1)?;
                self.out.write_str(self.words.then)?;
                self.statement(consequence)
            }
            Statement::Or(parts) => self.joined(parts, self.words.or, 2),
            Statement::And(parts) => self.joined(parts, self.words.and, 3),
            Statement::Not(inner) => {
                self.out.write_str(self.words.not)?;
                self.inside(inner, 3)
            }
            Statement::Compare(comparison) => self.comparison(comparison),
        }
    }

    fn inside(&mut self, statement: &Statement, at_least: u8) -> fmt::Result {
        if binding(statement) >= at_least {
            return self.statement(statement);
        }
        self.out.write_str("(")?;
        self.statement(statement)?;
        self.out.write_str(")")
    }

    fn joined(&mut self, parts: &[Statement], word: &str, at_least: u8) -> fmt::Result {
        for (i, part) in parts.iter().enumerate() {
            self.out.write_str(if i > 0 { word } else { "" })?;
            self.inside(part, at_least)?;
        }
        Ok(())
    }

    fn comparison(&mut self, comparison: &Comparison) -> fmt::Result {
        self.sum(&comparison.left)?;
        write!(self.out, " {} ", (self.words.operator)(comparison.operator))?;
        self.sum(&comparison.right)
    }

    fn sum(&mut self, terms: &Sum) -> fmt::Result {
        for (i, term) in terms.iter().enumerate() {
            self.out.write_str(match (i, term.negative) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            })?;
            self.product(term)?;
        }
        Ok(())
    }

    fn product(&mut self, term: &Term) -> fmt::Result {
        if let Some(coefficient) = &term.coefficient {
            write!(self.out, "{coefficient} * ")?;
        }
        match &term.atom {
            Atom::Key(key) => self.out.write_str(&(self.name)(key)),
            Atom::Number(number) => write!(self.out, "{number}"),
            Atom::Sum(terms) => {
                self.out.write_str("(")?;
                self.sum(terms)?;
                self.out.write_str(")")
            }
        }
    }
}
