//! What a batch comes to, as a person reads it.

use std::io::{self, Write};

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};
use xxgk::batch::Planned;
use xxgk::{Certainty, FindingKind, Lang, Severity};
use xxgk_batch::{Checked, OUTSIDE};

use super::Run;
use crate::shown::{PathShown, shown};

/// Of the indicators without a column, so many are named.
const NAMED: usize = 8;

impl Run<'_> {
    /// How many hard findings there are, and soft ones.
    pub(super) fn failed(&self) -> [u64; 2] {
        let rules = self.rules.iter().zip(&self.tallies);
        let of = |severity| {
            let rules = rules
                .clone()
                .filter(move |(it, _)| it.rule().severity() == severity);
            rules.map(|(_, tally)| tally.failed).sum::<u64>()
        };
        let outside: u64 = self.outside.iter().sum();
        [of(Severity::Hard) + outside, of(Severity::Soft)]
    }

    /// The rules that fail or are left open somewhere; with `--counts` every rule.
    pub(super) fn table(&self) -> Table {
        let lang = self.lang;
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED);
        table.set_header([
            lang.pick("编号", "id"),
            lang.pick("性质", "severity"),
            lang.pick("规则", "rule"),
            lang.pick("符合", "passed"),
            lang.pick("不符", "failed"),
            lang.pick("无法判定", "undetermined"),
            lang.pick("最大差额", "largest difference"),
            lang.pick("所在记录", "record"),
        ]);
        for number in 3..7 {
            if let Some(column) = table.column_mut(number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let found = OUTSIDE.iter().zip(self.outside).zip(&self.firsts);
        for ((id, count), first) in found {
            let (Some(kind), Some(first)) = (FindingKind::of(id), first) else {
                continue;
            };
            let [zh, en] = kind.title;
            let (severity, title) = (kind.severity.name(lang), lang.pick(zh, en));
            let place = format!("{} {}", first.source, first.record);
            let place = match &first.cell {
                Some(cell) => format!("{place} {cell}"),
                None => place,
            };
            let count = count.to_string();
            table.add_row([*id, severity, title, "", &count, "", "", &shown(&place)]);
        }
        let rules = self.rules.iter().zip(&self.tallies).zip(&self.worst);
        for ((planned, tally), worst) in rules {
            if tally.failed + tally.undetermined == 0 && !self.args.counts {
                continue;
            }
            let (difference, record) = match worst {
                Some(worst) => (
                    worst.residual.to_string(),
                    format!("{} {}", worst.source, worst.record),
                ),
                None => Default::default(),
            };
            table.add_row([
                planned.instance().id(),
                planned.rule().severity().name(lang),
                &words(planned, lang),
                &tally.passed.to_string(),
                &tally.failed.to_string(),
                &tally.undetermined.to_string(),
                &difference,
                &shown(&record),
            ]);
        }
        table
    }

    pub(super) fn write_total(&self, out: &mut impl Write) -> io::Result<()> {
        let (files, records, rules) = (self.files, self.records, self.rules.len());
        let [hard, soft] = self.failed();
        let open: u64 = self.tallies.iter().map(|tally| tally.undetermined).sum();
        let (unread, form) = (self.unread, self.plan.form().id());
        match self.lang {
            Lang::Zh => writeln!(
                out,
                "共审核{files}个文件、{records}条记录、{rules}条规则（{form}）：强制性问题{hard}处，核实性问题{soft}处，无法判定{open}处；未能读完{unread}个文件。"
            ),
            Lang::En => writeln!(
                out,
                "Checked {files} files, {records} records, {rules} rules ({form}): {hard} hard findings, {soft} soft, {open} undetermined; {unread} files not read to their end."
            ),
        }
    }

    /// Which indicators are blank because there is no column for them.
    pub(super) fn write_blank(&self, out: &mut impl Write) -> io::Result<()> {
        for (keys, source) in self.blank.iter().filter(|(keys, _)| !keys.is_empty()) {
            let some: Vec<&str> = keys.iter().take(NAMED).copied().collect();
            let more = if keys.len() > NAMED { "…" } else { "" };
            let (some, count, source) = (some.join(", "), keys.len(), source.shown());
            match self.lang {
                Lang::Zh => writeln!(
                    out,
                    "{source}：有{count}个指标没有对应的列，按空白处理：{some}{more}"
                )?,
                Lang::En => writeln!(
                    out,
                    "{source}: no column for {count} indicators, which are blank: {some}{more}"
                )?,
            }
        }
        Ok(())
    }
}

/// How many records there is something to correct in, and how certain it is.
#[derive(Default)]
pub(super) struct Corrected {
    records: u64,
    determined: u64,
    unique: u64,
    alternatives: u64,
    impossible: u64,
    limit: u64,
}

impl Corrected {
    pub fn add(&mut self, checked: &Checked) {
        self.records += checked.corrections.len() as u64;
        for correction in checked.corrections.iter().flat_map(|it| &it.corrections) {
            *match correction.certainty {
                Certainty::Determined => &mut self.determined,
                Certainty::Unique => &mut self.unique,
                Certainty::Alternatives => &mut self.alternatives,
                Certainty::Impossible => &mut self.impossible,
                // What there may be besides, in times to come, is not known to be a correction.
                _ => &mut self.limit,
            } += 1;
        }
    }
}

impl Run<'_> {
    /// What there is to correct, where that was asked.
    pub(super) fn write_corrected(&self, out: &mut impl Write) -> io::Result<()> {
        let Corrected {
            records,
            determined,
            unique,
            alternatives,
            impossible,
            limit,
        } = self.corrected;
        match (self.args.localise, self.lang) {
            (false, _) => Ok(()),
            (true, Lang::Zh) => writeln!(
                out,
                "最小改法：{records}条记录需要改数，其中改法唯一确定的{determined}处，只能确定错在哪些数的{unique}处，有几种改法的{alternatives}处，怎样改都不能成立的{impossible}处，未能在限定的计算量内找出的{limit}处。"
            ),
            (true, Lang::En) => writeln!(
                out,
                "Smallest corrections: {records} records need one; {determined} determined, {unique} where only the wrong cells are known, {alternatives} with alternatives, {impossible} impossible, {limit} not found within the bound on work."
            ),
        }
    }
}

/// What a rule says, of which row or column.
fn words(planned: &Planned, lang: Lang) -> String {
    let words = planned.rule().words().get(lang);
    match planned.instance().name() {
        Some(name) => format!("{words} ({name})"),
        None => words.to_owned(),
    }
}
