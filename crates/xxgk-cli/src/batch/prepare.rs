//! What can be told before a record is read: which files, of which form, and whether the output may be written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxgk::Lang;
use xxgk::form::Form;
use xxgk_batch::{Input, Mapping, fit, nearest};

use super::said;
use crate::args::Batch;
use crate::columns;
use crate::input;
use crate::shown::{PathShown, shown};
use crate::sink::Format;
use crate::whole;

/// The files of a folder that are read.
const EXTENSIONS: &[&str] = &["parquet", "csv"];

pub type Prepared = (Vec<PathBuf>, Mapping, Arc<Form>);

/// All of that. `Err` holds what to tell the user.
pub fn prepare(args: &Batch, forms: &[Arc<Form>], lang: Lang) -> Result<Prepared, String> {
    if let Some(path) = &args.out {
        Format::of(path, lang)?;
    }
    let mapping = columns::read(args.columns.as_deref(), lang)?;
    let inputs = inputs(args, lang)?;
    if inputs.is_empty() {
        let nothing = lang.pick(
            "文件夹中没有 parquet 或 csv 文件",
            "there is no Parquet or CSV file in the folder",
        );
        return Err(nothing.to_owned());
    }
    if let Some(path) = &args.out {
        let beside = [&args.previous, &args.expect];
        let read: Vec<PathBuf> = beside.into_iter().flatten().cloned().collect();
        if is_input(path, &inputs) || is_input(path, &read) {
            let also = lang.pick("输出文件也是输入文件", "the output file is an input too");
            return Err(format!("{}: {also}", path.shown()));
        }
        whole::clear(path);
    }
    let form = match forms {
        [form] => form.clone(),
        _ => form_of(&inputs, forms, &mapping, lang)?,
    };
    Ok((inputs, mapping, form))
}

/// The files that the arguments stand for.
pub fn inputs(args: &Batch, lang: Lang) -> Result<Vec<PathBuf>, String> {
    let mut inputs = Vec::new();
    for input in &args.inputs {
        inputs.extend(expand(input, lang)?);
    }
    Ok(inputs)
}

/// Whether a file is among the inputs, however it is called there.
fn is_input(path: &Path, inputs: &[PathBuf]) -> bool {
    let Ok(path) = path.canonicalize() else {
        return false;
    };
    let mut inputs = inputs.iter();
    inputs.any(|input| input.canonicalize().is_ok_and(|input| input == path))
}

/// The files that an argument stands for.
pub fn expand(input: &Path, lang: Lang) -> Result<Vec<PathBuf>, String> {
    if input.is_dir() {
        return Ok(input::folder(input, EXTENSIONS));
    }
    let pattern = input.to_str().filter(|text| text.contains(['*', '?', '[']));
    let (Some(pattern), false) = (pattern, input.exists()) else {
        return Ok(vec![input.to_owned()]);
    };
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", shown(pattern));
    let paths = glob::glob(pattern).map_err(|error| wrong(&error))?;
    let paths: Result<Vec<_>, _> = paths.collect();
    let paths = paths.map_err(|error| wrong(&error))?;
    match paths.is_empty() {
        true => Err(wrong(&lang.pick("没有这样的文件", "there is no such file"))),
        false => Ok(paths),
    }
}

/// The form with the most indicators among the columns of the first input that has any.
pub fn form_of(
    inputs: &[PathBuf],
    forms: &[Arc<Form>],
    mapping: &Mapping,
    lang: Lang,
) -> Result<Arc<Form>, String> {
    let mut why = Vec::new();
    for path in inputs {
        let input = match Input::open(path) {
            Ok(input) => input,
            Err(error) => {
                why.push(said(path, &error, lang));
                continue;
            }
        };
        let fits = forms.iter().map(|form| fit(form, input.schema(), mapping));
        let fits: Vec<usize> = fits.collect();
        let most = fits.iter().copied().max().unwrap_or(0);
        if most == 0 {
            why.push(format!(
                "{}: {}",
                path.shown(),
                none_fits(&input, forms, lang)
            ));
            continue;
        }
        let of_most = forms.iter().zip(fits).filter(|(_, fit)| *fit == most);
        let fitting: Vec<&Arc<Form>> = of_most.map(|(form, _)| form).collect();
        if let [form] = fitting[..] {
            return Ok(form.clone());
        }
        let ids: Vec<&str> = fitting.iter().map(|form| form.id()).collect();
        let (which, ids) = (
            lang.pick(
                "列名对几种表式同样符合，请用 --form 指定",
                "the columns fit several forms: name one with --form",
            ),
            ids.join(", "),
        );
        return Err(format!("{}: {which} ({ids})", path.shown()));
    }
    Err(why.join("\nxxgk: "))
}

/// That no column stands for an indicator, and what the columns may be meant for.
fn none_fits(input: &Input, forms: &[Arc<Form>], lang: Lang) -> String {
    let near = |form: &Arc<Form>| {
        let columns = input.schema().fields().iter();
        nearest(form, columns.map(|field| field.name().as_str()))
    };
    let near = forms.iter().map(near).max_by_key(Vec::len);
    let near = near.unwrap_or_default().into_iter();
    let near = near.map(|(column, name)| match lang {
        Lang::Zh => format!("“{column}”可能是“{name}”"),
        Lang::En => format!("`{column}` may be `{name}`"),
    });
    let near: Vec<String> = near.collect();
    let none = lang.pick(
        "没有一列对应任何表式的指标。列名请用指标的名称、键或编码，或用 --template 写出列名对照",
        "no column stands for an indicator of any form: name the columns by labels, keys or codes, or write a mapping with --template",
    );
    match near[..] {
        [] => none.to_owned(),
        _ => format!(
            "{none}{}{}",
            lang.pick("。", ". "),
            near.join(lang.pick("，", ", "))
        ),
    }
}
