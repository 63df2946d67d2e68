//! The cells that were found to a record, with a finding for whatever is not as it should be.

use std::sync::Arc;

use super::Reading;
use super::align::{Aligned, Cells, Entry};
use super::header::{Header, ValueColumn};
use super::order::Trouble;
use super::resolve::{resolve, resolve_near};
use super::settle::{Settled, Unclear, settle};
use super::sums::PrintedSum;
use crate::check::cell;
use crate::form::{Form, Indicator, Kind, Row as FormRow};
use crate::grid::{Look, TextCell, quoted};
use crate::lang::Text;
use crate::number::written::{Unread, Written, is_blank, measure, read};
use crate::record::Record;
use crate::report::kind;
use crate::report::{Cell, Finding};
use crate::rule::Outcome;
use crate::rule::Severity::{Hard, Soft};
use crate::unicode::compatible;

/// One in so many cells of the form must be there for a text to hold a table of it.
const ENOUGH: usize = 8;

/// One cell of a form, as it stands in the document.
#[derive(Clone, Copy, Debug)]
struct Stands<'t> {
    label: TextCell<'t>,
    /// The label is not the form's.
    misspelt: bool,
    unit: &'t str,
    value: Option<TextCell<'t>>,
}

/// What a form makes of a report: a reading, or one for each year that has a column in it.
pub(crate) struct Filled {
    pub readings: Vec<Reading>,
    /// How many cells were told, how many are of the form by their labels, and how many rows are none of the form's.
    pub told: usize,
    pub cells: usize,
    pub unknown: usize,
    pub lines: [usize; 2],
}

/// A part of a report that could not be read.
struct Refused<'t> {
    section: usize,
    unclear: Unclear<'t>,
    at: Option<TextCell<'t>>,
}

/// The readings of a report on a form; `None` where too few cells are of the form for it to be one.
pub(crate) fn fill(
    form: &Arc<Form>,
    aligned: &Aligned<'_, '_>,
    year: Option<u16>,
    overflow: bool,
) -> Option<Filled> {
    let entries = &aligned.entries;
    let candidates: Vec<&[usize]> = entries.iter().map(|entry| entry.rows).collect();
    let cells_of = |rows: &[usize]| {
        let row = rows.first().and_then(|row| form.rows().get(*row));
        row.map_or(0, |row| {
            row.cells().len().max(usize::from(is_list(form, row)))
        })
    };
    let of_form: usize = candidates.iter().map(|rows| cells_of(rows)).sum();
    if of_form < form.cells().div_ceil(ENOUGH) {
        return None;
    }
    let unknown = candidates.iter().filter(|rows| rows.is_empty()).count();
    let done = |readings: Vec<Reading>, told: usize| Filled {
        readings,
        told,
        cells: of_form,
        unknown,
        lines: aligned.lines,
    };
    let refuse = |finding| Some(done(vec![Reading::unreadable(year, vec![finding])], 0));
    if overflow {
        return refuse(too_many_rows(form));
    }
    let columns = match aligned.header.as_ref().map(|header| &header.values) {
        Some(Err(columns)) if entries.iter().any(|it| matches!(it.cells, Cells::One(_))) => {
            return refuse(which_column(columns));
        }
        Some(Ok(values)) => &values.columns[..],
        _ => &[ValueColumn {
            column: 0,
            year: None,
        }],
    };
    let settled = settle(form, entries);
    let (mut rows, mut refused) = match resolve(&candidates) {
        Ok(rows) => (rows, Vec::new()),
        Err(lines) => {
            let refused = lines.iter().filter_map(|at| mixed(form, entries, *at));
            (
                candidates.iter().map(|rows| only(rows)).collect(),
                refused.collect(),
            )
        }
    };
    let near = entries
        .iter()
        .zip(&settled)
        .map(|(entry, settled)| match settled {
            Some(Err(_)) => &[][..],
            _ => &entry.near[..],
        });
    resolve_near(&mut rows, &near.collect::<Vec<_>>());
    for ((entry, settled), row) in entries.iter().zip(&settled).zip(&rows) {
        refused.extend(trouble(form, entry, settled.as_ref(), *row));
    }
    for (section, trouble, values) in &aligned.refused {
        let at = match trouble {
            Trouble::Heading(heading) => *heading,
            Trouble::Headings | Trouble::Spaces => *values,
        };
        refused.push(Refused {
            section: *section,
            unclear: Unclear::Heading(trouble.clone()),
            at: Some(at),
        });
    }
    refused.sort_by_key(|it| it.at.map(|at| (at.line, at.before.len())));
    let whole = |section: usize| refused.iter().all(|it| it.section != section);
    let sections: Vec<usize> = (0..form.sections().len()).filter(|it| whole(*it)).collect();
    let read = |row: &Option<usize>| {
        let row = row.and_then(|row| form.rows().get(row));
        row.filter(|row| sections.contains(&row.section()))
    };
    let told: usize = rows
        .iter()
        .filter_map(read)
        .map(|row| row.cells().len())
        .sum();
    if told == 0 || (!refused.is_empty() && is_one_list(form)) {
        return refuse(cannot_be_told(form, &refused, true));
    }
    let filling = Filling {
        form,
        aligned,
        settled: &settled,
        rows: &rows,
        sections: &sections,
    };
    let readings = columns.iter().enumerate().map(|(index, column)| {
        let mut findings = filling.findings();
        if !refused.is_empty() {
            // The rest is read: the report is not wrong for it, but its check is not complete.
            let told = cannot_be_told(form, &refused, false);
            findings.insert(
                0,
                Finding {
                    outcome: Outcome::Undetermined,
                    ..told
                },
            );
        }
        let reading = filling.reading(index, column.year.or(year), findings);
        let heading = aligned
            .header
            .as_ref()
            .and_then(|it| it.columns.get(column.column));
        Reading {
            column: heading.filter(|_| columns.len() > 1).cloned(),
            sums: filling.sums(),
            ..reading
        }
    });
    Some(done(readings.collect(), told))
}

