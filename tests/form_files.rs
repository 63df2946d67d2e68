//! What is wrong in a file of a form is said in the reader's language, at its place, with what to do.

use xxgk::form::FormError;
use xxgk::load;

/// A form of its own.
const OWN: &str = r#"id = "harbour"
title = "港口统计表"
source = "港务发〔2022〕3号"
first_year = 2022
last_year = 2030

[[section]]
key = "ships"
title = "船舶"

[[section.column]]
key = "own"
label = "本港"

[[section.column]]
key = "other"
label = "外港"

[[section.row]]
code = "1"
key = "ships.large"
label = "大船"
unit = "艘"
kind = "count"

[[section.row]]
code = "2"
key = "ships.small"
label = "小船"
unit = "艘"
kind = "count"

[[rule]]
id = "P01"
severity = "soft"
statement = "for each row of ships: own >= other"
basis = { zh = "本港船舶较多", en = "more ships are of the port" }
passes = { own = 3, other = 2 }
fails = { own = 1, other = 2 }
message = { zh = "{row}：本港{left}艘，外港{right}艘。", en = "{row}: {left} and {right}." }
"#;

/// What a city adds to a form.
const EXTENDED: &str = r#"extends = "nine-category"
id = "city"

[[row]]
after = "fees"
code = "9.9"
key = "leaflets"
label = "发放传单数"
unit = "份"
kind = "count"

[[rule]]
id = "C01"
severity = "hard"
statement = "leaflets >= fees"
basis = { zh = "本市规定", en = "rule of the city" }

[[override]]
rule = "R204"
off = { zh = "本市不用", en = "not used here" }
"#;

