//! Pages that only draw: what a person reads on a PDF or an OFD is what is handed on, and what cannot be told is no number.

mod support;

use std::collections::BTreeSet;

use support::drawn::{Mark, Sheet, Sheets, Style, Text, lay_out, ofd, pdf};
use support::meanings::Part;
use support::printed::grid;
use support::random::Random;
use support::{cells, readings};
use xxgk::{Lang, LeftOut, Record, Verdict};
use xxgk_read::{Format, ReadError};

/// The national report or the table of the nine categories, laid out in some way.
fn printed(record: &Record, random: &mut Random) -> Sheets {
    let report = match record.form().id() {
        "nine-category" => support::nine(record, true),
        _ => support::national(record),
    };
    let mut parts = vec![Part::Paragraph(report.title.clone())];
    for (title, table) in &report.tables {
        parts.push(Part::Paragraph(title.clone()));
        parts.push(Part::Table(grid(table, None)));
    }
    let style = Style::any(random);
    lay_out(&parts, style, random)
}

#[test]
fn real_figures_are_the_same_in_every_layout() {
    for record in support::real() {
        let mut places = BTreeSet::new();
        for seed in 0..12 {
            let sheets = printed(&record, &mut Random(seed));
            let sheets = if seed % 3 == 2 {
                sheets.turned()
            } else {
                sheets
            };
            for (format, bytes) in [(Format::Pdf, pdf(&sheets)), (Format::Ofd, ofd(&sheets))] {
                assert_eq!(xxgk_read::format(&bytes), Ok(format));
                let found = readings(&bytes);
                assert_eq!(found.len(), 1, "{format} {seed}");
                assert_eq!(found[0].record.as_ref(), Some(&record), "{format} {seed}");
                assert_eq!(found[0].findings, [], "{format} {seed}");
                let place = found[0].place(record.cells().len() - 1).unwrap();
                places.insert(place.said(Lang::Zh));
            }
        }
        // The last row stands on another page in another layout, and its place says on which.
        assert!(places.len() > 1, "{places:?}");
        assert!(
            places
                .iter()
                .all(|it| it.starts_with('第') && it.contains("页，表")),
            "{places:?}"
        );
    }
}

#[test]
fn page_numbers_and_running_lines_are_no_text() {
    let [nine, _] = support::real();
    let mut sheets = printed(&nine, &mut Random(3));
    for sheet in &mut sheets.sheets {
        sheet
            .texts
            .insert(0, Text::new(40.0, 20.0, 9.0, "某市人民政府办公室"));
    }
    let text = xxgk_read::read(&pdf(&sheets)).unwrap().text().to_owned();
    assert!(sheets.sheets.len() > 1);
    assert!(!text.contains("- 1 -") && !text.contains("- 2 -"), "{text}");
    assert_eq!(text.matches("某市人民政府办公室").count(), 1);
}

/// A table of one row with two cells, 100 points wide each; `texts` stand in it.
fn two_cells(texts: Vec<Text>) -> Sheets {
    let line = |area| Mark::Line(area);
    let mut marks: Vec<Mark> = [50.0, 150.0, 250.0]
        .map(|x| line([x, 100.0, x, 140.0]))
        .into();
    marks.extend([100.0, 140.0].map(|y| line([50.0, y, 250.0, y])));
    Sheets::one(Sheet { marks, texts })
}

/// What stands in the cells of a table, in both formats.
#[track_caller]
fn both(sheets: &Sheets, expected: &str) {
    assert_eq!(cells(&pdf(sheets)).trim(), expected, "PDF");
    assert_eq!(cells(&ofd(sheets)).trim(), expected, "OFD");
}

fn label() -> Text {
    Text::new(60.0, 120.0, 10.0, "收到申请数")
}

