//! What people and other programs see of a check: from the objects of a [`Report`] to what is printed, opened
//! or uploaded. Nothing here computes: what is not in a report is not shown.
//!
//! - [`groups`]: what belongs together, in the order in which it is to be read; every output starts from it
//! - [`words`]: what every output says in the same words
//! - [`hidden`]: signs that are not to be seen, written out
//! - [`html`]: a table and what was found of it, as a page; the review sheet (审核单)
//! - [`level`]: how much a finding weighs where there are three levels
//! - [`message`]: a short plain text, to be pasted into a message
//! - [`Format`]: outputs of pieces of text, one a report: for CI [`sarif`], [`junit`] and [`github`]

#![deny(missing_docs)]

pub mod github;
pub mod groups;
pub mod hidden;
pub mod html;
pub mod junit;
pub mod level;
pub mod message;
mod pieces;
pub mod sarif;
pub mod words;

use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Lang, Report};

/// Reports as text of one format, a piece a report, so that no more than one is held however many there are. What stands in
/// it is the pieces behind each other, written to whatever they are wanted in.
///
/// ```
/// use xxgk::{Lang, Table, nine_category::NineCategory};
/// use xxgk_show::{Asked, Format, junit::Junit};
/// let mut report = NineCategory::default().check();
/// report.source = Some("2017.txt".to_owned());
/// let mut junit = Junit::new(Asked { forms: xxgk::forms(), lang: Lang::En, verbose: false }, false);
/// let text = junit.begin() + &junit.report(&report) + &junit.end();
/// assert!(text.contains(r#"<testsuite name="2017.txt" tests="28" failures="0" errors="0" skipped="28">"#));
/// ```
pub trait Format {
    /// What stands before the first report.
    fn begin(&mut self) -> String {
        String::new()
    }

    /// One report.
    fn report(&mut self, report: &Report) -> String;

    /// What stands behind the last report.
    fn end(&mut self) -> String {
        String::new()
    }
}

/// What is asked of an output.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The forms that reports may be on.
    pub forms: &'a [Arc<Form>],
    /// The language of the messages.
    pub lang: Lang,
    /// Whether the undetermined rules are shown too, and every way to correct.
    pub verbose: bool,
}

impl<'a> Asked<'a> {
    /// The form that a report is on.
    fn form(&self, report: &Report) -> Option<&'a Form> {
        let id = report.form.as_deref()?;
        self.forms.iter().find(|it| it.id() == id).map(|it| &**it)
    }
}