/// One file changed in one place.
struct Case(&'static str, &'static str, &'static str);

/// What is typed as Chinese has it, or is no TOML for another reason.
const SYNTAX: &[Case] = &[
    Case(OWN, r#""大船""#, "“大船”"),
    Case(OWN, r#""大船""#, "‘大船’"),
    Case(OWN, r#""大船""#, "\"大船”"),
    Case(OWN, r#""大船""#, "\"大船"),
    Case(OWN, r#""大船""#, "大船"),
    Case(OWN, r#""大船""#, "大船，含客船"),
    Case(OWN, "label = \"大船\"", "label ＝ \"大船\""),
    Case(OWN, "label = \"大船\"", "label：\"大船\""),
    Case(OWN, "label = \"大船\"", "label: \"大船\""),
    Case(OWN, "label = \"大船\"", "label \"大船\""),
    Case(OWN, "label = \"大船\"", "label ="),
    Case(OWN, "label = \"大船\"", "label"),
    Case(OWN, "label = \"大船\"", "名称 = \"大船\""),
    Case(OWN, "label = \"大船\"", "label = \"大船\" unit = \"艘\""),
    Case(OWN, "label = \"大船\"", "label = \"大船\"，"),
    Case(OWN, "label = \"大船\"", "　label = \"大船\""),
    Case(OWN, "label = \"大船\"", r#"label = "大\船""#),
    Case(
        OWN,
        "label = \"大船\"",
        "label = \"大船\"\nlabel = \"巨船\"",
    ),
    Case(OWN, "first_year = 2022", "first_year = 2022年"),
    Case(OWN, "first_year = 2022", "first_year = ２０２２"),
    Case(OWN, "first_year = 2022", "first_year = 02022"),
    Case(OWN, "first_year = 2022", "first_year = 二〇二二"),
    Case(OWN, "[[rule]]", "[[rule]"),
    Case(OWN, "[[rule]]", "【【rule】】"),
    Case(OWN, "[[rule]]", "rule"),
    Case(OWN, "own = 3, other = 2", "own = 3，other = 2"),
    Case(OWN, "own = 3, other = 2", "own = 3 other = 2"),
    Case(OWN, "own = 3, other = 2 }", "own = 3, other = 2"),
    Case(OWN, "own = 3, other = 2 }", "own = 3, other = 2 ｝"),
    Case(OWN, "id = \"harbour\"", "id = \"harbour\"\nid.x = 3"),
    Case(OWN, OWN, "政府信息公开"),
    Case(OWN, OWN, ""),
];

/// TOML with other fields than a form has.
const FIELDS: &[Case] = &[
    Case(OWN, "label = \"大船\"", "lable = \"大船\""),
    Case(OWN, "label = \"大船\"", "remark = \"大船\""),
    Case(OWN, "label = \"大船\"\n", ""),
    Case(OWN, "code = \"1\"\n", ""),
    Case(OWN, "title = \"港口统计表\"\n", ""),
    Case(OWN, "last_year = 2030\n", ""),
    Case(
        OWN,
        "basis = { zh = \"本港船舶较多\", en = \"more ships are of the port\" }\n",
        "",
    ),
    Case(OWN, ", en = \"more ships are of the port\"", ""),
    Case(
        OWN,
        "{ zh = \"本港船舶较多\", en = \"more ships are of the port\" }",
        "\"本港船舶较多\"",
    ),
    Case(
        OWN,
        "{ zh = \"本港船舶较多\", en = \"more ships are of the port\" }",
        "[\"本港船舶较多\"]",
    ),
    Case(OWN, "\"soft\"", "\"核实性\""),
    Case(OWN, "\"soft\"", "1"),
    Case(OWN, "kind = \"count\"", "kind = \"件数\""),
    Case(OWN, "first_year = 2022", "first_year = \"2022\""),
    Case(OWN, "first_year = 2022", "first_year = 2022.5"),
    Case(OWN, "first_year = 2022", "first_year = 2022-01-01"),
    Case(OWN, "first_year = 2022", "first_year = -2022"),
    Case(OWN, "first_year = 2022", "first_year = 202200"),
    Case(OWN, "code = \"1\"", "code = 1"),
    Case(OWN, "unit = \"艘\"", "unit = [\"艘\"]"),
    Case(OWN, "unit = \"艘\"", "unit = \"艘\"\nadds = \"no\""),
    Case(OWN, "unit = \"艘\"", "unit = \"艘\"\nalso = \"轮船\""),
    Case(OWN, "own = 3", "own = 3.5"),
    Case(OWN, "own = 3", "own = true"),
    Case(OWN, "[[rule]]", "[rule]"),
    Case(EXTENDED, "extends", "extend"),
    Case(EXTENDED, "[[override]]", "[[overide]]"),
    Case(EXTENDED, "\"nine-category\"", "2017"),
];

/// Fields that do not fit each other, or the form.
const FORM: &[Case] = &[
    Case(OWN, "\"小船\"", "\"大船\""),
    Case(OWN, "\"小船\"", "\" 大 船\""),
    Case(OWN, "\"小船\"", "\"\""),
    Case(OWN, "\"外港\"", "\"本港\""),
    Case(OWN, "last_year = 2030", "last_year = 2020"),
    Case(OWN, "first_year = 2022", "first_year = 22"),
    Case(OWN, "last_year = 2030", "last_year = 20230"),
    Case(OWN, "id = \"harbour\"", "id = \"港口\""),
    Case(OWN, "id = \"harbour\"", "id = \"\""),
    Case(OWN, "\"P01\"", "\"p01\""),
    Case(OWN, "\"P01\"", "\"港规 1\""),
    Case(OWN, "\"P01\"", "\"\""),
    Case(OWN, "\"P01\"", "\"S001\""),
    Case(OWN, "unit = \"艘\"", "unit = \"\""),
    Case(EXTENDED, "zh = \"本市不用\"", "zh = \"\""),
    Case(OWN, "own = 3, other = 2", "own = 1, other = 2"),
    Case(OWN, "own = 1, other = 2", "own = 2"),
    Case(OWN, "own = 3, other = 2", "owm = 3"),
    Case(OWN, "own = 3, other = 2", "own = \"三\""),
    Case(OWN, "key = \"ships.small\"", "key = \"ships.large\""),
    Case(OWN, "key = \"ships.small\"", "key = \"ships.large.small\""),
    Case(OWN, "key = \"ships.small\"", "key = \"小船\""),
    Case(OWN, "key = \"other\"", "key = \"own\""),
    Case(OWN, "code = \"2\"", "code = \"1\""),
    Case(
        OWN,
        "unit = \"艘\"\nkind = \"count\"\n\n[[rule]]",
        "kind = \"count\"\n\n[[rule]]",
    ),
    Case(
        OWN,
        "unit = \"艘\"\nkind = \"count\"\n\n[[rule]]",
        "unit = \"元\"\nkind = \"amount\"\n\n[[rule]]",
    ),
    Case(OWN, "own >= other", "own ≥ other"),
    Case(OWN, "own >= other", "own >= othr"),
    Case(OWN, "own >= other", "own ="),
    Case(OWN, "own >= other", "own"),
    Case(OWN, "own >= other", "本港 >= 外港"),
    Case(OWN, "own >= other", "own >= 0,5 other"),
    Case(OWN, "own >= other", "own >= 0.5 other"),
    Case(OWN, "own >= other", "own >= other >= 1"),
    Case(OWN, "own >= other", "own >= (other"),
    Case(OWN, "own >= other", "if own >= 1"),
    Case(OWN, "own >= other", "own >= other * 2"),
    Case(
        OWN,
        "own >= other",
        "own >= 99999999999999999999999999999999",
    ),
    Case(OWN, "own >= other", "own = other or own = 1"),
    Case(OWN, "for each row of ships", "for each row of boats"),
    Case(OWN, "for each row of ships", "for each cell"),
    Case(OWN, "{row}：", "{rwo}："),
    Case(OWN, "{row}：", "{row："),
    Case(
        OWN,
        "kind = \"count\"\n\n[[rule]]",
        "kind = \"count\"\nafter = \"ships.large\"\n\n[[rule]]",
    ),
    Case(EXTENDED, "\"nine-category\"", "\"nine-categry\""),
    Case(EXTENDED, "\"nine-category\"", "\"harbour\""),
    Case(EXTENDED, "\"fees\"\ncode", "\"fee\"\ncode"),
    Case(EXTENDED, "\"R204\"", "\"R299\""),
    Case(
        EXTENDED,
        "off = { zh = \"本市不用\", en = \"not used here\" }\n",
        "",
    ),
    Case(
        EXTENDED,
        "[[override]]",
        "[[override]]\nrule = \"R204\"\nseverity = \"hard\"\n\n[[override]]",
    ),
    Case(EXTENDED, "id = \"city\"", "last_year = 2013"),
    Case(EXTENDED, "\"C01\"", "\"R204\""),
    Case(EXTENDED, "key = \"leaflets\"", "key = \"fees\""),
    Case(EXTENDED, "leaflets >= fees", "leaflet >= fees"),
];

fn shown(cases: &[Case]) -> String {
    let shown = cases.iter().map(|Case(file, from, to)| {
        assert!(file.contains(from), "{from}");
        let text = file.replacen(from, to, 1);
        let changed = match (*from == *file, from.contains('\n') && to.len() < from.len()) {
            (true, _) => format!("{to:?}"),
            (_, true) => format!("- {}", from.trim_end()),
            (_, false) => (*to).to_owned(),
        };
        let error = load(&text).expect_err(to);
        expect_chinese(&error);
        let FormError { line, column, .. } = error;
        let message = error.kind.message();
        format!(
            "{changed}\n  {line}:{column} {}\n  {}\n",
            message.zh, message.en
        )
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// Outside of quotation marks and samples there is no English but what the files themselves are written in.
fn expect_chinese(error: &FormError) {
    const WORDS: [&str; 8] = [
        "expected", "found", "invalid", "unknown", "struct", "missing", "string", "key",
    ];
    let zh = error.kind.message().zh;
    let plain: String = zh.split(['“', '”', '"']).step_by(2).collect();
    let foreign = WORDS.iter().find(|word| plain.contains(**word));
    assert!(foreign.is_none() && !zh.contains('`'), "{zh}");
}

#[test]
fn both_files_are_well() {
    assert_eq!(load(OWN).unwrap().cells(), 4);
    assert_eq!(load(EXTENDED).unwrap().cells(), 59);
}

#[test]
fn a_file_that_is_no_toml() {
    insta::assert_snapshot!(shown(SYNTAX));
}

#[test]
fn a_file_with_other_fields() {
    insta::assert_snapshot!(shown(FIELDS));
}

#[test]
fn a_file_that_is_no_form() {
    insta::assert_snapshot!(shown(FORM));
}

/// What looks odd and is well.
#[test]
fn what_is_taken() {
    for (from, to) in [
        ("id = \"harbour\"", "\u{feff}id = \"harbour\""),
        ("\n", "\r\n"),
        ("id = \"harbour\"", "id = 'harbour-2022_a'"),
        ("last_year = 2030", "last_year = 2022"),
        ("label = \"小船\"", "label = \"小船，含客船\""),
        ("own >= other", "own >= other and own >= 0"),
        ("own >= other", "own >= 0.6 * other"),
        ("passes = { own = 3, other = 2 }\n", ""),
    ] {
        let text = OWN.replace(from, to);
        assert!(load(&text).is_ok(), "{to}: {:?}", load(&text).err());
    }
}
