//! The rules as SQL. That engines say what the engine says is shown by `scripts/engines/check`.

use std::sync::Arc;

use xxgk::form::Form;
use xxgk::sql::{Dialect, Query, SqlError};
use xxgk::{Lang, Table, nine_category::NineCategory};

fn small() -> Form {
    Form::from_toml(include_str!("data/sql/small.toml")).unwrap()
}

#[test]
fn as_a_person_reads_it() {
    let form = small();
    let any_version = |sql: String| sql.replacen(env!("CARGO_PKG_VERSION"), "…", 1);
    for dialect in Dialect::ALL {
        let query = Query::new(&form, dialect, "stats.reports").unwrap();
        let counts = any_version(query.counts());
        insta::assert_snapshot!(format!("counts_{dialect}"), counts);
        let failures = query.lang(Lang::En).failures("agency").unwrap();
        insta::assert_snapshot!(format!("failures_{dialect}"), any_version(failures));
    }
}

#[test]
fn only_what_live_rules_speak_of_is_read() {
    let form = small();
    let off = |rule: &str| {
        format!("[[override]]\nrule = \"{rule}\"\noff = {{ zh = \"无\", en = \"none\" }}\n")
    };
    let one = form
        .extend(&["T1", "T2", "T3", "T5"].map(off).concat())
        .unwrap();
    let sql = Query::new(&one, Dialect::DuckDb, "t").unwrap().counts();
    assert!(sql.contains("t.\"licences.change\""));
    assert!(!sql.contains("t.\"requests\"") && !sql.contains("carried_in") && !sql.contains("T1"));

    let none = one.extend(&off("T4")).unwrap();
    for dialect in Dialect::ALL {
        let query = Query::new(&none, dialect, "t").unwrap();
        assert!(query.counts().ends_with("WHERE 1 = 0"));
        assert!(query.failures("id").unwrap().ends_with("WHERE 1 = 0"));
    }
}

#[test]
fn a_column_may_be_called_otherwise() {
    let form = small();
    let query = Query::new(&form, Dialect::Spark, "统计.\"2020.年\"").unwrap();
    let query = query.column("requests", "申`请").unwrap();
    let query = query.column("carried_in", "结转").unwrap();
    let sql = query.counts();
    assert!(sql.contains("FROM `统计`.`2020.年` AS t"));
    assert!(sql.contains("CAST(t.`申``请` AS DECIMAL(38, 0)) END AS `requests`"));
    assert!(sql.contains("CAST(t.`结转` AS DECIMAL(38, 0)) END AS `carried_in`"));
    assert!(!sql.contains("t.`requests`"));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let form = small();
    let new = |table| Query::new(&form, Dialect::Spark, table);
    assert_eq!(new("").unwrap_err(), SqlError::Name(String::new()));
    assert_eq!(new("a..b").unwrap_err(), SqlError::Name(String::new()));
    assert_eq!(new("\"a").unwrap_err(), SqlError::Table("\"a".into()));
    assert_eq!(new("${a}").unwrap_err(), SqlError::Name("${a}".into()));
    let query = new("t").unwrap();
    assert_eq!(
        query.failures("\0").unwrap_err(),
        SqlError::Name("\0".into())
    );
    assert_eq!(
        query.clone().column("requests", "").unwrap_err(),
        SqlError::Name(String::new())
    );
    let error = query.column("request", "x").unwrap_err();
    assert_eq!(error.to_string(), "the form `small` has no `request`");
}

/// A form whose names would say more than they should, if they could.
#[test]
fn nothing_in_a_form_gets_out_of_its_comment_or_quotes() {
    let text = include_str!("data/sql/small.toml")
        .replace("小型统计表", "一\\n; DROP TABLE t; --")
        .replace("申请数", "*/ \\r\\n SELECT 1; ${env:HOME} \\\\");
    let form = Form::from_toml(&text).unwrap();
    for dialect in Dialect::ALL {
        let sql = Query::new(&form, dialect, "t").unwrap().counts();
        let code = sql
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"));
        let code: String = code.collect();
        assert!(!code.contains("DROP") && !code.contains("SELECT 1"));
        assert!(!sql.contains('\r') && !sql.contains("${"));
        assert!(sql.lines().all(|line| !line.ends_with('\\')));
    }
    // The ids of rules are texts of the statement: they have no sign that could end one.
    let quoted = text.replace("\"T1\"", "\"T'1\\\\\"");
    assert!(text != quoted && Form::from_toml(&quoted).is_err());
}

/// The table's own name is not taken by a part of the statement.
#[test]
fn a_table_called_cells() {
    let form = NineCategory::form();
    let sql = Query::new(form, Dialect::DuckDb, "Cells").unwrap().counts();
    assert!(
        sql.contains("WITH cells_ AS (")
            && sql.contains("FROM \"Cells\" AS t")
            && sql.contains("FROM cells_\n")
    );
}

/// A residual comes out as a decimal where 38 digits hold whatever a rule may come to, else as text.
#[test]
fn the_type_of_a_residual() {
    let with = |statement: &str| {
        let rule = format!(
            "[[rule]]\nid = \"T9\"\nseverity = \"soft\"\nstatement = \"{statement}\"\nbasis = {{ zh = \"\", en = \"\" }}"
        );
        Arc::new(small().extend(&rule).unwrap())
    };
    let residual = |form: &Form, dialect| {
        let sql = Query::new(form, dialect, "t")
            .unwrap()
            .failures("id")
            .unwrap();
        let (_, behind) = sql.split_once("CAST(said.residual AS ").unwrap();
        behind.split_once(") AS residual").unwrap().0.to_owned()
    };
    // Ten decimals: eight of an amount, two of a coefficient.
    let form = small();
    assert_eq!(residual(&form, Dialect::DuckDb), "DECIMAL(38, 10)");
    assert_eq!(residual(&form, Dialect::Spark), "DECIMAL(38, 10)");
    assert_eq!(residual(&form, Dialect::Postgres), "NUMERIC");
    // 18446744073709551615 × 10000000000 has thirty digits, and with ten decimals forty.
    let form = with("10000000000 * requests >= fees");
    assert_eq!(residual(&form, Dialect::DuckDb), "VARCHAR");
    assert_eq!(residual(&form, Dialect::Spark), "STRING");
    assert_eq!(residual(&form, Dialect::Postgres), "NUMERIC");
}
