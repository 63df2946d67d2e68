//! Tables, and what is found in them.

use xxgk::{Lang, Options, Report, read};
use xxgk_show::{Asked, Format};

/// A table in which three rules fail: 收到申请数 is one too many (R301, R306 with what was not answered), 其他方式回应事件数 is
/// more than there were topics (R204); 兼职人员数 is blank, and a row is not the form's.
pub fn table() -> String {
    let text = include_str!("../../../../tests/data/jilin-2017/cells-piped.txt");
    let changed = [
        (
            "(一)收到申请数 |\n件 |\n27 |",
            "(一)收到申请数 |\n件 |\n28 |",
        ),
        ("2.兼职人员数 |\n人 |\n3 |", "2.兼职人员数 |\n人 |\n |"),
    ];
    changed.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from));
        text.replacen(from, to, 1)
    })
}

pub fn report(source: &str, text: &str) -> Report {
    let options = Options::default();
    let reading = read(text, xxgk::forms(), &options).next().unwrap();
    let mut report = reading.check();
    report.source = Some(source.to_owned());
    report
}

pub fn asked(lang: Lang, verbose: bool) -> Asked<'static> {
    Asked {
        forms: xxgk::forms(),
        lang,
        verbose,
    }
}

/// All pieces of a format.
pub fn written(mut format: impl Format, reports: &[Report]) -> String {
    let mut text = format.begin();
    for report in reports {
        text += &format.report(report);
    }
    text + &format.end()
}
