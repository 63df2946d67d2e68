//! The peer of the typed benchmark: the nine-category table and its rules, written by hand with garde.
//!
//! It checks what xxgk checks, in the way that costs garde least: each rule is a function on the innermost struct that
//! has all its rows, small enough to be inlined; nothing is allocated while rules hold; and a struct without a rule of
//! its own is not visited. It does a little less: a blank matters in hard rules only, and amounts have no upper limit.

use garde::Validate;
use rust_decimal::Decimal;
use xxgk::nine_category as form;

/// What the rules are checked with: the requests carried over, which stand beside the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// Requests carried in from last year.
    pub carried_in: u64,
    /// Requests carried out into next year.
    pub carried_out: u64,
}

/// The nine-category table.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r402))]
#[garde(custom(r502))]
#[garde(custom(r701))]
pub struct Peer {
    /// Row 1.
    #[garde(dive)]
    pub disclosure: Disclosure,
    /// Row 2.
    #[garde(dive)]
    pub response: Response,
    /// Row 3.
    #[garde(dive)]
    pub requests: Requests,
    /// Row 4.
    #[garde(dive)]
    pub reconsideration: Reconsideration,
    /// Row 5.
    #[garde(dive)]
    pub litigation: Litigation,
    /// Row 6.
    pub complaints: Option<u64>,
    /// Row 7.
    #[garde(custom(not_negative))]
    pub fees: Option<Decimal>,
    /// Row 8.
    #[garde(dive)]
    pub capacity: Capacity,
    /// Row 9.
    #[garde(dive)]
    pub meetings_and_training: MeetingsAndTraining,
}

/// Row 1.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r101))]
#[garde(custom(r102))]
#[garde(custom(r103))]
#[garde(custom(r104))]
#[garde(custom(r105))]
#[garde(custom(r106))]
#[garde(custom(r107))]
#[garde(custom(r108))]
pub struct Disclosure {
    /// Row 1.1.
    pub total: Option<u64>,
    /// Row 1.1.a.
    pub normative_documents: Option<u64>,
    /// Row 1.1.b.
    pub normative_documents_issued: Option<u64>,
    /// Row 1.2.
    pub channels: DisclosureChannels,
}

/// Row 1.2.
#[derive(Clone, Debug)]
pub struct DisclosureChannels {
    /// Row 1.2.1.
    pub gazette: Option<u64>,
    /// Row 1.2.2.
    pub website: Option<u64>,
    /// Row 1.2.3.
    pub microblog: Option<u64>,
    /// Row 1.2.4.
    pub wechat: Option<u64>,
    /// Row 1.2.5.
    pub other: Option<u64>,
}

/// Row 2.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r203))]
#[garde(custom(r204))]
#[garde(custom(r205))]
pub struct Response {
    /// Row 2.1.
    pub topics: Option<u64>,
    /// Row 2.2.
    #[garde(dive)]
    pub channels: ResponseChannels,
}

/// Row 2.2.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r201))]
#[garde(custom(r202))]
pub struct ResponseChannels {
    /// Row 2.2.1.
    pub press_conferences: Option<u64>,
    /// Row 2.2.1.a.
    pub press_conferences_by_principal: Option<u64>,
    /// Row 2.2.2.
    pub online_interviews: Option<u64>,
    /// Row 2.2.2.a.
    pub online_interviews_by_principal: Option<u64>,
    /// Row 2.2.3.
    pub policy_interpretations: Option<u64>,
    /// Row 2.2.4.
    pub microblog_and_wechat: Option<u64>,
    /// Row 2.2.5.
    pub other: Option<u64>,
}

/// Row 3.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r305))]
#[garde(custom(r306))]
pub struct Requests {
    /// Row 3.1.
    #[garde(dive)]
    pub received: Received,
    /// Row 3.2.
    #[garde(dive)]
    pub closed: Closed,
    /// Row 3.3.
    #[garde(dive)]
    pub answered: Answered,
}

/// Row 3.1.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r301))]
pub struct Received {
    /// Row 3.1.
    pub total: Option<u64>,
    /// Row 3.1.1.
    pub in_person: Option<u64>,
    /// Row 3.1.2.
    pub fax: Option<u64>,
    /// Row 3.1.3.
    pub online: Option<u64>,
    /// Row 3.1.4.
    pub letter: Option<u64>,
}

/// Row 3.2.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r302))]
pub struct Closed {
    /// Row 3.2.
    pub total: Option<u64>,
    /// Row 3.2.1.
    pub on_time: Option<u64>,
    /// Row 3.2.2.
    pub extended: Option<u64>,
}

