//! What the README says of speed, from the last run of `cargo bench -p xxgk-benches`: each figure beside its peer's.

use std::path::Path;

use serde_json::Value;

/// The lines to show, or the benchmark that has not been run.
pub fn report(root: &Path) -> Result<String, String> {
    let median = |name: &str| {
        let path = root
            .join("target/criterion")
            .join(name)
            .join("new/estimates.json");
        let text = std::fs::read_to_string(path).ok();
        let json: Option<Value> = text.and_then(|text| serde_json::from_str(&text).ok());
        let median = json.and_then(|json| json["median"]["point_estimate"].as_f64());
        median.ok_or_else(|| format!("{name} has not been run: cargo bench -p xxgk-benches"))
    };
    let mut out = String::new();
    for group in ["typed check, passing", "typed check, one rule broken"] {
        let (ours, garde) = (
            median(&format!("{group}/xxgk"))?,
            median(&format!("{group}/garde"))?,
        );
        out += &format!(
            "{group}: xxgk {ours:.0} ns, garde {garde:.0} ns, ratio {:.2}\n",
            ours / garde
        );
    }
    out += &format!("record check: {:.0} ns\n", median("record check")?);
    let (ours, regex) = (median("prose/xxgk")?, median("prose/regex")?);
    let path = root.join("target/criterion/prose/xxgk/new/benchmark.json");
    let json: Value = std::fs::read_to_string(path)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let bytes = json["throughput"]["Bytes"].as_f64();
    let bytes = bytes.ok_or("prose/xxgk has no throughput: cargo bench -p xxgk-benches")?;
    out += &format!(
        "prose: {:.0} MB/s; a regex for its numbers alone takes {:.2} of the time\n",
        bytes / ours * 1e3,
        regex / ours
    );
    let text = median("text/read and check")?;
    out += &format!(
        "text, 20997 bytes to report: {:.0} MB/s\n",
        20_997.0 / text * 1e3
    );
    Ok(out)
}
