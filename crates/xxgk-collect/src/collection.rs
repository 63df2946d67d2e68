//! What an office has received: which agency reported what, and what becomes of it.

use std::collections::HashMap;

use xxgk::{Record, Verdict};

use crate::agencies::Agencies;
use crate::assign::{Owner, owners};
use crate::filed::Filed;
use crate::issue::Weight;
use crate::levels::{Levels, levels};
use crate::names::normal;

/// What becomes of the report of an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is on the list, and there is no report.
    NotReported,
    /// There are files, and no table in them that can be read.
    Unreadable,
    /// Something must be corrected.
    Returned,
    /// Something is to be looked at, or blank cells leave a rule open that must hold.
    Query,
    /// There is nothing to say.
    Passed,
}

impl Status {
    /// All of them, in the order in which they are to be dealt with.
    pub const ALL: [Status; 5] = [
        Status::NotReported,
        Status::Unreadable,
        Status::Returned,
        Status::Query,
        Status::Passed,
    ];

    /// What it is called.
    ///
    /// ```
    /// assert_eq!(xxgk_collect::Status::Returned.name(), "退回修改");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::NotReported => "未报",
            Status::Unreadable => "无法读取",
            Status::Returned => "退回修改",
            Status::Query => "需核实",
            Status::Passed => "通过",
        }
    }
}

/// Something to say of an agency, beside what is wrong with its table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// How much it weighs; `None` where nothing has to be done.
    pub weight: Option<Weight>,
    /// The sentence.
    pub sentence: String,
}

impl Remark {
    pub(crate) fn note(sentence: String) -> Self {
        Remark {
            weight: None,
            sentence,
        }
    }

    pub(crate) fn soft(sentence: String) -> Self {
        Remark {
            weight: Some(Weight::Soft),
            sentence,
        }
    }

    pub(crate) fn hard(sentence: String) -> Self {
        Remark {
            weight: Some(Weight::Hard),
            sentence,
        }
    }
}

/// One agency, with what it has reported.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// Its name: that of the list, else that in the file.
    pub name: String,
    /// The agency above.
    pub parent: Option<String>,
    /// Whether it is on the list; all are where there is no list.
    pub listed: bool,
    /// Its tables of the year, as indices of [`Collection::filed`].
    pub filed: Vec<usize>,
    /// Its tables of other years, where the same file has none of the year.
    pub others: Vec<usize>,
    /// What becomes of it.
    pub status: Status,
    /// What else there is to say.
    pub remarks: Vec<Remark>,
}

/// What an office has received.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Collection {
    /// The year that is collected; `None` where no report says its year.
    pub year: Option<u16>,
    /// Whether there is a list of agencies.
    pub has_list: bool,
    /// The agencies: those of the list in its order, then the others.
    pub entries: Vec<Entry>,
    /// The tables, in the order of the files.
    pub filed: Vec<Filed>,
    /// The sums of the levels below, the lowest levels first.
    pub levels: Vec<Levels>,
    /// Files that were not read, by their names.
    pub skipped: Vec<String>,
}

/// Brings together what was read: whose it is, of which year, and what becomes of it. Without a `year`, the one that most
/// reports are on is collected.
///
/// ```
/// use xxgk::{Options, forms, read};
/// use xxgk_collect::{Filed, Status, collect};
/// use xxgk_show::html::Table;
///
/// let text = "\
/// 填报单位：某区教育局
/// 政府信息公开情况统计表(2017年度)
/// 统计指标 | 单位 | 统计数
/// (一)收到申请数 | 件 | 27
/// 1.当面申请数 | 件 | 26
/// 2.传真申请数 | 件 | 0
/// 3.网络申请数 | 件 | 0
/// 4.信函申请数 | 件 | 0
/// (二)申请办结数 | 件 | 27
/// 1.按时办结数 | 件 | 27
/// 2.延期办结数 | 件 | 0
/// ";
/// let reading = read(text, forms(), &Options::default()).next().unwrap();
/// let mut report = reading.check();
/// report.source = Some("教育局.txt".to_owned());
/// let filed = Filed::new(&Table { report: &report, reading: Some(&reading), text });
/// let collection = collect(None, None, vec![filed], Vec::new());
/// assert_eq!((collection.year, collection.entries[0].status), (Some(2017), Status::Returned));
/// ```
#[must_use]
pub fn collect(
    list: Option<&Agencies>,
    year: Option<u16>,
    filed: Vec<Filed>,
    skipped: Vec<String>,
) -> Collection {
    let year = year.or_else(|| usual_year(&filed));
    let owners = owners(list, &filed);
    let mut entries = of_list(list);
    fill(&mut entries, list.is_none(), &owners, &filed, year);
    for entry in &mut entries {
        entry.judge(&filed, year);
    }
    let levels = list.map_or_else(Vec::new, |list| levels(list, &mut entries, &filed));
    Collection {
        year,
        has_list: list.is_some(),
        entries,
        filed,
        levels,
        skipped,
    }
}

