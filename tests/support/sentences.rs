//! Writes what a record holds in sentences, as reports do. The other side of the reader of prose: it shares no code and no
//! phrase list with it.

use xxgk::{Record, Value};

/// A sentence, and the key of each cell that a number of it is of.
pub struct Prose {
    pub text: String,
    /// The bytes of each number in the text, with the keys whose sum it is.
    pub numbers: Vec<(std::ops::Range<usize>, Vec<&'static str>)>,
}

/// Writes templates: `{key}` is the value of a cell, `{key+key}` the sum of several.
pub fn write(record: &Record, templates: &[&'static str]) -> Prose {
    let mut prose = Prose {
        text: String::new(),
        numbers: Vec::new(),
    };
    for template in templates {
        let mut rest = *template;
        while let Some((before, behind)) = rest.split_once('{') {
            let (keys, behind) = behind.split_once('}').unwrap();
            prose.text += before;
            let keys: Vec<&str> = keys.split('+').collect();
            let start = prose.text.len();
            prose.text += &sum(record, &keys);
            prose.numbers.push((start..prose.text.len(), keys));
            rest = behind;
        }
        prose.text += rest;
        prose.text.push('\n');
    }
    prose
}

fn sum(record: &Record, keys: &[&str]) -> String {
    let values: Vec<Value> = keys
        .iter()
        .map(|key| record.get(key).unwrap().unwrap())
        .collect();
    match values[..] {
        [value] => value.to_string(),
        _ => {
            let count = |value: &Value| match value {
                Value::Count(count) => *count,
                _ => unreachable!(),
            };
            values.iter().map(count).sum::<u64>().to_string()
        }
    }
}

/// Sentences about the nine-category table; each line can be written in several ways, of which one is chosen.
pub const NINE_CATEGORY: &[&[&str]] = &[
    &["一、概述"],
    &[
        "2018年,我局主动公开政府信息{disclosure.total}条,其中主动公开规范性文件{disclosure.normative_documents}条。",
        "全年共主动公开信息 {disclosure.total} 条;制发规范性文件 {disclosure.normative_documents_issued} 件。",
        "本机关主动公开政府信息数为{disclosure.total}条（制发规范性文件总数{disclosure.normative_documents_issued}件）。",
    ],
    &[
        "通过政府网站公开政府信息{disclosure.channels.website}条,通过政务微博公开政府信息{disclosure.channels.microblog}条,通过政务微信公开{disclosure.channels.wechat}条。",
        "政府公报公开政府信息数{disclosure.channels.gazette}条，政府网站公开政府信息数{disclosure.channels.website}条，其他方式公开政府信息数{disclosure.channels.other}条。",
    ],
    &["四、政府信息公开申请情况"],
    &[
        "共收到政府信息公开申请{requests.received.total}件,其中当面申请{requests.received.in_person}件,传真申请{requests.received.fax}件,网络申请{requests.received.online}件,信函申请{requests.received.letter}件。",
        "受理依申请公开{requests.received.total}宗。",
        "本年度共收到申请数为{requests.received.total}件：当面申请{requests.received.in_person}件、网络申请{requests.received.online}件。",
        "在收到的{requests.received.total}件申请中,有{requests.received.online}件是网上来的。",
    ],
    &[
        "办结{requests.closed.total}件,其中按时办结{requests.closed.on_time}件,延期办结{requests.closed.extended}件。",
        "申请办结数{requests.closed.total}件；按时办结数{requests.closed.on_time}件。",
    ],
    &[
        "答复{requests.answered.total}件。其中,同意公开答复{requests.answered.granted}件,同意部分公开答复{requests.answered.partly_granted}件,不同意公开答复{requests.answered.refused.total}件。",
        "对申请作出答复{requests.answered.total}件;同意公开和同意部分公开共{requests.answered.granted+requests.answered.partly_granted}件。",
        "答复数{requests.answered.total}件，其中申请信息不存在{requests.answered.nonexistent}件，告知作出更改补充{requests.answered.amendment_requested}件。",
    ],
    &[
        "因政府信息公开引发的行政复议{reconsideration.total}件,行政诉讼{litigation.total}件。",
        "与政府信息公开有关的行政复议数量{reconsideration.total}件，举报投诉数量{complaints}件。",
    ],
    &["六、机构建设和保障经费情况"],
    &[
        "设置政府信息公开查阅点{capacity.reading_points}个,从事政府信息公开工作人员{capacity.staff.total}人,其中专职人员{capacity.staff.full_time}人,兼职人员{capacity.staff.part_time}人。",
        "设立{capacity.reading_points}个查阅点。政府信息公开专项经费{capacity.budget}万元。",
    ],
    &[
        "召开政府信息公开工作会议{meetings_and_training.meetings}次,举办培训班{meetings_and_training.training_courses}次,接受培训人员{meetings_and_training.trainees}人次。",
        "全年政府信息公开工作会议或专题会议数{meetings_and_training.meetings}次;有{meetings_and_training.trainees}人次参加培训。",
    ],
];

/// Sentences about the national form of 2021.
pub const NATIONAL: &[&[&str]] = &[
    &["一、总体情况"],
    &[
        "(一)主动公开。本年制发规章{disclosure.rules.issued}件,废止规章{disclosure.rules.repealed}件;现行有效行政规范性文件{disclosure.normative_documents.in_force}件。",
        "(一)主动公开。制发行政规范性文件{disclosure.normative_documents.issued}件，废止行政规范性文件{disclosure.normative_documents.repealed}件。",
    ],
    &[
        "(二)依申请公开。2023年新收政府信息公开申请{requests.received.total}件,其中自然人申请{requests.received.natural_person}件。上年结转{requests.carried_in.total}件。",
        "(二)依申请公开。全年共收到政府信息公开申请{requests.received.total+requests.carried_in.total}件（含上年结转{requests.carried_in.total}件）。",
        "(二)依申请公开。受理申请 {requests.received.total} 件，其中自然人 {requests.received.natural_person} 件，商业企业 {requests.received.business} 件，科研机构 {requests.received.research_institution} 件。",
    ],
    &[
        "予以公开{requests.outcomes.granted.total}件,部分公开{requests.outcomes.partly_granted.total}件,无法提供{requests.outcomes.unavailable.not_held.total+requests.outcomes.unavailable.to_be_created.total+requests.outcomes.unavailable.still_unclear.total}件。",
        "予以公开及部分公开{requests.outcomes.granted.total+requests.outcomes.partly_granted.total}件,属于国家秘密{requests.outcomes.refused.state_secret.total}件。",
        "全年办结{requests.outcomes.total.total}件，结转下年度继续办理{requests.carried_out.total}件。",
    ],
    &[
        "因政府信息公开被申请行政复议{disputes.reconsideration.total}件,其中结果维持{disputes.reconsideration.upheld}件,结果纠正{disputes.reconsideration.corrected}件;行政诉讼{disputes.litigation.direct.total+disputes.litigation.after_reconsideration.total}件。",
        "政府信息公开行政复议{disputes.reconsideration.total}件，尚未审结{disputes.reconsideration.pending}件。",
    ],
];
