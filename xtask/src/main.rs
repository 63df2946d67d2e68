//! `cargo xtask codegen` writes what is generated from `forms/`: the typed structs, the rule reference, the JSON Schemas of
//! form files and of reports, and the sample years in `tests/data`.
//! `cargo xtask codegen --check` says what is stale, and writes nothing. `cargo xtask layers` says where the modules of the
//! library use each other against their order. `cargo xtask ratios` sums up the last benchmark.
//! `cargo xtask records` writes random records and what the engine says of them, `cargo xtask random-rules` rules.

mod layers;
mod ratios;
mod records;
mod reference;
mod samples;
mod structs;

#[path = "../../tests/support/statements.rs"]
mod statements;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use xxgk::{Form, Lang};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["codegen"] => write(),
        ["codegen", "--check"] => check(),
        ["layers"] => layers(),
        ["ratios"] => said(ratios::report(&root())),
        ["records", folder, count, form] => said(records(folder, count, form)),
        ["random-rules", count] => said(random_rules(count)),
        _ => {
            eprintln!(
                "usage: cargo xtask codegen [--check] | layers | ratios | records FOLDER COUNT FORM|FILE | random-rules COUNT"
            );
            ExitCode::from(2)
        }
    }
}

/// Every generated file, by its path from the root of the repository.
fn generated() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let forms = forms();
    files.push(("src/forms/all.rs".into(), structs::list(&forms)));
    for (index, form) in forms.iter().enumerate() {
        let module = form.id().replace('-', "_");
        files.push((
            format!("src/forms/{module}.rs"),
            structs::generate(form, index),
        ));
        files.push((
            format!("docs/rules/{}.zh-CN.md", form.id()),
            reference::form(form, Lang::Zh),
        ));
        files.push((
            format!("docs/rules/{}.md", form.id()),
            reference::form(form, Lang::En),
        ));
    }
    files.push((
        "docs/rules/findings.zh-CN.md".into(),
        reference::findings(Lang::Zh),
    ));
    files.push((
        "docs/rules/findings.md".into(),
        reference::findings(Lang::En),
    ));
    for (name, schema) in ["form", "extension"].iter().zip(xxgk::form::schemas()) {
        let text = serde_json::to_string_pretty(&schema).expect("a schema as JSON");
        files.push((format!("docs/schema/{name}.schema.json"), text + "\n"));
    }
    let text = serde_json::to_string_pretty(&xxgk::view::schema()).expect("a schema as JSON");
    files.push(("docs/schema/report.schema.json".into(), text + "\n"));
    files.extend(samples::generate());
    files
}

/// The forms as their files have them, whatever the library was built from.
fn forms() -> Vec<Form> {
    let files = std::fs::read_dir(root().join("forms")).expect("the folder of the forms");
    let form = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a form's file");
        Form::from_toml(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let paths = files.map(|file| file.expect("a file of the folder").path());
    let mut forms: Vec<Form> = paths.map(form).collect();
    forms.sort_by_key(|form| (*form.years().start(), form.id().to_owned()));
    forms
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The generated files that differ from what is checked in.
fn stale() -> Vec<String> {
    let differs = |(path, text): &(String, String)| {
        std::fs::read_to_string(root().join(path)).ok().as_ref() != Some(text)
    };
    generated()
        .into_iter()
        .filter(differs)
        .map(|(path, _)| path)
        .collect()
}

fn write() -> ExitCode {
    for (path, text) in generated() {
        let path = root().join(&path);
        let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        if let Err(error) = folder.and_then(|()| std::fs::write(&path, text)) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn said<E: std::fmt::Display>(text: Result<String, E>) -> ExitCode {
    match text {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Records of a form, by its id or its file.
fn records(folder: &str, count: &str, form: &str) -> Result<String, Box<dyn std::error::Error>> {
    let form = match xxgk::forms().iter().find(|it| it.id() == form) {
        Some(form) => form.clone(),
        None => Arc::new(xxgk::load(&std::fs::read_to_string(form)?)?),
    };
    records::write(Path::new(folder), count.parse()?, &form)?;
    Ok(String::new())
}

fn random_rules(count: &str) -> Result<String, std::num::ParseIntError> {
    Ok(records::random_rules(count.parse()?))
}

fn layers() -> ExitCode {
    let faults = layers::faults(&root()).unwrap_or_else(|error| vec![error]);
    for fault in &faults {
        eprintln!("{fault}");
    }
    ExitCode::from(u8::from(!faults.is_empty()))
}

fn check() -> ExitCode {
    let stale = stale();
    for path in &stale {
        eprintln!("{path} is stale: run `cargo xtask codegen`");
    }
    ExitCode::from(u8::from(!stale.is_empty()))
}

#[test]
fn what_is_checked_in_is_what_is_generated() {
    assert_eq!(
        stale(),
        Vec::<String>::new(),
        "stale: run `cargo xtask codegen` and commit what it writes"
    );
}