/// Row 3.3.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r303))]
pub struct Answered {
    /// Row 3.3.
    pub total: Option<u64>,
    /// Row 3.3.1.
    pub already_public: Option<u64>,
    /// Row 3.3.2.
    pub granted: Option<u64>,
    /// Row 3.3.3.
    pub partly_granted: Option<u64>,
    /// Row 3.3.4.
    #[garde(dive)]
    pub refused: Refused,
    /// Row 3.3.5.
    pub not_this_agency: Option<u64>,
    /// Row 3.3.6.
    pub nonexistent: Option<u64>,
    /// Row 3.3.7.
    pub amendment_requested: Option<u64>,
    /// Row 3.3.8.
    pub redirected: Option<u64>,
}

/// Row 3.3.4.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r304))]
pub struct Refused {
    /// Row 3.3.4.
    pub total: Option<u64>,
    /// Row 3.3.4.a.
    pub state_secret: Option<u64>,
    /// Row 3.3.4.b.
    pub trade_secret: Option<u64>,
    /// Row 3.3.4.c.
    pub personal_privacy: Option<u64>,
    /// Row 3.3.4.d.
    pub security_and_stability: Option<u64>,
    /// Row 3.3.4.e.
    pub not_government_information: Option<u64>,
    /// Row 3.3.4.f.
    pub other_statutory: Option<u64>,
}

/// Row 4.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r401))]
pub struct Reconsideration {
    /// Row 4.
    pub total: Option<u64>,
    /// Row 4.1.
    pub upheld: Option<u64>,
    /// Row 4.2.
    pub corrected: Option<u64>,
    /// Row 4.3.
    pub other: Option<u64>,
}

/// Row 5.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r501))]
pub struct Litigation {
    /// Row 5.
    pub total: Option<u64>,
    /// Row 5.1.
    pub upheld_or_dismissed: Option<u64>,
    /// Row 5.2.
    pub corrected: Option<u64>,
    /// Row 5.3.
    pub other: Option<u64>,
}

/// Row 8.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r802))]
pub struct Capacity {
    /// Row 8.1.
    pub dedicated_offices: Option<u64>,
    /// Row 8.2.
    pub reading_points: Option<u64>,
    /// Row 8.3.
    #[garde(dive)]
    pub staff: Staff,
    /// Row 8.4.
    #[garde(custom(not_negative))]
    pub budget: Option<Decimal>,
}

/// Row 8.3.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r801))]
#[garde(custom(r803))]
pub struct Staff {
    /// Row 8.3.
    pub total: Option<u64>,
    /// Row 8.3.1.
    pub full_time: Option<u64>,
    /// Row 8.3.2.
    pub part_time: Option<u64>,
}

/// Row 9.
#[derive(Clone, Debug, Validate)]
#[garde(context(Context))]
#[garde(allow_unvalidated)]
#[garde(custom(r901))]
pub struct MeetingsAndTraining {
    /// Row 9.1.
    pub meetings: Option<u64>,
    /// Row 9.2.
    pub training_courses: Option<u64>,
    /// Row 9.3.
    pub trainees: Option<u64>,
}

fn r101(it: &Disclosure, _: &Context) -> garde::Result {
    must("R101", at_most(it.normative_documents, it.total))
}

fn r102(it: &Disclosure, _: &Context) -> garde::Result {
    let issued = it.normative_documents_issued;
    should("R102", at_most(it.normative_documents, issued))
}

fn r103(it: &Disclosure, _: &Context) -> garde::Result {
    must("R103", at_most(it.channels.gazette, it.total))
}

fn r104(it: &Disclosure, _: &Context) -> garde::Result {
    must("R104", at_most(it.channels.website, it.total))
}

fn r105(it: &Disclosure, _: &Context) -> garde::Result {
    must("R105", at_most(it.channels.microblog, it.total))
}

fn r106(it: &Disclosure, _: &Context) -> garde::Result {
    must("R106", at_most(it.channels.wechat, it.total))
}

fn r107(it: &Disclosure, _: &Context) -> garde::Result {
    must("R107", at_most(it.channels.other, it.total))
}

fn r108(it: &Disclosure, _: &Context) -> garde::Result {
    let DisclosureChannels {
        gazette,
        website,
        microblog,
        wechat,
        other,
    } = it.channels;
    let all = sum([gazette, website, microblog, wechat, other]);
    should("R108", at_most(wide(it.total), all))
}

