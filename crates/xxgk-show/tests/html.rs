//! The pages: whatever is found has its sentence, whatever a file holds is inert, and the table that is drawn is the one read.

#[path = "../../../tests/support/raised.rs"]
mod raised;

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use support::{Read, elements, parsed, visible};
use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::strategies::{self, national};
use xxgk::{
    Example, FINDING_KINDS, Form, Lang, Options, Outcome, Record, Report, Severity, Table as _,
    Value, forms,
};
use xxgk_show::html::{Page, sheet_page, view};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// The first table of a strategy; always the same.
fn one(strategy: &BoxedStrategy<Record>) -> Record {
    let mut runner = TestRunner::deterministic();
    strategy.new_tree(&mut runner).unwrap().current()
}

fn consistent(form: &Arc<Form>) -> BoxedStrategy<Record> {
    match form.id() {
        "nine-category" => strategies::consistent()
            .prop_map(|it| Record::from(&it))
            .boxed(),
        _ => national::consistent(form),
    }
}

/// What a page shows that a person must not see: keys, words of the rule language and of Rust.
fn foreign(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')));
    let is_id = |word: &str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        digits.len() < word.len() && digits.bytes().all(|it| it.is_ascii_digit())
    };
    let number = |word: &str| word.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let known = |word: &str| number(word) || is_id(word) || word == "xxgk";
    words.filter(|it| !known(it)).map(str::to_owned).collect()
}

/// Signs of ASCII between Chinese characters.
fn half_width(text: &str) -> Vec<String> {
    let is_chinese = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '“' | '”' | '《' | '》');
    let signs: Vec<char> = text.chars().collect();
    let wrong = |three: &&[char]| {
        matches!(three[1], ',' | ';' | ':' | '(' | ')')
            && is_chinese(three[0])
            && is_chinese(three[2])
    };
    signs
        .windows(3)
        .filter(wrong)
        .map(String::from_iter)
        .collect()
}

#[test]
fn every_rule_has_its_sentence() {
    let nine = NineCategory::form();
    let of_nine = strategies::BREAKABLE.map(|id| {
        let tables = strategies::broken(id)
            .prop_map(|it| Record::from(&it))
            .boxed();
        (nine, id, tables)
    });
    let nationals = [National2019::form(), National2021::form()];
    let of_nationals = nationals.into_iter().flat_map(|form| {
        let ids = national::BREAKABLE.into_iter();
        let ids = ids.filter(|id| form.rule(id).is_some());
        ids.map(move |id| (form, id, national::broken(form, id)))
    });
    let mut seen = BTreeSet::new();
    for (form, id, tables) in of_nine.into_iter().chain(of_nationals) {
        let read = Read::of(&one(&tables));
        let finding = read.report.finding(id).unwrap();
        seen.insert((form.id(), id));
        for lang in LANGS {
            let html = view(&read.table(), "t1", lang);
            let text = visible(&html);
            let said = finding.message.get(lang);
            assert!(text.contains(said), "{id} is not said: {said}\n{text}");
            if lang == Lang::Zh {
                assert_eq!(
                    (foreign(&text), half_width(&text)),
                    Default::default(),
                    "{id}"
                );
            }
            let sheet = visible(&sheet_page(&read.table(), lang));
            let said: String = said.chars().take(20).collect();
            // What corrects several rules is said on the sheet instead.
            assert!(
                sheet.contains(&said) || !read.report.corrections.is_empty(),
                "{id}\n{sheet}"
            );
        }
    }
    for form in forms() {
        for rule in form.rules() {
            assert!(seen.contains(&(form.id(), rule.id())), "{}", rule.id());
        }
    }
}

