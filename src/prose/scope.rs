//! Who a clause is about, and when: 市公安局收到…, 各县区收到…, 上半年收到… are of a part of what the table counts.
//!
//! - the subject of a clause is what stands before its first verb, without the words that open a clause (其中, 全年, 2023年)
//! - it is the whole body (全市, 本机关, the name in the title), or a part of it (各县区, 市本级, another agency), or may be either (市政府)
//! - it holds on to the end of the sentence, or until another is named; in brackets it holds within them
//! - so does a time: 上半年, 12月份, 上年

use std::ops::Range;
use std::sync::LazyLock;

use super::by_char::ByChar;
use super::words::Words;

/// No name of an agency is longer, in bytes.
const MAX_NAME: usize = 90;

/// Whose number it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Who {
    /// Nobody is named: the body that reports.
    Unsaid,
    /// The whole body that reports: 全市, 本机关, or its name as the title has it.
    Whole,
    /// This may be the whole body or a part of it, such as 市政府.
    Either(String),
    /// A part of the body, or another one: 市教育局, 各县区.
    Part(String),
}

/// Words that open a clause and name nobody.
const LEADS: &[&str] = &[
    "其中",
    "全年",
    "年度",
    "本年度",
    "本年",
    "今年",
    "年内",
    "当年",
    "度",
    "同时",
    "另外",
    "此外",
    "另",
    "并",
    "且",
    "由",
    "经统计",
    "据统计",
    "统计",
    "目前",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "以来",
    "期间",
    "截至",
    "内",
    "底",
    "末",
    "份",
    "为",
    "是",
    "从",
];

/// The verbs of a report: what stands before the first of them is the subject.
const VERBS: &[&str] = &[
    "收到",
    "受理",
    "接收",
    "接到",
    "新收",
    "收办",
    "办结",
    "办理",
    "答复",
    "公开",
    "主动",
    "制发",
    "制定",
    "印发",
    "出台",
    "废止",
    "发布",
    "召开",
    "举办",
    "开展",
    "作出",
    "做出",
    "设立",
    "设置",
    "设有",
    "组织",
    "牵头",
    "发生",
    "予以",
    "共",
    "累计",
    "未",
    "无",
    "没有",
    "均",
    "全部",
    "收取",
    "审结",
    "登记",
    "承办",
    "处理",
    "合计",
    "总计",
    "提供",
    "依法",
    "依申请",
    "被",
    "上年结转",
    "结转",
    "现行有效",
    "不予",
    "部分公开",
    "占",
    "有",
    "的",
    "产生",
    "新增",
    "参加",
    "接受",
    "回应",
    "通过",
    "政府信息",
    "信息公开",
    "行政复议",
    "行政诉讼",
    "行政许可",
    "行政处罚",
    "申请",
    "因",
    "作为",
];

/// Words behind a subject that are none of it.
const TAILS: &[&str] = &[
    "全年",
    "本年度",
    "年度",
    "今年",
    "年内",
    "本年",
    "等",
    "分别",
    "各",
    "已",
    "还",
    "也",
    "则",
    "在",
    "自",
    "层面",
    "同期",
];

