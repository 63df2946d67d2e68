"""The rules by hand in polars: one expression a rule, all in one query."""

import polars as pl


def load(folder):
    return pl.read_parquet(folder / "records.parquet").rechunk()


def at_most(left, right):
    return left > right, left - right


def at_least(left, right):
    return left < right, left - right


def equal(left, right):
    return left != right, left - right


def implies(one, other):
    return (one > 0) & (other == 0), pl.lit(0, pl.Int32)


def rules():
    """Of each rule: where it fails, and left − right."""
    c = pl.col
    public = c("disclosure.total")
    documents = c("disclosure.normative_documents")
    gazette, website = c("disclosure.channels.gazette"), c("disclosure.channels.website")
    microblog, wechat = c("disclosure.channels.microblog"), c("disclosure.channels.wechat")
    elsewhere = c("disclosure.channels.other")
    topics = c("response.topics")
    conferences, interviews = c("response.channels.press_conferences"), c("response.channels.online_interviews")
    online, replies = c("response.channels.microblog_and_wechat"), c("response.channels.other")
    received, closed, answered = c("requests.received.total"), c("requests.closed.total"), c("requests.answered.total")
    refused = c("requests.answered.refused.total")
    reviews, lawsuits = c("reconsideration.total"), c("litigation.total")
    staff = c("capacity.staff.total")
    return [
        at_most(documents, public),
        at_most(documents, c("disclosure.normative_documents_issued")),
        at_most(gazette, public),
        at_most(website, public),
        at_most(microblog, public),
        at_most(wechat, public),
        at_most(elsewhere, public),
        at_most(public, gazette + website + microblog + wechat + elsewhere),
        at_most(c("response.channels.press_conferences_by_principal"), conferences),
        at_most(c("response.channels.online_interviews_by_principal"), interviews),
        at_most(online, topics),
        at_most(replies, topics),
        implies(topics, conferences + interviews + c("response.channels.policy_interpretations") + online + replies),
        equal(
            received,
            c("requests.received.in_person")
            + c("requests.received.fax")
            + c("requests.received.online")
            + c("requests.received.letter"),
        ),
        equal(closed, c("requests.closed.on_time") + c("requests.closed.extended")),
        equal(
            answered,
            c("requests.answered.already_public")
            + c("requests.answered.granted")
            + c("requests.answered.partly_granted")
            + refused
            + c("requests.answered.not_this_agency")
            + c("requests.answered.nonexistent")
            + c("requests.answered.amendment_requested")
            + c("requests.answered.redirected"),
        ),
        equal(
            refused,
            c("requests.answered.refused.state_secret")
            + c("requests.answered.refused.trade_secret")
            + c("requests.answered.refused.personal_privacy")
            + c("requests.answered.refused.security_and_stability")
            + c("requests.answered.refused.not_government_information")
            + c("requests.answered.refused.other_statutory"),
        ),
        equal(answered, closed),
        equal(received, answered),
        equal(reviews, c("reconsideration.upheld") + c("reconsideration.corrected") + c("reconsideration.other")),
        at_most(reviews, answered),
        equal(lawsuits, c("litigation.upheld_or_dismissed") + c("litigation.corrected") + c("litigation.other")),
        at_most(lawsuits, answered),
        implies(c("fees"), received),
        equal(staff, c("capacity.staff.full_time") + c("capacity.staff.part_time")),
        implies(c("capacity.dedicated_offices"), staff),
        at_least(staff, 1),
        implies(c("meetings_and_training.training_courses"), c("meetings_and_training.trainees")),
    ]


def counts(data):
    return data.select(fails.sum().alias(str(rule)) for rule, (fails, _) in enumerate(rules())).row(0)


def failures(data):
    records = data.lazy().with_row_index("record")

    def broken(rule, fails, residual):
        return records.filter(fails).select("record", rule=pl.lit(rule, pl.UInt8), residual=residual)

    found = pl.concat(broken(rule, *it) for rule, it in enumerate(rules())).collect()
    return [found[name].to_numpy() for name in ("record", "rule", "residual")]
