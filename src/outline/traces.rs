//! What tells that a report was made from another, or from a template: another year, another agency, a blank left to fill in.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memchr2;
use memchr::memmem::Finder;

use super::{finding, place};
use crate::document::Line;
use crate::place::Place;
use crate::report::Finding;
use crate::report::kind;
use crate::unicode::is_ideograph;

/// Words that a template has where something is to be filled in.
const TO_FILL_IN: [&str; 4] = ["此处填写", "请在此", "待填写", "待补充"];
/// The words before and behind the name of the agency whose report it is.
const OWN: [(&str, &[&str]); 3] = [
    ("本报告由", &["编制", "起草", "公布", "发布", "负责"]),
    ("请与", &["联系"]),
    ("请联系", &["", "。"]),
];
/// Ends of the names of offices, which another office does not share.
const OFFICES: [&str; 4] = ["局", "委员会", "委", "厅"];

/// What was found in the lines so far.
pub(super) struct Traces {
    year: Option<u16>,
    agency: Option<String>,
    /// The first period that is of another year.
    period: Option<(Place, u16)>,
    /// The first sentence that begins with the year before.
    begins: Option<(Place, u16)>,
    /// The year of the report is named in a sentence.
    names_year: bool,
    /// The first blank that is left to fill in, and how many there are.
    blank: Option<Place>,
    blanks: usize,
    /// The first other agency that the report is said to be of.
    other: Option<(Place, String)>,
}

impl Traces {
    pub fn new(year: Option<u16>, agency: Option<&str>) -> Self {
        Traces {
            year,
            agency: agency.map(str::to_owned),
            period: None,
            begins: None,
            names_year: false,
            blank: None,
            blanks: 0,
            other: None,
        }
    }

    /// Takes a line of running text.
    pub fn line(&mut self, line: &Line<'_>) {
        self.years(line);
        if !is_telling(line.text) {
            return;
        }
        for (start, text) in blanks(line.text) {
            self.blanks += 1;
            self.blank.get_or_insert_with(|| place(line, start, text));
        }
        if let Some(agency) = &self.agency {
            let mut named = own_names(line.text);
            let other = named.find(|(_, name)| is_other(agency, name));
            if let Some((start, name)) = other.filter(|_| self.other.is_none()) {
                self.other = Some((place(line, start, name), name.to_owned()));
            }
        }
    }

    fn years(&mut self, line: &Line<'_>) {
        let Some(year) = self.year else { return };
        let sentence = line.text.contains('。');
        if !self.names_year {
            self.names_year = sentence && years(line.text).any(|(_, named)| named == year);
        }
        if self.period.is_none() {
            let other = period(line.text).filter(|(_, of, to)| (*of, *to) != (year, year));
            self.period = other.map(|(text, of, to)| {
                let start = line.text.find(text).unwrap_or_default();
                (place(line, start, text), if of == year { to } else { of })
            });
        }
        let begins = line
            .text
            .trim_start()
            .get(..7)
            .filter(|it| it.ends_with('年'));
        let begins = begins.and_then(|it| it.get(..4)?.parse::<u16>().ok());
        if let Some(named) = begins.filter(|it| sentence && it + 1 == year) {
            let text = line.text.trim().split(['，', ',', '。']).next();
            self.begins
                .get_or_insert_with(|| (place(line, 0, text.unwrap_or_default()), named));
        }
    }

    pub fn findings(self) -> Vec<Finding> {
        let mut findings = Vec::new();
        // The year before may be named beside that of the report; alone, it was left there.
        let begins = self.begins.filter(|_| !self.names_year);
        if let (Some((place, of)), Some(year)) = (self.period.or(begins), self.year) {
            let message = kind::d006_other_year::message(&place, of, year);
            findings.push(finding(kind::OTHER_YEAR, Some(place), message));
        }
        if let Some(place) = self.blank {
            let message = kind::d007_left_blank::message(&place, self.blanks);
            findings.push(finding(kind::LEFT_BLANK, Some(place), message));
        }
        if let (Some((place, name)), Some(agency)) = (self.other, &self.agency) {
            let message = kind::d008_other_agency::message(&place, &name, agency);
            findings.push(finding(kind::OTHER_AGENCY, Some(place), message));
        }
        findings
    }
}

static YEAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("年"));

/// The years that a text names, with where each begins: four digits before 年.
fn years(text: &str) -> impl Iterator<Item = (usize, u16)> {
    YEAR.find_iter(text.as_bytes()).filter_map(|at| {
        let start = at.checked_sub(4)?;
        let digits = text.get(start..at)?;
        let longer = text.get(..start)?.ends_with(|c: char| c.is_ascii_digit());
        let year = digits.parse().ok().filter(|it| (2000..2100).contains(it))?;
        (!longer && digits.bytes().all(|it| it.is_ascii_digit())).then_some((start, year))
    })
}

/// A whole year from its first day to its last (2022年1月1日起至12月31日): its text, and the years of both days.
fn period(text: &str) -> Option<(&str, u16, u16)> {
    years(text).find_map(|(start, of)| {
        let rest = text.get(start..)?;
        let behind = rest.get(4..)?.strip_prefix("年1月1日")?;
        let end = behind.find("12月31日")?;
        let between = behind.get(..end).filter(|it| it.chars().count() <= 12)?;
        let to = years(between).next().map_or(of, |(_, year)| year);
        let length = rest.len() - behind.len() + end + "12月31日".len();
        Some((rest.get(..length)?, of, to))
    })
}

/// The signs and words that what a template leaves begins with, but for those of ASCII, and those before the name of an agency;
/// `None` where the automaton cannot be built: then every line is looked through.
static TELLING: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let signs = ["×", "✕", "✖", "Ｘ", "＿"].into_iter();
    let own = OWN.iter().map(|(before, _)| *before);
    AhoCorasick::new(signs.chain(TO_FILL_IN).chain(own)).ok()
});

/// Whether a text has any sign or word that is looked for in it; most have none, which is seen in one pass.
fn is_telling(text: &str) -> bool {
    let words = || TELLING.as_ref().is_none_or(|it| it.is_match(text));
    memchr2(b'X', b'_', text.as_bytes()).is_some() || words()
}

/// What a template has left to fill in, with where each begins: ××局, 20XX年, ____, 此处填写.
fn blanks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let crosses = |c: char| matches!(c, 'X' | 'Ｘ' | '×' | '✕' | '✖');
    let lines = |c: char| matches!(c, '_' | '＿');
    let of_signs = [(true, '×'), (false, '_')]
        .into_iter()
        .flat_map(move |(cross, _)| {
            let is = move |c: char| if cross { crosses(c) } else { lines(c) };
            let mut at = 0;
            std::iter::from_fn(move || {
                let rest = text.get(at..)?;
                let start = at + rest.find(is)?;
                let run = text.get(start..)?;
                let end = start + run.find(|c| !is(c)).unwrap_or(run.len());
                at = end;
                Some((start, end))
            })
            .filter(move |(start, end)| {
                let run = text.get(*start..*end).unwrap_or_default();
                let before = text.get(..*start).and_then(|it| it.chars().next_back());
                let behind = text.get(*end..).and_then(|it| it.chars().next());
                // No file name, address or size: 20XX is one, W×H and a_b are not.
                let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
                let digits = cross && before.is_some_and(|c| c.is_ascii_digit());
                let brackets = |c: Option<char>| c.is_some_and(|c| "()[]:,;".contains(c));
                let inside = (ascii(before) && !digits && !brackets(before))
                    || (ascii(behind) && !brackets(behind));
                run.chars().count() >= 2 && !inside
            })
        });
    let of_words = TO_FILL_IN.iter().flat_map(move |word| {
        text.match_indices(word)
            .map(|(start, it)| (start, start + it.len()))
    });
    // With what stands around it, to be seen where it is.
    of_signs.chain(of_words).filter_map(move |(start, end)| {
        let before = text.get(..start)?.char_indices().rev();
        let before = before.take_while(|(_, c)| is_ideograph(*c) || c.is_ascii_digit());
        let from = before.take(4).last().map_or(start, |(at, _)| at);
        let behind = text.get(end..)?.char_indices();
        let behind = behind.take_while(|(_, c)| is_ideograph(*c)).take(4);
        let to = behind.last().map_or(end, |(at, c)| end + at + c.len_utf8());
        Some((from, text.get(from..to)?))
    })
}

