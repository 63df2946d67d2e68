//! Which cells a number is of: those of the row that its phrase calls, in the columns that the sentence names, if nothing in the
//! sentence speaks against it.

use std::ops::Range;

use super::bind::{Binder, Context, Known, Refused, SAID, SHORT, Target, Walk};
use super::figure::{Figure, FigureKind, units_agree};
use super::scope::Who;
use super::sentence::{clause_end, clause_start};
use super::subject::{Columns, Found};
use super::{Said, Why};
use crate::form::{Kind, Row, Subject};
use crate::number::written::{Unread, read};

/// Who acts, where a row has figures of its own for that.
const ACTORS: [&str; 2] = ["负责同志", "负责人"];

/// A number, and what stands around it.
struct Here<'a> {
    walk: &'a Walk,
    at: &'a Context<'a>,
    figure: &'a Figure,
    /// Its clause before it, from the number before on.
    before: &'a str,
    /// The total that was named before.
    head: Option<&'a Known>,
    /// Its name is one of a list that stands before the numbers.
    in_list: bool,
}

impl<'a> Here<'a> {
    /// The sentence before its clause.
    fn earlier(&self) -> &'a str {
        if self.in_list {
            return "";
        }
        let text = self.at.text.get(..self.figure.range.start);
        let text = text.unwrap_or_default();
        let clause = text.len().saturating_sub(self.before.len());
        text.get(..clause).unwrap_or_default()
    }

    /// The sentence behind it.
    fn later(&self) -> &'a str {
        let text = self.at.text.get(self.figure.range.end..);
        text.unwrap_or_default()
    }

    fn unit(&self) -> &'a str {
        let unit = self.at.text.get(self.figure.unit.clone());
        unit.unwrap_or_default()
    }

    fn is_zero(&self) -> bool {
        let digits = self.figure.range.start..self.figure.unit.start;
        self.at.text.get(digits) == Some("0")
    }
}