#[test]
fn every_kind_of_finding_has_its_sentence() {
    let base = Read::of(&one(&consistent(NineCategory::form())));
    for kind in FINDING_KINDS {
        // Records in files of records have no page, and what a file is, is said by its reader.
        if matches!(kind.example, Example::Records(_) | Example::File(_)) {
            continue;
        }
        let findings = raised::raised(kind.example);
        let found = findings.iter().find(|it| *it.rule == *kind.id).unwrap();
        let mut report = base.report.clone();
        report.findings = vec![found.clone()];
        let table = xxgk_show::html::Table {
            report: &report,
            ..base.table()
        };
        for lang in LANGS {
            let text = visible(&view(&table, "t1", lang));
            let said = found.message.get(lang);
            assert!(
                text.contains(said),
                "{} is not said: {said}\n{text}",
                kind.id
            );
            let sheet = visible(&sheet_page(&table, lang));
            let begin: String = said.chars().take(20).collect();
            // What blank cells leave open is no list to work off.
            assert!(
                sheet.contains(&begin) || !found.is_said(),
                "{}\n{sheet}",
                kind.id
            );
        }
    }
    let report = Report::not_read(xxgk::Text::new(
        "文件已加密，请另存后再试。",
        "It is encrypted.",
    ));
    let table = xxgk_show::html::Table {
        report: &report,
        reading: None,
        text: "",
    };
    let text = visible(&view(&table, "t1", Lang::Zh));
    assert!(
        text.contains("无法读取") && text.contains("文件已加密，请另存后再试。"),
        "{text}"
    );
    assert_eq!((foreign(&text), half_width(&text)), Default::default());
}

/// The cells of the tables that are drawn: their keys, with what stands in them and their classes.
fn cells(html: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let mut cells = BTreeMap::new();
    for cell in elements(&parsed(html), "td[data-key]") {
        let key = cell.value().attr("data-key").unwrap().to_owned();
        let classes = cell.value().classes().map(str::to_owned).collect();
        let text: String = cell.text().collect();
        assert_eq!(
            cells.insert(key, (text, classes)),
            None,
            "a cell stands twice"
        );
    }
    cells
}

fn drawn_once(record: &Record) {
    let read = Read::of(record);
    assert_eq!(read.reading.record.as_ref(), Some(record));
    let cells = cells(&view(&read.table(), "t1", Lang::Zh));
    let form = record.form();
    assert_eq!(cells.len(), form.cells());
    for (indicator, value) in form.indicators().iter().zip(record.cells()) {
        let shown = value.map_or("空白".to_owned(), |it| it.to_string());
        assert_eq!(cells[indicator.key()].0, shown, "{}", indicator.key());
    }
}

fn wrong_where_a_hard_rule_fails(record: &Record) {
    let read = Read::of(record);
    let hard = read.report.findings.iter();
    let hard = hard.filter(|it| it.severity == Severity::Hard && it.outcome == Outcome::Fail);
    let expected: BTreeSet<String> = hard
        .flat_map(|it| &it.cells)
        .filter_map(|it| Some(it.key.as_ref()?.to_string()))
        .collect();
    let drawn = cells(&view(&read.table(), "t1", Lang::En));
    let wrong = drawn
        .into_iter()
        .filter(|(_, (_, classes))| classes.iter().any(|it| it == "wrong"));
    let wrong: BTreeSet<String> = wrong.map(|(key, _)| key).collect();
    assert_eq!(wrong, expected);
}

/// A consistent table, one cell of which is then another, or blank.
fn one_cell_changed(form: &Arc<Form>) -> BoxedStrategy<Record> {
    let by = prop_oneof![1 => Just(None), 4 => (1..999_u64).prop_map(Some)];
    (consistent(form), any::<Index>(), by)
        .prop_map(|(mut record, at, by)| {
            let form = record.form().clone();
            let cell = at.index(form.cells());
            let value = record.value(cell).zip(by).map(|(value, by)| match value {
                Value::Count(count) => Value::Count(count + by),
                Value::Change(change) => Value::Change(change - 1),
                Value::Amount(amount) => Value::Amount(amount + rust_decimal::Decimal::from(by)),
            });
            record.set(form.indicators()[cell].key(), value).unwrap();
            record
        })
        .boxed()
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn each_figure_is_drawn_once_and_wrong_where_a_hard_rule_fails(
        record in (0..3_usize).prop_flat_map(|form| one_cell_changed(&forms()[form])),
    ) {
        drawn_once(&record);
        wrong_where_a_hard_rule_fails(&record);
    }
}

