//! The records of the year before, which those of the inputs are held against.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxgk::Lang;
use xxgk::form::Form;
use xxgk_batch::{Alone, Blanks, Checked, Input, Mapping, Pace, Previous, Told};

use super::{Run, identity, prepare, record, said};
use crate::args::Batch;
use crate::input::first_names;
use crate::shown::{PathShown, shown, tell};

/// So many records that stand alone are named.
const NAMED: usize = 5;

/// Reads them: of the files that are given as those of the year before, or else of the inputs themselves, where a column says the
/// year. `Err` holds what to tell the user.
pub(super) fn read(
    args: &Batch,
    inputs: &[PathBuf],
    mapping: &Mapping,
    form: &Arc<Form>,
    pace: Pace,
    lang: Lang,
) -> Result<Option<Previous>, String> {
    let files = match &args.previous {
        Some(path) => prepare::expand(path, lang)?,
        None if args.year.is_some() => inputs.to_vec(),
        None => return Ok(None),
    };
    let mut previous = Previous::new(form);
    if previous.plan().rules().is_empty() {
        tell(none(form, lang));
        return Ok(None);
    }
    let blanks = Blanks::new(&args.blank);
    for path in &files {
        let input = Input::open(path);
        let read = input.and_then(|input| {
            previous.add(input, mapping, identity(args), &blanks, args.partial, pace)
        });
        match read {
            Ok(told) if args.previous.is_some() => tell_of(path, &told, lang),
            Ok(_) => {}
            // What is wrong with an input is said when it is checked.
            Err(_) if args.previous.is_none() => {}
            Err(error) => return Err(said(path, &error, lang)),
        }
    }
    Ok(Some(previous))
}

/// Says that a form has no rules between years.
fn none(form: &Form, lang: Lang) -> String {
    let title = form.title();
    match lang {
        Lang::Zh => format!("表式“{title}”没有年度之间的规则，没有核对年度之间的关系"),
        Lang::En => format!("the form `{title}` has no rules between years: nothing is compared"),
    }
}

/// Says what of a file of the year before is blank.
fn tell_of(path: &Path, told: &Told, lang: Lang) {
    let path = path.shown();
    if !told.blank.is_empty() {
        let (count, names) = (told.blank.len(), first_names(&told.blank, false, lang));
        tell(match lang {
            Lang::Zh => {
                format!(
                    "{path}：年度之间的规则涉及的{count}个指标没有对应的列，按空白处理：{names}"
                )
            }
            Lang::En => format!(
                "{path}: no column for {count} of the cells that the rules between years speak of, which are blank: {names}"
            ),
        });
    }
    let first = told.unread.as_ref();
    let first = first.map(|(record, unread)| {
        let (column, value) = (shown(&unread.column), shown(&unread.value));
        match lang {
            Lang::Zh => format!("，如第{record}条记录“{column}”列的“{value}”"),
            Lang::En => format!(", such as “{value}” in the column `{column}` of record {record}"),
        }
    });
    if told.wrong > 0 {
        let (wrong, first) = (told.wrong, first.unwrap_or_default());
        tell(match lang {
            Lang::Zh => format!("{path}：有{wrong}个值不是指标能有的数，按空白处理{first}"),
            Lang::En => {
                format!("{path}: {wrong} values are none that the cell can hold, and blank{first}")
            }
        });
    }
}

/// How many records were held against one of the year before, and the others.
#[derive(Default)]
pub(super) struct Beside {
    compared: u64,
    none: Counted,
    several: Counted,
    unnamed: Counted,
}

/// Records, the first of which are named.
#[derive(Default)]
struct Counted {
    count: u64,
    first: Vec<String>,
}

impl Beside {
    pub fn add(&mut self, checked: &Checked, source: &str) {
        self.compared += (checked.records - checked.alone.len()) as u64;
        for (number, why) in &checked.alone {
            let of = match why {
                Alone::None => &mut self.none,
                Alone::Several => &mut self.several,
                Alone::Unnamed => &mut self.unnamed,
            };
            of.count += 1;
            if of.first.len() <= NAMED {
                // Without a key, its number says which it is.
                let name = match why {
                    Alone::Unnamed => (checked.first + *number as u64).to_string(),
                    Alone::None | Alone::Several => record(checked, *number),
                };
                of.first
                    .push(shown(&format!("{source} {name}")).into_owned());
            }
        }
    }
}

impl Run<'_> {
    /// How many records were held against the year before, and which were not.
    pub(super) fn write_beside(&self, out: &mut impl Write) -> io::Result<()> {
        if self.previous.is_none() {
            return Ok(());
        }
        let compared = self.beside.compared;
        match self.lang {
            Lang::Zh => writeln!(out, "与上年对照的记录{compared}条。")?,
            Lang::En => writeln!(out, "{compared} records were held against the year before.")?,
        }
        let whys = [
            (
                &self.beside.none,
                [
                    "条记录没有上年的记录，没有对照",
                    "records have none of the year before, and were not compared",
                ],
            ),
            (
                &self.beside.several,
                [
                    "条记录在上年有几条同标识的记录，不能确定是哪一条，没有对照",
                    "records have several of the year before, and were not compared, for which is meant is not known",
                ],
            ),
            (
                &self.beside.unnamed,
                [
                    "条记录没有标识或年度，没有对照",
                    "records have no key or no year, and were not compared",
                ],
            ),
        ];
        for (counted, [zh, en]) in whys {
            let (count, first) = (counted.count, &counted.first);
            let names = first_names(first, false, self.lang);
            match (count, self.lang) {
                (0, _) => {}
                (_, Lang::Zh) => writeln!(out, "{count}{zh}：{names}")?,
                (_, Lang::En) => writeln!(out, "{count} {en}: {names}")?,
            }
        }
        Ok(())
    }
}
