//! Sentences as reports of all levels word them, each with what its numbers are of. A number that is not named is about nothing of
//! the table for certain, and must stay unbound.
//!
//! What is expected is written `30 received.total`: the number, then the keys. Keys stand without `requests.` and `outcomes.`;
//! `~` behind them means alone or with those carried over from last year; `refused.*` are all rows of a group, `organisations`
//! all columns of legal persons; `a/b` is a share of b, `all a=b` says that all of b are a.

use std::fmt::Write;
use std::sync::Arc;

use xxgk::national_2019::National2019;
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::prose::{Claim, Claims, Meaning, Said};
use xxgk::{Form, Table};

/// A heading, a paragraph below it, and what is expected.
type Row = (&'static str, &'static str, &'static [&'static str]);

#[track_caller]
fn nine(rows: &[Row]) {
    check(NineCategory::form(), 2017, rows);
}

#[track_caller]
fn national(rows: &[Row]) {
    check(National2021::form(), 2023, rows);
}

#[track_caller]
fn national_2019(rows: &[Row]) {
    check(National2019::form(), 2020, rows);
}

#[track_caller]
fn check(form: &Arc<Form>, year: u16, rows: &[Row]) {
    let mut wrong = String::new();
    for (heading, text, expected) in rows {
        let text = format!("{heading}\n{text}");
        let claims = Claims::of_text(&text, form, Some(year));
        let found: Vec<String> = claims.bound().map(|claim| shown(form, claim)).collect();
        if found != *expected {
            _ = writeln!(
                wrong,
                "{text}\n  expected {expected:?}\n  found    {found:?}"
            );
            for claim in claims.all().iter().filter(|it| it.meaning.is_none()) {
                _ = writeln!(
                    wrong,
                    "  unbound  {}: {}",
                    claim.place.text,
                    claim.why.text().en
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn shown(form: &Form, claim: &Claim) -> String {
    let said = match claim.said {
        Said::Value(value) => value.to_string(),
        Said::Percentage(percentage) => percentage.to_string(),
        Said::All => "all".into(),
        _ => "about".into(),
    };
    let about = match claim.meaning.as_ref().unwrap() {
        Meaning::Sum(sums) => any_of(form, sums),
        Meaning::Share { part, wholes } => format!("{}/{}", keys(form, part), any_of(form, wholes)),
        Meaning::All { part, whole } => format!("{}={}", keys(form, part), keys(form, whole)),
        _ => unreachable!(),
    };
    format!("{said} {about}")
}

/// Several sums that may be meant.
fn any_of(form: &Form, sums: &[Vec<usize>]) -> String {
    let sums: Vec<String> = sums.iter().map(|cells| keys(form, cells)).collect();
    match &sums[..] {
        [alone, with]
            if *with == format!("{alone}+{}", alone.replace("received", "carried_in")) =>
        {
            format!("{alone}~")
        }
        _ => sums.join("|"),
    }
}

/// The keys of a sum, in short.
fn keys(form: &Form, cells: &[usize]) -> String {
    let keys = cells
        .iter()
        .map(|cell| form.indicator(*cell).unwrap().key());
    let mut keys = keys.collect::<Vec<_>>().join("+");
    keys = keys.replace("requests.", "").replace("outcomes.", "");
    for row in [
        "received",
        "carried_in",
        "carried_out",
        "total",
        "granted",
        "partly_granted",
    ] {
        let columns = [
            "business",
            "research_institution",
            "public_welfare",
            "legal_services",
            "other",
        ];
        keys = keys.replace(
            &columns.map(|it| format!("{row}.{it}")).join("+"),
            &format!("{row}.organisations"),
        );
    }
    for (group, rows) in [
        (
            "refused",
            &[
                "state_secret",
                "prohibited_by_law",
                "security_and_stability",
                "third_party_rights",
                "internal_affairs",
                "process_information",
                "enforcement_files",
                "administrative_queries",
            ][..],
        ),
        (
            "unavailable",
            &["not_held", "to_be_created", "still_unclear"],
        ),
        (
            "not_processed",
            &[
                "complaints",
                "repeated",
                "publications",
                "excessive",
                "reissue",
            ],
        ),
        ("other", &["not_amended", "not_paid", "other"]),
    ] {
        for column in ["total", "natural_person"] {
            let all: Vec<String> = rows
                .iter()
                .map(|row| format!("{group}.{row}.{column}"))
                .collect();
            keys = keys.replace(&all.join("+"), &format!("{group}.*.{column}"));
        }
    }
    keys.replace(
        "disputes.litigation.direct.total+disputes.litigation.after_reconsideration.total",
        "disputes.litigation.*.total",
    )
}

// ---- the nine-category form ----

const APPLY: &str = "四、依申请公开政府信息情况";

#[test]
fn requests_received() {
    nine(&[
        (
            APPLY,
            "2017年,我局共收到政府信息公开申请36件,全部按时办结。",
            &["36 received.total", "all closed.on_time=received.total"],
        ),
        (
            APPLY,
            "全年共受理政府信息公开申请112件,其中网上申请98件,信函申请11件,当面申请3件,传真申请0件。",
            &[
                "112 received.total",
                "98 received.online",
                "11 received.letter",
                "3 received.in_person",
                "0 received.fax",
            ],
        ),
        (
            APPLY,
            "本年度，街道办事处收办依申请公开件４５件。",
            &["45 received.total"],
        ),
        (
            APPLY,
            "2017年全区各级行政机关共收到政府信息公开申请1,208件(含网络申请1,010件)。",
            &["1208 received.total", "1010 received.online"],
        ),
        (APPLY, "我镇2017年度接到公民书面申请2件,当面申请0件。", &[]),
        (
            APPLY,
            "全年收到信息公开申请共计15件,其中:现场申请1件,网上提交申请9件,邮寄申请5件。",
            &[
                "15 received.total",
                "1 received.in_person",
                "9 received.online",
                "5 received.letter",
            ],
        ),
        (
            APPLY,
            "2017年,全区共收到依申请公开政府信息28件。",
            &["28 received.total"],
        ),
        (
            APPLY,
            "从申请方式看,当面申请3件,占8.3%;网络申请30件,占83.3%;信函申请3件,占8.4%。",
            &[
                "3 received.in_person",
                "8.3% received.in_person/received.total",
                "30 received.online",
                "83.3% received.online/received.total",
                "3 received.letter",
                "8.4% received.letter/received.total",
            ],
        ),
        (
            APPLY,
            "从申请内容看,涉及征地拆迁的15件,涉及财政预算的8件,其他13件。",
            &[],
        ),
        (APPLY, "按申请人类型划分,公民申请30件,企业申请6件。", &[]),
        (
            APPLY,
            "收到政府信息公开申请36件,同比增加5件,增长16.1%。",
            &["36 received.total"],
        ),
        (
            APPLY,
            "全年收到申请36件,比上年的31件增加5件。",
            &["36 received.total"],
        ),
        (APPLY, "申请量较2016年的31件增长16.1%。", &[]),
        (
            APPLY,
            "2016年收到申请31件,2017年收到申请36件。",
            &["36 received.total"],
        ),
        (
            APPLY,
            "2017年共收到申请36件(2016年31件),其中当面申请20件。",
            &["36 received.total", "20 received.in_person"],
        ),
        (
            APPLY,
            "2015年至2017年,我局累计收到政府信息公开申请96件。",
            &[],
        ),
        (
            APPLY,
            "自《条例》施行以来,全局共收到政府信息公开申请210件。",
            &[],
        ),
        (
            APPLY,
            "截至2017年12月31日,共收到政府信息公开申请36件。",
            &["36 received.total"],
        ),
        (
            APPLY,
            "2017年1月1日至12月31日,本机关收到政府信息公开申请 36 件。",
            &["36 received.total"],
        ),
        (
            APPLY,
            "今年以来,我局受理信息公开申请36件。",
            &["36 received.total"],
        ),
        (
            APPLY,
            "2017年度公积金中心未收到政府信息公开申请。",
            &["0 received.total"],
        ),
        (
            APPLY,
            "2017年,学校没有收到要求公开政府信息的申请。",
            &["0 received.total"],
        ),
        (APPLY, "本年度我镇无依申请公开事项。", &["0 received.total"]),
        (
            APPLY,
            "2017年度,本机关未收到公民、法人或者其他组织提出的政府信息公开申请。",
            &["0 received.total"],
        ),
        (APPLY, "全年零申请。", &[]),
        (
            APPLY,
            "全年收到政府信息公开申请0件,办结0件。",
            &["0 received.total", "0 closed.total"],
        ),
        (APPLY, "本年度收到申请数为零。", &[]),
        (APPLY, "第1季度收到申请8件,第2季度收到申请9件。", &[]),
        (APPLY, "1-6月收到政府信息公开申请12件。", &[]),
        (APPLY, "收到申请20至30件不等。", &[]),
        (APPLY, "收到申请近百件。", &[]),
        (
            APPLY,
            "全年受理政府信息公开申请约120件,其中网络申请100余件。",
            &["about received.total", "about received.online"],
        ),
        (APPLY, "36件政府信息公开申请均在法定期限内予以答复。", &[]),
    ]);
}

#[test]
fn requests_closed_and_answered() {
    nine(&[
        (
            APPLY,
            "申请办结数36件,其中按时办结34件,延期办结2件。",
            &["36 closed.total", "34 closed.on_time", "2 closed.extended"],
        ),
        (
            APPLY,
            "办结政府信息公开申请36件,均按时办结,按时办结率100%。",
            &[
                "36 closed.total",
                "all closed.on_time=closed.total",
                "100% closed.on_time/closed.total",
            ],
        ),
        (APPLY, "已办结36件,办结率100%。", &["36 closed.total"]),
        (
            APPLY,
            "收到的申请均已办结,其中按时办结数34件,经批准延期办结数2件。",
            &["34 closed.on_time", "2 closed.extended"],
        ),
        (
            APPLY,
            "共答复申请36件,其中同意公开20件、同意部分公开4件、不同意公开2件、申请信息不存在7件、告知作出更改补充3件。",
            &[
                "36 answered.total",
                "20 answered.granted",
                "4 answered.partly_granted",
                "2 answered.refused.total",
                "7 answered.nonexistent",
                "3 answered.amendment_requested",
            ],
        ),
        (
            APPLY,
            "在已答复的申请中,“属于已主动公开范围”的5件,占13.9%;“同意公开”的20件,占55.6%。",
            &[
                "5 answered.already_public",
                "13.9% answered.already_public/answered.total",
                "20 answered.granted",
                "55.6% answered.granted/answered.total",
            ],
        ),
        (
            APPLY,
            "申请答复数36件:属于已主动公开范围数5件;同意公开答复数20件;同意部分公开答复数4件;不同意公开答复数2件(涉及国家秘密1件、涉及个人隐私1件);不属于本行政机关公开数3件;申请信息不存在数2件。",
            &[
                "36 answered.total",
                "5 answered.already_public",
                "20 answered.granted",
                "4 answered.partly_granted",
                "2 answered.refused.total",
                "1 answered.refused.state_secret",
                "1 answered.refused.personal_privacy",
                "3 answered.not_this_agency",
                "2 answered.nonexistent",
            ],
        ),
        (
            APPLY,
            "不予公开的2件,其中涉及商业秘密1件,法律法规规定的其他情形1件。",
            &[
                "2 answered.refused.total",
                "1 answered.refused.trade_secret",
                "1 answered.refused.other_statutory",
            ],
        ),
        (
            APPLY,
            "告知不属于本机关公开3件,告知通过其他途径办理1件。",
            &["3 answered.not_this_agency", "1 answered.redirected"],
        ),
        (
            APPLY,
            "同意公开和部分公开的共24件,占答复总数的66.7%。",
            &[
                "24 answered.partly_granted+answered.granted",
                "66.7% answered.partly_granted+answered.granted/answered.total",
            ],
        ),
        (APPLY, "答复率100%,满意率98%。", &[]),
        (
            APPLY,
            "全年答复36件,分别为:公开20件、部分公开4件、不公开12件。",
            &["36 answered.total", "4 answered.partly_granted"],
        ),
        (APPLY, "15个工作日内答复34件,延期15个工作日答复2件。", &[]),
        (APPLY, "在线答复网民咨询211条,办结率100%。", &[]),
        (APPLY, "办结12345热线工单3021件,按时办结率99.8%。", &[]),
        (APPLY, "全年办结行政审批事项8600件。", &[]),
        (
            APPLY,
            "全年办理人大代表建议12件、政协委员提案20件,办结率100%。",
            &[],
        ),
        (
            APPLY,
            "受理群众来信来访135件次,其中涉及政府信息公开的3件。",
            &[],
        ),
        (
            APPLY,
            "政府网站“公众留言”栏目收到留言512条,答复512条。",
            &[],
        ),
        (
            APPLY,
            "接受公民咨询300人次,其中电话咨询210人次,现场咨询90人次。",
            &[],
        ),
        (APPLY, "依申请公开受理点接待群众咨询58人次。", &[]),
        (APPLY, "受理行政许可申请530件,办结528件。", &[]),
        (APPLY, "受理公租房申请210户,按时办结。", &[]),
        (APPLY, "学校信息公开申请5件,均已答复。", &[]),
        (APPLY, "所属事业单位收到信息公开申请5件。", &[]),
        (APPLY, "各街道、镇共收到政府信息公开申请52件。", &[]),
        (
            APPLY,
            "全市共收到申请300件。其中市公安局收到申请120件,市规划局收到申请80件,数量居前两位。",
            &["300 received.total"],
        ),
        (
            APPLY,
            "全市共收到申请300件,市公安局收到申请120件,占40%。",
            &[],
        ),
    ]);
}

#[test]
fn disclosure() {
    nine(&[
        (
            "一、概述",
            "2017年,我局主动公开政府信息1206条。",
            &["1206 disclosure.total"],
        ),
        (
            "二、主动公开政府信息情况",
            "全年累计主动公开政府信息1206条,制发规范性文件3件。",
            &[
                "1206 disclosure.total",
                "3 disclosure.normative_documents_issued",
            ],
        ),
        (
            "二、主动公开政府信息情况",
            "2017年,全区主动公开政府信息数12,063条,其中主动公开规范性文件数28条。",
            &[
                "12063 disclosure.total",
                "28 disclosure.normative_documents",
            ],
        ),
        (
            "二、主动公开政府信息情况",
            "通过区政府门户网站公开信息860条。",
            &["860 disclosure.channels.website"],
        ),
        (
            "二、主动公开政府信息情况",
            "通过政府网站公开1206条,政务微博公开300条,政务微信公开260条,其他方式公开12条。",
            &[
                "1206 disclosure.channels.website",
                "300 disclosure.channels.microblog",
                "260 disclosure.channels.wechat",
                "12 disclosure.channels.other",
            ],
        ),
        (
            "二、主动公开政府信息情况",
            "政府公报公开政府信息数46条。",
            &["46 disclosure.channels.gazette"],
        ),
        (
            "二、主动公开政府信息情况",
            "编印政府公报12期,刊登文件46件,发行2万份。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "财政信息类公开48条,占主动公开总数的4%。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "主动公开财政预决算信息48条,重点建设项目信息22条,机构职能类信息9条。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "机构职能类信息9条,占0.7%;政策法规类信息33条,占2.7%;工作动态类信息1100条,占91.2%。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "其中,通过“信息公开”专栏主动公开政府信息310条。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "在重点领域信息公开方面,公开环境保护信息56条。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "“食品安全”栏目主动公开政府信息41条。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "政务微博发布信息300条,粉丝1.2万人;微信公众号推送信息260条,关注人数8600人。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "主动公开政府信息1206条,同比增长12.3%,历年累计公开9800条。",
            &["1206 disclosure.total"],
        ),
        (
            "二、主动公开政府信息情况",
            "全文电子化的政府信息1206条,电子化率100%。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "全年向档案馆、图书馆移交政府信息纸质文本210份。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "新增主动公开政府信息1206条。",
            &["1206 disclosure.total"],
        ),
        (
            "二、主动公开政府信息情况",
            "未制发规范性文件。",
            &["0 disclosure.normative_documents_issued"],
        ),
        (
            "二、主动公开政府信息情况",
            "制发规范性文件总数12件,均已主动公开,公开率100%。",
            &[
                "12 disclosure.normative_documents_issued",
                "all disclosure.total=disclosure.normative_documents_issued",
            ],
        ),
        (
            "二、主动公开政府信息情况",
            "市教育局主动公开政府信息500条、市卫生局主动公开政府信息410条、市民政局主动公开政府信息380条。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "各乡镇主动公开政府信息2100条。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "今年以来累计主动公开政府信息1206条。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "国办发〔2014〕32号文件要求主动公开政府信息。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "根据《条例》第10条规定主动公开政府信息。",
            &[],
        ),
        (
            "二、主动公开政府信息情况",
            "审核拟公开政府信息1230条,经保密审查后主动公开政府信息1206条。",
            &["1206 disclosure.total"],
        ),
    ]);
}

#[test]
fn responses() {
    nine(&[
        (
            "三、回应解读情况",
            "回应公众关注热点或重大舆情数6次。",
            &["6 response.topics"],
        ),
        (
            "三、回应解读情况",
            "2017年,共回应公众关注热点6次,参加或举办新闻发布会总次数3次,其中主要负责同志参加新闻发布会次数1次。",
            &[
                "6 response.topics",
                "3 response.channels.press_conferences",
                "1 response.channels.press_conferences_by_principal",
            ],
        ),
        (
            "三、回应解读情况",
            "政府网站在线访谈次数2次,其中主要负责同志参加政府网站在线访谈次数1次。",
            &[
                "2 response.channels.online_interviews",
                "1 response.channels.online_interviews_by_principal",
            ],
        ),
        (
            "三、回应解读情况",
            "发布政策解读稿件15篇。",
            &["15 response.channels.policy_interpretations"],
        ),
        (
            "三、回应解读情况",
            "政策解读稿件发布数15篇,微博微信回应事件数20次。",
            &[
                "15 response.channels.policy_interpretations",
                "20 response.channels.microblog_and_wechat",
            ],
        ),
        ("三、回应解读情况", "转载国务院政策解读稿件30篇。", &[]),
        (
            "三、回应解读情况",
            "召开新闻发布会3场次。",
            &["3 response.channels.press_conferences"],
        ),
        ("三、回应解读情况", "开展在线访谈活动4期。", &[]),
        (
            "三、回应解读情况",
            "未举办新闻发布会。",
            &["0 response.channels.press_conferences"],
        ),
        ("三、回应解读情况", "各部门召开新闻发布会40场。", &[]),
    ]);
}

#[test]
fn disputes_and_fees() {
    let dispute = "五、因政府信息公开申请行政复议、提起行政诉讼情况";
    nine(&[
        (
            dispute,
            "2017年,我局未发生因政府信息公开引起的行政复议、行政诉讼。",
            &["0 reconsideration.total", "0 litigation.total"],
        ),
        (
            dispute,
            "本年度没有因政府信息公开申请提起的行政复议和行政诉讼案件。",
            &["0 reconsideration.total", "0 litigation.total"],
        ),
        (
            dispute,
            "全年发生行政复议3件,其中维持具体行政行为2件,被依法纠错1件;行政诉讼1件,驳回原告诉讼请求1件。",
            &[
                "3 reconsideration.total",
                "2 reconsideration.upheld",
                "1 reconsideration.corrected",
                "1 litigation.total",
            ],
        ),
        (
            dispute,
            "行政复议数量为0,行政诉讼数量为0,举报投诉数量为0。",
            &[],
        ),
        (
            dispute,
            "行政复议0件、行政诉讼0件、举报投诉0件。",
            &[
                "0 reconsideration.total",
                "0 litigation.total",
                "0 complaints",
            ],
        ),
        (
            dispute,
            "因政府信息公开被申请行政复议3件,被提起行政诉讼1件。",
            &["3 reconsideration.total", "1 litigation.total"],
        ),
        (
            dispute,
            "未收到有关政府信息公开的举报投诉。",
            &["0 complaints"],
        ),
        (dispute, "我局作为复议机关,审理行政复议案件45件。", &[]),
        (dispute, "备案的行政复议案件120件,行政应诉案件18件。", &[]),
        (
            "七、依法行政情况",
            "全年办理行政复议案件45件,行政诉讼12件。",
            &[],
        ),
        (
            "四、政府信息公开收费及减免情况",
            "2017年,依申请公开政府信息未收取任何费用。",
            &["0 fees"],
        ),
        (
            "四、政府信息公开收费及减免情况",
            "全年依申请公开信息收取的费用0.12万元。",
            &["0.12 fees"],
        ),
        (
            "四、政府信息公开收费及减免情况",
            "依申请公开收取费用1200元。",
            &["0.12 fees"],
        ),
        (
            "四、政府信息公开收费及减免情况",
            "全年收取行政事业性收费320万元。",
            &[],
        ),
        ("四、政府信息公开收费及减免情况", "减免费用0元。", &[]),
        (
            "四、政府信息公开收费及减免情况",
            "未收取检索、复制、邮寄等成本费用。",
            &[],
        ),
    ]);
}

#[test]
fn capacity_and_training() {
    let capacity = "六、政府信息公开机构建设和保障经费情况";
    nine(&[
        (
            capacity,
            "设立政府信息公开工作专门机构1个,设置政府信息公开查阅点2个,从事政府信息公开工作人员3人,其中专职人员1人、兼职人员2人。",
            &[
                "1 capacity.dedicated_offices",
                "2 capacity.reading_points",
                "3 capacity.staff.total",
                "1 capacity.staff.full_time",
                "2 capacity.staff.part_time",
            ],
        ),
        (
            capacity,
            "我局有政府信息公开工作人员3名,专职1名,兼职2名。",
            &[
                "3 capacity.staff.total",
                "1 capacity.staff.full_time",
                "2 capacity.staff.part_time",
            ],
        ),
        (
            capacity,
            "配备1名专职人员和2名兼职人员。",
            &["1 capacity.staff.full_time", "2 capacity.staff.part_time"],
        ),
        (
            capacity,
            "全年政府信息公开专项经费5万元。",
            &["5 capacity.budget"],
        ),
        (
            capacity,
            "政府信息公开专项经费(不包括用于政府信息公开的其他经费)0万元。",
            &["0 capacity.budget"],
        ),
        (capacity, "网站运维经费12万元。", &[]),
        (
            capacity,
            "未设立政府信息公开专项经费。",
            &["0 capacity.budget"],
        ),
        (
            capacity,
            "全年召开政府信息公开工作会议2次,举办培训班1次,培训人员60人次。",
            &[
                "2 meetings_and_training.meetings",
                "1 meetings_and_training.training_courses",
                "60 meetings_and_training.trainees",
            ],
        ),
        (
            capacity,
            "组织召开政务公开工作会议4次,举办各类培训班3期,接受培训人员180人次。",
            &[
                "3 meetings_and_training.training_courses",
                "180 meetings_and_training.trainees",
            ],
        ),
        (capacity, "举办政务公开培训班2期,培训210人次。", &[]),
        (capacity, "派员参加上级政府信息公开培训班1次。", &[]),
        (capacity, "全年召开局长办公会12次。", &[]),
        (capacity, "政府信息公开查阅点接待群众320人次。", &[]),
        (
            capacity,
            "在档案馆、图书馆、行政服务中心设置政府信息公开查阅场所3个。",
            &["3 capacity.reading_points"],
        ),
        (
            capacity,
            "没有专职工作人员,兼职人员2人。",
            &["0 capacity.staff.full_time", "2 capacity.staff.part_time"],
        ),
        (capacity, "各科室确定信息员15名。", &[]),
        (
            capacity,
            "从事政府信息公开工作人员3人,全部为兼职人员。",
            &[
                "3 capacity.staff.total",
                "all capacity.staff.part_time=capacity.staff.total",
            ],
        ),
    ]);
}

// ---- the national forms ----

const OPEN: &str = "(二)依申请公开。";

#[test]
fn national_received_and_carried() {
    national(&[
        (
            OPEN,
            "2023年,全市行政机关共收到政府信息公开申请1,523件,同比下降8.2%。",
            &["1523 received.total~"],
        ),
        (
            OPEN,
            "本年新收政府信息公开申请46件,上年结转3件,共计49件。",
            &["46 received.total", "3 carried_in.total"],
        ),
        (
            OPEN,
            "2023年度新收政府信息公开申请46件,上年度结转3件;办结47件,结转下年度继续办理2件。",
            &[
                "46 received.total",
                "3 carried_in.total",
                "47 total.total",
                "2 carried_out.total",
            ],
        ),
        (
            OPEN,
            "全年共收到依申请公开46件(含上年结转3件),已答复44件,结转下年度2件。",
            &[
                "46 received.total+carried_in.total",
                "3 carried_in.total",
                "2 carried_out.total",
            ],
        ),
        (
            OPEN,
            "全年共办理政府信息公开申请49件,其中上年结转3件,本年新收46件。",
            &["3 carried_in.total", "46 received.total"],
        ),
        (
            OPEN,
            "收到政府信息公开申请49件,其中本年新收46件,上年结转3件。",
            &[
                "49 received.total~",
                "46 received.total",
                "3 carried_in.total",
            ],
        ),
        (
            OPEN,
            "共收到政府信息公开申请46件（不含2022年结转的3件）。",
            &["46 received.total~"],
        ),
        (
            OPEN,
            "2022年结转3件,2023年新收46件,结转2024年2件。",
            &["46 received.total"],
        ),
        (
            OPEN,
            "受理政府信息公开申请46宗,其中自然人申请40宗,法人和其他组织申请6宗。",
            &[
                "46 received.total~",
                "40 received.natural_person~",
                "6 received.organisations~",
            ],
        ),
        (
            OPEN,
            "新收申请46件,自然人40件、商业企业4件、法律服务机构2件。",
            &[
                "46 received.total",
                "40 received.natural_person",
                "4 received.business",
                "2 received.legal_services",
            ],
        ),
        (
            OPEN,
            "申请人为自然人的40件,占86.96%;为法人或其他组织的6件,占13.04%。",
            &[],
        ),
        (
            OPEN,
            "收到政府信息公开申请46件。其中,自然人申请40件,占比87%;法人或其他组织申请6件,占比13%。",
            &[
                "46 received.total~",
                "40 received.natural_person~",
                "87% received.natural_person/received.total",
                "6 received.organisations~",
                "13% received.organisations/received.total",
            ],
        ),
        (
            OPEN,
            "收到政府信息公开申请46件,均为自然人申请。",
            &[
                "46 received.total~",
                "all received.natural_person=received.total",
            ],
        ),
        (
            OPEN,
            "共收到信息公开申请1件,为自然人申请,已按期答复。",
            &["1 received.total~"],
        ),
        (
            OPEN,
            "通过网络提交申请30件,通过邮寄提交申请12件,当面提交申请4件。",
            &[],
        ),
        (
            OPEN,
            "收到政府信息公开申请46件,从申请渠道看,网络申请30件,信函申请16件。",
            &["46 received.total~"],
        ),
        (
            OPEN,
            "2023年,中心未收到政府信息公开申请,无上年结转申请,无结转下年度办理的申请。",
            &[
                "0 received.total~",
                "0 carried_in.total",
                "0 carried_out.total",
            ],
        ),
        (
            OPEN,
            "本年度街道未收到依申请公开件。",
            &["0 received.total~"],
        ),
        (
            OPEN,
            "没有上年度结转的政府信息公开申请。",
            &["0 carried_in.total"],
        ),
        (
            OPEN,
            "今年我局收到信息公开申请２３件，上年结转０件，全部办结。",
            &["23 received.total~", "0 carried_in.total"],
        ),
        (
            OPEN,
            "收到政府信息公开申请共 46 件,已全部办结。",
            &["46 received.total~", "all total.total=received.total"],
        ),
        (
            OPEN,
            "区教育局收到政府信息公开申请5件,区民政局收到4件,区城管局收到3件。",
            &[],
        ),
        (
            OPEN,
            "全区收到政府信息公开申请46件。申请量排名前三的单位依次为区规划局(20件)、区住建局(8件)、区公安分局(5件)。",
            &["46 received.total~"],
        ),
        (OPEN, "下属单位收到政府信息公开申请2件。", &[]),
        (
            OPEN,
            "12345政务服务便民热线受理群众诉求8,652件,办结率99.9%。",
            &[],
        ),
        (OPEN, "受理不动产登记申请1200件,均按时办结。", &[]),
        (OPEN, "通过依申请公开系统接收申请30件。", &[]),
        (
            OPEN,
            "2021年、2022年、2023年分别收到政府信息公开申请30件、42件、46件。",
            &[],
        ),
        (OPEN, "与2022年(42件)相比,申请量增加4件。", &[]),
        (
            OPEN,
            "收到申请46件,较去年同期增加4件,增幅9.5%。",
            &["46 received.total~"],
        ),
        (OPEN, "收到涉及征地拆迁的申请20件,占申请总量的43.5%。", &[]),
        (
            OPEN,
            "申请内容主要涉及城建规划(18件)、征收补偿(12件)和教育(6件)。",
            &[],
        ),
        (OPEN, "接听政府信息公开咨询电话120余次。", &[]),
    ]);
}

#[test]
fn national_outcomes() {
    national(&[
        (
            OPEN,
            "办结47件,其中予以公开20件、部分公开5件、不予公开4件、无法提供10件、不予处理3件、其他处理5件。",
            &[
                "47 total.total",
                "20 granted.total",
                "5 partly_granted.total",
                "4 refused.*.total",
                "10 unavailable.*.total",
                "3 not_processed.*.total",
                "5 other.*.total",
            ],
        ),
        (
            OPEN,
            "从办理结果看,予以公开20件,占42.6%;部分公开5件,占10.6%;不予公开4件,占8.5%;无法提供10件,占21.3%。",
            &[
                "20 granted.total",
                "5 partly_granted.total",
                "4 refused.*.total",
                "10 unavailable.*.total",
            ],
        ),
        (
            OPEN,
            "办结47件,其中予以公开20件(42.55%),部分公开5件(10.64%),无法提供10件(21.28%)。",
            &[
                "47 total.total",
                "20 granted.total",
                "42.55% granted.total/total.total",
                "5 partly_granted.total",
                "10.64% partly_granted.total/total.total",
                "10 unavailable.*.total",
                "21.28% unavailable.*.total/total.total",
            ],
        ),
        (
            OPEN,
            "予以公开20件,占办结总数的42.6%。",
            &["20 granted.total", "42.6% granted.total/total.total"],
        ),
        (
            OPEN,
            "予以公开的有20件，占办理总数的比例为42.6%。",
            &["20 granted.total"],
        ),
        (
            OPEN,
            "“予以公开”20件,“部分公开”5件,“不予公开”4件。",
            &[
                "20 granted.total",
                "5 partly_granted.total",
                "4 refused.*.total",
            ],
        ),
        (
            OPEN,
            "不予公开4件,其中属于国家秘密1件,保护第三方合法权益1件,属于三类内部事务信息1件,属于四类过程性信息1件。",
            &[
                "4 refused.*.total",
                "1 refused.state_secret.total",
                "1 refused.third_party_rights.total",
                "1 refused.internal_affairs.total",
                "1 refused.process_information.total",
            ],
        ),
        (
            OPEN,
            "无法提供10件(本机关不掌握相关政府信息8件、没有现成信息需要另行制作1件、补正后申请内容仍不明确1件)。",
            &[
                "10 unavailable.*.total",
                "8 unavailable.not_held.total",
                "1 unavailable.to_be_created.total",
                "1 unavailable.still_unclear.total",
            ],
        ),
        (OPEN, "因本机关不掌握相关政府信息而无法提供8件。", &[]),
        (
            OPEN,
            "不予处理3件,均为信访举报投诉类申请。",
            &[
                "3 not_processed.*.total",
                "all not_processed.complaints.total=not_processed.*.total",
            ],
        ),
        (
            OPEN,
            "不予处理3件,其中信访举报投诉类申请2件,重复申请1件。",
            &[
                "3 not_processed.*.total",
                "2 not_processed.complaints.total",
                "1 not_processed.repeated.total",
            ],
        ),
        (
            OPEN,
            "其他处理5件,其中申请人无正当理由逾期不补正3件,其他2件。",
            &[
                "5 other.*.total",
                "3 other.not_amended.total",
                "2 other.other.total",
            ],
        ),
        (
            OPEN,
            "予以公开和部分公开共25件,占53.2%。",
            &["25 partly_granted.total+granted.total"],
        ),
        (OPEN, "全部予以公开。", &[]),
        (
            OPEN,
            "收到申请20件,全部予以公开。",
            &["20 received.total~", "all granted.total=received.total"],
        ),
        (
            OPEN,
            "予以公开、部分公开、不予公开分别为20件、5件、4件。",
            &[],
        ),
        (
            OPEN,
            "属于行政查询事项2件,属于行政执法案卷1件。",
            &[
                "2 refused.administrative_queries.total",
                "1 refused.enforcement_files.total",
            ],
        ),
        (OPEN, "告知申请人信息不存在6件。", &[]),
        (OPEN, "自然人申请中予以公开18件。", &[]),
        (OPEN, "按时办结率100%,连续3年保持在100%。", &[]),
        (OPEN, "结转下年度继续办理的2件。", &["2 carried_out.total"]),
        (
            OPEN,
            "剩余2件按规定结转下一年度办理。",
            &["2 carried_out.total"],
        ),
        (OPEN, "另有2件结转2024年度继续办理。", &[]),
        (
            OPEN,
            "办理结果为：予以公开20件；部分公开5件；不予公开4件；\n无法提供10件；不予处理3件；其他处理5件。",
            &[
                "20 granted.total",
                "5 partly_granted.total",
                "4 refused.*.total",
                "10 unavailable.*.total",
                "3 not_processed.*.total",
                "5 other.*.total",
            ],
        ),
        (OPEN, "全年答复47件,答复率100%。", &[]),
        (OPEN, "对2件申请作出不予公开答复。", &[]),
    ]);
}

#[test]
fn national_disclosure() {
    let disclosure = "(一)主动公开。";
    national(&[
        (
            disclosure,
            "2023年,制发行政规范性文件5件,废止2件,现行有效31件。",
            &[
                "5 disclosure.normative_documents.issued",
                "2 disclosure.normative_documents.repealed",
                "31 disclosure.normative_documents.in_force",
            ],
        ),
        (
            disclosure,
            "全年制定行政规范性文件5件。",
            &["5 disclosure.normative_documents.issued"],
        ),
        (
            disclosure,
            "公开现行有效行政规范性文件31件。",
            &["31 disclosure.normative_documents.in_force"],
        ),
        (
            disclosure,
            "本年未制发规章和行政规范性文件。",
            &[
                "0 disclosure.rules.issued",
                "0 disclosure.normative_documents.issued",
            ],
        ),
        (disclosure, "主动公开行政规范性文件5件。", &[]),
        (disclosure, "出台政策文件12件,解读12件。", &[]),
        (disclosure, "集中公开规章62件、行政规范性文件310件。", &[]),
        (
            disclosure,
            "作出行政许可决定1,200件,行政处罚决定35件,行政强制决定2件。",
            &[
                "1200 disclosure.licences.decisions",
                "35 disclosure.penalties.decisions",
                "2 disclosure.coercive_measures.decisions",
            ],
        ),
        (
            disclosure,
            "公开行政许可信息1200条、行政处罚信息35条。",
            &[],
        ),
        (disclosure, "受理行政许可申请1210件。", &[]),
        (disclosure, "办理行政处罚案件40件。", &[]),
        (
            disclosure,
            "全年行政事业性收费4068.21万元。",
            &["4068.21 disclosure.fees.collected"],
        ),
        (
            disclosure,
            "通过政府网站主动公开政府信息5600条,政务微信公众号发布信息2300条。",
            &[],
        ),
        (disclosure, "召开新闻发布会8场,发布政策解读材料36篇。", &[]),
        (disclosure, "财政预决算公开率100%。", &[]),
        (
            disclosure,
            "答复人大代表建议86件、政协委员提案132件,公开率100%。",
            &[],
        ),
        (
            disclosure,
            "政府公报出版12期,发布文件60余件,印发9.6万册。",
            &[],
        ),
        (
            disclosure,
            "1. 2023年共召开政务公开推进会3次,培训干部120人次。",
            &[],
        ),
        (
            disclosure,
            "清理行政规范性文件120件,其中继续有效98件,废止12件,修改10件。",
            &[],
        ),
    ]);
}

#[test]
fn national_disputes() {
    let disputes = "(五)监督保障。";
    national(&[
        (
            disputes,
            "因政府信息公开引发行政复议6件,其中维持4件、纠正1件、尚未审结1件。",
            &[
                "6 disputes.reconsideration.total",
                "4 disputes.reconsideration.upheld",
                "1 disputes.reconsideration.corrected",
                "1 disputes.reconsideration.pending",
            ],
        ),
        (
            disputes,
            "政府信息公开行政诉讼3件,结果维持2件,尚未审结1件。",
            &[
                "3 disputes.litigation.*.total",
                "2 disputes.litigation.direct.upheld+disputes.litigation.after_reconsideration.upheld",
                "1 disputes.litigation.direct.pending+disputes.litigation.after_reconsideration.pending",
            ],
        ),
        (
            disputes,
            "未发生因政府信息公开引起的行政复议和行政诉讼。",
            &[
                "0 disputes.reconsideration.total",
                "0 disputes.litigation.*.total",
            ],
        ),
        (
            disputes,
            "无政府信息公开行政复议、行政诉讼案件。",
            &[
                "0 disputes.reconsideration.total",
                "0 disputes.litigation.*.total",
            ],
        ),
        (
            disputes,
            "政府信息公开行政复议、行政诉讼均为0件。",
            &["0 disputes.litigation.*.total+disputes.reconsideration.total"],
        ),
        (
            disputes,
            "因政府信息公开工作被申请行政复议6件、被提起行政诉讼3件。",
            &[
                "6 disputes.reconsideration.total",
                "3 disputes.litigation.*.total",
            ],
        ),
        (disputes, "区政府受理行政复议申请320件,审结298件。", &[]),
        (disputes, "行政诉讼案件一审败诉2件。", &[]),
        (
            disputes,
            "政府信息公开行政诉讼案件3件,其中未经复议直接起诉2件,复议后起诉1件。",
            &[
                "3 disputes.litigation.*.total",
                "2 disputes.litigation.direct.total",
                "1 disputes.litigation.after_reconsideration.total",
            ],
        ),
        (disputes, "全年开展政务公开培训4次,参训人员300人次。", &[]),
        (disputes, "收取信息处理费0元。", &[]),
        (
            "六、其他需要报告的事项",
            "依据《政府信息公开信息处理费管理办法》,2023年发出收费通知1件,总金额380元,实际收取380元。",
            &[],
        ),
    ]);
}

#[test]
fn national_2019_form() {
    let disclosure = "一、总体情况";
    national_2019(&[
        (
            disclosure,
            "2020年新制作规范性文件4件,新公开规范性文件4件,对外公开规范性文件36件。",
            &[
                "4 disclosure.normative_documents.newly_made",
                "4 disclosure.normative_documents.newly_published",
                "36 disclosure.normative_documents.published",
            ],
        ),
        (
            disclosure,
            "全年收到政府信息公开申请12件,上年结转1件,办结13件。",
            &["12 received.total~", "1 carried_in.total", "13 total.total"],
        ),
        (
            disclosure,
            "行政许可处理决定数量300件,行政处罚处理决定数量12件。",
            &[
                "300 disclosure.licences.decisions",
                "12 disclosure.penalties.decisions",
            ],
        ),
        (
            disclosure,
            "政府信息公开申请予以公开6件,不予处理1件,其他处理2件。",
            &[
                "6 granted.total",
                "1 not_processed.*.total",
                "2 other.total",
            ],
        ),
        (disclosure, "主动公开政府信息2300条。", &[]),
        (
            disclosure,
            "政府集中采购项目数量12个,采购总金额1356.5万元。",
            &[],
        ),
        (
            disclosure,
            "2019年收到政府信息公开申请9件;2020年收到政府信息公开申请12件,比2019年多3件。",
            &["12 received.total~"],
        ),
    ]);
}

#[test]
fn layout_and_headings() {
    nine(&[
        (
            "",
            "四、依申请公开情况 全年收到申请36件。",
            &["36 received.total"],
        ),
        (
            "（四）依申请公开情况",
            "1. 收到申请36件；\n2. 办结36件；\n3. 答复36件。",
            &["36 received.total", "36 closed.total", "36 answered.total"],
        ),
        ("四、2017年依申请公开政府信息36件", "", &[]),
        (
            "三、依申请公开情况\n（一）收到申请情况",
            "2017年共收到申请３６件。",
            &["36 received.total"],
        ),
        (
            "三、依申请公开情况\n（二）申请办结情况",
            "36件申请全部按时办结。",
            &["36 closed.on_time"],
        ),
        (
            APPLY,
            "　　全年收到政府信息公开申请 １，２０８ 件 。",
            &["1208 received.total"],
        ),
        (
            APPLY,
            "全年收到政府信息公开申请36件[其中当面申请20件(含代收3件),网络申请16件]。",
            &[
                "36 received.total",
                "20 received.in_person",
                "16 received.online",
            ],
        ),
        (
            APPLY,
            "联系电话：1234567，邮编100000，收到申请36件。",
            &["36 received.total"],
        ),
    ]);
}

/// Words that look like the form's, of other things.
#[test]
fn something_else() {
    nine(&[
        (APPLY, "受理12345热线5件、办结5件。", &[]),
        (
            APPLY,
            "通过市长信箱受理来信80件,答复80件,按时办结率100%。",
            &[],
        ),
        (
            APPLY,
            "办理行政审批事项8600件,按时办结8600件;收到政府信息公开申请36件,按时办结36件。",
            &["36 received.total", "36 closed.on_time"],
        ),
        (
            APPLY,
            "受理行政许可申请530件,收到政府信息公开申请36件,办结36件。",
            &["36 received.total", "36 closed.total"],
        ),
        (
            APPLY,
            "受理群众咨询58人次。收到申请36件。",
            &["36 received.total"],
        ),
        (APPLY, "行政审批按时办结率为100%。", &[]),
        (APPLY, "上年度,收到政府信息公开申请31件。", &[]),
        (
            APPLY,
            "去年,我局收到申请31件;今年,收到申请36件。",
            &["36 received.total"],
        ),
        (APPLY, "上半年,我局收到申请16件,下半年,收到申请20件。", &[]),
        (APPLY, "2017年6月,收到申请3件。", &[]),
        (
            APPLY,
            "2017年1月至12月,收到申请36件。",
            &["36 received.total"],
        ),
        (
            APPLY,
            "与去年相比,收到申请36件,有所增加。",
            &["36 received.total"],
        ),
        (APPLY, "当面申请、网络申请各3件。", &[]),
        (
            APPLY,
            "当面申请和网络申请均为0件。",
            &["0 received.online+received.in_person"],
        ),
        (APPLY, "当面申请和网络申请均为3件。", &[]),
        (APPLY, "市教育局收到申请5件,市公安局收到申请5件。", &[]),
        (
            APPLY,
            "我局收到申请5件,答复5件。",
            &["5 received.total", "5 answered.total"],
        ),
        (
            APPLY,
            "市教育局收到申请5件,办结5件。",
            &["5 received.total", "5 closed.total"],
        ),
        (APPLY, "因涉及个人隐私不同意公开1件。", &[]),
        (APPLY, "全年未通过传真、信函方式收到申请。", &[]),
        (APPLY, "未收到网上申请。", &["0 received.online"]),
        (APPLY, "本单位没有门户网站、政务微博。", &[]),
        (
            "八、机构建设",
            "无专职人员。",
            &["0 capacity.staff.full_time"],
        ),
        (APPLY, "无法确定申请人身份的3件。", &[]),
        (APPLY, "逾期未答复0件。", &[]),
        (APPLY, "未按时办结的申请0件。", &[]),
        (
            APPLY,
            "收到申请36件,其中有2件为重复申请,34件为有效申请。",
            &["36 received.total"],
        ),
        (APPLY, "收到申请36件,涉及15个部门。", &["36 received.total"]),
        (APPLY, "收到同一申请人申请12件。", &[]),
        (APPLY, "撤回申请2件。", &[]),
        (
            APPLY,
            "共收到申请36件次,办结36件次。",
            &["36 received.total", "36 closed.total"],
        ),
        (
            "八、机构建设",
            "举办政府信息公开培训班2期,参加培训120人次,发放资料300份。",
            &[
                "2 meetings_and_training.training_courses",
                "120 meetings_and_training.trainees",
            ],
        ),
        ("八、机构建设", "组织参加省政府信息公开培训班1次。", &[]),
        (
            "八、机构建设",
            "信息公开工作人员3人参加培训。",
            &["3 meetings_and_training.trainees"],
        ),
        (
            "八、机构建设",
            "全年未召开政府信息公开工作会议,未举办培训班。",
            &[
                "0 meetings_and_training.meetings",
                "0 meetings_and_training.training_courses",
            ],
        ),
        (
            "八、机构建设",
            "全区共有政府信息公开专兼职工作人员120名。",
            &["120 capacity.staff.total"],
        ),
        (
            "八、机构建设",
            "财政拨付政府信息公开专项经费20万元用于网站建设。",
            &["20 capacity.budget"],
        ),
        (
            "八、机构建设",
            "全市设立政府信息公开查阅点36个,其中档案馆2个、图书馆2个。",
            &["36 capacity.reading_points"],
        ),
    ]);
    national(&[
        (
            OPEN,
            "收到政府信息公开申请46件,不予公开2件、因涉及商业秘密不予公开1件。",
            &["46 received.total~", "2 refused.*.total"],
        ),
        (OPEN, "商业企业、科研机构申请4件。", &[]),
        (OPEN, "收到自然人申请40件,法人申请6件。", &[]),
        (
            OPEN,
            "新收申请46件,其中法人或其他组织6件(商业企业4件,法律服务机构2件)。",
            &[
                "46 received.total",
                "6 received.organisations",
                "4 received.business",
                "2 received.legal_services",
            ],
        ),
        (OPEN, "网站收到留言300条,答复300条,予以公开120条。", &[]),
        (OPEN, "人大代表建议办结32件,政协提案办结51件。", &[]),
        (
            OPEN,
            "收到申请46件,未发生不予处理情形。",
            &["46 received.total~", "0 not_processed.*.total"],
        ),
        (OPEN, "未收到法人或其他组织申请。", &[]),
        (OPEN, "无上年结转件。", &["0 carried_in.total"]),
        (OPEN, "各县区收到政府信息公开申请400件。", &[]),
        (
            OPEN,
            "全市各级各部门共收到政府信息公开申请1523件。",
            &["1523 received.total~"],
        ),
        (OPEN, "区级各部门收到申请300件,各街道收到申请40件。", &[]),
        (OPEN, "政府信息公开申请办结率100%,满意度99%。", &[]),
        (
            OPEN,
            "收到申请46件(自然人40件、法人6件),办结46件。",
            &[
                "46 received.total~",
                "40 received.natural_person~",
                "6 received.organisations~",
                "46 total.total",
            ],
        ),
        (
            "(一)主动公开。",
            "公开行政规范性文件制发5件、废止2件,现行有效31件。",
            &[
                "5 disclosure.normative_documents.issued",
                "2 disclosure.normative_documents.repealed",
                "31 disclosure.normative_documents.in_force",
            ],
        ),
        (
            "(一)主动公开。",
            "全市制发行政规范性文件62件,其中市政府制发12件。",
            &["62 disclosure.normative_documents.issued"],
        ),
        ("(一)主动公开。", "全年行政处罚决定书公示35件。", &[]),
        (
            "(五)监督保障。",
            "全市政府信息公开行政复议案件60件,占全部行政复议案件的12%。",
            &["60 disputes.reconsideration.total"],
        ),
        (
            "(五)监督保障。",
            "市政府作为复议机关收到行政复议申请320件,维持200件,纠正30件。",
            &[],
        ),
        (
            "(五)监督保障。",
            "涉及政府信息公开的行政复议2件、行政诉讼1件,均已审结。",
            &[
                "2 disputes.reconsideration.total",
                "1 disputes.litigation.*.total",
            ],
        ),
    ]);
}

/// Shares, in every wording.
#[test]
fn shares() {
    nine(&[
        (
            APPLY,
            "网络申请30件,占申请总数的83.3%。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (
            APPLY,
            "网络申请30件,占收到申请总数的比例为83.3%。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (
            APPLY,
            "网络申请30件,占比83.3%;",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (
            APPLY,
            "网络申请30件(占83.3%)。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (
            APPLY,
            "网络申请30件,占总数的83.3%。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (
            APPLY,
            "网络申请30件,占总量的83.3%。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (
            APPLY,
            "网络申请30件,所占比例为83.3%。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (
            APPLY,
            "网络申请30件,占依申请公开总数的83.3%。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (APPLY, "网络申请、信函申请分别占83.3%、8.3%。", &[]),
        (
            APPLY,
            "同意公开20件,占已答复申请的55.6%。",
            &[
                "20 answered.granted",
                "55.6% answered.granted/answered.total",
            ],
        ),
        (
            APPLY,
            "网络申请30件,同比增长15.4%,占83.3%。",
            &["30 received.online", "83.3% received.online/received.total"],
        ),
        (APPLY, "涉及土地类信息的申请20件,占55.6%。", &[]),
        (
            APPLY,
            "按时办结率达98.5%,比上年提高1.2个百分点。",
            &["98.5% closed.on_time/closed.total"],
        ),
        (
            APPLY,
            "网络申请占近八成,信函申请约占8%。",
            &["about received.letter/received.total"],
        ),
        (
            "二、主动公开",
            "主动公开规范性文件28条,占主动公开信息总数的0.2%。",
            &[
                "28 disclosure.normative_documents",
                "0.2% disclosure.normative_documents/disclosure.total",
            ],
        ),
        (
            "二、主动公开",
            "门户网站公开860条,占公开总数的71.3%;政务微信公开260条,占21.6%。",
            &[
                "860 disclosure.channels.website",
                "71.3% disclosure.channels.website/disclosure.total",
                "260 disclosure.channels.wechat",
                "21.6% disclosure.channels.wechat/disclosure.total",
            ],
        ),
    ]);
    national(&[
        (OPEN, "自然人申请40件,占总申请量的87%。", &[]),
        (
            OPEN,
            "收到申请46件,其中自然人申请40件,占87%。",
            &[
                "46 received.total~",
                "40 received.natural_person~",
                "87% received.natural_person/received.total",
            ],
        ),
        (
            OPEN,
            "办结47件,其中予以公开20件,占办结总数的42.6%。",
            &[
                "47 total.total",
                "20 granted.total",
                "42.6% granted.total/total.total",
            ],
        ),
        (
            OPEN,
            "不予公开4件,占8.5%,其中属于国家秘密1件。",
            &["4 refused.*.total", "1 refused.state_secret.total"],
        ),
    ]);
}

/// Whole paragraphs.
#[test]
fn paragraphs() {
    nine(&[
        (
            "一、概述",
            "2017年，我局认真贯彻《条例》和国办发〔2016〕80号文件精神，全年主动公开政府信息１，２０６条，受理依申请公开３６件，\
          未发生因政府信息公开引起的行政复议、行政诉讼。与2016年相比，主动公开数增加120条，增长11%。",
            &[
                "1206 disclosure.total",
                "36 received.total",
                "0 reconsideration.total",
                "0 litigation.total",
            ],
        ),
        (
            APPLY,
            "1.申请情况。2017年共收到政府信息公开申请36件,其中:当面申请3件,占8.3%;网络申请30件,占83.3%;信函申请3件,占8.3%。\n\
          2.答复情况。36件申请均按时办结。其中,同意公开20件,信息不存在10件,不属于本机关公开6件。",
            &[
                "36 received.total",
                "3 received.in_person",
                "8.3% received.in_person/received.total",
                "30 received.online",
                "83.3% received.online/received.total",
                "3 received.letter",
                "8.3% received.letter/received.total",
                "36 closed.on_time",
                "20 answered.granted",
                "10 answered.nonexistent",
                "6 answered.not_this_agency",
            ],
        ),
        (
            "六、人员情况",
            "我镇现有从事政府信息公开工作人员2名，均为兼职，设查阅点1个（便民服务中心），无专项经费。",
            &[
                "2 capacity.staff.total",
                "all capacity.staff.part_time=capacity.staff.total",
                "1 capacity.reading_points",
                "0 capacity.budget",
            ],
        ),
    ]);
    national(&[
        (
            "一、总体情况\n（二）依申请公开情况",
            "2023年，区政府及各部门共收到政府信息公开申请321件，上年结转12件。截至2023年12月31日，办结318件，\
          其中：予以公开120件，部分公开30件，不予公开26件，无法提供98件，不予处理20件，其他处理24件；结转下年度继续办理15件。",
            &[
                "12 carried_in.total",
                "318 total.total",
                "120 granted.total",
                "30 partly_granted.total",
                "26 refused.*.total",
                "98 unavailable.*.total",
                "20 not_processed.*.total",
                "24 other.*.total",
                "15 carried_out.total",
            ],
        ),
        (
            OPEN,
            "今年收到信息公开申请1件，申请人为自然人，申请方式为网络，已按时答复，答复结果为“予以公开”。上年无结转。无行政复议和行政诉讼。",
            &[
                "1 received.total~",
                "0 disputes.reconsideration.total",
                "0 disputes.litigation.*.total",
            ],
        ),
        (
            "六、其他需要报告的事项",
            "本机关2023年度未收取政府信息公开信息处理费。",
            &[],
        ),
        (
            "六、其他需要报告的事项",
            "2023年，人大建议公开率100%，主动公开建议答复32件、提案答复51件。",
            &[],
        ),
    ]);
}
