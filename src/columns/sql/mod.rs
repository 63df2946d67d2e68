//! The rules of a form as SQL, with the verdicts of [`check`](crate::check()).
//!
//! A [`Query`] writes one statement: how many records pass, fail and leave open each rule ([`Query::counts`]), or which
//! records fail which rules, and by how much ([`Query::failures`]). A record is a row of the table, a cell a column; a column
//! is called by the key of its cell, or as [`Query::column`] says.
//!
//! ```
//! use xxgk::sql::{Dialect, Query};
//! use xxgk::{Table, nine_category::NineCategory};
//! let query = Query::new(NineCategory::form(), Dialect::DuckDb, "stats.reports")?
//!     .column("capacity.staff.total", "工作人员总数")?;
//! let sql = query.counts();
//! assert!(sql.contains(r#"FROM "stats"."reports" AS t"#));
//! assert!(sql.contains(r#"CAST(t."工作人员总数" AS HUGEINT) END AS "capacity.staff.total""#));
//! assert!(sql.contains(r#""capacity.staff.total" >= 1 AS "R803""#));
//! # Ok::<(), xxgk::sql::SqlError>(())
//! ```
//!
//! # Exact
//!
//! The statement first casts each cell to an integer that holds it and every sum of a rule, an amount in units of 10⁻⁸ 万元;
//! no sum overflows, and none is rounded. What no cell can hold counts as blank, as in the engine: a count that is negative,
//! has decimals, or is 2⁶⁴ or more; an amount that is negative, above 10¹⁵, or finer than 10⁻⁸; a change outside the `i64`s.
//! A NULL is a blank. A comparison that blanks leave open is undetermined; one that fails, or holds, whatever they are is
//! decided, as in the engine.
//!
//! The columns are of any integer type, or decimals of at most 18 digits behind the point, which leaves the engines room to
//! compare them with what a cell can hold. A float of 64 bits is the number that it is nearest to, if a cell can hold that
//! and it has at most fifteen digits; else what was lost before the statement reads it is lost.

mod dialect;
mod expression;
mod name;
mod residual;

use std::collections::{BTreeSet, HashMap};

pub use dialect::{Dialect, UnknownDialect};
use expression::{Expressions, WIDTH};
use name::{allowed, apart, parts};
use residual::Residual;

use crate::form::{Form, Instance, Kind, Rule};
use crate::lang::Lang;
use crate::number::{AMOUNT_DECIMALS, AMOUNT_MAX, AMOUNT_UNIT};
use crate::rule::compile::Node;

/// Why the rules cannot be written as SQL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SqlError {
    /// The form has no such cell, and no such parameter.
    #[error("the form `{form}` has no `{key}`")]
    UnknownKey {
        /// The id of the form.
        form: String,
        /// The key.
        key: String,
    },
    /// What cannot be the name of a column or the id of a rule in this dialect: nothing, a text with a NUL, and in Spark one
    /// with `${`.
    #[error("{0:?} cannot stand in this SQL")]
    Name(String),
    /// What does not name a table: see [`Query::new`].
    #[error(
        "{0:?} names no table: write `table` or `schema.table`, a name with a dot in double quotes"
    )]
    Table(String),
}

/// The rules of a form over a table of records, as SQL.
#[derive(Clone, Debug)]
pub struct Query<'a> {
    form: &'a Form,
    dialect: Dialect,
    /// The quoted name of the table.
    table: String,
    /// The common table expressions are called otherwise.
    table_name: String,
    /// The columns that are not called by the key of their slot.
    columns: HashMap<usize, String>,
    lang: Lang,
}

/// What the query says of one rule.
struct Said<'a> {
    instance: &'a Instance,
    comment: Option<String>,
}