#[test]
fn a_form_from_a_file_is_drawn_too() {
    let variant = include_str!("../../../tests/data/variant/two-columns.toml");
    let form = Arc::new(xxgk::load(variant).unwrap());
    let mut record = Record::new(form.clone());
    for (index, indicator) in form.indicators().iter().enumerate() {
        let value = match indicator.unit() {
            "万元" => Value::Amount(rust_decimal::Decimal::new(index as i64, 1)),
            _ => Value::Count(index as u64),
        };
        record.set(indicator.key(), Some(value)).unwrap();
    }
    let read = Read::with(&record, std::slice::from_ref(&form));
    let cells = cells(&view(&read.table(), "t1", Lang::Zh));
    assert_eq!(cells.len(), form.cells());
    for (indicator, value) in form.indicators().iter().zip(record.cells()) {
        assert_eq!(cells[indicator.key()].0, value.unwrap().to_string());
    }
}

#[test]
fn tables_are_printed_as_their_forms_are() {
    for (form, name) in [
        (NineCategory::form(), "nine"),
        (National2019::form(), "2019"),
        (National2021::form(), "2021"),
    ] {
        let read = Read::of(&one(&consistent(form)));
        let html = view(&read.table(), "t1", Lang::Zh);
        let labels: Vec<String> = elements(
            &parsed(&html),
            "table.form > tbody > tr, table.form caption",
        )
        .iter()
        .map(|row| {
            let heads = elements_of(row);
            heads.join(" | ")
        })
        .collect();
        insta::assert_snapshot!(format!("labels_{name}"), labels.join("\n"));
    }
}

/// The labels of a row, with the rows and columns that each is over.
fn elements_of(row: &scraper::ElementRef<'_>) -> Vec<String> {
    if row.value().name() == "caption" {
        return vec![format!("# {}", row.text().collect::<String>())];
    }
    let cells = row.child_elements().map(|cell| {
        let over = |name| cell.value().attr(name).unwrap_or("1").to_owned();
        let text: String = match cell.value().name() {
            "th" => cell.text().collect(),
            _ => String::new(),
        };
        match (&*over("rowspan"), &*over("colspan")) {
            ("1", "1") => text,
            (rows, columns) => format!("{text}[{rows}×{columns}]"),
        }
    });
    cells.collect()
}

// ---- hostile ----

const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "'><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#x3c;i&#x3e;",
    "左\u{202e}右\u{2066}中\u{200f}",
    "\u{1b}[31m红\u{1b}[0m\u{7}\u{9b}2J",
    "</style></title><svg/onload=alert(1)>",
];

/// Every element and every attribute that the pages have.
const ELEMENTS: &str = "html head meta title style body h1 h2 h3 h4 p section header footer table caption tbody tr th td \
    span strong small ol ul li dl div dt dd a u i bdi aside";
const ATTRIBUTES: &str = "lang charset http-equiv content name class id href title scope rowspan colspan data-key aria-hidden";

fn is_inert(html: &str) {
    let document = parsed(html);
    assert_eq!(document.errors, Vec::<String>::new());
    for element in elements(&document, "*") {
        let name = element.value().name();
        assert!(ELEMENTS.split_whitespace().any(|it| it == name), "<{name}>");
        for (attribute, value) in element.value().attrs() {
            let known = ATTRIBUTES.split_whitespace().any(|it| it == attribute);
            assert!(known, "{attribute}=\"{value}\"");
            assert!(
                attribute != "href" || value.starts_with('#'),
                "href=\"{value}\""
            );
        }
    }
    let hidden = |c: char| xxgk_show::hidden::is_hidden(c) && c != '\n';
    assert!(!html.contains(hidden), "a sign that is not to be seen");
}

