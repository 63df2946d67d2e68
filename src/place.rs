//! Where in a source something stands.

/// A place in a text: the line, the column, and what is written there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The line, from 1; lines end in `\n`.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The text at that place, as it is written.
    pub text: String,
}