impl<'a> Query<'a> {
    /// The live rules of a form, over a table.
    ///
    /// A dot in the name of the table parts schema from table: `stats.reports`. A name that has a dot in it, or begins with a
    /// double quote, stands in double quotes, and a double quote in it twice: `stats."reports.2017"`, whatever the dialect.
    ///
    /// # Errors
    /// Where the name of the table is none, or the id of a rule cannot stand in SQL.
    pub fn new(form: &'a Form, dialect: Dialect, table: &str) -> Result<Self, SqlError> {
        let parts = parts(table).ok_or_else(|| SqlError::Table(table.to_owned()))?;
        for part in &parts {
            allowed(dialect, part)?;
        }
        let quoted: Vec<String> = parts.iter().map(|it| dialect.identifier(it)).collect();
        let query = Query {
            form,
            dialect,
            table: quoted.join("."),
            table_name: parts.last().cloned().unwrap_or_default(),
            columns: HashMap::new(),
            lang: Lang::default(),
        };
        match query.said().find(|it| it.instance.id().contains('\0')) {
            Some(said) => Err(SqlError::Name(said.instance.id().to_owned())),
            None => Ok(query),
        }
    }

    /// Says which column holds a cell, or a parameter of the form. A parameter that is given no column is 0 in every record.
    ///
    /// # Errors
    /// Where the form has no such key, or the name cannot be a column's.
    pub fn column(mut self, key: &str, column: &str) -> Result<Self, SqlError> {
        let slot = self.form.slot(key).ok_or_else(|| SqlError::UnknownKey {
            form: self.form.id().to_owned(),
            key: key.to_owned(),
        })?;
        allowed(self.dialect, column)?;
        self.columns.insert(slot, column.to_owned());
        Ok(self)
    }

    /// The language of the comments.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// One statement with the columns `rule`, `passed`, `failed` and `undetermined`, and a row for each rule, in the order of
    /// the form. It reads the table once.
    #[must_use]
    pub fn counts(&self) -> String {
        let dialect = self.dialect;
        let header = self.header(
            "每条规则一行：名称，成立的、不成立的、因空格不能判定的记录数。",
            "A row for each rule: its name, and how many records pass it, fail it, and leave it open by their blanks.",
        );
        let said: Vec<Said<'_>> = self.said().collect();
        if said.is_empty() {
            let nothing =
                "SELECT '' AS rule, 0 AS passed, 0 AS failed, 0 AS undetermined\nWHERE 1 = 0";
            return header + nothing;
        }
        let ids: Vec<&str> = said.iter().map(|it| it.instance.id()).collect();
        let names = apart(&ids, dialect.name_bytes() - " undetermined".len());
        let cells = self.cells(None);
        let [with, rules, counts] = ["cells", "rules", "counts"].map(|it| self.apart(it));
        let names_of_cells = self.names_of_cells();
        let cell = |slot| self.cell(&names_of_cells, slot);
        let expressions = Expressions {
            dialect,
            cell: &cell,
        };
        let mut verdicts = Vec::new();
        let mut sums = Vec::new();
        let mut rows = Vec::new();
        for (index, (it, name)) in said.iter().zip(&names).enumerate() {
            let comment = it.comment.as_deref().map(|it| format!("    {it}\n"));
            let pieces = expressions.statement(&it.instance.node);
            let name_of = |what: &str| dialect.identifier(&format!("{name}{what}"));
            let named = format!("    {} AS {}", pieces.lines(4), name_of(""));
            verdicts.push(comment.unwrap_or_default() + &named);
            let holds = name_of("");
            let count = |what: &str, when: &str| {
                let as_name = name_of(&format!(" {what}"));
                format!("    {} AS {as_name}", dialect.count_of(when))
            };
            sums.push(count("passed", &holds));
            sums.push(count("failed", &format!("NOT {holds}")));
            sums.push(count("undetermined", &format!("{holds} IS NULL")));
            rows.push(Row {
                comment: None,
                values: vec![
                    (index + 1).to_string(),
                    dialect.string(it.instance.id()),
                    name_of(" passed"),
                    name_of(" failed"),
                    name_of(" undetermined"),
                ],
            });
        }
        let once = dialect.once();
        let columns = ["place", "rule", "passed", "failed", "undetermined"];
        let [place, outputs @ ..] = columns.map(|it| self.field(it));
        format!(
            "{header}\
             WITH {with} {once} (\n{cells}\n),\n\
             {rules} AS (\n  SELECT\n{}\n  FROM {with}\n),\n\
             {counts} AS (\n  SELECT\n{}\n  FROM {rules}\n)\n\
             SELECT {}\n\
             FROM {}\n\
             ORDER BY {place}",
            verdicts.join(",\n"),
            sums.join(",\n"),
            outputs
                .iter()
                .zip(columns.iter().skip(1))
                .map(|(field, name)| format!("{field} AS {name}"))
                .collect::<Vec<_>>()
                .join(", "),
            self.unpivot(&counts, &[], &columns, &rows),
        )
    }