/// Whether a form is one table of one value a row.
fn is_one_list(form: &Form) -> bool {
    form.sections().len() == 1
}

fn is_list(form: &Form, row: &FormRow) -> bool {
    let section = form.sections().get(row.section());
    section.is_some_and(|section| section.columns().is_empty())
}

fn only(rows: &[usize]) -> Option<usize> {
    match rows {
        [row] => Some(*row),
        _ => None,
    }
}

/// The section of a row of which its label does not say which it is.
fn mixed<'t>(form: &Form, entries: &[Entry<'t, '_>], at: usize) -> Option<Refused<'t>> {
    let entry = entries.get(at)?;
    let row = form.rows().get(*entry.meant().first()?)?;
    Some(Refused {
        section: row.section(),
        unclear: Unclear::Mixed,
        at: Some(entry.label),
    })
}

/// What keeps the values of a row of the form from being told.
fn trouble<'t>(
    form: &Form,
    entry: &Entry<'t, '_>,
    settled: Option<&Settled<'t>>,
    row: Option<usize>,
) -> Option<Refused<'t>> {
    let row = form
        .rows()
        .get(row.or_else(|| entry.rows.first().copied())?)?;
    let unclear = match (&entry.cells, settled) {
        (_, Some(Err(unclear))) => unclear.clone(),
        (Cells::One(list), _) if list.unclear && row.kind() != Kind::Heading => Unclear::Mixed,
        _ => return None,
    };
    let at = match &unclear {
        Unclear::Heading(Trouble::Heading(heading)) => *heading,
        _ => entry.label,
    };
    Some(Refused {
        section: row.section(),
        unclear,
        at: Some(at),
    })
}

/// What is known of a report when it is filled in.
struct Filling<'a, 't, 'f> {
    form: &'a Arc<Form>,
    aligned: &'a Aligned<'t, 'f>,
    settled: &'a [Option<Settled<'t>>],
    /// The row of the form that each entry is.
    rows: &'a [Option<usize>],
    /// The sections that are read.
    sections: &'a [usize],
}

