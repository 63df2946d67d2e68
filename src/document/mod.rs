//! Documents: running text, and tables cut into cells.
//!
//! - [`line`]: a line, cut into cells
//! - [`layout`]: plain text to lines
//! - [`grid`]: what a reader of files makes of them: running text and tables, to lines

mod grid;
pub(crate) mod layout;
mod line;

pub use grid::{Document, Grid, GridCell, LeftOut, Run};
pub use line::Look;
pub(crate) use line::{Cut, Line, MAX_COLUMNS, TextCell, is_sentences, quoted};
