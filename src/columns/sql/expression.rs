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
    /// True, false, or NULL where blanks leave it open: the logic of SQL is that of the rules. Only a comparison of SQL is
    /// NULL beside any blank; see [`Decided`] for those that are decided all the same.
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
        let decided = Decided::all(linear);
        if decided.is_empty() {
            return self.plain(linear, out);
        }
        out.before.push_str("COALESCE(");
        self.plain(linear, out);
        out.append(",");
        out.before.push_str("CASE ");
        for it in &decided {
            out.before.push_str("WHEN ");
            self.decided(linear, it, out);
            out.append(if it.verdict {
                " THEN TRUE"
            } else {
                " THEN FALSE"
            });
        }
        out.append(" END)");
    }

    /// The comparison itself, which is NULL where a cell is blank that it depends on.
    fn plain(&self, linear: &Linear, out: &mut Pieces) {
        let operator = match linear.operator {
            Operator::NotEqual => "<>",
            other => other.symbol(),
        };
        let [left, right] = sides(linear);
        self.side(&left, &|_| false, out);
        out.before.push_str(operator);
        out.before.push(' ');
        self.side(&right, &|_| false, out);
    }

    /// Whether blank cells leave a comparison in no doubt: they count as 0 on the side that is more whatever they hold.
    fn decided(&self, linear: &Linear, it: &Decided, out: &mut Pieces) {
        let [plus, minus] = net_sides(linear);
        let as_zero = |slot: usize| !linear.signed.contains(&slot);
        let operator = match (it.more, it.strictly) {
            (More::Plus, true) => "> ",
            (More::Plus, false) => ">= ",
            (More::Minus, true) => "< ",
            (More::Minus, false) => "<= ",
        };
        let in_plus = it.more == More::Plus;
        self.side(&plus, &|slot| in_plus && as_zero(slot), out);
        out.before.push_str(operator);
        self.side(&minus, &|slot| !in_plus && as_zero(slot), out);
    }

    /// A sum; `as_zero` are the cells that count as 0 where they are blank.
    fn side(&self, side: &Side, as_zero: &dyn Fn(usize) -> bool, out: &mut Pieces) {
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
            let mut cell = (self.cell)(slot);
            if as_zero(slot) {
                cell = format!("COALESCE({cell}, 0)");
            }
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

    /// Left − right, in units of the last decimal. Where a blank cell leaves it open but the comparison fails, the value of
    /// it that is nearest to 0.
    pub fn difference(&self, linear: &Linear) -> Pieces {
        let mut out = Pieces::default();
        let mut decided = Decided::all(linear);
        decided.retain(|it| !it.verdict);
        if !decided.is_empty() {
            out.before.push_str("COALESCE(");
        }
        let [left, right] = sides(linear);
        self.minus(&left, &right, [&|_| false; 2], &mut out);
        let [plus, minus] = net_sides(linear);
        let as_zero = |slot: usize| !linear.signed.contains(&slot);
        for it in &decided {
            out.append(",");
            let in_plus = |slot| it.more == More::Plus && as_zero(slot);
            let in_minus = |slot| it.more == More::Minus && as_zero(slot);
            self.minus(&plus, &minus, [&in_plus, &in_minus], &mut out);
        }
        if !decided.is_empty() {
            out.append(")");
        }
        out
    }

    fn minus(
        &self,
        left: &Side,
        right: &Side,
        as_zero: [&dyn Fn(usize) -> bool; 2],
        out: &mut Pieces,
    ) {
        self.side(left, as_zero[0], out);
        if right.terms.is_empty() && right.constant == 0 {
            return;
        }
        out.before.push_str("- ");
        let alone = match (&*right.terms, right.constant) {
            ([(_, coefficient)], 0) => *coefficient > 0,
            ([], constant) => constant >= 0,
            _ => false,
        };
        out.before.push_str(if alone { "" } else { "(" });
        self.side(right, as_zero[1], out);
        out.append(if alone { "" } else { ")" });
    }
}

/// Both sides of a comparison, as the rule has them; where a cell cancels out, and is of no matter, those of
/// [`net_sides`].
fn sides(linear: &Linear) -> [Side; 2] {
    let stays = |(slot, _): &(usize, i64)| linear.net.terms.iter().any(|(it, _)| it == slot);
    let mut terms = linear.left.terms.iter().chain(&linear.right.terms);
    match terms.all(stays) {
        true => [linear.left.clone(), linear.right.clone()],
        false => net_sides(linear),
    }
}

/// Two sums of cells and constants that are only added up, and whose difference is left − right.
fn net_sides(linear: &Linear) -> [Side; 2] {
    [1, -1].map(|sign| {
        let terms = linear.net.terms.iter();
        let terms = terms.map(|(slot, coefficient)| (*slot, sign * coefficient));
        Side {
            terms: terms.filter(|(_, coefficient)| *coefficient > 0).collect(),
            constant: (i128::from(sign) * linear.net.constant).max(0),
        }
    })
}

/// One of the [`net_sides`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum More {
    Plus,
    Minus,
}

/// What decides a comparison though cells are blank: one of the [`net_sides`], without its blank cells, is more than the
/// other.
#[derive(Clone, Copy, Debug)]
struct Decided {
    more: More,
    /// Or as much.
    strictly: bool,
    /// Whether the comparison holds then.
    verdict: bool,
}

impl Decided {
    /// Those that can be.
    fn all(linear: &Linear) -> Vec<Decided> {
        use More::{Minus, Plus};
        let of = |of: [(More, bool, bool); 2]| {
            of.map(|(more, strictly, verdict)| Decided {
                more,
                strictly,
                verdict,
            })
        };
        let both = of(match linear.operator {
            Operator::Equal => [(Plus, true, false), (Minus, true, false)],
            Operator::NotEqual => [(Plus, true, true), (Minus, true, true)],
            Operator::Less => [(Plus, false, false), (Minus, true, true)],
            Operator::LessOrEqual => [(Plus, true, false), (Minus, false, true)],
            Operator::Greater => [(Minus, false, false), (Plus, true, true)],
            Operator::GreaterOrEqual => [(Minus, true, false), (Plus, false, true)],
        });
        let can_be = |it: &Decided| it.can_be(linear);
        both.into_iter().filter(can_be).collect()
    }

    /// Whether it can be: one cell alone, if it is blank, is never more than any others.
    fn can_be(&self, linear: &Linear) -> bool {
        let [plus, minus] = net_sides(linear);
        let (more, other) = match self.more {
            More::Plus => (plus, minus),
            More::Minus => (minus, plus),
        };
        let signed = |side: &Side| side.terms.iter().any(|(it, _)| linear.signed.contains(it));
        match more
            .terms
            .iter()
            .filter(|(it, _)| !linear.signed.contains(it))
            .count()
        {
            0 => false,
            1 if !signed(&more) && !signed(&other) => match self.strictly {
                true => more.constant > other.constant,
                false => more.constant >= other.constant,
            },
            _ => true,
        }
    }
}
