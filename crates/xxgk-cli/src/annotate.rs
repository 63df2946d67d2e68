//! `xxgk annotate`: a copy of a file with what was found of it, as comments and colours where it stands.

use std::io;
use std::path::Path;
use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Lang, Options, Reading, Report, read_document};
use xxgk_mark::{Annotated, MarkError, annotate};

use crate::Status;
use crate::args::Annotate;
use crate::fault::unwritten;
use crate::input::{self, InputError};
use crate::output::status_of;
use crate::shown::{PathShown, shown, tell};
use crate::whole;

/// Checks a file and writes the copy.
pub fn run(args: &Annotate, forms: &[Arc<Form>], lang: Lang) -> io::Result<Status> {
    let (input, out) = (&args.input, &args.output);
    if is_same(input, out) {
        let same = lang.pick(
            "不能写到原文件上，请另起一个名称",
            "the copy cannot take the place of the file: give it another name",
        );
        tell(format_args!("{}: {same}", out.shown()));
        return Ok(Status::Unreadable);
    }
    let (status, copy) = match marked(args, forms, lang) {
        Ok(done) => done,
        Err(report) => {
            input::complain(input, &report.findings, lang);
            return Ok(Status::Unreadable);
        }
    };
    if let Err(error) = whole::write(out, &copy.file) {
        tell(unwritten(&error, Some(out), lang));
        return Ok(Status::Unreadable);
    }
    say(out, &copy, lang);
    Ok(status)
}

/// The copy, and what the reports come to; or the report that says why there is none.
fn marked(
    args: &Annotate,
    forms: &[Arc<Form>],
    lang: Lang,
) -> Result<(Status, Annotated), Box<Report>> {
    let bytes = input::bytes(&args.input).map_err(|error| error.report())?;
    let not_read = |error: MarkError| Report::not_read(error.message());
    let document = xxgk_read::read(&bytes).map_err(|error| InputError::Read(error).report())?;
    let options = Options {
        prose: true,
        report: true,
        ..args.read.options()
    };
    let readings: Vec<Reading> = read_document(&document, forms, &options).collect();
    let tables: Vec<(Report, Option<&Reading>)> =
        readings.iter().map(|it| (it.check(), Some(it))).collect();
    let statuses = tables.iter().map(|(report, _)| status_of(report, false));
    let status = statuses.max().unwrap_or(Status::Clean);
    // Where there is no table, a copy without a mark would say that all is well.
    if tables.iter().all(|(report, _)| report.form.is_none()) {
        let mut none = Report::default();
        none.findings
            .extend(tables.into_iter().flat_map(|(report, _)| report.findings));
        return Err(none.into());
    }
    let copy = annotate(&bytes, &tables, lang).map_err(not_read)?;
    Ok((status, copy))
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    one == other || whole(one).is_some_and(|one| Some(one) == whole(other))
}

/// Says at how many places there is something, and what could not be put into the copy.
fn say(out: &Path, copy: &Annotated, lang: Lang) {
    let (path, places) = (out.shown(), copy.places);
    tell(match (places, lang) {
        (0, Lang::Zh) => format!("{path}：没有加批注"),
        (0, Lang::En) => format!("{path}: nothing is annotated"),
        (_, Lang::Zh) => format!("{path}：批注{places}处"),
        (_, Lang::En) => format!("{path}: annotated at {places} places"),
    });
    if !copy.left.is_empty() {
        tell(lang.pick(
            "以下问题不能确定在文件中的位置，没有加批注：",
            "no place of the file is known for certain to be that of the following, which is not annotated:",
        ));
    }
    for sentence in &copy.left {
        tell(shown(sentence));
    }
}