/// The year that most of the tables are on; of several, the latest.
fn usual_year(filed: &[Filed]) -> Option<u16> {
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for year in filed.iter().filter_map(|it| it.year) {
        *counts.entry(year).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(year, count)| (*count, *year));
    most.map(|(year, _)| year)
}

/// The agencies of the list, which have not reported yet.
fn of_list(list: Option<&Agencies>) -> Vec<Entry> {
    let Some(list) = list else {
        return Vec::new();
    };
    let entry = |agency| Entry {
        parent: list.parent(agency).map(|it| list.name(it).to_owned()),
        ..Entry::new(list.name(agency), true)
    };
    (0..list.len()).map(entry).collect()
}

/// Gives every table to its agency; one that is not on the list gets an entry behind those that are.
fn fill(
    entries: &mut Vec<Entry>,
    listed: bool,
    owners: &[Owner],
    filed: &[Filed],
    year: Option<u16>,
) {
    let mut others: HashMap<String, usize> = HashMap::new();
    for (index, (owner, it)) in owners.iter().zip(filed).enumerate() {
        let at = owner.agency.unwrap_or_else(|| {
            *others.entry(normal(&owner.name)).or_insert_with(|| {
                entries.push(Entry::new(&owner.name, listed));
                entries.len() - 1
            })
        });
        let Some(entry) = entries.get_mut(at) else {
            continue;
        };
        match is_of_year(it, year) {
            true => entry.filed.push(index),
            false => entry.others.push(index),
        }
        let remark = owner.remark.iter();
        let remark = remark.filter(|it| !entry.remarks.contains(it));
        entry.remarks.extend(remark.cloned().collect::<Vec<_>>());
    }
}

/// Whether a table is of the year: where it does not say its year, nothing says that it is not.
fn is_of_year(filed: &Filed, year: Option<u16>) -> bool {
    !filed.is_read() || filed.year.is_none() || filed.year == year
}

impl Entry {
    fn new(name: &str, listed: bool) -> Self {
        Entry {
            name: name.to_owned(),
            parent: None,
            listed,
            filed: Vec::new(),
            others: Vec::new(),
            status: Status::NotReported,
            remarks: Vec::new(),
        }
    }

