"""Random tables of the nine-category form, as columns, and errors in them."""

import numpy as np

LARGEST = 1_000_000


def consistent(random, records):
    """Parts first, totals from them, as src/strategies/mod.rs does it."""
    # Agencies differ in size by orders of magnitude, and most have little to count.
    size = np.exp(random.normal(1.5, 2.0, records))

    def count(scale=1.0):
        return np.minimum(random.exponential(size * scale), LARGEST).astype(np.int32)

    def up_to(most):
        return random.integers(0, most, endpoint=True, dtype=np.int32)

    def split(whole, parts):
        left = whole
        for _ in range(parts - 1):
            part = up_to(left)
            left = left - part
            yield part
        yield left

    d = {}

    def put(section, **columns):
        d.update({f"{section}.{key}" if section else key: column for key, column in columns.items()})

    channels = [count(scale) for scale in (1, 40, 4, 10, 5)]
    most, everything = np.maximum.reduce(channels), sum(channels)
    total = most + up_to(everything - most)
    documents = np.minimum(count(), total)
    issued = documents + up_to(np.full(records, 9))
    put("disclosure", total=total, normative_documents=documents, normative_documents_issued=issued)
    put("disclosure.channels", **dict(zip(("gazette", "website", "microblog", "wechat", "other"), channels)))

    topics, conferences, interviews = count(), count(0.2), count(0.2)
    put("response", topics=topics)
    put(
        "response.channels",
        press_conferences=conferences,
        press_conferences_by_principal=up_to(conferences),
        online_interviews=interviews,
        online_interviews_by_principal=up_to(interviews),
        # A topic that was answered was answered somehow.
        policy_interpretations=np.maximum(count(), topics > 0),
        microblog_and_wechat=up_to(topics),
        other=up_to(topics),
    )

    reasons = [count(0.05) for _ in range(6)]
    refused = sum(reasons)
    answers = [count(scale) for scale in (1, 3, 0.2, 0.5, 0.5, 0.1, 0.1)]
    total = refused + sum(answers)
    put("requests.received", total=total, **dict(zip(("in_person", "fax", "online", "letter"), split(total, 4))))
    put("requests.closed", total=total, **dict(zip(("on_time", "extended"), split(total, 2))))
    put("requests.answered", total=total)
    kinds = "already_public granted partly_granted not_this_agency nonexistent amendment_requested redirected"
    put("requests.answered", **dict(zip(kinds.split(), answers)))
    kinds = "state_secret trade_secret personal_privacy security_and_stability not_government_information"
    kinds += " other_statutory"
    put("requests.answered.refused", total=refused, **dict(zip(kinds.split(), reasons)))

    reviews, lawsuits = up_to(total // 8), up_to(total // 8)
    put("reconsideration", total=reviews, **dict(zip(("upheld", "corrected", "other"), split(reviews, 3))))
    put("litigation", total=lawsuits, **dict(zip(("upheld_or_dismissed", "corrected", "other"), split(lawsuits, 3))))
    put("", complaints=count(0.2), fees=np.where(total > 0, count(0.2), 0).astype(np.int32))

    staff = 1 + count(0.5)
    put("capacity", dedicated_offices=count(0.1), reading_points=count(0.3), budget=count(0.5))
    put("capacity.staff", total=staff, **dict(zip(("full_time", "part_time"), split(staff, 2))))
    put("meetings_and_training", meetings=count(0.3), training_courses=count(0.2), trainees=1 + count(10))
    return d


def mistaken(random, values):
    """Each value as one gets it wrong: a little more or less, a digit too many or too few, two swapped."""
    step = random.integers(1, 9, len(values), endpoint=True) * random.choice((-1, 1), len(values))
    swapped = values // 100 * 100 + values % 10 * 10 + values // 10 % 10
    wrong = np.choose(random.integers(0, 4, len(values)), (values + step, values * 10, values // 10, swapped))
    return np.where((wrong < 0) | (wrong == values), values + 1, wrong)


def save(folder, columns):
    """A file of 32-bit integers for each cell, as columns.rs reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, column in columns.items():
        column.astype("<u4").tofile(folder / f"{key}.u32")
