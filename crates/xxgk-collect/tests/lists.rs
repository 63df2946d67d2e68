//! Lists of agencies, and the reports of the year before.

mod support;

use support::report_before;
use xxgk::{Document, LastYear, forms};
use xxgk_collect::names::Meaning;
use xxgk_collect::{Agencies, ListError, NoPair, Pairs};

fn rows(text: &str) -> Vec<Vec<String>> {
    let row = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().map(row).collect()
}

#[test]
fn a_table_of_agencies() {
    let list = Agencies::of_rows(&rows(
        " 上级单位 , 名 称,别名\n,某市,\n某市,某区,某区政府、区政府；某区府\n\n某区政府,某区教育局,",
    ))
    .unwrap();
    assert_eq!(list.len(), 3);
    assert_eq!(
        (list.parent(0), list.parent(1), list.parent(2)),
        (None, Some(0), Some(1))
    );
    assert_eq!(list.depth(2), 2);
    assert_eq!(list.meaning("区政府"), Meaning::Same(1));
    assert_eq!(list.children(1).collect::<Vec<_>>(), [2]);
}

#[test]
fn what_is_wrong_with_a_list_is_said() {
    let said = |text: &str| {
        let error = Agencies::of_rows(&rows(text)).unwrap_err();
        format!("{error}\n  {}", error.message().zh)
    };
    let all = [
        "",
        "名称,上级",
        "单位名字,上级\n甲,",
        "名称,上级\n,甲",
        "名称,上级\n甲,\n甲 ,",
        "名称,别名\n甲,丙\n乙,丙",
        "名称,上级\n甲,乙",
        "name,parent\n甲,乙\n乙,丙\n丙,甲\n丁,",
        "名称,上级\n甲,甲",
    ];
    insta::assert_snapshot!(all.map(said).join("\n"));
    // What only leads into a circle is not named as a part of it.
    let circle = Agencies::of_rows(&rows("name,parent\n丁,甲\n甲,乙\n乙,甲")).unwrap_err();
    assert_eq!(circle, ListError::Cycle(vec!["甲".into(), "乙".into()]));
}

#[test]
fn a_report_is_paired_by_agency_else_by_file_and_never_by_guess() {
    let before = |file: &str, text: &str| {
        LastYear::read(&Document::plain(text.to_owned()), forms(), file).unwrap()
    };
    let nameless = report_before("某市").replacen("某市2023年", "2023年", 1);
    let reports = || {
        vec![
            before("a.txt", &report_before("甲局")),
            before("b.txt", &report_before("乙局")),
            before("b2.txt", &report_before("乙局")),
            before("丙局2023年.txt", &nameless),
            before("数据表2023.txt", &nameless),
            before("x/表2023.txt", &nameless),
            before("y/表2023.txt", &nameless),
            before("同名2023.txt", &report_before("丁局")),
            before("p.txt", &report_before("庚局")),
            before("o.txt", &report_before("庚局").replace("2023年", "2022年")),
            before("台账2022.txt", &nameless.replace("2023年", "2022年")),
            before("台账2023.txt", &nameless),
        ]
    };
    let pairs = Pairs::new(None, reports());
    let of =
        |agency: Option<&str>, file: &str| pairs.of(agency, Some(2024), file).map(LastYear::name);
    assert_eq!(of(Some("甲 局"), "z.txt"), Ok("a.txt"));
    assert_eq!(of(Some("乙局"), "z.txt"), Err(NoPair::Several));
    assert_eq!(of(Some("丙局"), "z.txt"), Ok("丙局2023年.txt"));
    assert_eq!(of(None, "新/丙局2024年.txt"), Ok("丙局2023年.txt"));
    assert_eq!(of(Some("戊局"), "数据表2024.txt"), Ok("数据表2023.txt"));
    assert_eq!(of(Some("戊局"), "表2024.txt"), Err(NoPair::Several));
    // The file has the same name, and says that it is of another agency.
    assert_eq!(of(Some("戊局"), "同名2024.txt"), Err(NoPair::None));
    assert_eq!(of(Some("己局"), "z.txt"), Err(NoPair::None));
    assert_eq!(of(None, "2024.txt"), Err(NoPair::None));
    // Of two years, the one before.
    assert_eq!(of(Some("庚局"), "z.txt"), Ok("p.txt"));
    assert_eq!(of(None, "台账2024.txt"), Ok("台账2023.txt"));
    for year in [Some(2022), Some(2025), None] {
        let several = pairs.of(Some("庚局"), year, "z.txt");
        assert_eq!(several.map(LastYear::name), Err(NoPair::Several));
    }
    // Another name of the list.
    let agencies = Agencies::of_rows(&rows("名称,别名\n甲教育局,甲局\n乙局,")).unwrap();
    let pairs = Pairs::new(Some(&agencies), reports());
    assert_eq!(
        pairs
            .of(Some("甲教育局"), Some(2024), "z.txt")
            .map(LastYear::name),
        Ok("a.txt")
    );
}
