//! What people and other programs see of a check: from the objects of a [`Report`](xxgk::Report) to what is printed, opened
//! or uploaded. Nothing here computes: what is not in a report is not shown.
//!
//! - [`groups`]: what belongs together, in the order in which it is to be read; every output starts from it

#![deny(missing_docs)]

pub mod groups;