#[test]
fn what_a_file_holds_is_inert() {
    for hostile in HOSTILE {
        let line = hostile.replace('|', "");
        let text = format!(
            "{line}2017年政府信息公开工作年度报告\n全年收到政府信息公开申请28件{line}，其中当面申请27件。\n\
             政府信息公开情况统计表（2017年度）\n统计指标 | 单位 | 统计数\n(一)收到申请数 | 件 | {line}\n1.当面申请数 | 件 | 26\n\
             2.传真申请数 | 件 | 约2{line}\n3.网络申请数 | 件 | 0\n4.信函申请数 | 件 | 0\n{line}数 | 件 | 7\n(二)申请办结数 | 件 | 27\n"
        );
        let read = Read::text(&text, forms());
        let mut report = read.report.clone();
        report.source = Some(format!("{hostile}.txt"));
        report.agency = Some(hostile.to_owned());
        report.under = Some(hostile.to_owned());
        report.table = Some(1);
        let table = xxgk_show::html::Table {
            report: &report,
            ..read.table()
        };
        for lang in LANGS {
            let mut page = Page::new(lang);
            page.add(&table);
            is_inert(&page.whole());
            page.add(&table);
            let html = page.whole();
            is_inert(&html);
            is_inert(&sheet_page(&table, lang));
            // It is shown, and not dropped.
            let shown = xxgk_show::hidden::shown(hostile);
            assert!(
                visible(&html).contains(&*shown),
                "{shown}\n{}",
                visible(&html)
            );
        }
    }
}

#[test]
fn what_a_form_holds_is_inert() {
    for hostile in HOSTILE {
        let mut extension = String::from("extends = \"nine-category\"\nid = \"hostile\"\n");
        let quoted = |text: &str| format!("{text:?}").replace("\\u{", "\\u").replace('}', "");
        let text = hostile.replace(
            [
                '\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200f}',
            ],
            "",
        );
        let text = quoted(&text);
        extension += &format!(
            "title = {text}\n[[row]]\nafter = \"capacity.budget\"\ncode = \"8.5\"\nkey = \"capacity.leaders\"\n"
        );
        extension += &format!("label = {text}\nnote = {text}\nunit = \"人\"\nkind = \"count\"\n");
        extension += &format!(
            "[[rule]]\nid = \"H001\"\nseverity = \"hard\"\nstatement = \"capacity.leaders = 1\"\nbasis = {{ zh = {text}, en = {text} }}\n"
        );
        let Ok(form) = xxgk::load(&extension) else {
            // Of some texts the loader says that they are no label.
            continue;
        };
        let form = Arc::new(form);
        let record = one(&consistent(NineCategory::form()));
        let mut other = Record::new(form.clone());
        for (indicator, value) in record.form().indicators().iter().zip(record.cells()) {
            other.set(indicator.key(), *value).unwrap();
        }
        other
            .set("capacity.leaders", Some(Value::Count(2)))
            .unwrap();
        let read = Read::with(&other, std::slice::from_ref(&form));
        let mut page = Page::new(Lang::Zh);
        page.add(&read.table());
        is_inert(&page.whole());
    }
}

// ---- documents ----

#[test]
fn a_document_of_two_tables_has_each_id_once_and_leads_somewhere() {
    let mut page = Page::new(Lang::Zh);
    for form in [NineCategory::form(), National2021::form()] {
        let mut record = one(&consistent(form));
        let key = match form.id() {
            "nine-category" => "requests.received.total",
            _ => "requests.outcomes.granted.business",
        };
        record.set(key, Some(Value::Count(123_456))).unwrap();
        page.add(&Read::of(&record).table());
        let html = page.whole();
        is_inert(&html);
        let document = parsed(&html);
        let mut ids = BTreeSet::new();
        for element in elements(&document, "[id]") {
            let id = element.value().attr("id").unwrap().to_owned();
            assert!(ids.insert(id.clone()), "{id} stands twice");
        }
        for link in elements(&document, "a[href]") {
            let to = link.value().attr("href").unwrap().trim_start_matches('#');
            assert!(ids.contains(to), "#{to} leads nowhere");
        }
    }
    let text = visible(&page.whole());
    assert!(text.contains("共审核2张表"), "{text}");
}

