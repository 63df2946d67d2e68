//! The words of sentences that are no form's: those that say nothing, those that say "all" and "none", and those that make a
//! number something else than a figure of the year.

use std::sync::LazyLock;

use super::by_char::ByChar;

/// Words that stand between the words of a phrase, or between it and its number, and change nothing.
const NEUTRAL: &str = "政府信息公开 依申请公开 信息公开 政府信息 公开申请 信息 公开 政府 工作 机关 单位 本 我 的 之 该 任何 提出 提交 \
    公民、法人或者其他组织 公民、法人或其他组织 公民、法人和其他组织 公民、法人及其他组织 公民法人和其他组织 公民法人或其他组织 \
    各 类 各类 各种 各项 项 相关 有关 所有 全部 公众 群众 社会 省级 市级 县级 区级 上级 本级 工作人员 人员 \
    已 已经 均 所 因 关于 涉及 属于 情况 主动 年度 全年 本年度 且 并 等";

/// Words before a name that do not make it another's.
const LEAD: &str =
    "其中 含 包含 通过 在 利用 以 经 由 全年 本年 年度 本年度 共 已 且 并 另 全部 我 局 本 的 分别";

/// Words between a phrase and its number.
const FILLER: &str = "数量 总数量 总数 总量 总次数 总人数 总额 人数 次数 件数 条数 篇数 金额 数 共计 总计 合计 累计 共有 \
    共 总 为 是 有 达到 达 计 了 到 一共 只有 仅 仅有 分别为 : 约 大约 近 将近 接近 超过 超 逾 \
    不足 不到 至少 至多";

/// Words of a sentence that says that there is none of something, beside the names of what there is none of.
const GENERIC: &str = "收到 接到 受理 接收 发生 出现 产生 收取 存在 对 向 由 与 被 提起 引发 引起 导致 任何 申请人 \
    申请者 申请 就 形式 方式 渠道 途径 事项 事件 案件 情形 行为 问题 现象 过 行政 针对 方面 而 一起 一件 \
    以 要求 公民 法人 其他组织 个人 组织 件 单独 设立 设置 安排 配备 开展 举办 召开 办理 需要";

/// Words that join things named one after the other.
const JOINING: &str = "、 和 及 与 以及 或 或者 并 /";

/// Words that say that all of something is of one kind.
const ALL: &str = "全部 均 都 皆 全";

/// What may stand between those and the kind.
const LINKS: &str = "为 是 系 属于 已 予以 得到 了 通过 以 在";

/// Words that make a number something else than a figure of this report's year: of another time, a change, a mean, of
/// another channel.
const OTHERWISE: &str = "月均 日均 年均 人均 季均 周均 户均 最多 最高 最少 最低 单日 单月 当日 历史 高峰 上年 上一年 去年 往年 历年 以来 同比 环比 增加 减少 增长 下降 上升 提高 降低 多了 少了 平均 每 \
    上半年 下半年 季度 其余 另收 另受 计划 预计 将 拟 争取 目标 力争";

/// Ends of a clause that say of which time the following ones are.
const PERIODS: &[&str] = &[
    "以来",
    "上年",
    "上年度",
    "上一年",
    "上一年度",
    "去年",
    "往年",
    "上半年",
    "下半年",
    "季度",
];

/// The year of the report.
const THIS_YEAR: &[&str] = &["全年", "年度", "本年", "今年", "当年"];

/// Others than who reports, unless the whole region is named.
const OTHERS: &str =
    "下属 所属 直属 各部门 各街道 各镇 各乡 各单位 各区 各县 各科室 各处室 各学校 各成员单位";
const REGION: &[&str] = &[
    "全省",
    "全市",
    "全区",
    "全县",
    "全州",
    "全旗",
    "全镇",
    "全街道",
    "全局",
    "全系统",
];

/// Words behind several names: the numbers stand in their order.
pub(super) const RESPECTIVELY: &[&str] = &["分别", "依次", "各自"];
/// Words for taking something in, or settling it.
pub(super) const TAKEN: &[&str] = &[
    "受理", "收到", "接到", "收办", "办理", "办结", "接待", "接听", "接收", "处理",
];
/// Words for having documents.
pub(super) const MADE: &[&str] = &[
    "制作", "获取", "形成", "生成", "产生", "保存", "掌握", "制成",
];
/// Behind a number: it holds earlier years too.
const EARLIER_YEARS: &[&str] = &["历年", "往年", "以前年度", "历史", "累计"];

/// A word, and what it is.
type Entry = (&'static str, Kind);

/// The words, found by the character that they end or begin with.
pub(super) struct Words {
    ending: ByChar<Entry>,
    beginning: ByChar<Entry>,
    otherwise: ByChar<Entry>,
}

/// The words, looked through once.
static WORDS: LazyLock<Words> = LazyLock::new(Words::new);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Neutral,
    Filler,
    Generic,
    Joining,
    Lead,
    All,
    Link,
    Otherwise,
    Others,
}

