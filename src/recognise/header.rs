//! Which column is which in a table of one value a row.

use std::collections::HashSet;

use super::figure::{Figure, figure, heads_labels, heads_units, is_last_year, year_of};
use super::fold::Row;
use super::unit::heading;
use super::words::Words;
use crate::form::without_brackets;
use crate::number::written::is_blank;
use crate::unicode::letters;

/// The columns of a table, as its header names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// The letters of the heading of each column, with those above it where they say more.
    pub columns: Vec<String>,
    pub label: usize,
    pub unit: Option<usize>,
    /// The columns that are read, or the headings among which there is no telling.
    pub values: Result<Values, Vec<String>>,
    /// The column of the year before, beside the only one that is read.
    pub last_year: Option<usize>,
}

/// The columns that could hold the values, and those that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Values {
    /// One; or, where each has the figures of another year, all.
    pub columns: Vec<ValueColumn>,
    /// The headings of the columns it was chosen from, where the caller did not choose.
    pub among: Vec<String>,
}

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ValueColumn {
    pub column: usize,
    /// The year of its figures, where the heading has to say.
    pub year: Option<u16>,
}

impl Values {
    fn one(column: usize, among: Vec<String>) -> Self {
        let columns = vec![ValueColumn { column, year: None }];
        Values { columns, among }
    }
}

/// Whether a heading stands over remarks, or over nothing.
fn is_remark(heading: &str) -> bool {
    matches!(heading, "备注" | "说明" | "注") || is_blank(heading)
}

/// Whether a heading is the name of an office.
fn is_office(heading: &str) -> bool {
    const ENDS: [&str; 20] = [
        "局",
        "委",
        "办",
        "政府",
        "厅",
        "院",
        "所",
        "中心",
        "镇",
        "乡",
        "街道",
        "县",
        "市",
        "区",
        "村",
        "委员会",
        "办公室",
        "处",
        "分局",
        "支队",
    ];
    figure(heading) == Figure::Unknown
        && heading.chars().count() > 2
        && ENDS.iter().any(|end| heading.ends_with(end))
}

/// The letters of the cells of a row by their columns, a merged cell standing in each of its.
pub(crate) fn by_column(row: &Row<'_>, words: &Words<'_>) -> Vec<String> {
    let mut columns = Vec::new();
    for token in &row.tokens {
        let end = token.cell.column.saturating_add(token.cell.columns);
        if columns.len() < token.cell.column.min(crate::document::MAX_COLUMNS) {
            columns.resize(token.cell.column, String::new());
        }
        let shown = heading(token, words);
        columns.resize(end.min(crate::document::MAX_COLUMNS), shown);
    }
    columns
}

impl Header {
    /// Reads the letters of the cells of a row as a header, if it is one; `named` is the column that the caller wants read.
    pub fn of(columns: Vec<String>, named: Option<&str>) -> Option<Header> {
        let label = columns.iter().position(|text| heads_labels(text))?;
        let unit = columns.iter().position(|column| heads_units(column));
        let mut header = Header {
            columns,
            label,
            unit,
            values: Err(Vec::new()),
            last_year: None,
        };
        // Two panels side by side: a row of one would be taken for that of the other. A merged heading is not two.
        let mut heads: Vec<&String> = header.columns.iter().collect();
        heads.dedup();
        let panels = heads.iter().filter(|column| heads_labels(column)).count();
        header.values = if panels == 1 {
            header.value_columns(named)
        } else {
            Err(header.columns.clone())
        };
        header.last_year = header.of_last_year();
        let says = |column: &String| figure(column) != Figure::Unknown && !heads_labels(column);
        // What a merged heading stands over, those below it may say. A text shows it as blanks behind the heading.
        let merged = header.columns.windows(2).any(|pair| match pair {
            [one, other] if other.is_empty() => !one.is_empty() && !heads_labels(one),
            [one, other] => one == other,
            _ => false,
        });
        let is_header = unit.is_some() || merged || header.columns.iter().any(says);
        is_header.then_some(header)
    }

    /// The header that a second line makes of it, with headings below those that are merged over several columns.
    pub fn with_below(&self, below: &[String], named: Option<&str>) -> Option<Header> {
        let fits = |(column, below): (usize, &String)| {
            let above = self.columns.get(column);
            let beside = column > self.label && Some(column) != self.unit;
            below.is_empty() || above == Some(below) || (beside && figure(below) != Figure::Unknown)
        };
        let adds = |(column, below): (usize, &String)| {
            !below.is_empty() && self.columns.get(column) != Some(below)
        };
        let all = || below.iter().enumerate();
        if below.len() > self.columns.len().max(self.label + 2) + crate::document::MAX_COLUMNS
            || !all().all(fits)
            || !all().any(adds)
        {
            return None;
        }
        let mut merged = Vec::new();
        let mut left = "";
        for column in 0..below.len().max(self.columns.len()) {
            let above = self.columns.get(column).map_or("", String::as_str);
            let below = below.get(column).map_or("", String::as_str);
            // A blank beside a merged heading stands under it.
            let above = if above.is_empty() && !below.is_empty() {
                left
            } else {
                above
            };
            left = above;
            merged.push(match figure(above) {
                _ if below.is_empty() || below == above => above.to_owned(),
                Figure::This | Figure::Unknown => below.to_owned(),
                Figure::Other(_) | Figure::Year(_) => format!("{above}{below}"),
            });
        }
        Header::of(merged, named)
    }