    /// One statement with the columns `record`, `rule` and `residual`, and a row for each rule that a record fails, in no
    /// order. `record` is the column that tells the records apart.
    ///
    /// The residual is left − right where the rule is one comparison, as [`Failure::residual`](crate::batch::Failure::residual)
    /// has it (beside blanks the value nearest to 0), and NULL where it is made of several. Its type is `DECIMAL(38, n)`, n being the most decimals that a residual of
    /// these rules can have: 0 where they compare counts, 8 where they compare amounts. In Postgres it is `NUMERIC`. Where 38
    /// digits cannot hold all residuals of a form, it is text: `-15E-1`.
    ///
    /// # Errors
    /// Where the name cannot be a column's.
    pub fn failures(&self, key: &str) -> Result<String, SqlError> {
        let dialect = self.dialect;
        allowed(dialect, key)?;
        let key = format!("t.{}", dialect.identifier(key));
        let header = self.header(
            "每条不成立的规则一行：记录，规则，左边减右边的差（由几个比较组成的规则没有差）。",
            "A row for each rule that a record fails: the record, the rule, and left minus right (none where a rule is made of \
             several comparisons).",
        );
        let said: Vec<Said<'_>> = self.said().collect();
        if said.is_empty() {
            return Ok(format!(
                "{header}SELECT {key} AS record, '' AS rule, 0 AS residual\nFROM {} AS t\nWHERE 1 = 0",
                self.table
            ));
        }
        let names_of_cells = self.names_of_cells();
        let cell = |slot| self.cell(&names_of_cells, slot);
        let expressions = Expressions {
            dialect,
            cell: &cell,
        };
        let nodes = said.iter().map(|it| &it.instance.node);
        let residual = Residual::of(dialect, nodes, &|slot| self.most(slot));
        let mut rows = Vec::new();
        for (index, it) in said.iter().enumerate() {
            let difference = match &it.instance.node {
                Node::Compare(linear) => {
                    let units = expressions.difference(linear).lines(6);
                    residual.of_units(dialect, &units, linear.scale)
                }
                _ => residual.none(dialect),
            };
            rows.push(Row {
                comment: it.comment.clone(),
                values: vec![
                    (index + 1).to_string(),
                    dialect.string(it.instance.id()),
                    expressions.statement(&it.instance.node).lines(6),
                    difference,
                ],
            });
        }
        let with = self.apart("cells");
        let once = dialect.once();
        let columns = ["place", "rule", "holds", "residual"];
        let [_, rule, holds, difference] = columns.map(|it| self.field(it));
        Ok(format!(
            "{header}\
             WITH {with} {once} (\n{}\n)\n\
             SELECT {} AS record, {rule} AS rule, CAST({difference} AS {}) AS residual\n\
             FROM {}\n\
             WHERE NOT {holds}",
            self.cells(Some(&key)),
            RECORD,
            residual.sql_type(dialect),
            self.unpivot(&with, &[RECORD], &columns, &rows),
        ))
    }