impl Words {
    pub fn get() -> &'static Words {
        &WORDS
    }

    fn new() -> Self {
        let lists = [
            (NEUTRAL, Kind::Neutral),
            (FILLER, Kind::Filler),
            (GENERIC, Kind::Generic),
            (JOINING, Kind::Joining),
            (LEAD, Kind::Lead),
            (ALL, Kind::All),
            (LINKS, Kind::Link),
        ];
        let otherwise = [(OTHERWISE, Kind::Otherwise), (OTHERS, Kind::Others)];
        Words {
            ending: by(&lists, |word| word.chars().next_back()),
            beginning: by(&lists, |word| word.chars().next()),
            otherwise: by(&otherwise, |word| word.chars().next()),
        }
    }

    /// The text without each word of these kinds that it ends in.
    pub fn without_end<'a, 't: 'a>(
        &'a self,
        text: &'t str,
        kinds: &'a [Kind],
    ) -> impl Iterator<Item = &'t str> + 'a {
        let last = text.chars().next_back().into_iter();
        let words = last.flat_map(|last| self.ending.of(last));
        let fits = words.filter(|(_, kind)| kinds.contains(kind));
        fits.filter_map(|(word, _)| text.strip_suffix(word))
    }

    /// The text without the longest word of these kinds that it ends in.
    pub fn strip_end<'t>(&self, text: &'t str, kinds: &[Kind]) -> Option<&'t str> {
        self.without_end(text, kinds).min_by_key(|rest| rest.len())
    }

    /// The text without the longest word of these kinds that it begins with.
    pub fn strip_start<'t>(&self, text: &'t str, kinds: &[Kind]) -> Option<&'t str> {
        let words = self.beginning.of(text.chars().next()?);
        let fits = words.filter(|(_, kind)| kinds.contains(kind));
        fits.filter_map(|(word, _)| text.strip_prefix(word))
            .min_by_key(|rest| rest.len())
    }

    /// The word in a text that makes its number something else.
    pub fn otherwise(&self, text: &str) -> Option<&'static str> {
        let mut other = None;
        for (at, c) in text.char_indices() {
            let rest = text.get(at..).unwrap_or_default();
            let mut words = self.otherwise.of(c);
            match words.find(|(word, _)| rest.starts_with(word)) {
                Some((word, Kind::Others)) => other = Some(*word),
                Some((word, _)) => return Some(word),
                None => {}
            }
        }
        let says = |words: &[&str]| words.iter().any(|it| text.contains(it));
        // 累计 may go back years, unless it says that it does not.
        if text.contains("累计") && !says(THIS_YEAR) {
            return Some("累计");
        }
        other.filter(|_| !says(REGION))
    }

    /// The word at the end of a clause that says of which other time the following ones are: 自施行以来, … .
    pub fn period(clause: &str) -> Option<&'static str> {
        if !clause.ends_with(['来', '年', '度']) {
            return None;
        }
        let this_year = clause.ends_with("今年以来") || clause.ends_with("本年以来");
        let mut periods = PERIODS.iter().filter(|_| !this_year);
        periods.find(|word| clause.ends_with(**word)).copied()
    }

    /// Whether a clause before a number says that something was taken in or settled that has a name of its own.
    pub fn counts_other(&self, clause: &str) -> bool {
        let mut verbs = clause.match_indices(['受', '收', '接', '办', '处']);
        let rest = verbs.find_map(|(at, _)| {
            let clause = clause.get(at..)?;
            TAKEN.iter().find_map(|word| clause.strip_prefix(word))
        });
        let Some(rest) = rest else {
            return false;
        };
        !self.is_plain(rest)
    }

    /// Whether a clause before a number counts documents that were made: 制作、获取政府信息总数425条.
    pub fn makes_documents(clause: &str) -> bool {
        let says = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        says(MADE) && says(&["信息", "文件", "公文"])
    }

    /// The word in the brackets right behind a number that adds earlier years to it: (含历年).
    pub fn other_years(&self, behind: &str) -> Option<&'static str> {
        let inside = behind.strip_prefix('(')?;
        let inside = inside.split([')', ',', ';']).next()?;
        if !inside.starts_with(['含', '包', '计']) {
            return None;
        }
        EARLIER_YEARS
            .iter()
            .find(|word| inside.contains(**word))
            .copied()
    }

    /// Whether a text holds nothing but words that name nothing else.
    pub fn is_plain(&self, text: &str) -> bool {
        let mut rest = text;
        let nothing = [
            Kind::Neutral,
            Kind::Filler,
            Kind::Generic,
            Kind::Joining,
            Kind::Lead,
        ];
        while let Some(shorter) = self.strip_start(rest, &nothing) {
            rest = shorter;
        }
        rest.is_empty()
    }
}

/// The words of some lists, by a character of theirs.
fn by(lists: &[(&'static str, Kind)], end: fn(&str) -> Option<char>) -> ByChar<Entry> {
    let of_list = |(list, kind): &(&'static str, Kind)| {
        let kind = *kind;
        list.split_whitespace().map(move |word| (word, kind))
    };
    let words = lists.iter().flat_map(of_list);
    ByChar::new(words.filter_map(|(word, kind)| Some((end(word)?, (word, kind)))))
}
