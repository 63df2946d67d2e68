//! Embed the check in ten lines: a typed table in, a verdict and its reasons out.
//!
//! `cargo run --example embed`

use xxgk::nine_category::NineCategory;
use xxgk::{Consistent, Lang};

fn main() -> Result<(), serde_json::Error> {
    let table: NineCategory = serde_json::from_str(
        r#"{"requests": {"received": {"total": 27, "in_person": 26,
        "fax": 0, "online": 0, "letter": 0}, "answered": {"total": 27}, "closed": {"total": 27}}}"#,
    )?;
    match Consistent::new(table) {
        Ok(table) => println!(
            "{:?} requests, all accounted for",
            table.requests.received.total
        ),
        Err(refused) => {
            for finding in refused.report.failed() {
                println!("{}: {}", finding.rule, finding.message.get(Lang::Zh));
            }
            println!("{}", serde_json::to_string(&refused.report.counts)?);
        }
    }
    Ok(())
}
