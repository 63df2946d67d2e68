"""The rules as steps of a pointblank validation of a polars frame. Its list is the failing records of each step."""

import numpy as np
import pointblank as pb

import by_polars

load = by_polars.load


def steps(data):
    validation = pb.Validate(data)
    for fails, _ in by_polars.rules():
        validation = validation.col_vals_expr(~fails)
    return validation


def counts(data):
    # Without the extracts and copies that nobody asked for, it is twice as fast.
    failed = steps(data).interrogate(collect_extracts=False, collect_tbl_checked=False).n_failed()
    return [failed[step] for step in sorted(failed)]


def failures(data):
    interrogated = steps(data).interrogate(extract_limit=len(data), collect_tbl_checked=False)
    extracts = interrogated.get_data_extracts()
    # Steps and rows count from 1.
    records = [extracts[step]["_row_num_"].to_numpy() - 1 for step in sorted(extracts)]
    rules = [np.full(len(found), rule, np.uint8) for rule, found in enumerate(records)]
    return [np.concatenate(records), np.concatenate(rules)]
