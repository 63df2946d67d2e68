//! The list of agencies that have to report.

use std::collections::HashMap;

use serde::Deserialize;
use thiserror::Error;
use xxgk::Text;

use crate::names::{Meaning, Names, normal};

/// What columns of a list are headed with: the name, the agency above, other names.
const HEADINGS: [&[&str]; 3] = [
    &["名称", "单位名称", "单位", "name"],
    &["上级", "上级单位", "上级名称", "parent"],
    &["别名", "简称", "aliases"],
];

/// One agency of the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its name.
    pub name: String,
    /// The name of the agency above, whose figures are the sums of those of its parts.
    pub parent: Option<String>,
    /// Other names that reports may have.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A list as a file in TOML has it: `[[agency]]`, with `name`, `parent` and `aliases`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFile {
    /// The agencies.
    #[serde(rename = "agency")]
    pub agencies: Vec<Agency>,
}

/// What is wrong with a list of agencies.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ListError {
    /// It has no agency.
    #[error("the list has no agency")]
    Empty,
    /// None of its columns is that of the names.
    #[error("no column is headed `名称` or `name`")]
    NoColumn,
    /// A row, counted from 1, has an agency above or other names, but no name.
    #[error("row {0} has no name")]
    NoName(usize),
    /// A name, or another name, stands twice.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// The agency above is not on the list.
    #[error("`{parent}`, the agency above `{name}`, is not on the list")]
    UnknownParent {
        /// The agency.
        name: String,
        /// What is said to be above it.
        parent: String,
    },
    /// Agencies are above each other in a circle.
    #[error("agencies are above each other in a circle: {}", .0.join(", "))]
    Cycle(Vec<String>),
}

impl ListError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn message(&self) -> Text {
        let zh = match self {
            ListError::Empty => "单位名单中没有单位，请核对文件".to_owned(),
            ListError::NoColumn => {
                "单位名单中没有“名称”列，请在第一行写明列名：名称、上级、别名".to_owned()
            }
            ListError::NoName(row) => format!("单位名单第{row}行没有名称，请补填或者删去这一行"),
            ListError::Twice(name) => {
                format!("单位名单中“{name}”出现两次，名称和别名都不得重复，请只留一处")
            }
            ListError::UnknownParent { name, parent } => {
                format!(
                    "单位名单中没有“{name}”的上级“{parent}”，请补上这个单位，或者改正上级的名称"
                )
            }
            ListError::Cycle(names) => {
                format!(
                    "单位名单中这些单位互为上级：{}，请改正上级的名称",
                    names.join("、")
                )
            }
        };
        Text::new(zh, self.to_string())
    }
}

/// The agencies that have to report, each name once, their levels a tree.
#[derive(Clone, Debug)]
pub struct Agencies {
    all: Vec<Agency>,
    /// The agency above each, by its index.
    parents: Vec<Option<usize>>,
    names: Names<usize>,
}