/// The names of agencies in a text that say whose report it is, with where each begins.
fn own_names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    OWN.iter().flat_map(move |(before, behind)| {
        text.match_indices(before).filter_map(move |(at, _)| {
            let start = at + before.len();
            let rest = text.get(start..)?;
            let name = rest.get(..rest.find(|c| !is_ideograph(c)).unwrap_or(rest.len()))?;
            let end = behind
                .iter()
                .filter(|it| !it.is_empty())
                .filter_map(|it| name.find(it))
                .min();
            Some((start, name.get(..end.unwrap_or(name.len()))?))
        })
    })
}

/// Whether a name is that of another office: neither is the other in short, without the names of areas.
fn is_other(agency: &str, name: &str) -> bool {
    let Some(own) = office(agency).filter(|own| agency.ends_with(own)) else {
        return false;
    };
    let Some(other) = office(name) else {
        return false;
    };
    !is_short_for(other, agency) && !is_short_for(own, name)
}

/// The office in a name, without the areas before it and the rooms behind it: 教育局 of 某市教育局办公室.
fn office(name: &str) -> Option<&str> {
    let ends = OFFICES
        .iter()
        .filter_map(|it| Some(name.rfind(it)? + it.len()));
    let name = name.get(..ends.max()?)?;
    let areas = ['省', '市', '县', '区', '州', '旗', '盟'];
    // The name of an office may have 市 or 区 in it, but it has something before its end.
    let start = name.match_indices(areas).map(|(at, it)| at + it.len());
    let start = start
        .filter(|at| name.len() - at > 2 * '局'.len_utf8())
        .max();
    let office = name.get(start.unwrap_or(0)..)?;
    let own = office.starts_with(['我', '本', '该', '各']) || office.chars().count() < 3;
    (!own).then_some(office)
}

/// Whether the characters of one name stand in another, in their order: 住建局 in 住房和城乡建设局.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_leaves() {
        let found = |text| blanks(text).map(|(_, it)| it).collect::<Vec<_>>();
        for (text, expected) in [
            ("××局2023年报告", &["××局"][..]),
            ("20XX年，XX市共收到", &["20XX年", "XX市共收到"]),
            ("地址：____，电话____。", &["____", "电话____"]),
            ("（此处填写基本情况）", &["此处填写基本情况"]),
            ("网址http://www.example.gov.cn/XXGK/index_2.html", &[]),
            ("海报尺寸60×90", &[]),
            ("共收到27件", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_whole_year() {
        let found = |text| period(text).map(|(_, of, to)| (of, to));
        for (text, expected) in [
            (
                "统计期限自2022年1月1日起至2022年12月31日止",
                Some((2022, 2022)),
            ),
            ("数据时间为2022年1月1日至12月31日", Some((2022, 2022))),
            ("2022年1月1日起施行", None),
            ("2021年1月1日至2022年12月31日", Some((2021, 2022))),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn other_offices() {
        for (agency, name, expected) in [
            ("某市教育局", "某市体育局办公室", true),
            ("某市教育局", "某市教育局办公室", false),
            ("某市教育局", "市教育局", false),
            ("某市教育局", "我局办公室", false),
            ("某市教育局", "局办公室", false),
            ("某市住房和城乡建设局", "市住建局", false),
            ("某市发展和改革委员会", "市发改委办公室", false),
            ("某市城市管理局", "市城管局", false),
            ("某市", "某市政府办公室", false),
            ("某市市场监督管理局", "某市市场监管局", false),
        ] {
            assert_eq!(is_other(agency, name), expected, "{agency} {name}");
        }
    }
}