impl<'t> Filling<'_, 't, '_> {
    /// What is said of rows and columns, and not of a cell.
    fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        let lists = self
            .aligned
            .entries
            .iter()
            .any(|it| matches!(it.cells, Cells::One(_)));
        findings.extend(
            self.aligned
                .header
                .as_ref()
                .filter(|_| lists)
                .and_then(several_columns),
        );
        for (section, column, heading) in &self.aligned.misspelt {
            let section = self
                .form
                .sections()
                .get(*section)
                .filter(|_| self.sections.contains(section));
            let column = section.and_then(|it| it.columns().get(*column));
            findings.extend(column.map(|column| other_heading(column.label(), heading)));
        }
        let known = self.aligned.entries.iter().zip(self.rows);
        let unknown = known.filter(|(_, row)| row.is_none());
        findings.extend(unknown.map(|(entry, _)| unknown_row(&entry.label)));
        findings
    }

    /// The sums that are printed in the place of the rows below a heading.
    fn sums(&self) -> Vec<PrintedSum> {
        let entries = self.aligned.entries.iter().zip(self.settled).zip(self.rows);
        let of_entry =
            |((_, settled), row): ((&Entry<'t, '_>, &Option<Settled<'t>>), &Option<usize>)| {
                let (Some(Ok(cells)), Some(row)) = (settled, row) else {
                    return None;
                };
                let heading = self
                    .form
                    .rows()
                    .get(*row)
                    .filter(|it| it.cells().is_empty())?;
                let rows: Vec<usize> = self.form.rows_below(*row).collect();
                let printed = self.rows.iter().flatten().any(|row| rows.contains(row));
                let read_here =
                    self.sections.contains(&heading.section()) && !printed && !rows.is_empty();
                read_here.then(|| PrintedSum::new(self.form, *row, &rows, cells))
            };
        entries.filter_map(of_entry).collect()
    }

    fn reading(&self, column: usize, year: Option<u16>, findings: Vec<Finding>) -> Reading {
        let mut lines: Vec<Vec<Stands<'t>>> = vec![Vec::new(); self.form.cells()];
        for ((entry, settled), row) in self.aligned.entries.iter().zip(self.settled).zip(self.rows)
        {
            let Some(row) = row.and_then(|row| self.form.rows().get(row)) else {
                continue;
            };
            if !self.sections.contains(&row.section()) {
                continue;
            }
            for (at, cell) in row.cells().enumerate() {
                let value = match (&entry.cells, settled) {
                    (Cells::One(list), _) => list.in_column(column),
                    (Cells::Several(_), Some(Ok(values))) => values.get(at).copied(),
                    (Cells::Several(_), _) => None,
                };
                if let Some(lines) = lines.get_mut(cell) {
                    lines.push(Stands {
                        label: entry.label,
                        misspelt: entry.rows.is_empty() || entry.annotated,
                        unit: entry.unit,
                        value,
                    });
                }
            }
        }
        let summed: Vec<usize> = self
            .sums()
            .iter()
            .flat_map(|sum| sum.rows.clone())
            .collect();
        filled(self.form, year, &lines, self.sections, &summed, findings)
    }
}

