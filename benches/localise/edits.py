"""The hard rules as linear edits: left − right, which is 0 or at most 0, with a coefficient for each cell."""

import re

import numpy as np


class Edits:
    def __init__(self, cells, rules):
        self.rows = np.zeros((len(rules), len(cells)), np.int64)
        self.relations = []
        for row, rule in zip(self.rows, rules):
            left, relation, right = re.fullmatch("(.*) (=|<=) (.*)", rule).groups()
            self.relations.append(relation)
            for sign, side in ((1, left), (-1, right)):
                for term in side.split(" + "):
                    # Of these records nothing is carried over.
                    if term not in ("carried_in", "carried_out"):
                        row[cells.index(term)] += sign
        self.equal = np.array([relation == "=" for relation in self.relations])

    def cells(self, rules=slice(None)):
        """The cells that some of the rules speak of."""
        return np.flatnonzero(self.rows[rules].any(axis=0))

    def fail(self, values, rules=slice(None)):
        """Which of the rules fail in which records; the values are a row for each cell."""
        sums = self.rows[rules] @ values
        return np.where(self.equal[rules, None], sums != 0, sums > 0)

    def groups(self):
        """The rules in groups that have no cell in common."""
        groups = []
        for rule, row in enumerate(self.rows):
            linked = [group for group in groups if (self.rows[group] * row).any()]
            groups = [group for group in groups if group not in linked]
            groups.append(sorted(sum(linked, [rule])))
        return groups

    def banff(self, rules):
        """Some of the rules in banff's words, over columns that are called by the numbers of their cells."""
        return " ".join(f"{self.sum_of(rule)} {self.relations[rule]} 0;" for rule in rules)

    def sum_of(self, rule):
        row = self.rows[rule]
        # banff takes no + before the first.
        return " ".join(f"{row[cell]:+} * c{cell}" for cell in np.flatnonzero(row)).removeprefix("+")