impl Binder<'_> {
    /// What a number is of; and whether it says that all of something are.
    pub fn target_of(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        before: Range<usize>,
    ) -> Result<(Target, bool), Refused> {
        let head = walk.now.list.as_ref().map(|list| &list.head);
        // What stands behind the number before is of that: 1名专职人员和2名兼职人员.
        let directly = walk.done > 0 && before.start == walk.done;
        let mut here = Here {
            walk,
            at,
            figure,
            before: at.text.get(before).unwrap_or_default(),
            head: head.or(walk.now.head.as_ref()),
            in_list: false,
        };
        let end = clause_end(at.text, figure.range.end);
        let behind = at.text.get(figure.range.end..end).unwrap_or_default();
        if let Some((found, _)) = self.finder.all_of(behind) {
            let start = here.before.len();
            let target = self.target(&here, Found { start, ..found })?;
            return Ok((target, true));
        }
        if directly && self.finder.joined(here.before).is_some() {
            if let Some(found) = self.finder.around("", behind, SAID) {
                here.before = "";
                return Ok((self.target(&here, found)?, false));
            }
        }
        let found = self.finder.around(here.before, behind, SAID);
        let found = found.or_else(|| self.finder.before(here.before, SAID));
        let found = found.or_else(|| self.short(&here)).ok_or(Why::NoPhrase)?;
        Ok((self.target(&here, found)?, false))
    }

    /// What a number is of that has its name in a list, where nothing speaks against it.
    pub fn target_in_list(
        &self,
        walk: &Walk,
        at: &Context<'_>,
        figure: &Figure,
        name: &str,
        found: Option<Found>,
    ) -> Option<Target> {
        let head = walk.now.list.as_ref().map(|list| &list.head);
        let here = Here {
            walk,
            at,
            figure,
            before: name,
            head: head.or(walk.now.head.as_ref()),
            in_list: true,
        };
        let found = found.or_else(|| self.short(&here))?;
        self.target(&here, found).ok()
    }

    /// A short name, which is enough where the whole was named before.
    fn short(&self, here: &Here<'_>) -> Option<Found> {
        let whole = here.head?.row;
        let mut found = self.finder.before(here.before, SHORT)?;
        found.rows.retain(|row| self.is_part(*row, whole));
        Some(found).filter(|found| !found.rows.is_empty())
    }

    /// The cells of what was found, if nothing speaks against it.
    fn target(&self, here: &Here<'_>, found: Found) -> Result<Target, Refused> {
        let start = found.start;
        let target = self.resolved(found, here.head)?;
        let row = Some(target.row);
        let refused = |why| Refused { why, row };
        self.here(here, target, start).map_err(refused)
    }

    fn here(&self, here: &Here<'_>, target: Target, start: usize) -> Result<Target, Why> {
        let prefix = here.before.get(..start).unwrap_or_default();
        let number = here.figure.range.start;
        self.holds(here.walk, number)?;
        self.allowed(here.at, &target, prefix)?;
        self.of_what(here.walk, here.at, &target, number)?;
        self.joined_to_other(here, &target)?;
        if let Some(word) = self.finder.words.other_years(here.later()) {
            return Err(Why::Otherwise(word.to_owned()));
        }
        if is_part_of_list(here, &target) {
            return Err(Why::Part(target.phrase));
        }
        if !self.has_unit(here, &target) {
            return Err(Why::OtherUnit(here.unit().to_owned()));
        }
        let cells = target.cells.len();
        let target = self.with_joined(here, target, prefix)?;
        let several = target.cells.len() > cells;
        if is_one_of_several(here, here.before.get(start..).unwrap_or_default(), several) {
            return Err(Why::SeveralNumbers);
        }
        Ok(target)
    }

    /// Refuses what a verb governs that made the name before it something else: 公开行政处罚决定5条、行政许可决定8条.
    fn joined_to_other(&self, here: &Here<'_>, target: &Target) -> Result<(), Why> {
        let joiners = ['、', '和', '及', '与'];
        if !here.earlier().ends_with(joiners) && !here.before.starts_with(joiners) {
            return Ok(());
        }
        if target.phrase.starts_with('^') && here.walk.now.last.is_none() {
            // Where nothing may stand before it, nothing may stand before what it is joined to.
            return Err(Why::NoPhrase);
        }
        let subject = self.form.phrases().subject(target.row);
        // 负责同志参加新闻发布会2次、参加在线访谈3次: who acts stands before both.
        let clause = clause_start(here.at.text, here.figure.range.start, 0);
        let clause = here.at.text.get(clause..here.figure.range.start);
        let actor = ACTORS.iter().find(|word| {
            let unless = subject.is_some_and(|it| it.unless.iter().any(|other| other == **word));
            unless && clause.is_some_and(|clause| clause.contains(**word))
        });
        if let Some(word) = actor {
            return Err(Why::Otherwise((*word).to_owned()));
        }
        let Some(word) = &here.walk.now.otherwise else {
            return Ok(());
        };
        let near = |subject: &&Subject| {
            !subject
                .near
                .iter()
                .any(|word| here.before.contains(word.as_str()))
        };
        let subject = subject.filter(near);
        match subject.is_some_and(|subject| subject.unless.contains(word)) {
            true => Err(Why::Otherwise(word.clone())),
            false => Ok(()),
        }
    }

    /// Whether a number is in a unit of the row's.
    fn has_unit(&self, here: &Here<'_>, target: &Target) -> bool {
        let first = target.cells.first();
        let indicator = first.and_then(|cell| self.form.indicator(*cell));
        indicator.is_some_and(|it| match it.kind() {
            Kind::Amount => here.figure.kind == FigureKind::Money,
            _ => {
                here.figure.kind == FigureKind::Things
                    && self.counts_in(target, it.unit(), here.unit())
            }
        })
    }

    /// Whether a measure word may count what a row counts: one that the form names for it, or one like the row's own.
    fn counts_in(&self, target: &Target, unit: &str, said: &str) -> bool {
        let subject = self.form.phrases().subject(target.row);
        match subject.map_or(&[][..], |subject| &subject.units) {
            [] => units_agree(unit, said),
            units => units.iter().any(|it| it == said),
        }
    }

    /// A及B共N: the sum of both.
    fn with_joined(
        &self,
        here: &Here<'_>,
        mut target: Target,
        prefix: &str,
    ) -> Result<Target, Why> {
        let mut rest = prefix;
        while let Some(front) = self.finder.joined(rest) {
            let mut other = self.finder.before(front, SAID).ok_or(Why::Joined)?;
            rest = front.get(..other.start).unwrap_or_default();
            other.columns = other.columns.or(target.columns);
            for cell in self.resolved(other, here.head)?.cells {
                if !target.cells.contains(&cell) {
                    target.cells.push(cell);
                }
            }
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
            weight: found.weight,
            own_words: !found.short,
        })
    }

    /// Refuses what is no claim of the whole body and the whole year: a part of either, a supposition, what is denied.
    pub fn holds(&self, walk: &Walk, at: usize) -> Result<(), Why> {
        if let Some((_, word)) = walk.denied.as_ref().filter(|(it, _)| it.contains(&at)) {
            return Err(Why::Denied((*word).to_owned()));
        }
        if let Some(word) = walk.now.supposed {
            return Err(Why::Supposed(word.to_owned()));
        }
        if let Some(word) = walk.now.period {
            return Err(Why::Otherwise(word.to_owned()));
        }
        if let Some(Who::Part(name)) = &walk.now.who {
            return Err(Why::PartOfBody(name.clone()));
        }
        match walk.now.year {
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
        let Some(subject) = self.form.phrases().subject(target.row) else {
            return Ok(());
        };
        let says = |from: usize| {
            let since = at.text.get(from..end).unwrap_or_default();
            let near = || subject.near.iter().map(String::as_str);
            match subject.near.is_empty() {
                true => since.contains("信息"),
                false => near().any(|word| since.contains(word)),
            }
        };
        // 答复信访事项310件,其中予以公开45件 is about those; so is what follows something that has no name of the form.
        let now = &walk.now;
        let unknown = now
            .of_unknown
            .or(now.unknown.filter(|_| now.named.is_none()));
        if subject.shared && unknown.is_some_and(|unknown| !says(unknown)) {
            return Err(self.not_near(target));
        }
        if subject.near.is_empty() {
            return Ok(());
        }
        let other = now.other.is_some_and(|other| !says(other));
        let shared = subject.shared
            && self
                .named_other(walk, target)
                .is_some_and(|named| !says(named));
        // 制作信息3021条,其中…不予公开1535条 is about what was made, whatever it was applied for.
        let made = subject.shared && now.made;
        match other || shared || made {
            true => Err(self.not_near(target)),
            false => Ok(()),
        }
    }

    /// Where something else was named last than what a row is about: another part of the form.
    fn named_other(&self, walk: &Walk, target: &Target) -> Option<usize> {
        let (row, end) = walk.now.named?;
        let part = |row: usize| {
            let key = self.form.rows().get(row)?.key();
            Some(key.split_once('.').map_or(key, |(part, _)| part))
        };
        // Only between two things of which sentences must say what they are about.
        let subject = self.form.phrases().subject(row)?;
        (!subject.near.is_empty() && part(row) != part(target.row)).then_some(end)
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
        let area = place.iter().find_map(|it| prefix.strip_suffix(it));
        if target.phrase.starts_with("政府")
            && area.is_some_and(|it| !it.ends_with(['全', '我', '本']))
        {
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
        let written = at.text.get(figure.range.clone()).unwrap_or_default();
        let spelled = figure.spelled.map(|value| value.to_string());
        let text = spelled.as_deref().unwrap_or(written);
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

/// Whether a number in a list is of the same row as its total: then it is of a part of it. But in 收到49件,其中本年新收46件 the
/// part is the row itself, where the whole may include more; so it is where the part names the row more exactly.
fn is_part_of_list(here: &Here<'_>, target: &Target) -> bool {
    let head = here.walk.now.list.as_ref().map(|list| &list.head);
    head.is_some_and(|head| {
        (head.row, head.columns) == (target.row, target.columns)
            && target.weight <= head.weight
            && (head.with.is_empty() || !target.with.is_empty())
    })
}

/// Whether each of several rows has a number of its own: 分别为20件、5件, 各3件. (各为0件 says all at once.)
fn is_one_of_several(here: &Here<'_>, name: &str, several: bool) -> bool {
    let each = ["各", "均", "都", "皆"]
        .iter()
        .any(|word| name.contains(word));
    let next = here.later().trim_start_matches(['、', ',', '和', '及']);
    let listed = next.starts_with(|c: char| c.is_ascii_digit());
    let each = each && several && !here.is_zero();
    each || here.before.contains("分别") && (several || listed)
}
