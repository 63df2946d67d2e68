//! `xxgk collect`: the reports of many agencies, and what is sent back to them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxgk::form::Form;
use xxgk::{Lang, Options, Reading, Report, Verdict};
use xxgk_collect::{Agencies, Collection, Filed, NoPair, Pairs, book, collect};
use xxgk_show::html::{self, Table};

use crate::Status;
use crate::agencies;
use crate::args::Collect;
use crate::fault::unwritten;
use crate::input::{self, Inputs, name_in};
use crate::letters;
use crate::previous;
use crate::shown::{PathShown, tell};
use crate::whole;
use crate::work::Work;

/// Checks what the agencies have filed, and writes the workbook and the letters.
pub fn run(
    args: &Collect,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    match collected(args, forms, lang)? {
        Ok((collection, sheets)) => finish(args, &collection, &sheets, lang, out),
        Err(message) => {
            tell(message);
            Ok(Status::Unreadable)
        }
    }
}

/// Reads everything. The inner `Err` holds what to tell the user.
fn collected(
    args: &Collect,
    forms: &[Arc<Form>],
    lang: Lang,
) -> io::Result<Result<(Collection, Vec<String>), String>> {
    let asked = asked(args, lang).and_then(|list| Ok((list, inputs(args, lang)?)));
    let (list, inputs) = match asked {
        Ok(asked) => asked,
        Err(message) => return Ok(Err(message)),
    };
    inputs.tell_skipped(false, lang);
    let list = list.as_ref();
    let pairs = match &args.previous {
        None => None,
        Some(folder) => {
            let inputs = Inputs::of_folder(folder);
            inputs.tell_skipped(false, lang);
            Some(previous::folder(
                folder, &inputs, list, args.jobs, forms, lang,
            )?)
        }
    };
    let (filed, sheets) = filed(args, &inputs, pairs.as_ref(), forms)?;
    let skipped = inputs.skipped.iter();
    let skipped = skipped.map(|it| name_in(&args.folder, it)).collect();
    Ok(Ok((collect(list, args.year, filed, skipped), sheets)))
}

/// The list of agencies, if what is asked for can be done.
fn asked(args: &Collect, lang: Lang) -> Result<Option<Agencies>, String> {
    let extension = args.output.extension().unwrap_or_default();
    if !extension.eq_ignore_ascii_case("xlsx") {
        let known = lang.pick(
            "输出文件的扩展名应为 xlsx",
            "the name of the output file must end with xlsx",
        );
        return Err(format!("{}: {known}", args.output.shown()));
    }
    for folder in [Some(&args.folder), args.previous.as_ref()] {
        if let Some(folder) = folder.filter(|it| !it.is_dir()) {
            let none = lang.pick(
                "没有这个文件夹，请核对名称和路径",
                "there is no such folder: check its name and path",
            );
            return Err(format!("{}: {none}", folder.shown()));
        }
    }
    let list = args.agencies.as_deref();
    list.map(|path| agencies::read(path, lang)).transpose()
}

/// The files of the folder, without those that belong to the command itself.
fn inputs(args: &Collect, lang: Lang) -> Result<Inputs, String> {
    let own = [
        Some(&args.output),
        args.agencies.as_ref(),
        args.previous.as_ref(),
        args.letters.as_ref(),
    ];
    let folder = whole(&args.folder);
    // What is named may also be the folder itself, or one above it.
    let is_inside = |path: &PathBuf| path.starts_with(&folder) && *path != folder;
    let own = own.into_iter().flatten().map(|it| whole(it));
    let own: Vec<PathBuf> = own.filter(is_inside).collect();
    let is_own = |path: &Path| {
        let path = whole(path);
        own.iter().any(|it| path.starts_with(it))
    };
    let mut inputs = Inputs::of_folder(&args.folder);
    inputs.files.retain(|it| !is_own(it));
    inputs.skipped.retain(|it| !is_own(it));
    match inputs.files.is_empty() {
        true => Err(input::nothing(lang).to_owned()),
        false => Ok(inputs),
    }
}

/// A path from the root, of a file that may not be there yet.
fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
        let parent = fs::canonicalize(parent.unwrap_or(Path::new(".")));
        match (parent, path.file_name()) {
            (Ok(parent), Some(name)) => parent.join(name),
            _ => path.to_owned(),
        }
    })
}

/// What is kept of the files, in order, and the review sheet of each, if letters are wanted.
fn filed(
    args: &Collect,
    inputs: &Inputs,
    pairs: Option<&Pairs<'_>>,
    forms: &[Arc<Form>],
) -> io::Result<(Vec<Filed>, Vec<String>)> {
    let options = Options {
        prose: true,
        report: true,
        ..args.read.options()
    };
    let with_sheet = args.letters.is_some();
    let name = |path: &Path| name_in(&args.folder, path);
    let of_table = |path: &Path, reading: Reading| {
        let (report, before) = checked(&reading, &name(path), pairs);
        kept(&report, Some(&reading), before, with_sheet)
    };
    let work = Work {
        inputs: &inputs.files,
        jobs: args.jobs,
        forms,
        options: &options,
    };
    let (mut filed, mut sheets) = (Vec::new(), Vec::new());
    work.tables(of_table, |path, tables| {
        match tables {
            Ok((_, tables)) => {
                for (number, (mut it, sheet)) in tables {
                    it.table = number;
                    filed.push(it);
                    sheets.push(sheet);
                }
            }
            Err(mut report) => {
                report.source = Some(name(path));
                let (it, sheet) = kept(&report, None, None, with_sheet);
                filed.push(it);
                sheets.push(sheet);
            }
        }
        Ok(())
    })?;
    Ok((filed, sheets))
}

