//! What people and other programs see of a check: from the objects of a [`Report`](xxgk::Report) to what is printed, opened
//! or uploaded. Nothing here computes: what is not in a report is not shown.
//!
//! - [`groups`]: what belongs together, in the order in which it is to be read; every output starts from it
//! - [`words`]: what every output says in the same words
//! - [`hidden`]: signs that are not to be seen, written out
//! - [`html`]: a table and what was found of it, as a page; the review sheet (审核单)

#![deny(missing_docs)]

pub mod groups;
pub mod hidden;
pub mod html;
pub mod words;
