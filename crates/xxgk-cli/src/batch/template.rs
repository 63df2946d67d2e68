//! `xxgk batch --template`: a file for `--columns`, to be written on.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use toml::Value;
use xxgk::Lang;
use xxgk::form::{Form, Names};
use xxgk_batch::{Input, Mapping, matched, nearest};

use super::prepare::{form_of, inputs};
use super::said;
use crate::Status;
use crate::args::Batch;
use crate::shown::{shown, tell};

/// What the columns of a file stand for.
struct Columns {
    by_slot: BTreeMap<usize, String>,
    /// Those that stand for nothing.
    unknown: Vec<String>,
}

/// Writes every indicator of the form, and the column of the first input that stands for it; without an input, its label.
pub fn run(
    args: &Batch,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    match prepare(args, forms, lang) {
        Ok((form, columns)) => {
            write(&form, columns.as_ref(), lang, out)?;
            Ok(Status::Clean)
        }
        Err(message) => {
            tell(message);
            Ok(Status::Unreadable)
        }
    }
}

fn prepare(
    args: &Batch,
    forms: &[Arc<Form>],
    lang: Lang,
) -> Result<(Arc<Form>, Option<Columns>), String> {
    let inputs = inputs(args, lang)?;
    let form = match forms {
        [form] => form.clone(),
        _ if inputs.is_empty() => {
            let ids: Vec<&str> = forms.iter().map(|form| form.id()).collect();
            let which = lang.pick("请用 --form 指定表式", "name a form with --form");
            return Err(format!("{which}: {}", ids.join(", ")));
        }
        _ => form_of(&inputs, forms, &Mapping::new(), lang)?,
    };
    let columns = inputs.first().map(|path| columns(path, &form, lang));
    Ok((form, columns.transpose()?))
}

fn columns(path: &Path, form: &Form, lang: Lang) -> Result<Columns, String> {
    let input = Input::open(path).map_err(|error| said(path, &error, lang))?;
    let by_slot = matched(form, input.schema());
    let names = input.schema().fields().iter().map(|field| field.name());
    let unknown = names.filter(|name| by_slot.values().all(|it| it != *name));
    Ok(Columns {
        unknown: unknown.cloned().collect(),
        by_slot,
    })
}

fn write(
    form: &Form,
    columns: Option<&Columns>,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<()> {
    let what = lang.pick(
        "列名对照：等号左边是指标，右边是数据文件中的列名。没有的列，删去该行或在行首加 #。",
        "Which column stands for which indicator: on the right, write the name of the column. Delete the lines of columns that there are not.",
    );
    writeln!(out, "# {what}\n[columns]")?;
    let names = Names::new(form);
    for slot in 0..form.cells() + form.parameters().len() {
        let name = names.written(slot);
        let column = match columns {
            Some(columns) => columns.by_slot.get(&slot),
            None => Some(&name).filter(|_| slot < form.cells()),
        };
        let key = Value::from(form.slot_key(slot).unwrap_or_default());
        let off = if column.is_some() { "" } else { "# " };
        let column = Value::from(column.map_or("", String::as_str));
        match form.indicator(slot) {
            Some(cell) => writeln!(
                out,
                "{off}{key} = {column} # {} ({})",
                shown(&name),
                shown(cell.unit())
            )?,
            None => writeln!(out, "{off}{key} = {column} # {}", shown(&name))?,
        }
    }
    let unknown = columns.map_or(&[][..], |columns| &columns.unknown);
    if !unknown.is_empty() {
        let what = lang.pick("没有对应指标的列：", "Columns that stand for nothing:");
        writeln!(out, "\n# {what}")?;
    }
    for column in unknown {
        let near = nearest(form, [column.as_str()].into_iter());
        let near = near.first().map(|(_, name)| match lang {
            Lang::Zh => format!("（可能是“{}”）", shown(name)),
            Lang::En => format!(" (may be `{}`)", shown(name)),
        });
        writeln!(
            out,
            "# {}{}",
            Value::from(column.as_str()),
            near.unwrap_or_default()
        )?;
    }
    Ok(())
}