fn r201(it: &ResponseChannels, _: &Context) -> garde::Result {
    let by_principal = it.press_conferences_by_principal;
    must("R201", at_most(by_principal, it.press_conferences))
}

fn r202(it: &ResponseChannels, _: &Context) -> garde::Result {
    let by_principal = it.online_interviews_by_principal;
    must("R202", at_most(by_principal, it.online_interviews))
}

fn r203(it: &Response, _: &Context) -> garde::Result {
    should("R203", at_most(it.channels.microblog_and_wechat, it.topics))
}

fn r204(it: &Response, _: &Context) -> garde::Result {
    should("R204", at_most(it.channels.other, it.topics))
}

fn r205(it: &Response, _: &Context) -> garde::Result {
    let all = sum([
        it.channels.press_conferences,
        it.channels.online_interviews,
        it.channels.policy_interpretations,
        it.channels.microblog_and_wechat,
        it.channels.other,
    ]);
    should("R205", implies(wide(it.topics), all))
}

fn r301(it: &Received, _: &Context) -> garde::Result {
    let parts = sum([it.in_person, it.fax, it.online, it.letter]);
    must("R301", equal(wide(it.total), parts))
}

fn r302(it: &Closed, _: &Context) -> garde::Result {
    let parts = sum([it.on_time, it.extended]);
    must("R302", equal(wide(it.total), parts))
}

fn r303(it: &Answered, _: &Context) -> garde::Result {
    let parts = sum([
        it.already_public,
        it.granted,
        it.partly_granted,
        it.refused.total,
        it.not_this_agency,
        it.nonexistent,
        it.amendment_requested,
        it.redirected,
    ]);
    must("R303", equal(wide(it.total), parts))
}

fn r304(it: &Refused, _: &Context) -> garde::Result {
    let parts = sum([
        it.state_secret,
        it.trade_secret,
        it.personal_privacy,
        it.security_and_stability,
        it.not_government_information,
        it.other_statutory,
    ]);
    must("R304", equal(wide(it.total), parts))
}

fn r305(it: &Requests, _: &Context) -> garde::Result {
    must("R305", equal(it.answered.total, it.closed.total))
}

fn r306(it: &Requests, context: &Context) -> garde::Result {
    let due = sum([it.received.total, Some(context.carried_in)]);
    let done = sum([it.answered.total, Some(context.carried_out)]);
    must("R306", equal(due, done))
}

fn r401(it: &Reconsideration, _: &Context) -> garde::Result {
    let parts = sum([it.upheld, it.corrected, it.other]);
    must("R401", equal(wide(it.total), parts))
}

fn r402(it: &Peer, _: &Context) -> garde::Result {
    let answered = it.requests.answered.total;
    should("R402", at_most(it.reconsideration.total, answered))
}

fn r501(it: &Litigation, _: &Context) -> garde::Result {
    let parts = sum([it.upheld_or_dismissed, it.corrected, it.other]);
    must("R501", equal(wide(it.total), parts))
}

fn r502(it: &Peer, _: &Context) -> garde::Result {
    let answered = it.requests.answered.total;
    should("R502", at_most(it.litigation.total, answered))
}

fn r701(it: &Peer, _: &Context) -> garde::Result {
    // Only whether there are fees matters; comparing two decimals would cost more.
    let fees = it.fees.map(|fees| u64::from(is_positive(fees)));
    should("R701", implies(fees, it.requests.received.total))
}

fn r801(it: &Staff, _: &Context) -> garde::Result {
    let parts = sum([it.full_time, it.part_time]);
    must("R801", equal(wide(it.total), parts))
}

fn r802(it: &Capacity, _: &Context) -> garde::Result {
    should("R802", implies(it.dedicated_offices, it.staff.total))
}

fn r803(it: &Staff, _: &Context) -> garde::Result {
    should("R803", at_most(Some(1), it.total))
}

fn r901(it: &MeetingsAndTraining, _: &Context) -> garde::Result {
    should("R901", implies(it.training_courses, it.trainees))
}

fn not_negative(amount: &Option<Decimal>, _: &Context) -> garde::Result {
    match amount {
        Some(amount) if amount.is_sign_negative() && !amount.is_zero() => Err(negative(*amount)),
        _ => Ok(()),
    }
}

fn is_positive(amount: Decimal) -> bool {
    amount.is_sign_positive() && !amount.is_zero()
}

/// What became of a comparison: nothing where a blank leaves it open, otherwise its sides where it does not hold.
type Compared<T> = Option<Result<(), [T; 2]>>;