/// The whole of an area, or of a body.
const WHOLE: &[&str] = &[
    "全省",
    "全市",
    "全区",
    "全县",
    "全州",
    "全旗",
    "全盟",
    "全镇",
    "全乡",
    "全街道",
    "全局",
    "全委",
    "全厅",
    "全办",
    "全院",
    "全校",
    "全系统",
    "全中心",
    "全域",
];
/// Behind 我 and 本: the body that reports.
const OWN: &[&str] = &[
    "机关",
    "单位",
    "部门",
    "行政机关",
    "省",
    "市",
    "区",
    "县",
    "州",
    "旗",
    "盟",
    "镇",
    "乡",
    "街道",
    "街",
    "局",
    "委",
    "办",
    "厅",
    "院",
    "校",
    "中心",
    "系统",
    "公司",
    "管委会",
    "馆",
    "支队",
    "大队",
    "站",
];
/// Parts of a body, which have no name of their own.
const PARTS: &[&str] = &[
    "市本级",
    "县本级",
    "区本级",
    "省本级",
    "本级",
    "市直",
    "县直",
    "区直",
    "省直",
    "州直",
    "市级",
    "县级",
    "区级",
    "镇级",
    "各县",
    "各区",
    "各市",
    "各镇",
    "各乡",
    "各街道",
    "各部门",
    "各单位",
    "各委办",
    "各科室",
    "各处室",
    "各学校",
    "各级",
    "下属",
    "所属",
    "直属",
    "基层",
    "镇街",
    "乡镇",
    "街镇",
    "垂直",
    "派出",
    "县区",
    "区县",
    "县(市",
    "县市",
    "市县",
    "其他部门",
    "其他单位",
    "部分",
    "有关部门",
    "相关部门",
    "市属",
    "区属",
    "县属",
];
/// Ends of the names of agencies and of areas.
const AGENCIES: &[&str] = &[
    "局",
    "委",
    "办",
    "办公室",
    "办公厅",
    "厅",
    "委员会",
    "管委会",
    "街道",
    "办事处",
    "镇",
    "乡",
    "县",
    "区",
    "市",
    "中心",
    "学校",
    "学院",
    "大学",
    "医院",
    "法院",
    "检察院",
    "公司",
    "集团",
    "队",
    "政府",
    "部门",
    "单位",
    "机关",
    "系统",
    "本级",
    "银行",
    "派出所",
    "管理所",
    "工作站",
];
/// Of these, what a body of another kind does not call itself.
const OTHER_KINDS: &[&str] = &[
    "街道",
    "办事处",
    "镇",
    "乡",
    "学校",
    "学院",
    "大学",
    "医院",
    "法院",
    "检察院",
    "公司",
    "集团",
    "派出所",
];
/// Words that end so, and are none.
const NO_AGENCIES: &[&str] = &[
    "专区",
    "小区",
    "社区",
    "地区",
    "城市",
    "超市",
    "分局网",
    "政务区",
    "各区",
    "承办",
    "督办",
    "主办",
    "催办",
    "会办",
    "转办",
];
/// Before the name of an agency that does not act: 向市档案馆移交.
const PREPOSITIONS: &[&str] = &[
    "通过", "利用", "借助", "依托", "在", "向", "对", "以", "因", "按", "根据", "依据", "与",
    "针对", "关于", "围绕",
];

/// Times that are not the year of the report, at the beginning of a clause.
const TIMES: &[&str] = &[
    "上半年",
    "下半年",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "前三季度",
    "上年度",
    "上一年度",
    "上年",
    "上一年",
    "去年",
    "往年",
    "历年",
    "前年",
    "近年",
    "近三年",
    "近两年",
    "近五年",
    "同期",
    "年初",
    "年中",
    "当月",
    "单月",
];
/// Behind 上年 these are about what was carried over, of which the report has a row; or they compare.
const CARRIED: &[&str] = &[
    "结转",
    "遗留",
    "转入",
    "转来",
    "未办结",
    "剩余",
    "留存",
    "末",
    "接转",
    "延续",
    "同期",
];
/// The whole year of the report.
const THIS_YEAR: &[&str] = &["全年", "本年度", "本年", "今年", "年度内", "当年"];

/// What is only supposed: 如收到申请100件,则应….
const SUPPOSED: &[&str] = &[
    "如果", "若", "假如", "假设", "倘若", "倘", "例如", "比如", "譬如", "一旦", "凡", "假定", "如",
];
/// Words with 如 and 若 that suppose nothing.
const NOT_SUPPOSED: &[&str] = &[
    "如下",
    "如期",
    "如实",
    "如何",
    "如此",
    "如皋",
    "如东",
    "若干",
    "若羌",
    "若尔盖",
    "凡是已",
];

/// What a sentence says of what it tells before: that it is not so. 不存在 says it of what follows.
pub(super) const DENIED: &[&str] = &[
    "不存在",
    "不实",
    "不属实",
    "有误",
    "笔误",
    "误写",
    "误报",
    "事实不符",
    "的说法",
    "的传言",
    "的传闻",
    "谣",
    "更正为",
    "并非",
];

