"""Times the localisation of errors by xxgk and by banff, in rounds, and prints a Markdown table. See benches/README.md."""

import argparse
import json
import pathlib
import statistics
import sys

import generate
from edits import Edits
from engine import Engine, machine

HERE = pathlib.Path(__file__).parent
# The wrong cells in each record of a set.
SETS = {"one": 1, "three": 3}
WAYS = {"at_once": "all rules in one call", "by_group": "a call for each group of rules, with the records that fail it"}


def compare(name, ours, theirs):
    """Stops where xxgk changes more cells than banff or does not answer. In how many records they are as many, and fewer."""
    same = fewer = 0
    for record, (our, their) in enumerate(zip(ours["cells"], theirs["cells"])):
        if not our or 0 <= their < our:
            raise SystemExit(f"{name} wrong: record {record}: xxgk changes {our} cells, banff {their}")
        same += our == their
        fewer += our < their
    return {"same": same, "fewer": fewer, "given up": theirs["cells"].count(-1)}


def measure(xxgk, banff, records, rounds):
    """The answers, a round after the other. A first round warms up, and is compared but not kept."""
    answers = {(engine, name): [] for engine in ("xxgk", *WAYS) for name in SETS}
    for round in range(rounds + 1):
        for name in SETS:
            ours = xxgk.ask(str(records / name))
            found = {"xxgk": ours}
            for way in WAYS:
                theirs = banff.ask(f"{name} {way}")
                found[way] = theirs | compare(name, ours, theirs)
            for engine, answer in found.items():
                rate = len(answer["cells"]) * answer.get("passes", 1) / answer["cpu"]
                kept = {what: value for what, value in answer.items() if what != "cells"}
                if round:
                    answers[engine, name].append(
                        kept | {"rate": rate, "records": len(answer["cells"]), "to change": sum(answer["cells"])}
                    )
        print(f"round {round} of {rounds}" if round else "warmed up, and all agree", file=sys.stderr)
    return answers


def table(versions, limit, answers):
    def rate(engine, name):
        return statistics.median(answer["rate"] for answer in answers[engine, name])

    def line(what, of_set):
        return f"| {what} | {' | '.join(of_set(name) for name in SETS)} |"

    best = {name: max(WAYS, key=lambda way: rate(way, name)) for name in SETS}

    def of_best(name, what):
        return answers[best[name], name][-1][what]

    yield line("records per CPU second", lambda name: f"{name} wrong")
    yield "|---|---:|---:|"
    yield line(f"xxgk {versions['xxgk']}, all smallest sets", lambda name: f"{rate('xxgk', name):,.0f}")
    for way, words in WAYS.items():
        yield line(
            f"banff {versions['banff']}, one set; {words}",
            lambda name: f"{rate(way, name):,.0f} ({answers[way, name][-1]['given up']:,} given up)",
        )
    yield line("xxgk / the better of these", lambda name: f"{rate('xxgk', name) / rate(best[name], name):,.0f} ×")
    yield line(
        "as many cells to change, where it answered",
        lambda name: f"{of_best(name, 'same'):,} of {of_best(name, 'records') - of_best(name, 'given up'):,}",
    )
    yield line("fewer by xxgk", lambda name: f"{of_best(name, 'fewer'):,}")
    yield ""
    yield f"banff gives a record up after {limit} s."
    for name in SETS:
        one = answers["xxgk", name][-1]
        yield (
            f"{name.capitalize()} wrong: {one['sets'] / one['records']:.2f} sets a record, "
            f"{one['to change'] / one['records']:.2f} cells to change."
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=100_000, help="for xxgk; banff takes one of twenty")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="20,000 tables, 3 rounds")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where the records and the numbers go")
    parser.add_argument("--xxgk", required=True, help="the binary of main.rs")
    options = parser.parse_args()
    tables, rounds = (20_000, 3) if options.quick else (options.tables, options.rounds)
    if tables < 1000 or rounds < 1:
        parser.error("at least 1000 tables and one round")

    records = options.folder / "records"
    xxgk = Engine("xxgk", [options.xxgk])
    form = xxgk.read()
    generate.write(records, Edits(form["cells"], form["rules"]), form["cells"], tables, SETS)
    banff = Engine("banff", [sys.executable, HERE / "worker.py", records, str(tables // 20)])
    ready = banff.ask(json.dumps(form))
    versions = {"xxgk": form["version"], "banff": ready["version"]}

    about = machine()
    answers = measure(xxgk, banff, records, rounds)
    raw = {
        "tables": tables,
        "rounds": rounds,
        "machine": about,
        "versions": versions,
        "answers": {" ".join(key): found for key, found in answers.items()},
    }
    (options.folder / "localise.json").write_text(json.dumps(raw, indent=1))
    print(f"{tables:,} tables of the nine-category form, for banff {tables // 20:,}; medians of {rounds} rounds.\n")
    print("\n".join(table(versions, ready["limit"], answers)))
    print(f"\n{about['cpu']}, {about['cores']} cores, load {about['load']:.1f} at the start; {about['rustc']}", end="")
    print(f" ({about['rustflags'] or 'no RUSTFLAGS'}); Python {about['python']}.")


main()
