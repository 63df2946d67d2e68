//! Many records at once: the rules over columns, and the rules as SQL.

pub mod batch;
pub mod sql;
