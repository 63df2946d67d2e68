//! `xxgk rollup`: the level above against the sum of its parts.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use xxgk::form::Form;
use xxgk::rollup::{Child, rollup};
use xxgk::{Lang, Reading, Report};

use crate::Status;
use crate::args::{ReportFormat, Rollup};
use crate::check::{only_table, several_tables};
use crate::input;
use crate::output::Output;
use crate::render::Source;
use crate::shown::tell;
use crate::toml_files;

/// Which reports belong together, as a TOML file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// The report of the level above, from the folder of the manifest.
    parent: PathBuf,
    /// The reports of its parts.
    #[serde(rename = "child")]
    children: Vec<Part>,
}

/// One part; without a file, one that has not reported.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    file: Option<PathBuf>,
}

/// Compares the level above with its parts and writes what was found.
pub fn run(
    args: &Rollup,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    if args.output.format == ReportFormat::Junit {
        tell(no_junit(lang));
        return Ok(Status::Unreadable);
    }
    let manifest = match manifest(args, lang) {
        Ok(manifest) => manifest,
        Err(message) => {
            tell(message);
            return Ok(Status::Unreadable);
        }
    };
    let mut output = Output::new(&args.output, forms, lang, out)?;
    let document = match input::read(&manifest.parent) {
        Ok(document) => document,
        Err(error) => {
            output.unread(&manifest.parent, error.report())?;
            return output.close();
        }
    };
    let parent = match only_table(&document, forms) {
        Ok(parent) => parent,
        Err(count) => {
            output.refuse(&several_tables(&manifest.parent, count, lang));
            return output.close();
        }
    };
    let text = (document.text(), &mut Source::new(document.text()));
    let Some(record) = &parent.record else {
        output.write(&manifest.parent, parent.check(), &parent, text)?;
        return output.close();
    };
    let mut parts = Vec::new();
    for part in &manifest.children {
        parts.push(
            part.file
                .as_deref()
                .and_then(|file| child(file, forms, lang)),
        );
    }
    let children: Vec<Child<'_>> = manifest
        .children
        .iter()
        .zip(&parts)
        .map(|(part, reading)| Child {
            name: &part.name,
            record: reading.as_ref().and_then(|it| it.record.as_ref()),
            year: reading.as_ref().and_then(|it| it.year),
        })
        .collect();
    let mut report: Report = rollup(record, parent.year, &children);
    parent.locate(&mut report.findings, None);
    for (part, reading) in manifest.children.iter().zip(&parts) {
        if let Some(reading) = reading {
            reading.locate(&mut report.findings, Some(&part.name));
        }
    }
    output.write(&manifest.parent, report, &parent, text)?;
    output.close()
}

/// A report between levels does not say which sums hold: there are no tests to name.
fn no_junit(lang: Lang) -> &'static str {
    lang.pick(
        "汇总没有 junit 格式，请用 sarif、github 或 json",
        "roll-ups have no format junit: use sarif, github or json",
    )
}

/// What belongs together: the files of the command line, or those of the manifest, which stand beside it.
fn manifest(args: &Rollup, lang: Lang) -> Result<Manifest, String> {
    let Some(path) = &args.manifest else {
        let mut files = args.files.iter();
        let children = |file: &PathBuf| Part {
            name: file.display().to_string(),
            file: Some(file.clone()),
        };
        return Ok(Manifest {
            parent: files.next().cloned().unwrap_or_default(),
            children: files.map(children).collect(),
        });
    };
    let mut manifest: Manifest = toml_files::read(path, lang)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    manifest.parent = folder.join(&manifest.parent);
    for file in manifest
        .children
        .iter_mut()
        .filter_map(|part| part.file.as_mut())
    {
        *file = folder.join(&*file);
    }
    Ok(manifest)
}

/// The table of a part; one that cannot be read is as good as missing, and why is said.
fn child(file: &Path, forms: &[Arc<Form>], lang: Lang) -> Option<Reading> {
    let report = match input::read(file) {
        Err(error) => error.report(),
        Ok(document) => match only_table(&document, forms) {
            Ok(reading) if reading.record.is_some() => return Some(reading),
            Ok(reading) => reading.check(),
            Err(count) => {
                tell(several_tables(file, count, lang));
                return None;
            }
        },
    };
    input::complain(file, &report.findings, lang);
    None
}
