//! Between tables: this year's and last year's, a level and the levels below it.

pub mod rollup;
pub mod series;
