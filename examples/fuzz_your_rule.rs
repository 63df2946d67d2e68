//! Fuzz your own rule: which tables, consistent by every rule of the form, would it report all the same?
//!
//! `cargo run --example fuzz_your_rule`

use std::sync::Arc;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use xxgk::form::FormError;
use xxgk::nine_category::NineCategory;
use xxgk::{Record, Table, check, strategies};

/// It looks right, and is not: a microblog and a website may carry the same item.
const RULE: &str = r#"
[[rule]]
id = "H002"
severity = "hard"
statement = "disclosure.channels.website + disclosure.channels.microblog <= disclosure.total"
basis = { zh = "自拟", en = "our own idea" }
"#;

fn main() -> Result<(), FormError> {
    let form = Arc::new(NineCategory::form().extend(RULE)?);
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_shrink_iters: 10_000,
        ..Config::default()
    });
    let tables = strategies::consistent().prop_map(|table| {
        let mut record = Record::new(form.clone());
        for (row, value) in form
            .indicators()
            .iter()
            .zip(table.record(Default::default()).cells())
        {
            record.set(row.key(), *value).expect("the same rows");
        }
        record
    });
    let found = runner.run(&tables, |record| match check(&record).finding("H002") {
        None => Ok(()),
        Some(finding) => Err(TestCaseError::fail(finding.message.zh.clone())),
    });
    match found {
        Ok(()) => println!("H002 reports none of the consistent tables"),
        Err(TestError::Fail(reason, record)) => {
            println!("H002 is false of a table on which every rule of the form holds: {reason}");
            for key in [
                "disclosure.total",
                "disclosure.channels.website",
                "disclosure.channels.microblog",
            ] {
                println!(
                    "  {key} = {}",
                    record
                        .get(key)
                        .ok()
                        .flatten()
                        .map_or("blank".into(), |value| value.to_string())
                );
            }
        }
        Err(TestError::Abort(reason)) => println!("gave up: {reason}"),
    }
    Ok(())
}