/// The name of the report that a table was compared with, or why there is none.
type Before = Result<String, String>;

/// Checks a table, also against the year before, if there are reports of it.
fn checked(reading: &Reading, name: &str, pairs: Option<&Pairs<'_>>) -> (Report, Option<Before>) {
    let mut report = reading.check();
    report.source = Some(name.to_owned());
    let Some(pairs) = pairs.filter(|_| reading.record.is_some()) else {
        return (report, None);
    };
    let before = match pairs.of(reading.agency.as_deref(), reading.year, name) {
        Err(NoPair::Several) => Err("可能对应几份上年报告，不能确定是哪一份。".to_owned()),
        Err(_) => Err("没有对应的上年报告。".to_owned()),
        Ok(previous) => match previous.compare(reading, &mut report) {
            Ok(()) => Ok(previous.name().to_owned()),
            Err(why) => {
                let (name, why) = (previous.name(), why.reason(Lang::Zh));
                Err(format!("“{name}”不能作为上年报告：{why}。"))
            }
        },
    };
    (report, Some(before))
}

/// What is kept of a table, and its review sheet.
fn kept(
    report: &Report,
    reading: Option<&Reading>,
    before: Option<Before>,
    with_sheet: bool,
) -> (Filed, String) {
    let table = Table {
        report,
        reading,
        text: "",
    };
    let mut filed = Filed::new(&table);
    if let Some(before) = before {
        filed = filed.beside(report, before);
    }
    let sheet = match with_sheet {
        true => html::sheet(&table, Lang::Zh),
        false => String::new(),
    };
    (filed, sheet)
}

/// Writes what is asked for, and says what it comes to.
fn finish(
    args: &Collect,
    collection: &Collection,
    sheets: &[String],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    let bytes = match book(collection) {
        Ok(bytes) => bytes,
        Err(error) => return Err(io::Error::other(error)),
    };
    if let Err(error) = whole::write(&args.output, &bytes) {
        tell(unwritten(&error, Some(&args.output), lang));
        return Ok(Status::Unreadable);
    }
    if let Some(folder) = &args.letters
        && let Err(error) = letters::write(folder, collection, sheets)
    {
        tell(unwritten(&error, Some(folder), lang));
        return Ok(Status::Unreadable);
    }
    writeln!(out, "{}", summary(collection, lang))?;
    let output = args.output.shown();
    match lang {
        Lang::Zh => writeln!(out, "已写出 {output}")?,
        Lang::En => writeln!(out, "Written: {output}")?,
    }
    Ok(status(collection))
}

/// How many agencies have which status.
fn summary(collection: &Collection, lang: Lang) -> String {
    use xxgk_collect::Status;
    let count = |listed| {
        let counts = Status::ALL.map(|status| (status, collection.count(status, listed)));
        let of_all: usize = counts.iter().map(|(_, count)| count).sum();
        let said = counts.map(|(status, count)| match lang {
            Lang::Zh => format!("{}{count}个", status.name()),
            Lang::En => format!("{} {count}", english(status)),
        });
        (of_all, said.join(lang.pick("，", ", ")))
    };
    let ((listed, counts), (others, of_others)) = (count(true), count(false));
    let year = collection.year.map(|it| match lang {
        Lang::Zh => format!("{it}年："),
        Lang::En => format!("{it}: "),
    });
    let year = year.unwrap_or_default();
    match (lang, others) {
        (Lang::Zh, 0) => format!("{year}{listed}个单位，{counts}。"),
        (Lang::Zh, _) => {
            format!("{year}名单上{listed}个单位，{counts}；不在名单上的{others}个，{of_others}。")
        }
        (Lang::En, 0) => format!("{year}{listed} agencies: {counts}."),
        (Lang::En, _) => {
            format!("{year}{listed} agencies on the list: {counts}. {others} others: {of_others}.")
        }
    }
}

fn english(status: xxgk_collect::Status) -> &'static str {
    use xxgk_collect::Status;
    match status {
        Status::NotReported => "not reported",
        Status::Unreadable => "unreadable",
        Status::Returned => "to correct",
        Status::Query => "to look at",
        Status::Passed => "passed",
    }
}

/// How the command ends: as `check` does, and what is missing is a finding.
fn status(collection: &Collection) -> Status {
    use xxgk_collect::Status as Of;
    let any = |status| collection.entries.iter().any(|it| it.status == status);
    let open = |it: &Filed| it.verdict == Verdict::Incomplete;
    if collection.filed.iter().any(|it| !it.is_read()) {
        Status::Unreadable
    } else if any(Of::NotReported) || any(Of::Returned) || collection.filed.iter().any(open) {
        Status::Findings
    } else {
        Status::Clean
    }
}
