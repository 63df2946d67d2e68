//! What was found as a short plain text, to be pasted into a message to whoever fills in the table.

use xxgk::form::Form;
use xxgk::{Lang, Report};

use crate::groups::{Group, groups};
use crate::hidden::shown_lines;
use crate::words;

/// Whose table it is, the verdict, and what is to be corrected and to be looked at, a sentence a line.
///
/// ```
/// use xxgk::{Lang, Options, forms, read};
///
/// let text = "\
/// 政府信息公开情况统计表(2017年度)
/// 统计指标 | 单位 | 统计数
/// (一)收到申请数 | 件 | 27
/// 1.当面申请数 | 件 | 26
/// 2.传真申请数 | 件 | 0
/// 3.网络申请数 | 件 | 0
/// 4.信函申请数 | 件 | 0
/// (二)申请办结数 | 件 | 27
/// 1.按时办结数 | 件 | 27
/// 2.延期办结数 | 件 | 0
/// ";
/// let reading = read(text, forms(), &Options::default()).next().unwrap();
/// let text = xxgk_show::message::message(&reading.check(), reading.form.as_deref(), Lang::Zh);
/// assert!(text.contains("\n结论：有错误，须改正。"));
/// assert!(text.contains("\n须改正：\n1．"));
/// ```
#[must_use]
pub fn message(report: &Report, form: Option<&Form>, lang: Lang) -> String {
    let colon = lang.pick("：", ": ");
    let title = form.map_or_else(|| lang.pick("统计表", "Table"), Form::title);
    // Where there are several tables, the name of the agency stands among what tells them apart.
    let agency = report.agency.clone().filter(|_| report.table.is_none());
    let parts = [agency.unwrap_or_default(), words::which(report, lang)];
    let mut text = String::new();
    for part in parts.iter().filter(|it| !it.is_empty()) {
        text += part;
        text.push(' ');
    }
    text += title;
    text.push('\n');
    if let Some(source) = &report.source {
        text += &format!("{}{colon}{source}\n", lang.pick("文件", "File"));
    }
    text += &format!(
        "{}{colon}{}{}{}\n",
        lang.pick("结论", "Verdict"),
        report.verdict().name(lang),
        lang.pick("。", ". "),
        words::summary(report, lang)
    );
    // Of what cannot be read, the reason has been said.
    if form.is_some() {
        let groups = groups(report, false);
        let (soft, hard): (Vec<_>, Vec<_>) = groups.iter().partition(|it| it.is_soft());
        text += &list(&hard, lang.pick("须改正", "To correct"), form, lang);
        text += &list(&soft, lang.pick("须核实", "To look at"), form, lang);
    }
    shown_lines(&text).into_owned()
}

fn list(groups: &[&Group<'_>], title: &str, form: Option<&Form>, lang: Lang) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let (colon, dot) = (lang.pick("：", ":"), lang.pick("．", ". "));
    let lines = (1..).zip(groups);
    let lines = lines.map(|(number, it)| format!("{number}{dot}{}\n", it.sentence(form, lang)));
    format!("{title}{colon}\n{}", lines.collect::<String>())
}
