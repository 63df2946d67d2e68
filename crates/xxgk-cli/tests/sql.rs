//! The rules as SQL, and what cannot be SQL.

mod support;

use support::{folder, run, xxgk};

#[test]
fn the_rules_as_sql() {
    let small = [
        "--form",
        "tests/data/sql/small.toml",
        "--table",
        "stats.reports",
    ];
    let sql = |more: &[&str]| {
        let (output, text) = run(&[&["sql"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        text
    };
    let counts = sql(&[
        &small[..],
        &["--dialect", "spark", "--counts", "--lang", "en"],
    ]
    .concat());
    let form = xxgk::load(include_str!("../../../tests/data/sql/small.toml")).unwrap();
    let query = xxgk::sql::Query::new(&form, xxgk::sql::Dialect::Spark, "stats.reports").unwrap();
    assert_eq!(counts, query.lang(xxgk::Lang::En).counts() + ";\n");
    let failures = sql(&[&small[..], &["--dialect", "postgres", "--key", "机关"]].concat());
    assert!(failures.contains("t.\"机关\" AS _record") && failures.contains("（small）的规则"));

    let of =
        |more: &[&str]| sql(&[&["--dialect", "duckdb", "--table", "t", "--counts"], more].concat());
    assert!(of(&[]).contains("（nine-category）"));
    let house = ["--rules", "tests/data/variant/house-rules.toml"];
    let extended = of(&house);
    assert!(
        extended.contains("（nine-category）")
            && extended.contains("'H001'")
            && !extended.contains("R204")
    );
    assert!(of(&["--form", "national-2021"]).contains("'G303[requests.received]'"));
    let folder = folder(&[("rules.toml", b"extends = \"national-2019\"" as &[u8])]);
    let rules = folder.path().join("rules.toml");
    assert!(of(&["--rules", rules.to_str().unwrap()]).contains("national-2019"));

    let map = "[columns]\n\"3.1\" = \"收到\"\ncarried_in = \"上年结转\"\n";
    let folder = self::folder(&[("map.toml", map.as_bytes())]);
    let mapped = of(&[
        "--columns",
        folder.path().join("map.toml").to_str().unwrap(),
    ]);
    assert!(mapped.contains("CAST(t.\"收到\" AS HUGEINT) END AS \"requests.received.total\""));
    assert!(mapped.contains("CAST(t.\"上年结转\" AS HUGEINT) END AS \"carried_in\""));
}

#[test]
fn what_cannot_be_sql_is_said() {
    let refused = |args: &[&str]| {
        let args = [&["sql", "--table"], args].concat();
        let output = xxgk(&args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    let said = refused(&["t", "--dialect", "duckdb"]);
    assert_eq!(
        said,
        "xxgk: 请用 --key 写明哪一列区分各条记录（SQL 没有行号），或者用 --counts 只要记录数\n"
    );
    let said = refused(&["t", "--dialect", "duckdb", "--lang", "en"]);
    assert!(
        said.contains("--key") && said.contains("SQL has no row numbers"),
        "{said}"
    );
    let said = refused(&["a..b", "--dialect", "duckdb", "--counts"]);
    assert_eq!(
        said,
        "xxgk: \"\" 不能写进 SQL：名称不能为空，不能有 NUL，在 Spark 中也不能有 ${\n"
    );
    let said = refused(&["\"a", "--dialect", "duckdb", "--counts"]);
    assert!(said.contains("“\"a”不能作为数据表的名称"), "{said}");
    let said = refused(&["t", "--dialect", "mysql", "--counts"]);
    assert!(said.contains("不能是“mysql”"), "{said}");
    assert!(
        refused(&["t", "--dialect", "duckdb", "--counts", "--form", "none"])
            .contains("没有表式“none”")
    );
    refused(&["t", "--dialect", "duckdb", "--counts", "--key", "k"]);
    let folder = folder(&[("map.toml", b"[columns]\nfee = \"x\"" as &[u8])]);
    let map = folder.path().join("map.toml");
    let args = [
        "t",
        "--dialect",
        "duckdb",
        "--counts",
        "--columns",
        map.to_str().unwrap(),
    ];
    assert_eq!(
        refused(&args),
        "xxgk: 列名对照中的“fee”不是表式 nine-category 的指标\n"
    );
}