#[test]
fn a_number_is_what_is_seen_of_it() {
    let value = |text: &str| Text::new(160.0, 120.0, 10.0, text);
    both(&two_cells(vec![label(), value("27")]), "收到申请数 | 27");
    // In white, and under a box of paper.
    let white = Text {
        is_white: true,
        ..Text::new(170.0, 120.0, 10.0, "9")
    };
    both(
        &two_cells(vec![label(), value("27"), white]),
        "收到申请数 | 27-{9}",
    );
    let mut covered = two_cells(vec![label(), value("27")]);
    covered.sheets[0]
        .marks
        .push(Mark::Box([160.0, 110.0, 180.0, 122.0], 1.0));
    covered.sheets[0]
        .texts
        .push(Text::new(200.0, 120.0, 10.0, "31"));
    // The writer draws lines and boxes first: the box is behind the text.
    both(&covered, "收到申请数 | 27 31");
    // With a line through it, and a mark above it.
    let mut struck = two_cells(vec![
        label(),
        value("90"),
        Text::new(175.0, 120.0, 10.0, "93"),
    ]);
    struck.sheets[0]
        .marks
        .push(Mark::Line([160.0, 117.0, 170.0, 117.0]));
    both(&struck, "收到申请数 | ~{90} 93");
    let raised = Text::new(170.0, 116.0, 6.0, "2");
    both(
        &two_cells(vec![label(), value("27"), raised]),
        "收到申请数 | 27^{2}",
    );
    // Drawn twice for bold.
    both(
        &two_cells(vec![
            label(),
            value("27"),
            Text::new(160.3, 120.0, 10.0, "27"),
        ]),
        "收到申请数 | 27",
    );
}

#[test]
fn what_cannot_be_told_is_not_followed() {
    let value = |x: f64, y: f64, text: &str| Text::new(x, y, 10.0, text);
    // Two numbers at one place.
    both(
        &two_cells(vec![
            label(),
            value(160.0, 120.0, "27"),
            value(161.0, 120.0, "38"),
        ]),
        "收到申请数 | !{2378}",
    );
    // Two numbers below each other, with room beside them: a rule is missing, or somebody wrote both.
    both(
        &two_cells(vec![
            label(),
            value(160.0, 112.0, "27"),
            value(160.0, 126.0, "38"),
        ]),
        "收到申请数 | !{27} !{38}",
    );
    // A number that goes on beyond the rule.
    both(
        &two_cells(vec![value(130.0, 120.0, "1808595")]),
        "!{1808} | !{595}",
    );
    // An outline with a piece missing is none.
    let mut open = two_cells(vec![
        label(),
        value(160.0, 112.0, "27"),
        value(210.0, 130.0, "5"),
    ]);
    open.sheets[0]
        .marks
        .push(Mark::Line([200.0, 120.0, 250.0, 120.0]));
    open.sheets[0]
        .marks
        .push(Mark::Line([200.0, 120.0, 200.0, 140.0]));
    both(&open, "收到申请数 | !{27} | \n | 5");
}

#[test]
fn a_number_that_did_not_fit_is_one() {
    // A column of 28 points, with six at each side, has room for two digits and a half of this size.
    let marks = [50.0, 150.0, 178.0].map(|x| Mark::Line([x, 100.0, x, 140.0]));
    let level = [100.0, 140.0].map(|y| Mark::Line([50.0, y, 178.0, y]));
    let texts = vec![
        label(),
        Text::new(156.0, 115.0, 12.0, "30"),
        Text::new(156.0, 130.0, 12.0, "9"),
    ];
    let sheet = Sheet {
        marks: marks.into_iter().chain(level).collect(),
        texts,
    };
    both(&Sheets::one(sheet), "收到申请数 | 309");
}

#[test]
fn watermarks_are_no_text() {
    let aslant = Text {
        angle: -45.0,
        ..Text::new(100.0, 200.0, 60.0, "内部资料9")
    };
    let large = Text::new(60.0, 140.0, 90.0, "草稿");
    let texts = vec![label(), Text::new(160.0, 120.0, 10.0, "27"), aslant, large];
    both(&two_cells(texts), "收到申请数 | 27");
}

#[test]
fn what_is_written_up_the_margin_comes_last() {
    let up = Text {
        angle: -90.0,
        ..Text::new(20.0, 400.0, 10.0, "装订线")
    };
    let hidden = Text {
        is_white: true,
        ..Text::new(60.0, 120.0, 10.0, "收到申请数若干件")
    };
    let sheet = |texts| {
        Sheets::one(Sheet {
            marks: Vec::new(),
            texts,
        })
    };
    let text = |sheets: &Sheets| xxgk_read::read(&pdf(sheets)).unwrap().text().to_owned();
    assert_eq!(
        text(&sheet(vec![up.clone(), label()])),
        "收到申请数\n装订线\n"
    );
    assert_eq!(text(&sheet(vec![up, hidden])), "装订线\n");
}