impl Agencies {
    /// The list of these agencies.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    ///
    /// ```
    /// use xxgk_collect::{Agencies, Agency, ListError};
    /// let agency = |name: &str, parent: Option<&str>| Agency {
    ///     name: name.to_owned(),
    ///     parent: parent.map(str::to_owned),
    ///     aliases: Vec::new(),
    /// };
    /// let list = Agencies::new(vec![agency("某市", None), agency("某区", Some("某市"))]).unwrap();
    /// assert_eq!(list.parent(1), Some(0));
    /// let circle = Agencies::new(vec![agency("甲", Some("乙")), agency("乙", Some("甲"))]);
    /// assert_eq!(circle.unwrap_err(), ListError::Cycle(vec!["甲".into(), "乙".into()]));
    /// ```
    pub fn new(all: Vec<Agency>) -> Result<Self, ListError> {
        if all.is_empty() {
            return Err(ListError::Empty);
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut names = Names::default();
        for (index, agency) in all.iter().enumerate() {
            if normal(&agency.name).is_empty() {
                return Err(ListError::NoName(index + 1));
            }
            for name in [&agency.name].into_iter().chain(&agency.aliases) {
                let before = seen.insert(normal(name), index);
                if before.is_some() && !normal(name).is_empty() {
                    return Err(ListError::Twice(name.clone()));
                }
                names.add(name, index);
            }
        }
        let above = |agency: &Agency| match agency.parent.as_ref() {
            None => Ok(None),
            Some(parent) => match seen.get(&normal(parent)) {
                Some(parent) => Ok(Some(*parent)),
                None => Err(ListError::UnknownParent {
                    name: agency.name.clone(),
                    parent: parent.clone(),
                }),
            },
        };
        let parents = all.iter().map(above).collect::<Result<_, _>>()?;
        let list = Agencies {
            all,
            parents,
            names,
        };
        match list.cycle() {
            Some(names) => Err(ListError::Cycle(names)),
            None => Ok(list),
        }
    }

    /// The list of rows of cells, the first of which has the headings (名称, 上级, 别名, or `name`, `parent`, `aliases`); other
    /// names are separated by 、 or semicolons.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn of_rows(rows: &[Vec<String>]) -> Result<Self, ListError> {
        let has_cell = |row: &&Vec<String>| row.iter().any(|it| !it.trim().is_empty());
        let mut rows = (1..).zip(rows).filter(|(_, row)| has_cell(row));
        let (_, headings) = rows.next().ok_or(ListError::Empty)?;
        let column = |names: &[&str]| {
            let mut headings = headings.iter();
            headings.position(|it| names.contains(&&*normal(it).to_lowercase()))
        };
        let [name, parent, aliases] = HEADINGS.map(column);
        let name = name.ok_or(ListError::NoColumn)?;
        let mut all = Vec::new();
        for (number, row) in rows {
            let cell = |column: Option<usize>| {
                let text = row.get(column?)?.trim();
                (!text.is_empty()).then(|| text.to_owned())
            };
            let others = cell(aliases).unwrap_or_default();
            let others = others.split(['、', '；', ';']).map(str::trim);
            all.push(Agency {
                name: cell(Some(name)).ok_or(ListError::NoName(number))?,
                parent: cell(parent),
                aliases: others
                    .filter(|it| !it.is_empty())
                    .map(str::to_owned)
                    .collect(),
            });
        }
        Agencies::new(all)
    }

    /// The first agencies that are above each other in a circle.
    fn cycle(&self) -> Option<Vec<String>> {
        (0..self.all.len()).find_map(|start| {
            let mut circle = vec![start];
            let mut at = self.parent(start);
            // A way that is longer than the list goes round.
            while let Some(next) = at.filter(|_| circle.len() <= self.all.len()) {
                if next == start {
                    return Some(circle.iter().map(|it| self.name(*it).to_owned()).collect());
                }
                circle.push(next);
                at = self.parent(next);
            }
            None
        })
    }

    /// How many there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a list is never empty")]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The name of an agency.
    #[must_use]
    pub fn name(&self, agency: usize) -> &str {
        self.all.get(agency).map_or("", |it| &it.name)
    }

    /// The agency above an agency.
    #[must_use]
    pub fn parent(&self, agency: usize) -> Option<usize> {
        self.parents.get(agency).copied().flatten()
    }

    /// The agencies below an agency, one level down.
    pub fn children(&self, agency: usize) -> impl Iterator<Item = usize> + '_ {
        let below = move |child: &usize| self.parent(*child) == Some(agency);
        (0..self.len()).filter(below)
    }

    /// How many levels stand above an agency.
    #[must_use]
    pub fn depth(&self, agency: usize) -> usize {
        std::iter::successors(self.parent(agency), |it| self.parent(*it)).count()
    }

    /// Which agency a name means.
    #[must_use]
    pub fn meaning(&self, name: &str) -> Meaning<usize> {
        self.names.meaning(name)
    }
}
