"""The rules by hand in numpy: one vector expression a rule, over blocks of records that stay in the cache."""

import numpy as np

# The fastest of the powers of two from 2^11 to 2^20, by a few percent.
BLOCK = 1 << 17


def load(folder):
    return {path.stem: np.fromfile(path, "<i4") for path in sorted(folder.glob("*.u32"))}


def at_most(left, right):
    return left > right, lambda at: left[at] - right[at]


def at_least(left, right):
    return left < right, lambda at: left[at] - right


def equal(left, right):
    return left != right, lambda at: left[at] - right[at]


def implies(one, other):
    return (one > 0) & (other == 0), lambda at: np.zeros(len(at), np.int32)


def total(first, second, *rest):
    result = first + second
    for column in rest:
        result += column
    return result


def rules(d):
    """Of each rule: where it fails, and left − right at some of the records. No array outlives its rule."""
    public = d["disclosure.total"]
    documents = d["disclosure.normative_documents"]
    gazette, website = d["disclosure.channels.gazette"], d["disclosure.channels.website"]
    microblog, wechat = d["disclosure.channels.microblog"], d["disclosure.channels.wechat"]
    elsewhere = d["disclosure.channels.other"]
    yield at_most(documents, public)
    yield at_most(documents, d["disclosure.normative_documents_issued"])
    yield at_most(gazette, public)
    yield at_most(website, public)
    yield at_most(microblog, public)
    yield at_most(wechat, public)
    yield at_most(elsewhere, public)
    yield at_most(public, total(gazette, website, microblog, wechat, elsewhere))

    topics = d["response.topics"]
    conferences, interviews = d["response.channels.press_conferences"], d["response.channels.online_interviews"]
    online, elsewhere = d["response.channels.microblog_and_wechat"], d["response.channels.other"]
    interpretations = d["response.channels.policy_interpretations"]
    yield at_most(d["response.channels.press_conferences_by_principal"], conferences)
    yield at_most(d["response.channels.online_interviews_by_principal"], interviews)
    yield at_most(online, topics)
    yield at_most(elsewhere, topics)
    yield implies(topics, total(conferences, interviews, interpretations, online, elsewhere))

    received, closed, answered = d["requests.received.total"], d["requests.closed.total"], d["requests.answered.total"]
    refused = d["requests.answered.refused.total"]
    yield equal(
        received,
        total(
            d["requests.received.in_person"],
            d["requests.received.fax"],
            d["requests.received.online"],
            d["requests.received.letter"],
        ),
    )
    yield equal(closed, total(d["requests.closed.on_time"], d["requests.closed.extended"]))
    yield equal(
        answered,
        total(
            d["requests.answered.already_public"],
            d["requests.answered.granted"],
            d["requests.answered.partly_granted"],
            refused,
            d["requests.answered.not_this_agency"],
            d["requests.answered.nonexistent"],
            d["requests.answered.amendment_requested"],
            d["requests.answered.redirected"],
        ),
    )
    yield equal(
        refused,
        total(
            d["requests.answered.refused.state_secret"],
            d["requests.answered.refused.trade_secret"],
            d["requests.answered.refused.personal_privacy"],
            d["requests.answered.refused.security_and_stability"],
            d["requests.answered.refused.not_government_information"],
            d["requests.answered.refused.other_statutory"],
        ),
    )
    yield equal(answered, closed)
    yield equal(received, answered)

    reviews, lawsuits = d["reconsideration.total"], d["litigation.total"]
    yield equal(
        reviews, total(d["reconsideration.upheld"], d["reconsideration.corrected"], d["reconsideration.other"])
    )
    yield at_most(reviews, answered)
    yield equal(
        lawsuits, total(d["litigation.upheld_or_dismissed"], d["litigation.corrected"], d["litigation.other"])
    )
    yield at_most(lawsuits, answered)
    yield implies(d["fees"], received)

    staff = d["capacity.staff.total"]
    yield equal(staff, total(d["capacity.staff.full_time"], d["capacity.staff.part_time"]))
    yield implies(d["capacity.dedicated_offices"], staff)
    yield at_least(staff, 1)
    yield implies(d["meetings_and_training.training_courses"], d["meetings_and_training.trainees"])


def blocks(data):
    for start in range(0, len(data["fees"]), BLOCK):
        yield start, {key: column[start : start + BLOCK] for key, column in data.items()}


def counts(data):
    return sum(np.array([np.count_nonzero(fails) for fails, _ in rules(block)]) for _, block in blocks(data))


def failures(data):
    records, numbers, residuals = [], [], []
    for start, block in blocks(data):
        for number, (fails, residual) in enumerate(rules(block)):
            at = np.flatnonzero(fails)
            records.append(at + start)
            numbers.append(np.full(len(at), number, np.uint8))
            residuals.append(residual(at))
    return np.concatenate(records), np.concatenate(numbers), np.concatenate(residuals)