/// Words that a text may begin with.
struct Starts(ByChar<&'static str>);

impl Starts {
    fn new(words: &[&'static str]) -> Self {
        let mut words = words.to_vec();
        // Of two words of one character, the longer is tried first.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let first = |word: &str| word.chars().next();
        Starts(ByChar::new(
            words.into_iter().filter_map(|it| Some((first(it)?, it))),
        ))
    }

    /// The longest word that a text begins with.
    fn of(&self, text: &str) -> Option<&'static str> {
        let mut words = self.0.of(text.chars().next()?);
        words.find(|word| text.starts_with(**word)).copied()
    }

    /// The text behind the longest word that it begins with.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.of(text)?.len()..)
    }
}

/// Words that a text may end in.
struct Ends(ByChar<&'static str>);

impl Ends {
    fn new(words: &[&'static str]) -> Self {
        let last = |word: &&'static str| Some((word.chars().next_back()?, *word));
        Ends(ByChar::new(words.iter().filter_map(last)))
    }

    /// Whether a text ends in one of them.
    fn end(&self, text: &str) -> bool {
        self.strip(text).is_some()
    }

    /// The text before the first of them that it ends in.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut words = self.0.of(text.chars().next_back()?);
        words.find_map(|word| text.strip_suffix(word))
    }
}

/// The lists that are asked for at each clause.
struct Lists {
    leads: Starts,
    verbs: Starts,
    no_verbs: Starts,
    prepositions: Starts,
    whole: Starts,
    parts: Starts,
    times: Starts,
    this_year: Starts,
    supposed: Starts,
    not_supposed: Starts,
    denied: Starts,
    agencies: Ends,
    tails: Ends,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    leads: Starts::new(LEADS),
    verbs: Starts::new(VERBS),
    no_verbs: Starts::new(NO_VERBS),
    prepositions: Starts::new(PREPOSITIONS),
    whole: Starts::new(WHOLE),
    parts: Starts::new(PARTS),
    times: Starts::new(TIMES),
    this_year: Starts::new(THIS_YEAR),
    supposed: Starts::new(SUPPOSED),
    not_supposed: Starts::new(NOT_SUPPOSED),
    denied: Starts::new(DENIED.get(1..).unwrap_or_default()),
    agencies: Ends::new(AGENCIES),
    tails: Ends::new(TAILS),
});

/// Of which time a clause begins to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    ThisYear,
    Other(&'static str),
}

/// Who reports, as far as the title says it, and who else is named.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// The body in the title; empty where the title names none.
    title: Option<String>,
    /// Whether another body, or a part of it, is named anywhere.
    pub others: bool,
    /// The agencies that are named where no title tells which of them reports.
    named: Vec<String>,
}

impl Bodies {
    /// Takes the body from a line, if it is the title of a report or says who filled it in.
    pub fn note(&mut self, line: &str) {
        const MAX_TITLE: usize = 240;
        if self.title.is_some() || line.len() > MAX_TITLE || line.contains('。') {
            return;
        }
        let title = (line.contains("报告") || line.contains("年报")) && line.contains("信息公开");
        if !title && !line.contains("填报单位") {
            return;
        }
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let name = if title {
            titled(&line)
        } else {
            filled_in(&line)
        };
        self.title = name.filter(|name| !name.is_empty());
    }

    /// Whether several agencies are named, and no title says which of them reports: then none of them is known to.
    pub fn several(&self) -> bool {
        self.named.len() > 1
    }

    /// Who a clause is about, which stands without the words that open it; `None` where it names nobody.
    pub fn subject(&mut self, clause: &str) -> Option<Who> {
        let verb = first_verb(clause);
        let subject = clause.get(..verb).unwrap_or_default();
        let subject = without_tails(subject);
        if subject.is_empty() {
            return None;
        }
        let who = self.named_by(subject)?;
        self.others |= matches!(who, Who::Part(_) | Who::Either(_));
        Some(who)
    }

