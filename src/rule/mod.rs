//! The rule language: linear comparisons over the cells of a form.
//!
//! ```text
//! rule       = [ "for" "each" ( "row" | "column" ) [ "of" section ] ":" ] statement
//! statement  = "if" statement "then" statement | or
//! or         = and { "or" and }
//! and        = not { "and" not }
//! not        = "not" not | comparison | "(" statement ")"
//! comparison = sum ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum
//! sum        = [ "-" ] product { ( "+" | "-" ) product }
//! product    = [ number "*" ] ( key | number | "(" sum ")" )
//! key        = name { "." name }
//! ```
//!
//! A rule `for each column` names the rows of a table and stands for one statement a column; a rule `for each row` names
//! the columns: see [`Quantified`]. In the rules between years a key that begins with `previous.` is a cell of the year
//! before.
//!
//! A statement is parsed to a [`Statement`], which prints back to the same text, and compiled over the cells of a form
//! to integer linear terms. It is true, false, or, where blank cells leave it open, undetermined: see [`Outcome`].
//!
//! ```
//! use xxgk::rule::Statement;
//! let text = "if fees > 0 then requests.received.total >= 0.5 * (fees + 1)";
//! let statement: Statement = text.parse()?;
//! assert_eq!(statement.to_string(), text);
//!
//! let error = "fees => 0".parse::<Statement>().unwrap_err();
//! assert_eq!(error.to_string(), "expected `>=`, found `=>` (at character 6)");
//! # Ok::<(), xxgk::rule::ParseError>(())
//! ```

mod ast;
pub(crate) mod compile;
mod outcome;
mod parse;
mod print;
mod quantify;
mod severity;
mod sides;

pub use ast::{Atom, Comparison, Operator, Statement, Sum, Term};
pub(crate) use ast::{keys, terms};
pub use compile::CompileError;
pub use outcome::Outcome;
pub use parse::{Expected, ParseError};
pub(crate) use parse::{is_name, sum};
pub(crate) use print::sum_in_words;
pub use quantify::{Axis, Quantified, Quantifier};
pub(crate) use quantify::{Meaning, replaced};
pub use severity::Severity;
pub use sides::Bound;
pub(crate) use sides::Sides;
