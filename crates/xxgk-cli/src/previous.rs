//! What tables are held against as the year before: one report, or a folder of them.

use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Lang, LastYear, Reading, Report};
use xxgk_collect::{Agencies, NoPair, Pairs};

use crate::check;
use crate::input::{self, Inputs, first_names};
use crate::shown::{PathShown, tell};
use crate::work::in_order;

/// What tables are held against.
pub enum Previous {
    None,
    One(LastYear),
    Folder(Pairs<'static>),
}

impl Previous {
    /// Reads a report, or those of a folder; or the report that says why there is none.
    pub fn read(
        path: &Path,
        jobs: Option<NonZeroUsize>,
        forms: &[Arc<Form>],
        lang: Lang,
    ) -> Result<Self, Box<Report>> {
        if !path.is_dir() {
            return check::previous(path, forms).map(Previous::One);
        }
        let inputs = Inputs::of_folder(path);
        inputs.tell_skipped(false, lang);
        match folder(path, &inputs, None, jobs, forms, lang) {
            Ok(pairs) => Ok(Previous::Folder(pairs)),
            Err(error) => Err(Box::new(input::InputError::Io(error).report())),
        }
    }

    /// The report that a table of a file is held against, if it is held against any.
    pub fn of(&self, path: &Path, reading: &Reading) -> Result<Option<&LastYear>, NoPair> {
        match self {
            Previous::None => Ok(None),
            Previous::One(report) => Ok(Some(report)),
            // What cannot be read is held against nothing.
            Previous::Folder(_) if reading.record.is_none() => Ok(None),
            Previous::Folder(pairs) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let agency = reading.agency.as_deref();
                pairs.of(agency, reading.year, &name).map(Some)
            }
        }
    }
}

/// The reports of a folder, each called by its name in it. What cannot be read is said.
pub fn folder<'a>(
    path: &Path,
    inputs: &Inputs,
    list: Option<&'a Agencies>,
    jobs: Option<NonZeroUsize>,
    forms: &[Arc<Form>],
    lang: Lang,
) -> io::Result<Pairs<'a>> {
    let read = |file: &Path| {
        let document = input::read(file).map_err(|error| Box::new(error.report()))?;
        LastYear::read(&document, forms, &input::name_in(path, file))
    };
    let mut reports = Vec::new();
    in_order(&inputs.files, jobs, read, |file, report| {
        match report {
            Ok(report) => reports.push(report),
            Err(report) => input::complain(file, &report.findings, lang),
        }
        Ok(())
    })?;
    Ok(Pairs::new(list, reports))
}

/// Files that no report of the year before belongs to.
#[derive(Default)]
pub struct Unpaired {
    none: Vec<String>,
    several: Vec<String>,
}

impl Unpaired {
    pub fn add(&mut self, path: &Path, why: NoPair) {
        let names = match why {
            NoPair::Several => &mut self.several,
            _ => &mut self.none,
        };
        let name = path.shown();
        if names.last() != Some(&name) {
            names.push(name);
        }
    }

    /// Says which they are: a line for each reason.
    pub fn tell(&self, verbose: bool, lang: Lang) {
        for (files, why) in [
            (
                &self.none,
                lang.pick(
                    "个文件没有对应的上年报告，没有核对年度之间的关系",
                    " files have no report of the year before, and were not compared",
                ),
            ),
            (
                &self.several,
                lang.pick(
                    "个文件可能对应几份上年报告，不能确定是哪一份，没有核对年度之间的关系",
                    " files may belong to several reports of the year before, and were not compared",
                ),
            ),
        ] {
            if !files.is_empty() {
                let names = first_names(files, verbose, lang);
                tell(format_args!(
                    "{}{why}{}{names}",
                    files.len(),
                    lang.pick("：", ": ")
                ));
            }
        }
    }
}