    fn named_by(&mut self, subject: &str) -> Option<Who> {
        let about = ["属于", "不属于", "涉及", "不是"];
        if subject.len() > MAX_NAME
            || LISTS.prepositions.of(subject).is_some()
            || about.iter().any(|word| subject.starts_with(word))
        {
            return None;
        }
        if let Some(rest) = LISTS.whole.strip(subject) {
            return Some(whole_or_line(subject, rest));
        }
        if let Some(rest) = subject.strip_prefix(['我', '本', '该']) {
            let own = OWN.iter().filter_map(|word| rest.strip_prefix(word));
            let rest = own.min_by_key(|rest| rest.len())?;
            return Some(own_or_part(subject, rest));
        }
        if LISTS.parts.of(subject).is_some() {
            let title = self.title.as_deref().unwrap_or_default();
            return Some(match subject.ends_with("本级") && title.contains("本级") {
                true => Who::Whole,
                false => Who::Part(subject.to_owned()),
            });
        }
        self.agency(subject)
    }

    /// Who the name of an agency is, beside the one in the title.
    fn agency(&mut self, name: &str) -> Option<Who> {
        if !LISTS.agencies.end(name)
            || NO_AGENCIES.iter().any(|word| name.ends_with(word))
            || !name
                .chars()
                .all(|c| crate::unicode::is_ideograph(c) || "、()".contains(c))
        {
            return None;
        }
        // 中心, 局: no name, but what the body calls itself; a body of another kind means others by it.
        if AGENCIES.contains(&name) {
            let title = self.title.as_deref().unwrap_or(name);
            let other = OTHER_KINDS.contains(&name) && !title.contains(name);
            return other.then(|| Who::Part(name.to_owned()));
        }
        let said = || name.to_owned();
        let government = name.chars().count() <= 5 && name.ends_with("政府");
        match &self.title {
            Some(title) if title.ends_with(name) || name.ends_with(title.as_str()) => {
                Some(Who::Whole)
            }
            Some(title) if title.contains(name) && !title.ends_with("政府") => Some(Who::Whole),
            _ if government => Some(Who::Either(said())),
            Some(title) if title.ends_with("政府") && title.contains(name) => Some(Who::Whole),
            Some(_) => Some(Who::Part(said())),
            None => {
                if !self.named.iter().any(|other| other == name) {
                    self.named.push(said());
                }
                Some(Who::Either(said()))
            }
        }
    }
}

/// 全市 is the whole, and so is 全市各级行政机关; 全市公安机关 is one line of administration.
fn whole_or_line(subject: &str, rest: &str) -> Who {
    let inside = [
        "",
        "范围",
        "各",
        "行政机关",
        "政府",
        "上下",
        "所有",
        "政务公开",
    ];
    let whole = rest.is_empty() || inside.iter().skip(1).any(|word| rest.starts_with(word));
    let level = ["市级", "县级", "区级", "省级", "直"]
        .iter()
        .any(|word| rest.contains(word));
    let ends = AGENCIES.iter().any(|word| rest.ends_with(word));
    match !level && (whole || !ends) {
        true => Who::Whole,
        false => Who::Part(subject.to_owned()),
    }
}

/// 我局 is the body that reports; 我局下属单位 is a part of it; of 我局及下属单位 that is not certain.
fn own_or_part(subject: &str, rest: &str) -> Who {
    let joined = ["及", "和", "与", "、", "(含"]
        .iter()
        .any(|word| rest.starts_with(word));
    let all = ["各级", "行政机关", "各部门", "政府系统", "人民政府", "机关"]
        .iter()
        .any(|word| rest.starts_with(word));
    let part = AGENCIES.iter().any(|word| rest.ends_with(word));
    match () {
        () if joined => Who::Either(subject.to_owned()),
        () if rest.is_empty() || all || !part => Who::Whole,
        () => Who::Part(subject.to_owned()),
    }
}

