"""The rules by hand in SQL, over a table in memory: one query."""

import duckdb


def load(folder):
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("CREATE TABLE records AS FROM read_parquet(?)", [str(folder / "records.parquet")])
    return connection


def at_most(left, right):
    return f"{left} > {right}", f"{left} - ({right})"


def at_least(left, right):
    return f"{left} < {right}", f"{left} - ({right})"


def equal(left, right):
    return f"{left} <> {right}", f"{left} - ({right})"


def implies(one, other):
    return f"{one} > 0 AND {other} = 0", "0"


# Of each rule: where it fails, and left − right.
RULES = [
    at_most('"disclosure.normative_documents"', '"disclosure.total"'),
    at_most('"disclosure.normative_documents"', '"disclosure.normative_documents_issued"'),
    at_most('"disclosure.channels.gazette"', '"disclosure.total"'),
    at_most('"disclosure.channels.website"', '"disclosure.total"'),
    at_most('"disclosure.channels.microblog"', '"disclosure.total"'),
    at_most('"disclosure.channels.wechat"', '"disclosure.total"'),
    at_most('"disclosure.channels.other"', '"disclosure.total"'),
    at_most(
        '"disclosure.total"',
        '"disclosure.channels.gazette" + "disclosure.channels.website" + "disclosure.channels.microblog"'
        ' + "disclosure.channels.wechat" + "disclosure.channels.other"',
    ),
    at_most(
        '"response.channels.press_conferences_by_principal"',
        '"response.channels.press_conferences"',
    ),
    at_most(
        '"response.channels.online_interviews_by_principal"',
        '"response.channels.online_interviews"',
    ),
    at_most('"response.channels.microblog_and_wechat"', '"response.topics"'),
    at_most('"response.channels.other"', '"response.topics"'),
    implies(
        '"response.topics"',
        '"response.channels.press_conferences" + "response.channels.online_interviews"'
        ' + "response.channels.policy_interpretations" + "response.channels.microblog_and_wechat"'
        ' + "response.channels.other"',
    ),
    equal(
        '"requests.received.total"',
        '"requests.received.in_person" + "requests.received.fax" + "requests.received.online"'
        ' + "requests.received.letter"',
    ),
    equal(
        '"requests.closed.total"',
        '"requests.closed.on_time" + "requests.closed.extended"',
    ),
    equal(
        '"requests.answered.total"',
        '"requests.answered.already_public" + "requests.answered.granted" + "requests.answered.partly_granted"'
        ' + "requests.answered.refused.total" + "requests.answered.not_this_agency"'
        ' + "requests.answered.nonexistent" + "requests.answered.amendment_requested"'
        ' + "requests.answered.redirected"',
    ),
    equal(
        '"requests.answered.refused.total"',
        '"requests.answered.refused.state_secret" + "requests.answered.refused.trade_secret"'
        ' + "requests.answered.refused.personal_privacy" + "requests.answered.refused.security_and_stability"'
        ' + "requests.answered.refused.not_government_information" + "requests.answered.refused.other_statutory"',
    ),
    equal('"requests.answered.total"', '"requests.closed.total"'),
    equal('"requests.received.total"', '"requests.answered.total"'),
    equal(
        '"reconsideration.total"',
        '"reconsideration.upheld" + "reconsideration.corrected" + "reconsideration.other"',
    ),
    at_most('"reconsideration.total"', '"requests.answered.total"'),
    equal(
        '"litigation.total"',
        '"litigation.upheld_or_dismissed" + "litigation.corrected" + "litigation.other"',
    ),
    at_most('"litigation.total"', '"requests.answered.total"'),
    implies('"fees"', '"requests.received.total"'),
    equal(
        '"capacity.staff.total"',
        '"capacity.staff.full_time" + "capacity.staff.part_time"',
    ),
    implies('"capacity.dedicated_offices"', '"capacity.staff.total"'),
    at_least('"capacity.staff.total"', "1"),
    implies('"meetings_and_training.training_courses"', '"meetings_and_training.trainees"'),
]


def counts(connection):
    each = ", ".join(f"count_if({fails})" for fails, _ in RULES)
    return connection.execute(f"SELECT {each} FROM records").fetchone()


def failures(connection):
    each = (
        f"SELECT rowid AS record, {rule}::UTINYINT AS rule, {residual} AS residual FROM records WHERE {fails}"
        for rule, (fails, residual) in enumerate(RULES)
    )
    found = connection.execute(" UNION ALL ".join(each)).fetchnumpy()
    return [found[name] for name in ("record", "rule", "residual")]