#[test]
fn nothing_is_loaded() {
    let mut page = Page::new(Lang::Zh);
    page.add(&Read::of(&one(&consistent(NineCategory::form()))).table());
    let html = page.whole();
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    assert!(html.contains(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"
    )));
    for loads in [
        "url(", "@import", "src=", "<link", "<script", "http://", "https://",
    ] {
        assert!(!html.contains(loads), "{loads}");
    }
}

#[test]
fn the_numbers_of_sentences_are_marked() {
    let sample = include_str!("../../../tests/data/jilin-2017/cells-piped.txt");
    let read = Read::text(&sample.replace("收到申请27件", "收到申请28件"), forms());
    let html = view(&read.table(), "t1", Lang::Zh);
    let document = parsed(&html);
    let marks = elements(&document, ".line u");
    let of_class = |class: &str| {
        let of = marks
            .iter()
            .filter(|it| it.value().attr("class") == Some(class));
        of.map(|it| it.text().collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(of_class("wrong"), ["28件"]);
    let agrees = of_class("agrees");
    for figure in ["27件", "100%", "未收到传真、网络和信函申请"] {
        assert!(agrees.iter().any(|it| it == figure), "{figure}: {agrees:?}");
    }
    let lines: String = elements(&document, ".line")
        .iter()
        .flat_map(|it| it.text())
        .collect();
    assert!(lines.contains("收到申请28件"), "{lines}");
}

const SMALL: &str = r#"
id = "small"
title = "某地统计表"
source = "某发〔2017〕1号"
first_year = 2017
last_year = 2018

[[row]]
code = "1"
key = "received.total"
label = "一、收到申请数"
note = "含上年结转"
unit = "件"
kind = "count"

[[row]]
code = "1.1"
key = "received.in_person"
label = "1.当面申请数"
unit = "件"
kind = "count"

[[row]]
code = "1.2"
key = "received.online"
label = "2.网络申请数"
unit = "件"
kind = "count"

[[row]]
code = "2"
key = "fees"
label = "二、收取的费用"
unit = "万元"
kind = "amount"

[[rule]]
id = "H001"
severity = "hard"
statement = "received.total = received.in_person + received.online"
passes = { "received.total" = 2, "received.in_person" = 2 }
fails = { "received.total" = 2, "received.in_person" = 1 }
basis = { zh = "两种方式穷尽列举", en = "the two ways are all" }
message = { zh = "收到{left}件，两种方式之和为{right}件，相差{difference}件。", en = "{left} received, {right} in the two ways: {difference} apart." }
"#;

#[test]
fn a_small_page() {
    let form = Arc::new(Form::from_toml(SMALL).unwrap());
    let text = "某局2017年某地统计表\n统计指标 | 单位 | 统计数\n一、收到申请数 | 件 | 27\n1.当面申请数 | 件 | 26\n\
        2.网络申请数 | 件 | 0\n二、收取的费用 | 万元 | \n";
    let read = Read::text(text, std::slice::from_ref(&form));
    let mut page = Page::new(Lang::Zh);
    page.add(&read.table());
    let html = page.whole();
    let html = html.replace(xxgk_show::html::STYLE, "…");
    let html = html.replace(env!("CARGO_PKG_VERSION"), "0.0.0");
    insta::assert_snapshot!("small", html);
}

#[test]
fn without_sentences_there_is_no_part_for_them() {
    let options = Options {
        prose: false,
        report: false,
        ..Options::default()
    };
    let text = xxgk::write(&one(&consistent(NineCategory::form())), Some(2017));
    let reading = xxgk::read(&text, forms(), &options).next().unwrap();
    let report = reading.check();
    let table = xxgk_show::html::Table {
        report: &report,
        reading: Some(&reading),
        text: &text,
    };
    assert!(elements(&parsed(&view(&table, "t1", Lang::Zh)), ".claims").is_empty());
}
