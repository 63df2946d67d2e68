//! What the engines write differently.

use std::fmt;
use std::str::FromStr;

/// An engine that the SQL is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum Dialect {
    DuckDb,
    Spark,
    Postgres,
    DataFusion,
}

/// A name that is no dialect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no dialect `{0}`; there are duckdb, spark, postgres, datafusion")]
pub struct UnknownDialect(pub String);

impl Dialect {
    /// Every dialect.
    pub const ALL: [Dialect; 4] = [
        Dialect::DuckDb,
        Dialect::Spark,
        Dialect::Postgres,
        Dialect::DataFusion,
    ];

    /// The name, as it is asked for: `duckdb`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Dialect::DuckDb => "duckdb",
            Dialect::Spark => "spark",
            Dialect::Postgres => "postgres",
            Dialect::DataFusion => "datafusion",
        }
    }

    /// A name in quotes. See [`can_name`](Dialect::can_name).
    pub(super) fn identifier(self, name: &str) -> String {
        match self {
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// Whether the engine can be told of a table or column of this name. Spark replaces `${…}` before it looks for quotes.
    pub(super) fn can_name(self, name: &str) -> bool {
        let replaced = self == Dialect::Spark && name.contains("${");
        !name.is_empty() && !name.contains('\0') && !replaced
    }

    /// How long our own names may be. Postgres cuts them at 63 bytes; a few are left for what tells two apart.
    pub(super) fn name_bytes(self) -> usize {
        match self {
            Dialect::Postgres => 54,
            _ => usize::MAX,
        }
    }

    /// A text in quotes.
    pub(super) fn string(self, text: &str) -> String {
        match self {
            Dialect::Spark => {
                let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
                format!("'{}'", escaped.replace("${", "\\u0024{"))
            }
            _ => format!("'{}'", text.replace('\'', "''")),
        }
    }

    /// A text that stands behind `--` and ends there. (To Spark a backslash before the end of the line carries on.)
    pub(super) fn comment(self, text: &str) -> String {
        let line: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let line = line.replace("${", "$ {");
        let end = if line.ends_with('\\') { " " } else { "" };
        format!("-- {line}{end}")
    }

    /// What stands between the name of the first table expression and its statement. Postgres would write each cell out wherever
    /// a rule names it, and of a form with columns come to more expressions than it can have.
    pub(super) fn once(self) -> &'static str {
        match self {
            Dialect::Postgres => "AS MATERIALIZED",
            _ => "AS",
        }
    }

    /// How many rows satisfy a condition.
    pub(super) fn count_of(self, condition: &str) -> String {
        match self {
            // It takes half as long again with FILTER, and its count_if is NULL where there is no row.
            Dialect::DuckDb => format!("COUNT(CASE WHEN {condition} THEN 1 END)"),
            Dialect::Spark => format!("count_if({condition})"),
            _ => format!("COUNT(*) FILTER (WHERE {condition})"),
        }
    }

    /// The exact type of cells and sums: every side of a rule, and their difference, is below 10³⁸.
    pub(super) fn wide(self) -> &'static str {
        match self {
            Dialect::DuckDb => "HUGEINT",
            Dialect::Postgres => "NUMERIC",
            Dialect::Spark | Dialect::DataFusion => "DECIMAL(38, 0)",
        }
    }

    /// The exact type with so many decimals.
    pub(super) fn decimal(self, decimals: u32) -> String {
        match self {
            Dialect::Postgres => "NUMERIC".into(),
            _ => format!("DECIMAL(38, {decimals})"),
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Dialect::Spark => "STRING",
            _ => "VARCHAR",
        }
    }

    pub(super) fn integer(self, number: i128) -> String {
        match (self, i64::try_from(number)) {
            // It takes longer ones for floats.
            (Dialect::DataFusion, Err(_)) => format!("CAST('{number}' AS {})", self.wide()),
            _ => number.to_string(),
        }
    }

    /// 10^−`decimals`.
    pub(super) fn last_decimal(self, decimals: u32) -> String {
        let number = format!("0.{:0>1$}", 1, decimals as usize);
        match self {
            // It takes them all for floats.
            Dialect::DataFusion => format!("CAST('{number}' AS DECIMAL({decimals}, {decimals}))"),
            _ => number,
        }
    }

    /// A column of amounts with so many decimals, rounded where it has more; in as many digits as an amount can have.
    pub(super) fn amount(self, column: &str, decimals: u32) -> String {
        let amount = format!("DECIMAL(24, {decimals})");
        let direct = format!("CAST({column} AS {amount})");
        // Some multiply a float, and are off in the last digits of a large one; its text is the shortest that means it.
        let by_text = format!("CAST(CAST({column} AS VARCHAR) AS {amount})");
        match self {
            Dialect::DuckDb => by_text,
            // It does not read the texts of small ones, which have an exponent.
            Dialect::DataFusion => {
                format!("CASE WHEN {column} < 0.001 THEN {direct} ELSE {by_text} END")
            }
            Dialect::Spark | Dialect::Postgres => direct,
        }
    }

    /// Whether a column is exactly a decimal; one of floats, whether it is nearest to it.
    pub(super) fn equal(self, column: &str, decimal: &str) -> String {
        match self {
            // It compares a float with a decimal as decimals of fifteen digits behind the point, and makes a float of a decimal
            // that is off in its last bit; of a text, it does not.
            Dialect::DataFusion => format!(
                "CASE WHEN arrow_typeof({column}) LIKE 'Float%' THEN CAST({column} AS DOUBLE) = CAST(CAST({decimal} AS VARCHAR) AS DOUBLE) ELSE {column} = {decimal} END"
            ),
            _ => format!("{column} = {decimal}"),
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        let named = |dialect: &Dialect| dialect.name() == name;
        let found = Dialect::ALL.into_iter().find(named);
        found.ok_or_else(|| UnknownDialect(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a name in quotes as the engines do, and what stands behind it.
    fn unquoted(text: &str, quote: char) -> Option<(String, &str)> {
        let mut name = String::new();
        let mut rest = text.strip_prefix(quote)?;
        loop {
            let at = rest.find(quote)?;
            name += &rest[..at];
            rest = &rest[at + quote.len_utf8()..];
            match rest.strip_prefix(quote) {
                Some(behind) => {
                    name.push(quote);
                    rest = behind;
                }
                None => return Some((name, rest)),
            }
        }
    }

    /// Reads a text in quotes as Spark does, with its backslashes.
    fn spark_string(text: &str) -> Option<(String, &str)> {
        let mut out = String::new();
        let mut rest = text.strip_prefix('\'')?.chars();
        loop {
            match rest.next()? {
                '\'' => return Some((out, rest.as_str())),
                '\\' => match rest.next()? {
                    'u' => {
                        let code: String = rest.by_ref().take(4).collect();
                        out.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
                    }
                    c @ ('\\' | '\'') => out.push(c),
                    _ => return None,
                },
                c => out.push(c),
            }
        }
    }

    fn hostile() -> impl Strategy<Value = String> {
        let sign = prop_oneof![
            3 => prop::sample::select(vec!['"', '`', '\'', '\\', '.', ';', '-', '$', '{', '}', '\n', '/', '*', 'u']),
            1 => any::<char>(),
            1 => Just('件'),
        ];
        prop::collection::vec(sign, 0..12).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn there_is_no_way_out_of_quotes(text in hostile(), behind in hostile()) {
            for dialect in Dialect::ALL {
                let quote = if dialect == Dialect::Spark { '`' } else { '"' };
                // What follows a name is never a quote.
                let sql = format!("{} {behind}", dialect.identifier(&text));
                let (name, rest) = unquoted(&sql, quote).unwrap();
                prop_assert_eq!((&*name, rest), (&*text, &*format!(" {behind}")));

                let sql = format!("{} {behind}", dialect.string(&text));
                let read = if dialect == Dialect::Spark { spark_string(&sql) } else { unquoted(&sql, '\'') };
                let (string, rest) = read.unwrap();
                prop_assert_eq!((&*string, rest), (&*text, &*format!(" {behind}")));
                if dialect == Dialect::Spark {
                    let replaced = dialect.string(&text).contains("${");
                    prop_assert!(!replaced);
                }

                let comment = dialect.comment(&text);
                prop_assert!(comment.starts_with("-- "));
                let out = ["\n", "\r", "${"].iter().any(|it| comment.contains(it));
                prop_assert!(!out && !comment.ends_with('\\'));
            }
        }
    }

    #[test]
    fn what_cannot_be_a_name() {
        for dialect in Dialect::ALL {
            assert!(!dialect.can_name(""));
            assert!(!dialect.can_name("a\0b"));
            assert!(dialect.can_name("收到申请数 \"件\"; --`'"));
            assert_eq!(
                dialect.can_name("${env:HOME}"),
                dialect != Dialect::Spark,
                "{dialect}"
            );
        }
    }

    #[test]
    fn a_dialect_is_called_by_its_name() {
        for dialect in Dialect::ALL {
            assert_eq!(dialect.to_string().parse(), Ok(dialect));
        }
        let error = "mysql".parse::<Dialect>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "no dialect `mysql`; there are duckdb, spark, postgres, datafusion"
        );
    }

    #[test]
    fn the_last_decimal() {
        assert_eq!(Dialect::Postgres.last_decimal(1), "0.1");
        assert_eq!(Dialect::DuckDb.last_decimal(8), "0.00000001");
        assert_eq!(
            Dialect::DataFusion.last_decimal(2),
            "CAST('0.01' AS DECIMAL(2, 2))"
        );
    }
}
