//! Which cells a number is of: those of the row that its phrase calls, in the columns that the sentence names, if nothing in the
//! sentence speaks against it.

use std::ops::Range;

use super::bind::{Binder, Context, Known, Open, SAID, SHORT, Target, Walk};
use super::figure::{Figure, FigureKind, units_agree};
use super::sentence::clause_end;
use super::subject::{Columns, Found};
use super::{Said, Why};
use crate::form::{Kind, Row};
use crate::number::written::{Unread, read};

impl Binder<'_> {
    /// What a number is of; and whether it says that all of something are.
    pub fn target_of(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        before: Range<usize>,
    ) -> Result<(Target, bool), Why> {
        let text = at.text.get(before.clone()).unwrap_or_default();
        let end = clause_end(at.text, figure.range.end);
        let behind = at.text.get(figure.range.end..end).unwrap_or_default();
        let head = walk
            .list
            .as_ref()
            .map(|list| &list.head)
            .or(walk.head.as_ref());
        if let Some((found, _)) = self.finder.all_of(behind) {
            let prefix = text.len();
            let target = self.target(
                walk,
                at,
                figure,
                Found {
                    start: prefix,
                    ..found
                },
                text,
                head,
            )?;
            return Ok((target, true));
        }
        // 1名专职人员和2名兼职人员: what stands behind the number before is of that.
        let directly = walk.done > 0 && before.start == walk.done;
        let apart = directly && self.finder.joined(text).is_some();
        if let Some(found) = apart
            .then(|| self.finder.around("", behind, SAID))
            .flatten()
        {
            return Ok((self.target(walk, at, figure, found, "", head)?, false));
        }
        let found = self.finder.around(text, behind, SAID);
        let found = found.or_else(|| self.finder.before(text, SAID));
        if let Some(found) = found {
            return Ok((self.target(walk, at, figure, found, text, head)?, false));
        }
        // A short name is enough where the whole was named before.
        let short = self.finder.before(text, SHORT);
        let short = short.map(|found| Found {
            rows: found
                .rows
                .into_iter()
                .filter(|row| head.is_some_and(|head| self.is_part(*row, head.row)))
                .collect(),
            ..found
        });
        let short = short
            .filter(|found| !found.rows.is_empty())
            .ok_or(Why::NoPhrase)?;
        Ok((self.target(walk, at, figure, short, text, head)?, false))
    }

    /// The cells of what was found, if nothing speaks against it.
    fn target(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        found: Found,
        before: &str,
        head: Option<&Known>,
    ) -> Result<Target, Why> {
        self.of_this_year(walk)?;
        let mut target = self.resolved(found.clone(), head)?;
        let prefix = before.get(..found.start).unwrap_or_default();
        self.allowed(at, &target, prefix)?;
        self.of_what(walk, at, &target, figure.range.start)?;
        let (earlier, later) = (
            at.text.get(..figure.range.start).unwrap_or_default(),
            at.text.get(figure.range.end..).unwrap_or_default(),
        );
        let earlier = earlier
            .get(..earlier.len() - before.len())
            .unwrap_or_default();
        if self.finder.words.names_other(prefix, earlier, later) {
            return Err(Why::Part(target.phrase));
        }
        // 收到49件,其中本年新收46件: the part is the row itself, where the whole may include more.
        let again = |list: &Open| {
            let head = &list.head;
            (head.row, head.columns) == (target.row, target.columns)
                && (head.with.is_empty() || !target.with.is_empty())
        };
        if walk.list.as_ref().is_some_and(again) {
            return Err(Why::Part(target.phrase));
        }
        let unit = at.text.get(figure.unit.clone()).unwrap_or_default();
        let indicator = target
            .cells
            .first()
            .and_then(|cell| self.form.indicator(*cell));
        let fits = indicator.is_some_and(|it| match it.kind() {
            Kind::Amount => figure.kind == FigureKind::Money,
            _ => figure.kind == FigureKind::Things && units_agree(it.unit(), unit),
        });
        if !fits {
            return Err(Why::OtherUnit(unit.to_owned()));
        }
        // A及B共N: the sum of both.
        let mut rest = prefix;
        while let Some(front) = self.finder.joined(rest) {
            let other = self.finder.before(front, SAID).ok_or(Why::Joined)?;
            let start = other.start;
            let other = self.resolved(
                Found {
                    columns: other.columns.or(target.columns),
                    ..other
                },
                head,
            )?;
            target.cells.extend(
                other
                    .cells
                    .iter()
                    .filter(|cell| !target.cells.contains(cell))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            rest = front.get(..start).unwrap_or_default();
        }
        // 分别为20件、5件, 各3件: each has a number of its own; of none of them there is any, or of all together none.
        let apart = before.get(found.start..).unwrap_or_default();
        let joined = rest.len() < prefix.len();
        let listed = at.text.get(figure.range.end..).unwrap_or_default();
        let listed = listed.trim_start_matches(['、', ',', '和', '及']);
        let listed = listed.starts_with(|c: char| c.is_ascii_digit());
        let zero = at.text.get(figure.range.start..figure.unit.start) == Some("0");
        let several = ["各", "均", "都", "皆"]
            .iter()
            .any(|word| apart.contains(word))
            && joined
            && !zero;
        if several || before.contains("分别") && (joined || listed) {
            return Err(Why::SeveralNumbers);
        }
        Ok(target)
    }

    /// The cells of what was found: of the row that it can only be, in the columns that are named.
    pub fn resolved(&self, found: Found, head: Option<&Known>) -> Result<Target, Why> {
        let row = match &found.rows[..] {
            [row] => *row,
            [] => head.map(|head| head.row).ok_or(Why::NoPhrase)?,
            rows => {
                let parts = rows
                    .iter()
                    .filter(|row| head.is_some_and(|head| self.is_part(**row, head.row)));
                match parts.collect::<Vec<_>>()[..] {
                    [row] => *row,
                    _ => return Err(Why::SeveralRows(found.phrase)),
                }
            }
        };
        let name = || {
            self.form
                .rows()
                .get(row)
                .map_or_else(String::new, |row| row.name().to_owned())
        };
        let columns = found.columns.or(head
            .filter(|_| found.rows.is_empty())
            .and_then(|head| head.columns));
        let cells = self
            .cells(row, columns)
            .ok_or_else(|| Why::NoColumn(name()))?;
        let phrase = if found.phrase.is_empty() {
            name()
        } else {
            found.phrase
        };
        // A number of which only the columns are named is of the same row as the one before.
        let with = match head {
            Some(head) if found.rows.is_empty() => head.with.clone(),
            _ => found.with,
        };
        Ok(Target {
            row,
            columns,
            cells,
            with,
            phrase,
        })
    }

    /// Refuses what is said of another year than the table's.
    pub fn of_this_year(&self, walk: &Walk) -> Result<(), Why> {
        if let Some(word) = walk.period {
            return Err(Why::Otherwise(word.to_owned()));
        }
        match walk.year {
            Some(year) if self.year != Some(year) => Err(Why::OtherYear(year)),
            _ => Ok(()),
        }
    }

    /// Refuses what is said behind something else that was received or settled, unless it says itself what it is about: behind
    /// 受理行政许可申请530件, 办结528件 is about those.
    pub fn of_what(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        target: &Target,
        end: usize,
    ) -> Result<(), Why> {
        let (Some(other), Some(subject)) = (walk.other, self.form.phrases().subject(target.row))
        else {
            return Ok(());
        };
        let since = at.text.get(other..end).unwrap_or_default();
        if subject.near.is_empty()
            || subject
                .near
                .iter()
                .any(|word| since.contains(word.as_str()))
        {
            return Ok(());
        }
        Err(self.not_near(target))
    }

    fn not_near(&self, target: &Target) -> Why {
        let row = self.form.rows().get(target.row);
        Why::NotNear(row.map_or_else(String::new, |row| row.name().to_owned()))
    }

    /// Refuses what the words before a phrase, or the lack of others near it, make something else.
    pub fn allowed(&self, at: &Context<'_>, target: &Target, prefix: &str) -> Result<(), Why> {
        let negated = ["不", "未", "非", "没", "无"]
            .iter()
            .find(|word| prefix.ends_with(**word));
        if let Some(word) = negated
            .copied()
            .or_else(|| self.finder.words.otherwise(prefix))
        {
            return Err(Why::Otherwise(word.to_owned()));
        }
        // 市政府 is another word than 政府.
        let place = ["省", "市", "县", "区", "州", "旗", "镇", "乡"];
        if target.phrase.starts_with("政府") && place.iter().any(|it| prefix.ends_with(it)) {
            return Err(Why::Otherwise(prefix.to_owned()));
        }
        let Some(subject) = self.form.phrases().subject(target.row) else {
            return Ok(());
        };
        if let Some(word) = subject
            .unless
            .iter()
            .find(|word| prefix.contains(word.as_str()))
        {
            return Err(Why::Otherwise(word.clone()));
        }
        let near = |word: &String| at.text.contains(word.as_str()) || at.headings.contain(word);
        if !subject.near.is_empty() && !subject.near.iter().any(near) {
            return Err(self.not_near(target));
        }
        Ok(())
    }

    /// The number, in the unit of its row.
    pub fn value(&self, at: &Context<'_>, figure: &Figure, target: &Target) -> Result<Said, Why> {
        if figure.approximate {
            return Ok(Said::Approximate);
        }
        let text = at.text.get(figure.range.clone()).unwrap_or_default();
        let unit = || {
            Why::OtherUnit(
                at.text
                    .get(figure.unit.clone())
                    .unwrap_or_default()
                    .to_owned(),
            )
        };
        let indicator = target
            .cells
            .first()
            .and_then(|cell| self.form.indicator(*cell));
        let indicator = indicator.ok_or_else(unit)?;
        match read(text, indicator.kind(), indicator.unit(), "") {
            Ok(written) => Ok(Said::Value(written.value)),
            Err(Unread::Approximate) => Ok(Said::Approximate),
            Err(_) => Err(unit()),
        }
    }

    /// The sums that a number may be: of its own cells, and with those of rows that it may include. What stands behind it may
    /// say which: (含上年结转18件), (不含…).
    pub fn sums(&self, target: &Target, behind: &str) -> Vec<Vec<usize>> {
        let with = &target.with[..];
        let mut more = target.cells.clone();
        for row in with {
            more.extend(self.cells(*row, target.columns).unwrap_or_default());
        }
        if more.len() == target.cells.len() {
            return vec![more];
        }
        let behind = behind.trim_start_matches(['(', ',']);
        let named = |word: &str| {
            let rest = behind.strip_prefix(word)?;
            let part = rest.get(..clause_end(rest, 0))?;
            let number = part
                .find(|c: char| c.is_ascii_digit())
                .unwrap_or(part.len());
            let found = self.finder.before(part.get(..number)?, SAID)?;
            found
                .rows
                .iter()
                .any(|row| with.contains(row))
                .then_some(())
        };
        let says = |words: &[&str]| words.iter().any(|word| named(word).is_some());
        if says(&["不含", "不包含", "不包括"]) {
            vec![target.cells.clone()]
        } else if says(&["含", "包含", "包括", "其中"]) {
            vec![more]
        } else {
            vec![target.cells.clone(), more]
        }
    }

    /// Whether a row is one of the parts of another.
    pub fn is_part(&self, row: usize, whole: usize) -> bool {
        let rows = self.form.rows();
        let Some(part) = rows.get(row) else {
            return false;
        };
        let mut above = std::iter::successors(part.parent, |it| rows.get(*it)?.parent);
        part.share_of == Some(whole) || above.any(|it| it == whole)
    }

    /// The cells of a row in the columns that are named; of a heading, those of the rows below it. `None` where it has several
    /// columns, none of them is named, and none is the row as a whole.
    pub fn cells(&self, row: usize, columns: Option<Columns>) -> Option<Vec<usize>> {
        let rows = self.form.rows();
        let of = rows.get(row)?;
        let in_row = |row: &Row| -> Option<Vec<usize>> {
            let all = self.form.sections().get(row.section())?.columns();
            let named = columns.filter(|it| it.section == row.section());
            let range = match (all.len(), named) {
                (0, _) => 0..1,
                (_, Some(named)) => named.first..named.last + 1,
                (1, None) => 0..1,
                (_, None) => {
                    let whole = all.iter().position(|column| column.whole())?;
                    whole..whole + 1
                }
            };
            let cells = row.cells();
            Some(cells.start + range.start..(cells.start + range.end).min(cells.end))
                .map(Iterator::collect)
        };
        if !of.cells().is_empty() {
            return in_row(of);
        }
        let below = rows.iter().filter(|it| {
            let inside = it.code().strip_prefix(of.code());
            inside.is_some_and(|rest| rest.starts_with('.')) && !it.cells().is_empty()
        });
        let cells: Option<Vec<Vec<usize>>> = below.map(in_row).collect();
        Some(cells?.concat()).filter(|cells| !cells.is_empty())
    }
}