/// The reading of what was found for each cell of a form.
fn filled(
    form: &Arc<Form>,
    year: Option<u16>,
    lines_of: &[Vec<Stands<'_>>],
    sections: &[usize],
    summed: &[usize],
    mut findings: Vec<Finding>,
) -> Reading {
    let mut places = vec![None; form.cells()];
    let mut record = Record::new(form.clone());
    let absent = absent_parts(form, lines_of);
    for (index, (indicator, lines)) in form.indicators().iter().zip(lines_of).enumerate() {
        let of_row = form.rows().get(indicator.row());
        if of_row.is_none_or(|row| !sections.contains(&row.section())) {
            continue;
        }
        let place = lines
            .first()
            .and_then(|line| line.value.as_ref())
            .map(TextCell::place);
        if let Some(slot) = places.get_mut(index) {
            slot.clone_from(&place);
        }
        // What is said of a row is said once, of all of its cells.
        let row = of_row.filter(|row| row.cells().start == index);
        if let (Some(row), Some(line)) = (row, lines.first().filter(|line| line.misspelt)) {
            findings.push(other_spelling(form, row, &line.label, lines_of));
        }
        let value = match &lines[..] {
            [] => {
                if let Some(row) = row.filter(|_| !summed.contains(&indicator.row())) {
                    findings.push(no_row(form, row, absent.contains(&part(indicator))));
                }
                None
            }
            [line] => one_line(indicator, line, &mut findings),
            _ => several_lines(indicator, lines, &mut findings),
        };
        // The reader gives each cell a value of its kind.
        _ = record.set_cell(index, value);
    }
    findings.extend(uncalculated(form, lines_of));
    if is_empty(&record, lines_of) {
        findings = vec![not_filled_in(form)];
    }
    Reading {
        record: Some(record),
        form: Some(form.clone()),
        places,
        ..Reading::unreadable(year, findings)
    }
}

/// The top-level part of the form that a row belongs to.
fn part(row: &Indicator) -> &str {
    row.code().split('.').next().unwrap_or_default()
}

/// The parts of the form of which the table has no row with a value.
fn absent_parts<'f>(form: &'f Form, lines: &[Vec<Stands<'_>>]) -> Vec<&'f str> {
    let mut parts: Vec<&str> = form.indicators().iter().map(part).collect();
    parts.dedup();
    let present = |name: &str| {
        form.indicators()
            .iter()
            .zip(lines)
            .any(|(row, lines)| part(row) == name && !lines.is_empty())
    };
    parts.retain(|name| !present(name));
    parts
}

/// Why a cell has no value: as it is written, or as it is shown.
enum Why {
    Written(Unread),
    Uncalculated,
    Unfollowed,
    Broken,
}

fn written(row: &Indicator, line: &Stands<'_>) -> Result<Written, Why> {
    let text = line.value.map_or("", |value| value.text);
    match line.value.and_then(|value| value.flaw?.unread) {
        Some(Look::Uncalculated) => return Err(Why::Uncalculated),
        Some(_) => return Err(Why::Unfollowed),
        None if text.contains(char::REPLACEMENT_CHARACTER) => return Err(Why::Broken),
        None => {}
    }
    read(text, row.kind(), row.unit(), &compatible(line.unit)).map_err(Why::Written)
}

/// The cell of a line as findings show it.
fn placed(row: &Indicator, line: &Stands<'_>, value: Option<crate::Value>) -> Cell {
    let place = line.value.as_ref().unwrap_or(&line.label).place();
    Cell {
        place: Some(place),
        ..cell(row, value)
    }
}

fn one_line(
    row: &Indicator,
    line: &Stands<'_>,
    findings: &mut Vec<Finding>,
) -> Option<crate::Value> {
    let name = row.name();
    let text = quoted(line.value.map_or("", |value| value.text));
    let mut report = |id, severity, value, zh: String, en: String| {
        findings.push(Finding::structural(
            id,
            severity,
            vec![placed(row, line, value)],
            Text::new(zh, en),
        ));
    };
    if let Some(hidden) = line
        .value
        .and_then(|value| value.flaw)
        .filter(|flaw| !flaw.left_out.is_empty())
    {
        let hidden = quoted(&hidden.left_out);
        report(
            kind::LEFT_OUT,
            Soft,
            None,
            format!(
                "“{name}”的单元格里有划掉的或者不显示的文字“{hidden}”，未作为数值读取，请核对。"
            ),
            format!(
                "The cell of “{name}” has text that is struck out or not shown, “{hidden}”; it is not read as part of the value. Check it."
            ),
        );
    }
    match written(row, line) {
        Ok(Written {
            value,
            converted,
            other_unit,
            marked,
        }) => {
            let flaw = line.value.and_then(|value| value.flaw);
            let marks = flaw
                .map(|flaw| &*flaw.marks)
                .filter(|marks| !marks.is_empty());
            if marked || marks.is_some() {
                let written = format!("{text}{}", marks.unwrap_or_default());
                report(
                    kind::NOTE_MARK,
                    Soft,
                    Some(value),
                    format!(
                        "“{name}”写作“{written}”，后面的注号不是数值的一部分，按{value}审核，请确认。"
                    ),
                    format!(
                        "“{name}” is written “{written}”; the mark behind it is no part of the value, which is read as {value}. Confirm."
                    ),
                );
            }
            if converted {
                let unit = row.unit();
                let shown = if measure(&compatible(line.unit)).is_some()
                    && !text.contains(|c: char| c.is_alphabetic())
                {
                    format!("{text}{}", line.unit)
                } else {
                    text.clone()
                };
                report(
                    kind::CONVERTED,
                    Soft,
                    Some(value),
                    format!("“{name}”写作“{shown}”,已换算为{value}{unit},请确认并改用表式的单位。"),
                    format!(
                        "“{name}” is written “{shown}”, converted to {value} {unit}. Confirm, and use the unit of the form."
                    ),
                );
            }
            if let Some(unit) = other_unit {
                let form = row.unit();
                report(
                    kind::OTHER_UNIT,
                    Soft,
                    Some(value),
                    format!("“{name}”的单位写作“{unit}”,表式为“{form}”,请核对。"),
                    format!("The unit of “{name}” is “{unit}”, on the form “{form}”: check it."),
                );
            }
            Some(value)
        }
        // All of those are said at once.
        Err(Why::Uncalculated) => None,
        Err(Why::Unfollowed) => {
            report(
                kind::NOT_A_NUMBER,
                Hard,
                None,
                format!(
                    "“{name}”单元格里的“{text}”是用分数、域或者变换方向等方式显示的，不能确定显示的是什么数，请改为普通文字。"
                ),
                format!(
                    "“{text}” in the cell of “{name}” is shown as a fraction, a field or in another direction, so it is not known which number is shown: write it as plain text."
                ),
            );
            None
        }
        Err(Why::Broken) => {
            report(
                kind::NOT_A_NUMBER,
                Hard,
                None,
                format!("“{name}”的单元格里有损坏的字节，不能确定是什么数，请改正。"),
                format!(
                    "The cell of “{name}” has broken bytes, so it is not known which number it holds: correct it."
                ),
            );
            None
        }
        Err(Why::Written(unread)) => {
            let (id, severity, zh, en) = match unread {
                Unread::Blank if text.is_empty() => (
                    kind::BLANK,
                    Soft,
                    "空白。空白不等于0,请补填;确实没有的填0".into(),
                    "blank. A blank is not a zero: fill it in, with 0 if there is none".into(),
                ),
                Unread::Blank => (
                    kind::BLANK,
                    Soft,
                    format!("填的是“{text}”,不是数,按空白处理。请补填;确实没有的填0"),
                    format!(
                        "“{text}”, which is read as a blank. Fill it in, with 0 if there is none"
                    ),
                ),
                Unread::NotANumber => (
                    kind::NOT_A_NUMBER,
                    Hard,
                    format!("填的是“{text}”,不是数,请改正"),
                    format!("“{text}”, which is not a number: correct it"),
                ),
                Unread::Negative => (
                    kind::NEGATIVE,
                    Hard,
                    format!("填的是“{text}”,不能为负,请改正"),
                    format!("“{text}”; it cannot be negative: correct it"),
                ),
                Unread::Fraction => (
                    kind::FRACTION,
                    Hard,
                    format!("填的是“{text}”,应为整数,请改正"),
                    format!("“{text}”; it must be a whole number: correct it"),
                ),
                Unread::OutOfRange => (
                    kind::OUT_OF_RANGE,
                    Hard,
                    format!("填的是“{text}”,超出范围,请改正"),
                    format!("“{text}”, out of range: correct it"),
                ),
                Unread::Approximate => (
                    kind::APPROXIMATE,
                    Soft,
                    format!("填的是约数“{text}”,不能用来核对,请填准确的数"),
                    format!("approximate, “{text}”, and cannot be checked: give the exact number"),
                ),
                Unread::WrongUnit(unit) => (
                    kind::OTHER_UNIT,
                    Hard,
                    format!(
                        "填的是“{text}”,单位“{unit}”与表式的“{}”不是同类的量,请改正",
                        row.unit()
                    ),
                    format!(
                        "“{text}” in “{unit}”, which does not measure what “{}” does: correct it",
                        row.unit()
                    ),
                ),
            };
            report(
                id,
                severity,
                None,
                format!("“{name}”{zh}。"),
                format!("“{name}” is {en}."),
            );
            None
        }
    }
}

/// An indicator that stands several times: with one value, that; else a contradiction, and no value.
fn several_lines(
    row: &Indicator,
    lines: &[Stands<'_>],
    findings: &mut Vec<Finding>,
) -> Option<crate::Value> {
    let values: Vec<_> = lines
        .iter()
        .map(|line| written(row, line).ok().map(|written| written.value))
        .collect();
    if let (Some(line), true) = (
        lines.first(),
        values.windows(2).all(|pair| pair.first() == pair.last()),
    ) {
        return one_line(row, line, findings);
    }
    let cells: Vec<Cell> = lines
        .iter()
        .zip(&values)
        .map(|(line, value)| placed(row, line, *value))
        .collect();
    let texts: Vec<String> = lines
        .iter()
        .map(|line| quoted(line.value.map_or("", |value| value.text)))
        .collect();
    let (name, times) = (row.name(), lines.len());
    let message = Text::new(
        format!(
            "“{name}”出现了{times}次,数值不同:“{}”。不能确定哪个是对的,请核对并只保留一个。",
            texts.join("”“")
        ),
        format!(
            "“{name}” stands {times} times with different values: “{}”. Check, and keep one.",
            texts.join("”, “")
        ),
    );
    findings.push(Finding::structural(
        kind::CONTRADICTION,
        Hard,
        cells,
        message,
    ));
    None
}

fn no_row(form: &Form, row: &FormRow, whole_part: bool) -> Finding {
    let (name, code) = (row.name(), row.code());
    let (severity, message) = if whole_part {
        let zh = format!("缺少“{name}”(编码{code})一行:它所在的部分整个缺失,表不完整,请补全。");
        let en = format!(
            "There is no row “{name}” ({code}): the whole part that it belongs to is absent. Complete the table."
        );
        (Hard, Text::new(zh, en))
    } else {
        let zh = format!("缺少“{name}”(编码{code})一行,请核对是否漏了这一行。");
        let en = format!("There is no row “{name}” ({code}): check whether it was left out.");
        (Soft, Text::new(zh, en))
    };
    let cells = row
        .cells()
        .filter_map(|index| Some(cell(form.indicator(index)?, None)));
    Finding::structural(kind::NO_ROW, severity, cells.collect(), message)
}

fn other_spelling(
    form: &Form,
    row: &FormRow,
    label: &TextCell<'_>,
    lines_of: &[Vec<Stands<'_>>],
) -> Finding {
    let cells = row.cells().filter_map(|index| {
        let indicator = form.indicator(index)?;
        let line = lines_of.get(index)?.first()?;
        let value = written(indicator, line).ok().map(|written| written.value);
        Some(Cell {
            place: Some(label.place()),
            ..cell(indicator, value)
        })
    });
    let (name, label) = (row.name(), quoted(label.text));
    let message = Text::new(
        format!("“{label}”不是表式的写法,按“{name}”审核,请核对并改正。"),
        format!(
            "“{label}” is not how the form spells it; it is taken for “{name}”. Check it and correct it."
        ),
    );
    Finding::structural(kind::OTHER_SPELLING, Soft, cells.collect(), message)
}

/// A cell that is no cell of the form.
fn foreign(text: &TextCell<'_>) -> Cell {
    Cell {
        key: None,
        code: None,
        label: quoted(text.text).into(),
        value: None,
        source: None,
        place: Some(text.place()),
    }
}

fn unknown_row(cell: &TextCell<'_>) -> Finding {
    let label = quoted(cell.text);
    let message = Text::new(
        format!("“{label}”不是表式中的行,未参加审核。"),
        format!("“{label}” is no row of the form, and takes no part in the check."),
    );
    Finding::structural(kind::UNKNOWN_ROW, Soft, vec![foreign(cell)], message)
}

/// Whether the rows of a table are there, and nothing in them.
fn is_empty(record: &Record, lines_of: &[Vec<Stands<'_>>]) -> bool {
    let blank = |line: &Stands<'_>| {
        line.value
            .is_none_or(|value| is_blank(value.text) && value.flaw.is_none())
    };
    record.cells().iter().all(Option::is_none) && lines_of.iter().flatten().all(blank)
}

fn not_filled_in(form: &Form) -> Finding {
    let title = form.title();
    let message = Text::new(
        format!("《{title}》没有填写：各行都在，但一个数也没有。请填写后再审核。"),
        format!(
            "“{title}” is not filled in: its rows are there, and not one number. Fill it in first."
        ),
    );
    Finding::structural(kind::EMPTY, Soft, Vec::new(), message)
}

/// The cells whose formulas nobody calculated, said at once.
fn uncalculated(form: &Form, lines_of: &[Vec<Stands<'_>>]) -> Option<Finding> {
    let is_one = |line: &Stands<'_>| {
        let flaw = line.value.and_then(|value| value.flaw);
        flaw.is_some_and(|flaw| flaw.unread == Some(Look::Uncalculated))
    };
    let of_cell = |(indicator, lines): (&Indicator, &Vec<Stands<'_>>)| {
        let line = lines.iter().find(|line| is_one(line))?;
        Some(placed(indicator, line, None))
    };
    let cells: Vec<Cell> = form
        .indicators()
        .iter()
        .zip(lines_of)
        .filter_map(of_cell)
        .collect();
    let count = cells.len();
    let message = Text::new(
        format!(
            "有{count}个单元格是公式，文件里没有算出的结果，按空白处理。请用电子表格软件打开，保存后再审核。"
        ),
        format!(
            "{count} cells hold formulas that no program has calculated; they are blank. Open and save the file in a spreadsheet program first."
        ),
    );
    (count > 0).then(|| Finding::structural(kind::UNCALCULATED, Soft, cells, message))
}

fn several_columns(header: &Header) -> Option<Finding> {
    let values = header
        .values
        .as_ref()
        .ok()
        .filter(|values| values.among.len() > 1)?;
    let read = values
        .columns
        .first()
        .and_then(|it| header.columns.get(it.column))?;
    let all = values.among.join("”“");
    let message = Text::new(
        format!("表中有多个数值列：“{all}”。审核的是“{read}”；要审核另一列，请指定列名。"),
        format!(
            "The table has several columns of values: “{all}”. “{read}” is checked; name another to have that checked."
        ),
    );
    Some(Finding::structural(
        kind::SEVERAL_COLUMNS,
        Soft,
        Vec::new(),
        message,
    ))
}

fn which_column(columns: &[String]) -> Finding {
    let all = columns.join("”“");
    let message = Text::new(
        format!("不能确定审核哪一列：表中的数值列有“{all}”。请指定列名。"),
        format!(
            "There is no telling which column to check: the table has “{all}”. Name one of them."
        ),
    );
    Finding::structural(kind::AMBIGUOUS, Hard, Vec::new(), message)
}

fn other_heading(column: &str, heading: &TextCell<'_>) -> Finding {
    let text = quoted(heading.text);
    let message = Text::new(
        format!("列标题“{text}”不是表式的写法，按“{column}”审核，请核对并改正。"),
        format!(
            "The heading “{text}” is not how the form spells it; it is taken for “{column}”. Check it and correct it."
        ),
    );
    Finding::structural(kind::OTHER_SPELLING, Soft, vec![foreign(heading)], message)
}

/// What cannot be told: the first cell where that is so, and what would make the table readable.
fn cannot_be_told(form: &Form, refused: &[Refused<'_>], all: bool) -> Finding {
    let cells = refused
        .iter()
        .take(1)
        .filter_map(|it| Some(foreign(&it.at?)))
        .collect();
    let first = refused.first();
    let (zh_why, en_why) = first.map_or((String::new(), String::new()), why);
    let mut titles: Vec<&str> = Vec::new();
    for it in refused {
        let title = form.sections().get(it.section).map_or("", |it| it.title());
        let title = if title.is_empty() {
            form.title()
        } else {
            title
        };
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let (zh, en) = match all {
        true => (
            "整张表不予采信".to_owned(),
            "the table is refused".to_owned(),
        ),
        false => (
            format!(
                "《{}》中的这一部分未读，其余部分已审核",
                titles.join("》《")
            ),
            format!(
                "this part of “{}” is not read; the rest is checked",
                titles.join("”, “")
            ),
        ),
    };
    let message = Text::new(format!("{zh_why}；{zh}。"), format!("{en_why}; {en}."));
    Finding::structural(kind::AMBIGUOUS, Hard, cells, message)
}

/// Why a part of a report cannot be read, and what to do about it.
fn why(refused: &Refused<'_>) -> (String, String) {
    let Some(at) = refused.at else {
        return (String::new(), String::new());
    };
    let (text, place) = (quoted(at.text), at.place());
    let (zh_at, en_at) = said(&place);
    match &refused.unclear {
        Unclear::Heading(Trouble::Heading(_)) => (
            format!("列标题“{text}”（{zh_at}）不是表式中的列，请把列标题改为表式的写法"),
            format!(
                "the heading “{text}” ({en_at}) is none of the form's columns: use the headings of the form"
            ),
        ),
        Unclear::Heading(Trouble::Headings) => (
            format!(
                "“{text}”（{zh_at}）上方的列标题不全或次序不明，不能确定各数值属于哪一列，请对照原表补全列标题"
            ),
            format!(
                "the headings above “{text}” ({en_at}) are incomplete or do not say their order, so it is not known which column each value is in: complete them from the original"
            ),
        ),
        Unclear::Heading(Trouble::Spaces) => (
            format!(
                "“{text}”（{zh_at}）上方的列标题没有分隔，不能确定各数值属于哪一列，请从原文件读取，或者用制表符、竖线隔开各列"
            ),
            format!(
                "nothing sets the headings above “{text}” ({en_at}) apart, so it is not known which column each value is in: read the original file, or put tabs or pipes between the columns"
            ),
        ),
        Unclear::Count { found, expected } => (
            format!(
                "“{text}”（{zh_at}）一行有{found}个单元格，应为{expected}个，单元格有缺失或错位，请对照原表补全"
            ),
            format!(
                "the row “{text}” ({en_at}) has {found} cells where {expected} are due: cells are lost or displaced; complete it from the original"
            ),
        ),
        Unclear::Edge => (
            format!(
                "“{text}”（{zh_at}）一行的空白单元格有缺失或错位，不能确定各数值属于哪一列，请填满空白的单元格"
            ),
            format!(
                "blank cells of the row “{text}” ({en_at}) are lost or displaced, so it is not known which column each value is in: fill in the blank cells"
            ),
        ),
        Unclear::Mixed => (
            format!(
                "“{text}”（{zh_at}）处的单元格有缺失或错位，不能确定各数值属于哪一行，请对照原表补全"
            ),
            format!(
                "cells are lost or displaced at “{text}” ({en_at}), so it is not known which value belongs to which row: complete it from the original"
            ),
        ),
    }
}

/// Where something stands, as a person counts.
fn said(place: &crate::place::Place) -> (String, String) {
    match &place.within {
        Some(within) => (within.to_string(), within.to_string()),
        None => (
            format!("第{}行", place.line),
            format!("line {}", place.line),
        ),
    }
}

fn too_many_rows(form: &Form) -> Finding {
    let rows = form.rows().len();
    let message = Text::new(
        format!("表中的行远多于表式的{rows}行，不能认定为这张表。"),
        format!(
            "The table has far more rows than the {rows} of the form, and cannot be taken for it."
        ),
    );
    Finding::structural(kind::AMBIGUOUS, Hard, Vec::new(), message)
}