    fn of_last_year(&self) -> Option<usize> {
        let values = self.values.as_ref().ok();
        values.filter(|it| it.columns.len() == 1 && it.among.len() > 1)?;
        let behind = self.columns.iter().enumerate().skip(self.label + 1);
        let mut columns = behind
            .filter(|(_, it)| is_last_year(it))
            .map(|(column, _)| column);
        columns.next().filter(|_| columns.next().is_none())
    }

    /// Whether a column behind the labels has no figures, but remarks or nothing.
    pub fn is_remark(&self, column: usize) -> bool {
        let behind = column > self.label && Some(column) != self.unit;
        behind && self.columns.get(column).is_some_and(|it| is_remark(it))
    }

    /// The columns that are read, where each has the figures of another year.
    pub fn years(&self) -> &[ValueColumn] {
        match &self.values {
            Ok(values) if values.columns.len() > 1 => &values.columns,
            _ => &[],
        }
    }

    /// The column that is read: the one that the caller names, or the last that is headed like 统计数; all, where each is
    /// headed by a year of its own.
    fn value_columns(&self, named: Option<&str>) -> Result<Values, Vec<String>> {
        let first = self.unit.map_or(self.label, |unit| unit.max(self.label)) + 1;
        let columns = || self.columns.iter().enumerate().skip(self.label + 1);
        let rest = || columns().filter(|(column, _)| Some(*column) != self.unit);
        if let Some(name) = named {
            let names = [letters(name), letters(&without_brackets(name))];
            let exact = rest().rev().find(|(_, column)| names.contains(column));
            return match exact {
                Some((column, heading)) => Ok(Values {
                    columns: vec![ValueColumn {
                        column,
                        year: year_of(heading),
                    }],
                    among: Vec::new(),
                }),
                None => Err(rest().map(|(_, column)| column.clone()).collect()),
            };
        }
        let candidates: Vec<(usize, &String)> =
            rest().filter(|(_, column)| !is_remark(column)).collect();
        let among: Vec<String> = candidates.iter().map(|(_, it)| (*it).clone()).collect();
        let of_year = |(column, heading): &(usize, &String)| match figure(heading) {
            Figure::Year(year) => Some(ValueColumn {
                column: *column,
                year: Some(year),
            }),
            _ => None,
        };
        let years: Vec<ValueColumn> = candidates.iter().filter_map(of_year).collect();
        let distinct: HashSet<_> = years.iter().map(|column| column.year).collect();
        // Beside the figures of the years, their change or share may stand.
        let is_other = |heading: &str| matches!(figure(heading), Figure::Other(_));
        let others = candidates.iter().filter(|(_, it)| is_other(it)).count();
        let all = years.len() + others == candidates.len();
        if years.len() > 1 && all && distinct.len() == years.len() {
            return Ok(Values {
                columns: years,
                among: Vec::new(),
            });
        }
        // The figures of several offices, each with a column of its own.
        if candidates.len() > 1 && candidates.iter().all(|(_, heading)| is_office(heading)) {
            let column = |(column, _): &(usize, &String)| ValueColumn {
                column: *column,
                year: None,
            };
            return Ok(Values {
                columns: candidates.iter().map(column).collect(),
                among: Vec::new(),
            });
        }
        let this = |heading: &str| match figure(heading) {
            Figure::This => true,
            Figure::Year(_) => heading.contains('数') || heading.contains('计'),
            Figure::Other(_) | Figure::Unknown => false,
        };
        let like = candidates.iter().rfind(|(_, heading)| this(heading));
        let only_year = || {
            candidates
                .iter()
                .find(|(_, it)| !is_other(it))
                .filter(|_| years.len() == 1 && all)
        };
        let like = like.or_else(only_year);
        // Two columns below one heading, of which nothing says which is which.
        if like
            .is_some_and(|(_, it)| candidates.iter().filter(|(_, other)| other == it).count() > 1)
        {
            return Err(among);
        }
        match (like, &candidates[..]) {
            (Some((column, _)), [_, _, ..]) => Ok(Values::one(*column, among)),
            (Some((column, _)), _) => Ok(Values::one(*column, Vec::new())),
            (None, [(column, heading)]) => match figure(heading) {
                Figure::Other(_) => Err(among),
                _ => Ok(Values::one(*column, Vec::new())),
            },
            // Nothing is headed: the only column that there is, if it is only one.
            (None, []) => match rest().collect::<Vec<_>>()[..] {
                [] => Ok(Values::one(first, Vec::new())),
                [(column, heading)] if is_blank(heading) => Ok(Values::one(column, Vec::new())),
                _ => Err(rest().map(|(_, column)| column.clone()).collect()),
            },
            (None, _) => Err(among),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(columns: &str, named: Option<&str>) -> Option<Header> {
        Header::of(columns.split(' ').map(letters).collect(), named)
    }

    #[test]
    fn the_last_column_headed_like_a_count_is_read() {
        let column = |columns: &str, named| {
            let header = of(columns, named).unwrap();
            header
                .values
                .map(|it| (it.columns[0].column, it.among.len()))
        };
        assert_eq!(column("统计指标 单位 统计数", None), Ok((2, 0)));
        assert_eq!(column("序号 统计指标 单位 统计数 备注", None), Ok((3, 0)));
        assert_eq!(
            column("统计指标 单位 部门统计数 社区统计数", None),
            Ok((3, 2))
        );
        assert_eq!(
            column("统计指标 单位 部门统计数 社区统计数", Some("部门统计数")),
            Ok((2, 0))
        );
        assert_eq!(column("统计指标 单位 本年", None), Ok((2, 0)));
        assert_eq!(column("统计指标 统计数", None), Ok((1, 0)));
        assert!(column("统计指标 单位 甲 乙", None).is_err());
        assert!(of("统计指标 甲 乙", None).is_none());
        assert!(column("统计指标 单位 统计数", Some("部门统计数")).is_err());
        assert_eq!(of("统计指标 甲", None), None);
    }

    #[test]
    fn figures_of_another_time_are_not_read() {
        let column = |columns: &str| of(columns, None).unwrap().values.map(|it| it.columns);
        for lone in ["上年统计数", "历年累计数", "同比增减(%)", "计划数", "序号"]
        {
            assert!(column(&format!("统计指标 单位 {lone}")).is_err(), "{lone}");
        }
        assert_eq!(
            column("统计指标 单位 上年统计数 本年统计数").unwrap()[0].column,
            3
        );
        assert_eq!(
            column("统计指标 单位 本年统计数 上年统计数").unwrap()[0].column,
            2
        );
        let below = ["", "", "上年", "本年"].map(String::from);
        let merged = of("统计指标 单位 统计数 统计数", None)
            .unwrap()
            .with_below(&below, None);
        assert_eq!(merged.unwrap().values.unwrap().columns[0].column, 3);
        // In a text, blanks stand where a heading is merged.
        let mut header = Header::of(
            ["统计指标", "公开情况", ""].map(String::from).to_vec(),
            None,
        );
        for below in [["", "数量", ""], ["", "上年", "本年"]] {
            header = header.unwrap().with_below(&below.map(String::from), None);
        }
        assert_eq!(header.unwrap().values.unwrap().columns[0].column, 2);
    }

    #[test]
    fn columns_of_several_years_are_all_read() {
        let years = |columns: &str, named| -> Vec<(usize, Option<u16>)> {
            let columns = of(columns, named).unwrap().values;
            let columns = columns.map_or(Vec::new(), |it| it.columns);
            columns.iter().map(|it| (it.column, it.year)).collect()
        };
        let two = [(2, Some(2016)), (3, Some(2017))];
        for columns in [
            "统计指标 单位 2016年 2017年",
            "统计指标 单位 2016年统计数 2017年统计数",
            "统计指标 单位 ２０１６年度 二〇一七年 备注",
            "统计指标 单位 (2016年) 2017年度数量",
        ] {
            assert_eq!(years(columns, None), two, "{columns}");
        }
        assert_eq!(
            years("指标 2017年 2016年", None),
            [(1, Some(2017)), (2, Some(2016))]
        );
        for columns in ["统计指标 单位 2016年 2017年", "序号 指标 2016年 2017年"] {
            assert_eq!(years(columns, Some("2016年")), [(2, Some(2016))]);
        }
        // The same year twice, or a column that is no year.
        assert_eq!(
            years("统计指标 单位 2017年统计数 2017年度统计数", None),
            [(3, None)]
        );
        assert_eq!(years("统计指标 单位 2017年 上年统计数", None), [(2, None)]);
        for columns in [
            "统计指标 单位 2016年 2017年 增减",
            "统计指标 单位 2016年 2017年 同比(%) 备注",
        ] {
            assert_eq!(years(columns, None), two, "{columns}");
        }
        assert_eq!(years("统计指标 单位 2016年 2017年 甲", None), []);
        assert_eq!(years("统计指标 单位 统计数 统计数", None), []);
        assert_eq!(years("统计指标 单位 2017年", None), [(2, None)]);
    }
}