    /// The rules in the order of the form; what a rule says stands at its first instance.
    fn said(&self) -> impl Iterator<Item = Said<'a>> + use<'a> {
        let (dialect, lang) = (self.dialect, self.lang);
        let comment = move |rule: &Rule| {
            let severity = rule.severity().name(lang);
            dialect.comment(&format!(
                "{} {severity} {}",
                rule.id(),
                rule.words().get(lang)
            ))
        };
        self.form.instances().map(move |(rule, instance)| {
            let first = rule.instances().first().map(Instance::id);
            let begins = first == Some(instance.id());
            Said {
                instance,
                comment: begins.then(|| comment(rule)),
            }
        })
    }

    fn header(&self, zh: &str, en: &str) -> String {
        let (form, lang) = (self.form, self.lang);
        let version = env!("CARGO_PKG_VERSION");
        let (title, id, dialect) = (form.title(), form.id(), self.dialect);
        let what = match lang {
            Lang::Zh => format!("{title}（{id}）的规则，由 xxgk {version} 写成 {dialect} 的 SQL。"),
            Lang::En => {
                format!("The rules of {id} ({title}) as SQL for {dialect}, by xxgk {version}.")
            }
        };
        let lines = [
            what.as_str(),
            lang.pick(zh, en),
            lang.pick(
                "空格（NULL）不当作0；无论是多少都不成立（或者都成立）的，照样判定。单元格不能有的数（负数、过大、小数过细）当作空格。金额以10⁻⁸万元为单位计算。",
                "A blank (NULL) is no zero; what fails, or holds, whatever it is, is decided. What no cell can hold (negative, too large, too fine) counts as blank. Amounts are \
                 computed in units of 10⁻⁸ 万元.",
            ),
            lang.pick(
                "各列应为整数，或小数位不超过18位的定点小数；64位浮点数的列，有效数字不超过15位的值是精确的。",
                "The columns are integers, or decimals of at most 18 digits behind the point; floats of 64 bits are exact where they have at most 15 digits.",
            ),
        ];
        let comment = |line: &&str| self.dialect.comment(line) + "\n";
        lines.iter().map(comment).collect()
    }

    /// The cells and parameters that live rules speak of.
    fn slots(&self) -> BTreeSet<usize> {
        let instances = self.said().map(|it| it.instance);
        instances.flat_map(Instance::slots).copied().collect()
    }

