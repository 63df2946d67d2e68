//! What a check found, in the outputs that it can be written in: one file each.
//!
//! - [`text`]: for people, with the lines of the source ([`snippet`])
//! - [`json`], [`jsonl`]: for programs
//! - [`html`]: for people, as a page for the browser and the printer
//! - [`pieces`]: those of [`xxgk_show::Format`], which programs for CI show
//!
//! What is shown together, and in which order, is said by [`xxgk_show`], where outputs are made that not only a command has.
//!
//! Another output is another file with a [`Renderer`], a name in the formats of the commands that have it, and a line in
//! [`renderer`].

mod html;
mod json;
mod jsonl;
mod objects;
mod pieces;
pub mod snippet;
pub mod text;

use std::io::{self, Write};
use std::sync::Arc;

pub use objects::Objects;
pub use snippet::Source;
use xxgk::Lang;
use xxgk::form::Form;
use xxgk_show::Asked;
use xxgk_show::github::Github;
use xxgk_show::html::Table;
use xxgk_show::junit::Junit;
use xxgk_show::sarif::Sarif;

use crate::args::ReportFormat;
use pieces::Pieces;

/// Writes reports in one format, in the order in which they come.
pub trait Renderer {
    /// What stands before the first report.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One report, with the table that it is on, and the lines of its text that are not yet passed.
    fn report(
        &mut self,
        out: &mut dyn Write,
        table: &Table<'_>,
        source: &mut Source<'_>,
    ) -> io::Result<()>;

    /// What stands behind the last report.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// What every output may need to know.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub forms: &'a [Arc<Form>],
    pub lang: Lang,
    /// Whether the undetermined rules are listed too, and every way to correct.
    pub verbose: bool,
}

impl<'a> Context<'a> {
    /// The same for outputs that not only a command has.
    fn asked(self) -> Asked<'a> {
        Asked {
            forms: self.forms,
            lang: self.lang,
            verbose: self.verbose,
        }
    }
}

/// The renderer of a format; whether soft findings count (`strict`) is something that only tests tell.
pub fn renderer<'a>(
    format: ReportFormat,
    context: Context<'a>,
    strict: bool,
) -> Box<dyn Renderer + 'a> {
    match format {
        ReportFormat::Text => Box::new(text::Text::new(context)),
        ReportFormat::Json => Box::new(json::Json::new(context)),
        ReportFormat::Jsonl => Box::new(jsonl::Jsonl::new(context)),
        ReportFormat::Html => Box::new(html::Html::new(context)),
        ReportFormat::Sarif => Box::new(Pieces(Sarif::new(context.asked()))),
        ReportFormat::Junit => Box::new(Pieces(Junit::new(context.asked(), strict))),
        ReportFormat::Github => Box::new(Pieces(Github::new(context.asked()))),
    }
}