/// The body that a title names: of 某市2023年政府信息公开工作年度报告, and of 2023年某市政府信息公开工作年度报告.
fn titled(line: &str) -> Option<String> {
    let end = line
        .find("政府信息公开")
        .or_else(|| line.find("信息公开"))?;
    let mut name = line.get(..end)?;
    name = name
        .trim_start_matches(['#', '《', '"', '“', '|'])
        .trim_start_matches("关于");
    if let Some(at) = name.find('年') {
        let number = |c: char| {
            c.is_ascii_digit()
                || "二〇零○Oo一三四五六七八九".contains(c)
                || ('０'..='９').contains(&c)
        };
        let before = name.get(..at)?.trim_end_matches(number);
        let behind = name.get(at + '年'.len_utf8()..)?.trim_start_matches('度');
        name = if before.is_empty() { behind } else { before };
    }
    Some(name.trim_matches(['(', ')', '（', '）']).to_owned())
}

/// The name behind 填报单位:.
fn filled_in(line: &str) -> Option<String> {
    let behind = line.split_once("填报单位")?.1;
    let behind = behind.split_once([':', '：'])?.1;
    let end = behind
        .find(|c: char| !crate::unicode::is_ideograph(c))
        .unwrap_or(behind.len());
    behind.get(..end).map(str::to_owned)
}