    fn key(&self, slot: usize) -> &'a str {
        self.form.slot_key(slot).unwrap_or_default()
    }

    /// What the columns of the first table expression are called.
    fn names_of_cells(&self) -> HashMap<usize, String> {
        let slots = self.slots();
        let keys: Vec<&str> = slots.iter().map(|slot| self.key(*slot)).collect();
        let names = apart(&keys, self.dialect.name_bytes());
        slots.iter().copied().zip(names).collect()
    }

    fn cell(&self, names: &HashMap<usize, String>, slot: usize) -> String {
        let name = names.get(&slot).map_or("", String::as_str);
        self.dialect.identifier(name)
    }

    /// The first table expression: each cell as an integer, blank where no cell can hold it.
    fn cells(&self, key: Option<&str>) -> String {
        let dialect = self.dialect;
        let wide = dialect.wide();
        let names = self.names_of_cells();
        let mut columns: Vec<String> = key
            .map(|key| format!("{key} AS {RECORD}"))
            .into_iter()
            .collect();
        for slot in self.slots() {
            let alias = self.cell(&names, slot);
            let parameter = slot >= self.form.cells();
            let column = match self.columns.get(&slot) {
                None if parameter => {
                    columns.push(format!("CAST(0 AS {wide}) AS {alias}"));
                    continue;
                }
                None => dialect.identifier(self.key(slot)),
                Some(column) => dialect.identifier(column),
            };
            let kind = self.kind(slot);
            let [least, most] = match kind {
                Kind::Amount => [0, i128::from(AMOUNT_MAX)],
                Kind::Change | Kind::Count | Kind::Heading => kind.domain(),
            };
            let (exact, value) = match kind {
                Kind::Amount => {
                    let column = format!("t.{column}");
                    let amount = dialect.amount(&column, AMOUNT_DECIMALS);
                    let exact = dialect.equal(&column, &amount);
                    (exact, format!("{amount} * {AMOUNT_UNIT}"))
                }
                _ => (format!("t.{column} % 1 = 0"), format!("t.{column}")),
            };
            columns.push(format!(
                "CASE WHEN t.{column} NOT BETWEEN {least} AND {most} THEN NULL\n         \
                 WHEN {exact} THEN CAST({value} AS {wide}) END AS {alias}"
            ));
        }
        if columns.is_empty() {
            columns.push("1 AS one".to_owned());
        }
        format!(
            "  SELECT\n    {}\n  FROM {} AS t",
            columns.join(",\n    "),
            self.table
        )
    }

    fn kind(&self, slot: usize) -> Kind {
        let indicator = self.form.indicator(slot);
        indicator.map_or(Kind::Count, |it| it.kind())
    }

    /// The largest value of a slot, without its sign, in the unit of the engine.
    fn most(&self, slot: usize) -> i128 {
        let [least, most] = self.kind(slot).domain();
        most.max(-least)
    }

    /// The name of a table expression, which is not that of the table.
    fn apart(&self, name: &str) -> String {
        let taken = self.table_name.eq_ignore_ascii_case(name);
        format!("{name}{}", if taken { "_" } else { "" })
    }

    /// A column of [`unpivot`](Query::unpivot).
    fn field(&self, name: &str) -> String {
        match self.dialect {
            Dialect::DataFusion => format!("said['{name}']"),
            _ => format!("said.{name}"),
        }
    }

    /// Each row of a table expression once for each rule, with what is said of the rule beside the columns to keep.
    fn unpivot(&self, from: &str, keep: &[&str], columns: &[&str], rules: &[Row]) -> String {
        let rows = |open: &str, close: &str, name: &dyn Fn(&str) -> String| {
            let rows = rules
                .iter()
                .map(|row| row.written(open, close, columns, name));
            rows.collect::<Vec<_>>().join(",\n")
        };
        // DuckDB has LATERAL too, and joins each row with itself for it.
        let unnested = |open: &str, rows: String, close: &str| {
            let keep: String = keep.iter().map(|it| format!("{it}, ")).collect();
            format!(
                "(\n  SELECT {keep}unnest({open}\n{rows}\n  {close}) AS said\n  FROM {from}\n) AS ruled"
            )
        };
        let names = columns.join(", ");
        match self.dialect {
            Dialect::DuckDb => unnested("[", rows("{", "}", &|it| format!("'{it}': ")), "]"),
            Dialect::DataFusion => {
                let rows = rows("named_struct(", ")", &|it| format!("'{it}', "));
                unnested("make_array(", rows, ")")
            }
            Dialect::Postgres => format!(
                "{from} CROSS JOIN LATERAL (\n  VALUES\n{}\n) AS said ({names})",
                rows("(", ")", &|_| String::new())
            ),
            Dialect::Spark => format!(
                "{from}, LATERAL stack(\n    {},\n{}\n) AS said ({names})",
                rules.len(),
                rows("", "", &|_| String::new())
            ),
        }
    }
}

/// What is said of one rule.
struct Row {
    comment: Option<String>,
    /// Its place among the rules, its name, and what the query is about.
    values: Vec<String>,
}

impl Row {
    /// On one line, if that is not too long.
    fn written(
        &self,
        open: &str,
        close: &str,
        columns: &[&str],
        name: &dyn Fn(&str) -> String,
    ) -> String {
        let comment = self.comment.iter().map(|it| format!("    {it}\n"));
        let named = columns.iter().zip(&self.values);
        let values: Vec<String> = named.map(|(it, value)| name(it) + value).collect();
        let mut row = values.join(", ");
        if row.contains('\n') || row.chars().count() > WIDTH {
            let (head, tail) = values.split_at(2.min(values.len()));
            row = format!("{},\n      {}", head.join(", "), tail.join(",\n      "));
        }
        format!("{}    {open}{row}{close}", comment.collect::<String>())
    }
}

/// The column that tells the records apart, as the table expressions have it. No key begins so.
const RECORD: &str = "_record";
