//! Add a house rule at run time: a TOML text with the same powers as the rules of the built-in form.
//!
//! `cargo run --example house_rule`

use std::sync::Arc;

use xxgk::form::FormError;
use xxgk::nine_category::NineCategory;
use xxgk::{Lang, Options, Table, read};

const HOUSE_RULES: &str = r#"
[[rule]]
id = "H001"
severity = "hard"
statement = "if requests.received.total >= 20 then capacity.staff.full_time >= 1"
basis = { zh = "本市规定:年收到申请20件以上的单位应配备专职人员", en = "house rule: full-time staff from 20 requests a year" }
[rule.message]
zh = "“{requests.received.total}”为{requests.received.total:value}件，而“{capacity.staff.full_time}”为{left}人。"
en = "“{requests.received.total}” is {requests.received.total:value}, “{capacity.staff.full_time}” is {left}."
"#;

fn main() -> Result<(), FormError> {
    let form = Arc::new(NineCategory::form().extend(HOUSE_RULES)?);
    let text = include_str!("../tests/data/jilin-2017/rows-piped.txt");
    let options = Options::default();
    for reading in read(text, std::slice::from_ref(&form), &options) {
        let report = reading.check();
        println!(
            "{} rules, verdict {:?}",
            report.counts.rules,
            report.verdict()
        );
        for finding in report.failed() {
            println!("{}: {}", finding.rule, finding.message.get(Lang::Zh));
        }
    }

    // A rule that is wrong is refused, with the place in the file.
    let wrong = HOUSE_RULES.replace("full_time >= 1", "fulltime >= 1");
    if let Err(error) = NineCategory::form().extend(&wrong) {
        println!("{error}");
    }
    Ok(())
}