    /// Its only table that can be read; of several that hold the same, the first. `None` too where they do not, for which of
    /// them counts is not known.
    #[must_use]
    pub fn only<'f>(&self, filed: &'f [Filed]) -> Option<&'f Filed> {
        let mut read = self.read(filed);
        let first = read.next()?;
        read.all(|it| it.record == first.record).then_some(first)
    }

    fn read<'f>(&self, filed: &'f [Filed]) -> impl Iterator<Item = &'f Filed> {
        let all = self.filed.iter().filter_map(|it| filed.get(*it));
        all.filter(|it| it.is_read())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Says what becomes of it, of its tables alone.
    fn judge(&mut self, filed: &[Filed], year: Option<u16>) {
        self.forget_columns_of_other_years(filed);
        self.remark_on_years(filed, year);
        self.remark_on_files(filed);
        let all: Vec<&Filed> = self.filed.iter().filter_map(|it| filed.get(*it)).collect();
        let any = |verdict| all.iter().any(|it| it.verdict == verdict);
        self.status = match (self.filed.is_empty(), self.others.is_empty()) {
            (true, true) => Status::NotReported,
            (true, false) => Status::Returned,
            _ if all.iter().all(|it| !it.is_read()) => Status::Unreadable,
            _ if any(Verdict::Inconsistent) => Status::Returned,
            _ if any(Verdict::Incomplete) || any(Verdict::Query) => Status::Query,
            _ => Status::Passed,
        };
        self.weigh_remarks();
    }

    /// Lets what is to be done by its remarks count in what becomes of it.
    pub(crate) fn weigh_remarks(&mut self) {
        let weights = self.remarks.iter().filter_map(|it| it.weight);
        let by_remarks = match weights.min() {
            Some(Weight::Hard) => Status::Returned,
            Some(Weight::Soft) => Status::Query,
            None => Status::Passed,
        };
        // What is not there, or cannot be read, stays so.
        self.status = self.status.min(by_remarks);
    }

    /// A file may have the figures of other years in columns of their own, beside those of the year.
    fn forget_columns_of_other_years(&mut self, filed: &[Filed]) {
        let file = |index: &usize| filed.get(*index).map(|it| &*it.file);
        let of_year: Vec<Option<&str>> = self.filed.iter().map(file).collect();
        self.others.retain(|it| !of_year.contains(&file(it)));
    }

    fn remark_on_years(&mut self, filed: &[Filed], year: Option<u16>) {
        let (Some(year), false) = (year, self.others.is_empty()) else {
            return;
        };
        let others = self.others.iter().filter_map(|it| filed.get(*it));
        let others = others.filter_map(|it| Some(format!("{}（{}年）", it.said(), it.year?)));
        let others = others.collect::<Vec<_>>().join("、");
        self.remarks.push(match self.filed.is_empty() {
            true => Remark::hard(format!(
                "报送的不是{year}年的报告：{others}，请报送{year}年的报告。"
            )),
            false => Remark::note(format!("另有其他年度的报告，没有列入：{others}。")),
        });
    }

    fn remark_on_files(&mut self, filed: &[Filed]) {
        let read: Vec<&Filed> = self.read(filed).collect();
        let unread: Vec<String> = self
            .filed
            .iter()
            .filter_map(|it| filed.get(*it))
            .filter(|it| !it.is_read())
            .map(Filed::said)
            .collect();
        if !read.is_empty() && !unread.is_empty() {
            let unread = unread.join("、");
            self.remarks
                .push(Remark::soft(format!("另有无法读取的：{unread}，请核实。")));
        }
        if read.iter().any(|it| it.year.is_none()) {
            let undated = read.iter().filter(|it| it.year.is_none());
            let undated: Vec<String> = undated.map(|it| it.said()).collect();
            self.remarks.push(Remark::note(format!(
                "没有写明年度：{}。",
                undated.join("、")
            )));
        }
        if read.len() > 1 {
            let (count, names) = (read.len(), read.iter().map(|it| it.said()));
            let names = names.collect::<Vec<_>>().join("、");
            self.remarks.push(match self.only(filed) {
                Some(_) => Remark::note(format!("重复报送{count}份，数字相同：{names}。")),
                None => Remark::soft(format!(
                    "重复报送{count}份，数字不同：{names}，请确定以哪一份为准。"
                )),
            });
        }
    }
}

impl Collection {
    /// The tables of an agency for the year.
    pub fn tables<'c>(&'c self, entry: &'c Entry) -> impl Iterator<Item = &'c Filed> {
        entry.filed.iter().filter_map(|it| self.filed.get(*it))
    }

    /// How many agencies have a status, those of the list or the others.
    #[must_use]
    pub fn count(&self, status: Status, listed: bool) -> usize {
        let entries = self.entries.iter();
        entries
            .filter(|it| it.status == status && it.listed == listed)
            .count()
    }

    /// The figures of an agency, where it is known which they are.
    #[must_use]
    pub fn record(&self, entry: &Entry) -> Option<&Record> {
        entry.only(&self.filed)?.record.as_ref()
    }
}