#[test]
fn text_in_columns_is_read_column_by_column() {
    let mut texts = Vec::new();
    for row in 0..6 {
        let y = 100.0 + 16.0 * f64::from(row);
        texts.push(Text::new(
            50.0,
            y,
            10.0,
            &format!(
                "左栏第{}行写着一些话到此为止",
                "一二三四五六".chars().nth(row as usize).unwrap()
            ),
        ));
        texts.push(Text::new(
            300.0,
            y,
            10.0,
            &format!(
                "右栏第{}行写着另一些话也到此",
                "一二三四五六".chars().nth(row as usize).unwrap()
            ),
        ));
    }
    let sheet = Sheet {
        marks: Vec::new(),
        texts,
    };
    let text = xxgk_read::read(&pdf(&Sheets::one(sheet)))
        .unwrap()
        .text()
        .to_owned();
    assert!(
        text.find("左栏第六行").unwrap() < text.find("右栏第一行").unwrap(),
        "{text}"
    );
}

#[test]
fn a_table_without_rules_is_read_whole_or_not_at_all() {
    let row = |row: usize, cells: &[&str; 3]| -> Vec<Text> {
        let y = 100.0 + 16.0 * row as f64;
        let places = [50.0, 320.0, 400.0].into_iter().zip(cells);
        places
            .filter(|(_, text)| !text.is_empty())
            .map(|(x, text)| Text::new(x, y, 10.0, text))
            .collect()
    };
    let rows = [
        ["统计指标", "单位", "统计数"],
        ["(一)收到申请数", "件", "27"],
        ["1.当面申请数", "件", "26"],
        ["2.传真申请数", "件", "0"],
        ["3.网络申请数", "件", "0"],
        ["4.信函申请数", "件", "0"],
        ["(二)申请办结数", "件", "27"],
        ["1.按时办结数", "件", "27"],
        ["2.延期办结数", "件", "0"],
    ];
    let sheet = |rows: &[[&str; 3]]| {
        let texts = rows
            .iter()
            .enumerate()
            .flat_map(|(number, cells)| row(number, cells));
        Sheets::one(Sheet {
            marks: Vec::new(),
            texts: texts.collect(),
        })
    };
    let found = readings(&pdf(&sheet(&rows)));
    assert_eq!(found[0].check().verdict(), Verdict::Inconsistent);
    assert_eq!(&*found[0].check().finding("R301").unwrap().rule, "R301");
    // A number that stands alone may be of the row above or below.
    let mut torn = rows;
    torn[2] = ["1.当面申请数", "件", ""];
    torn[3] = ["", "", "26"];
    let bytes = pdf(&sheet(&torn));
    assert!(readings(&bytes).iter().all(|it| it.record.is_none()));
    assert_eq!(
        xxgk_read::read(&bytes).unwrap().left_out(),
        [LeftOut::Columns]
    );
    // Without headings the column may be another year's.
    assert!(
        readings(&pdf(&sheet(&rows[1..])))
            .iter()
            .all(|it| it.record.is_none())
    );
}

/// A sheet with the rows of a table at these heights; the columns are 100 points wide.
fn rows(heights: &[f64], columns: usize, texts: Vec<Text>) -> Sheet {
    let side = |column: usize| 50.0 + 100.0 * column as f64;
    let (top, bottom) = (heights[0], heights[heights.len() - 1]);
    let mut marks: Vec<Mark> = (0..=columns)
        .map(|it| Mark::Line([side(it), top, side(it), bottom]))
        .collect();
    marks.extend(
        heights
            .iter()
            .map(|y| Mark::Line([50.0, *y, side(columns), *y])),
    );
    Sheet { marks, texts }
}

#[test]
fn a_row_that_a_page_break_cuts_in_two_is_one() {
    let text = |x: f64, y: f64, text: &str| Text::new(x, y, 10.0, text);
    let two = |one: Sheet, other: Sheet| {
        let mut sheets = Sheets::one(one);
        sheets.sheets.push(other);
        sheets
    };
    // The label fills its line, and goes on below the break. Where its number stands is for the word processor.
    let first = |number: &[Text]| {
        let mut texts = vec![
            text(55.0, 715.0, "收到申请数"),
            text(155.0, 715.0, "27"),
            text(55.0, 755.0, "5.属于三类内部事务"),
        ];
        texts.extend_from_slice(number);
        rows(&[700.0, 730.0, 760.0], 2, texts)
    };
    let next = |label: &str, number: &[Text]| {
        let mut texts = vec![
            text(55.0, 95.0, label),
            text(55.0, 125.0, "6.其他"),
            text(155.0, 125.0, "4"),
        ];
        texts.extend_from_slice(number);
        rows(&[80.0, 110.0, 140.0], 2, texts)
    };
    let number = |y: f64, number: &str| [text(155.0, y, number)];
    let whole = "收到申请数 | 27\n5.属于三类内部事务信息 | 20\n6.其他 | 4";
    both(&two(first(&number(755.0, "20")), next("信息", &[])), whole);
    both(&two(first(&[]), next("信息", &number(95.0, "20"))), whole);
    // Two numbers are of two rows, and so is a label with a number of its own.
    both(
        &two(
            first(&number(755.0, "20")),
            next("信息", &number(95.0, "3")),
        ),
        "收到申请数 | 27\n5.属于三类内部事务 | 20\n信息 | 3\n6.其他 | 4",
    );
    both(
        &two(first(&[]), next("6.信息", &number(95.0, "3"))),
        "收到申请数 | 27\n5.属于三类内部事务 | \n6.信息 | 3\n6.其他 | 4",
    );
}