fn compare<T: Copy>(
    left: Option<T>,
    right: Option<T>,
    holds: impl FnOnce(&T, &T) -> bool,
) -> Compared<T> {
    let (left, right) = (left?, right?);
    Some(if holds(&left, &right) {
        Ok(())
    } else {
        Err([left, right])
    })
}

fn equal<T: Copy + Ord>(left: Option<T>, right: Option<T>) -> Compared<T> {
    compare(left, right, T::eq)
}

fn at_most<T: Copy + Ord>(left: Option<T>, right: Option<T>) -> Compared<T> {
    compare(left, right, T::le)
}

/// Where the left side is more than zero, the right side is too.
fn implies<T: Copy + Ord + Default>(left: Option<T>, right: Option<T>) -> Compared<T> {
    let zero = T::default();
    compare(left, right, |left, right| *left == zero || *right > zero)
}

/// The sum of counts, unless one of them is blank. No form has so many that an `u128` could overflow.
fn sum<const N: usize>(counts: [Option<u64>; N]) -> Option<u128> {
    let mut counts = counts.into_iter();
    counts.try_fold(0, |sum, count| Some(sum + u128::from(count?)))
}

fn wide(count: Option<u64>) -> Option<u128> {
    count.map(u128::from)
}

/// A hard rule: it has to be known that it holds.
fn must<T: Into<u128>>(rule: &'static str, compared: Compared<T>) -> garde::Result {
    match compared {
        Some(Ok(())) => Ok(()),
        Some(Err(sides)) => Err(failed(rule, sides.map(Into::into))),
        None => Err(undetermined(rule)),
    }
}

/// A soft rule: it has to be known that it does not hold.
fn should<T: Into<u128>>(rule: &'static str, compared: Compared<T>) -> garde::Result {
    match compared {
        Some(Err(sides)) => Err(failed(rule, sides.map(Into::into))),
        Some(Ok(())) | None => Ok(()),
    }
}

// Messages are made out of line, so that the rules stay small enough to be inlined.

#[cold]
fn failed(rule: &str, [left, right]: [u128; 2]) -> garde::Error {
    garde::Error::new(format_args!("{rule} failed: {left} against {right}"))
}

#[cold]
fn undetermined(rule: &str) -> garde::Error {
    garde::Error::new(format_args!("{rule} undetermined: a row is blank"))
}

#[cold]
fn negative(amount: Decimal) -> garde::Error {
    garde::Error::new(format_args!("negative: {amount}"))
}

/// A conversion between two structs with the same fields: those that are copied, then those that are converted. It
/// names them all, so that a row that only one of the two has does not compile.
macro_rules! same_fields {
    ($from:ident => $to:ident { $($copied:ident),* $(; $($converted:ident),*)? }) => {
        impl From<&form::$from> for $to {
            fn from(it: &form::$from) -> Self {
                let form::$from { $($copied,)* $($($converted,)*)? } = it;
                $to { $($copied: *$copied,)* $($($converted: $converted.into(),)*)? }
            }
        }
    };
}

same_fields!(NineCategory => Peer {
    complaints, fees;
    disclosure, response, requests, reconsideration, litigation, capacity, meetings_and_training
});
same_fields!(Disclosure => Disclosure { total, normative_documents, normative_documents_issued; channels });
same_fields!(DisclosureChannels => DisclosureChannels { gazette, website, microblog, wechat, other });
same_fields!(Response => Response { topics; channels });
same_fields!(ResponseChannels => ResponseChannels {
    press_conferences, press_conferences_by_principal, online_interviews, online_interviews_by_principal,
    policy_interpretations, microblog_and_wechat, other
});
same_fields!(Requests => Requests { ; received, closed, answered });
same_fields!(Received => Received { total, in_person, fax, online, letter });
same_fields!(Closed => Closed { total, on_time, extended });
same_fields!(Answered => Answered {
    total, already_public, granted, partly_granted, not_this_agency, nonexistent, amendment_requested, redirected;
    refused
});
same_fields!(Refused => Refused {
    total, state_secret, trade_secret, personal_privacy, security_and_stability, not_government_information,
    other_statutory
});
same_fields!(Reconsideration => Reconsideration { total, upheld, corrected, other });
same_fields!(Litigation => Litigation { total, upheld_or_dismissed, corrected, other });
same_fields!(Capacity => Capacity { dedicated_offices, reading_points, budget; staff });
same_fields!(Staff => Staff { total, full_time, part_time });
same_fields!(MeetingsAndTraining => MeetingsAndTraining { meetings, training_courses, trainees });
