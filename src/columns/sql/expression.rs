//! Statements as SQL expressions, broken into lines.

use super::dialect::Dialect;
use crate::rule::Operator;
use crate::rule::compile::{Linear, Node, Side};

/// A line is filled up to so many characters.
pub(super) const WIDTH: usize = 120;

/// An expression in pieces, between which a line may end.
#[derive(Default)]
pub(super) struct Pieces {
    done: Vec<String>,
    /// What stands before the next piece.
    before: String,
}

impl Pieces {
    fn push(&mut self, piece: &str) {
        self.done.push(std::mem::take(&mut self.before) + piece);
    }

    fn append(&mut self, text: &str) {
        if let Some(last) = self.done.last_mut() {
            last.push_str(text);
        }
    }

    /// The pieces on as few lines as they need; those behind the first are indented more.
    pub fn lines(&self, indent: usize) -> String {
        let mut out = String::new();
        let mut width = 0;
        for piece in &self.done {
            let length = piece.chars().count();
            if width == 0 {
                width = indent;
            } else if width + 1 + length > WIDTH {
                out.push('\n');
                out.push_str(&" ".repeat(indent + 2));
                width = indent + 2;
            } else {
                out.push(' ');
                width += 1;
            }
            out.push_str(piece);
            width += length;
        }
        out
    }
}

/// Writes the expressions of rules, the cells being columns of these names.
pub(super) struct Expressions<'a> {
    pub dialect: Dialect,
    /// The quoted name of a slot.
    pub cell: &'a dyn Fn(usize) -> String,
}

/// How tightly an expression binds; a looser one inside a tighter one stands in parentheses.
fn binding(node: &Node) -> u8 {
    match node {
        Node::If(_) | Node::Or(_) => 1,
        Node::And(_) => 2,
        Node::Not(_) => 3,
        Node::Compare(_) => 4,
    }
}

impl Expressions<'_> {
    /// True, false, or NULL where blanks leave it open: the logic of SQL is that of the rules.
    pub fn statement(&self, node: &Node) -> Pieces {
        let mut pieces = Pieces::default();
        self.node(node, &mut pieces);
        pieces
    }

    fn node(&self, node: &Node, out: &mut Pieces) {
        match node {
            Node::If(parts) => {
                out.before.push_str("NOT ");
                self.inside(&parts.0, 5, out);
                out.before.push_str("OR ");
                self.inside(&parts.1, 1, out);
            }
            Node::Or(parts) => self.joined(parts, "OR ", 2, out),
            Node::And(parts) => self.joined(parts, "AND ", 3, out),
            Node::Not(inner) => {
                out.before.push_str("NOT ");
                self.inside(inner, 5, out);
            }
            Node::Compare(linear) => self.comparison(linear, out),
        }
    }

    fn inside(&self, node: &Node, at_least: u8, out: &mut Pieces) {
        if binding(node) >= at_least {
            return self.node(node, out);
        }
        out.before.push('(');
        self.node(node, out);
        out.append(")");
    }

    fn joined(&self, parts: &[Node], word: &str, at_least: u8, out: &mut Pieces) {
        for (index, part) in parts.iter().enumerate() {
            out.before.push_str(if index > 0 { word } else { "" });
            self.inside(part, at_least, out);
        }
    }

    fn comparison(&self, linear: &Linear, out: &mut Pieces) {
        self.side(&linear.left, out);
        let operator = match linear.operator {
            Operator::NotEqual => "<>",
            other => other.symbol(),
        };
        out.before.push_str(operator);
        out.before.push(' ');
        self.side(&linear.right, out);
    }

    fn side(&self, side: &Side, out: &mut Pieces) {
        let mut first = true;
        let mut term = |negative: bool, text: &str| {
            match (std::mem::take(&mut first), negative) {
                (true, false) => {}
                (true, true) => out.before.push('-'),
                (false, false) => out.before.push_str("+ "),
                (false, true) => out.before.push_str("- "),
            }
            out.push(text);
        };
        for &(slot, coefficient) in &side.terms {
            let cell = (self.cell)(slot);
            let text = match coefficient.unsigned_abs() {
                1 => cell,
                factor => format!("{} * {cell}", self.dialect.integer(factor.into())),
            };
            term(coefficient < 0, &text);
        }
        if side.constant != 0 || side.terms.is_empty() {
            let digits = self.dialect.integer(side.constant.abs());
            term(side.constant < 0, &digits);
        }
    }

    /// Left − right, in units of the last decimal.
    pub fn difference(&self, linear: &Linear) -> Pieces {
        let mut out = Pieces::default();
        self.side(&linear.left, &mut out);
        let right = &linear.right;
        if right.terms.is_empty() && right.constant == 0 {
            return out;
        }
        out.before.push_str("- ");
        let alone = match (&*right.terms, right.constant) {
            ([(_, coefficient)], 0) => *coefficient > 0,
            ([], constant) => constant >= 0,
            _ => false,
        };
        out.before.push_str(if alone { "" } else { "(" });
        self.side(right, &mut out);
        out.append(if alone { "" } else { ")" });
        out
    }
}