#[test]
fn a_row_without_numbers_above_a_break_is_not_that_below_it() {
    let text = |x: f64, y: f64, text: &str| Text::new(x, y, 10.0, text);
    let mut sheets = Sheets::one(rows(
        &[700.0, 730.0, 760.0],
        2,
        vec![
            text(55.0, 715.0, "信息内容"),
            text(155.0, 715.0, "本年制发件数"),
            text(55.0, 755.0, "规章"),
        ],
    ));
    sheets.sheets.push(rows(
        &[80.0, 110.0],
        2,
        vec![text(55.0, 95.0, "行政规范性文件"), text(155.0, 95.0, "31")],
    ));
    both(
        &sheets,
        "信息内容 | 本年制发件数\n规章 | \n行政规范性文件 | 31",
    );
    // Headings that fill their cells stand above a row that nobody filled in.
    let mut headings = Sheets::one(rows(
        &[700.0, 730.0],
        2,
        vec![
            text(55.0, 725.0, "政府信息内容的名称"),
            text(155.0, 725.0, "本年制发件数"),
        ],
    ));
    headings
        .sheets
        .push(rows(&[80.0, 110.0], 2, vec![text(55.0, 95.0, "规章")]));
    both(&headings, "政府信息内容的名称 | 本年制发件数\n规章 |");
}

#[test]
fn a_label_without_rules_goes_on_below_its_full_line() {
    let line = |y: f64, label: &str, number: &str| {
        let mut texts = vec![Text::new(50.0, y, 10.0, label)];
        if !number.is_empty() {
            texts.push(Text::new(300.0, y, 10.0, number));
        }
        texts
    };
    let lines = |last: &str| {
        let texts = [
            line(100.0, "统计指标", "统计数"),
            line(125.0, "(一)回应公众关注热点数(不同方式", "23"),
            line(137.0, last, ""),
            line(162.0, "(二)回应事件数", "4"),
            line(187.0, "1.微博微信回应事件数(按上述口径", "15"),
            line(199.0, "计)", ""),
        ];
        Sheets::one(Sheet {
            marks: Vec::new(),
            texts: texts.into_iter().flatten().collect(),
        })
    };
    both(
        &lines("一热点计1次)"),
        "统计指标 | 统计数\n(一)回应公众关注热点数(不同方式一热点计1次) | 23\n(二)回应事件数 | 4\n1.微博微信回应事件数(按上述口径计) | 15",
    );
    // A heading is a row of its own.
    both(
        &lines("二、回应解读"),
        "统计指标 | 统计数\n(一)回应公众关注热点数(不同方式 | 23\n二、回应解读\n(二)回应事件数 | 4\n1.微博微信回应事件数(按上述口径计) | 15",
    );
}

#[test]
fn pages_that_are_pictures_are_refused() {
    let sheet = |picture: [f64; 4], texts: Vec<Text>| {
        Sheets::one(Sheet {
            marks: vec![Mark::Picture(picture)],
            texts,
        })
    };
    let whole = [0.0, 0.0, 595.0, 842.0];
    // What was recognised lies over it in white.
    let recognised = Text {
        is_white: true,
        ..label()
    };
    let scan = sheet(whole, vec![recognised]);
    assert_eq!(xxgk_read::read(&pdf(&scan)).unwrap_err(), ReadError::Scan);
    assert_eq!(xxgk_read::read(&ofd(&scan)).unwrap_err(), ReadError::Scan);
    // A picture among text may be the table.
    let mixed = sheet([50.0, 300.0, 500.0, 600.0], vec![label()]);
    for bytes in [pdf(&mixed), ofd(&mixed)] {
        let document = xxgk_read::read(&bytes).unwrap();
        assert_eq!(document.left_out(), [LeftOut::Picture]);
    }
    let empty = Sheets::one(Sheet::default());
    assert_eq!(xxgk_read::read(&pdf(&empty)).unwrap().text(), "");
}