/// A clause without the words that open it, and the year before them.
pub(super) fn without_leads(clause: &str) -> &str {
    let mut rest = clause.trim_start_matches([',', ';', ':', '、', '(', ')', '。', ' ']);
    loop {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let year = number
            .strip_prefix('年')
            .filter(|_| number.len() < rest.len());
        let lead = || LISTS.leads.strip(rest);
        match year.or_else(lead) {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

fn without_tails(subject: &str) -> &str {
    let mut rest = subject;
    while let Some(shorter) = LISTS.tails.strip(rest) {
        rest = shorter;
    }
    rest
}

/// Places whose names begin as a verb does.
const NO_VERBS: &[&str] = &[
    "无锡", "无为", "无棣", "无极", "未央", "共青", "共和", "均安", "有关",
];

/// Where the first verb stands, or the clause ends.
fn first_verb(clause: &str) -> usize {
    let lists = &*LISTS;
    let is_verb = |rest: &str| lists.verbs.of(rest).is_some() && lists.no_verbs.of(rest).is_none();
    let mut begins = clause
        .char_indices()
        .take_while(|(at, _)| *at <= MAX_NAME)
        .filter(|(_, c)| c.is_ascii_digit() || lists.verbs.0.has(*c));
    let verb =
        begins.find(|(at, c)| c.is_ascii_digit() || is_verb(clause.get(*at..).unwrap_or_default()));
    verb.map_or(clause.len(), |(at, _)| at)
}

/// Of which time a clause begins to be, if it says so: at its beginning, or at its end (自施行以来).
pub(super) fn time(clause: &str) -> Option<Time> {
    let clause = clause.trim_start_matches([',', ';', ':', '、', '(', ')', ' ']);
    let clause = clause
        .strip_prefix("其中")
        .unwrap_or(clause)
        .trim_start_matches([',', ':']);
    if let Some(word) = LISTS.times.of(clause) {
        let rest = clause
            .get(word.len()..)
            .unwrap_or_default()
            .trim_start_matches('度');
        let carried = CARRIED.iter().any(|it| rest.starts_with(it));
        return (!carried).then_some(Time::Other(word));
    }
    if LISTS.this_year.of(clause).is_some() && !clause.starts_with("今年以来") {
        return Some(Time::ThisYear);
    }
    Words::period(clause).map(Time::Other)
}

/// The word that makes a clause, which stands without the words that open it, a mere supposition.
pub(super) fn supposed(clause: &str) -> Option<&'static str> {
    match LISTS.not_supposed.of(clause) {
        Some(_) => None,
        None => LISTS.supposed.of(clause),
    }
}

/// What a sentence denies, and the word that says so: all before 的说法不实, what stands between 不存在 and 的情形.
pub(super) fn denied(sentence: &str) -> Option<(Range<usize>, &'static str)> {
    let words = sentence.char_indices().rev();
    let mut words = words.filter_map(|(at, _)| Some((at, LISTS.denied.of(sentence.get(at..)?)?)));
    if let Some((at, word)) = words.next() {
        return Some((0..at, word));
    }
    let start = sentence.find("不存在")?;
    let ends = ["的情形", "的情况", "的现象", "的问题"];
    let end = ends
        .iter()
        .filter_map(|it| sentence.get(start..)?.find(it))
        .min()?;
    Some((start..start + end, "不存在"))
}

/// Whether a bracket that opens in a text is a part of a name, as in 县(市)国土局 and 各县(市、区).
pub(super) fn is_in_name(text: &str, bracket: usize) -> bool {
    let (before, behind) = (text.get(..bracket), text.get(bracket + 1..));
    let areas = |c: char| "省市县区州旗、".contains(c);
    let inside = behind
        .and_then(|it| it.split_once(')'))
        .map(|(inside, _)| inside);
    before.is_some_and(|it| it.ends_with(areas))
        && inside.is_some_and(|it| !it.is_empty() && it.chars().all(areas))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(title: &str, clause: &str) -> Option<Who> {
        let mut bodies = Bodies::default();
        bodies.note(title);
        bodies.subject(without_leads(clause))
    }

    #[test]
    fn the_whole_and_its_parts() {
        let title = "某市2023年政府信息公开工作年度报告";
        for clause in [
            "全市共收到",
            "2023年全市各级行政机关共收到",
            "我市收到",
            "本机关收到",
            "我局共受理",
            "全区各部门收到",
            "某市共收到",
            "全年全市收到",
        ] {
            assert_eq!(who(title, clause), Some(Who::Whole), "{clause}");
        }
        for clause in [
            "市公安局收到",
            "其中市本级收到",
            "市直部门收到",
            "各县区收到",
            "市政府办公室牵头办理",
            "市政府及市政府办公室制发",
            "县级部门共收到",
            "全市公安机关收到",
            "我局下属单位受理",
            "我市公安局收到",
            "由市司法局受理",
            "各街道共收到",
            "宿城区收到",
            "街道层面共收到",
            "县(市)国土局收到",
            "市公安局因政府信息公开被申请行政复议",
        ] {
            assert!(
                matches!(who(title, clause), Some(Who::Part(_))),
                "{clause} {:?}",
                who(title, clause)
            );
        }
        assert!(matches!(who(title, "市政府收到"), Some(Who::Either(_))));
        assert!(matches!(
            who("", "街道办事处收到"),
            None | Some(Who::Either(_))
        ));
        for clause in [
            "共收到申请",
            "收到政府信息公开申请",
            "通过市政府网站公开",
            "中心召开会议",
            "不属于本行政机关公开",
            "政府信息公开申请",
            "办结",
            "向市档案馆移交",
        ] {
            assert_eq!(who(title, clause), None, "{clause}");
        }
        let office = "2025年市政府办公厅政府信息公开工作年度报告";
        assert_eq!(who(office, "市政府共受理"), Some(Who::Whole));
        assert_eq!(
            who("某市公积金管理中心2017年信息公开年报", "公积金管理中心受理"),
            Some(Who::Whole)
        );
    }

    #[test]
    fn times_and_suppositions() {
        assert_eq!(time("上半年收到申请"), Some(Time::Other("上半年")));
        assert_eq!(time("上年结转"), None);
        assert_eq!(time("上年度结转申请"), None);
        assert_eq!(time("全年收到"), Some(Time::ThisYear));
        assert_eq!(time("比上年增加"), None);
        assert_eq!(supposed("如收到申请"), Some("如"));
        assert_eq!(supposed("如期办结"), None);
        assert_eq!(denied("收到99件的说法不实").unwrap().0.start, 0);
        let between = denied("收到99件,不存在收到30件而不答复的情形。").unwrap().0;
        assert!(between.start > "收到99件".len());
        assert_eq!(denied("收到99件。"), None);
        assert_eq!(denied("信息不存在99件。"), None);
    }
}
