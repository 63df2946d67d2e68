"""Times xxgk and its peers over the same records, in rounds, and prints a Markdown table. See benches/README.md."""

import argparse
import json
import pathlib
import re
import statistics
import sys

import generate
from engine import Engine, machine

HERE = pathlib.Path(__file__).parent
PEERS = ("numpy", "polars", "duckdb", "pandera", "pointblank")
# The command, then what its row says that it gives.
GIVES = {
    ("xxgk", "counts"): "counts",
    ("xxgk", "counts i64"): "counts, of 64-bit columns",
    ("xxgk", "list"): "counts and list",
    **{(peer, command): command for peer in PEERS for command in ("counts", "list")},
    ("pandera", "counts"): "counts, from its list",
    ("pandera", "list"): "list without residuals",
    ("pointblank", "list"): "list without residuals",
    ("xxgk", "garde"): "messages",
}
ON_TWO_CORES = ("counts", "list", "bandwidth")
ASIDE = [("xxgk", command) for command in ("bandwidth", *(f"{command} on two cores" for command in ON_TWO_CORES))]


def check(task, answer, rules, truth):
    """Stops where an answer is not what xxgk, which is asked first, has answered."""
    facts = {what: answer[what] for what in ("rows", "places", "residuals") if what in answer}
    if "counts" in answer:
        facts |= zip(rules, answer["counts"], strict=True)
    for what, value in facts.items():
        if value != truth.setdefault(what, value):
            raise SystemExit(f"{' '.join(task)}: {what}: {value}, but xxgk has {truth[what]}")


def measure(engines, rules, rounds):
    """The answers to each task, a round after the other. A first round warms up, and is compared but not kept."""
    tasks = [*GIVES, *ASIDE]
    answers, truth = {task: [] for task in tasks}, {}
    for round in range(rounds + 1):
        for task in tasks:
            name, command = task
            answer = engines[name].ask(command)
            check(task, answer, rules, truth)
            if round:
                answers[task].append(answer)
        print(f"round {round} of {rounds}" if round else "warmed up, and all agree", file=sys.stderr)
    if sum(truth[rule] for rule in rules) != truth["rows"]:
        raise SystemExit("the counts do not sum to the length of the list")
    return answers, truth


def table(records, versions, xxgk, answers):
    def median(task, what="cpu"):
        return statistics.median(answer[what] for answer in answers[task])

    def best_wall(command):
        return min(answer["wall"] for answer in answers["xxgk", command])

    yield "| engine | version | gives | CPU seconds | records per CPU second | its time / xxgk's |"
    yield "|---|---|---|---:|---:|---:|"
    for task, gives in GIVES.items():
        name, command = task
        engine = "garde" if command == "garde" else name
        base = ("xxgk", "counts" if command.startswith("counts") else "list")
        seconds = median(task)
        yield (
            f"| {engine} | {versions[engine]} | {gives} | {seconds:.4f} | {records / seconds:,.0f} "
            f"| {seconds / median(base):.2f} |"
        )
    yield ""
    yield f"To fill garde's structs from the columns took {median(('xxgk', 'garde'), 'filling'):.4f} CPU seconds more."
    columns, read = xxgk["columns"], xxgk["columns_in_rules"]
    rate = columns * 4 * records / median(("xxgk", "bandwidth"))
    share = read * 4 * records / median(("xxgk", "counts")) / rate
    yield (
        f"Reading alone: {rate / 1e9:.1f} GB/s on one core, all {columns} columns. The counts of xxgk read the {read} "
        f"columns that the rules speak of, at {share:.0%} of that."
    )
    counts, list, reading = (best_wall(command) / best_wall(f"{command} on two cores") for command in ON_TWO_CORES)
    yield (
        f"On two cores the counts are {counts:.2f} times as fast, the list {list:.2f} times, reading alone {reading:.2f} times, "
        "by the clock on the wall, in the best round of each: that needs two cores, and a memory, with nothing else to do."
    )


def garde_version():
    lock = (HERE / "../../Cargo.lock").read_text()
    return re.search('name = "garde"\nversion = "(.*)"', lock)[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="100,000 records, 3 rounds")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where the records and the numbers go")
    parser.add_argument("--xxgk", required=True, help="the binary of main.rs")
    options = parser.parse_args()
    records, rounds = (100_000, 3) if options.quick else (options.records, options.rounds)
    if records < 1000 or rounds < 1:
        parser.error("at least 1000 records and one round")

    data = options.folder / "records"
    generate.write(data, records)
    engines = {"xxgk": Engine("xxgk", [options.xxgk, data])}
    engines |= {name: Engine(name, [sys.executable, HERE / "worker.py", name, data]) for name in PEERS}
    ready = {name: engine.read() for name, engine in engines.items()}
    versions = {name: it["version"] for name, it in ready.items()} | {"garde": garde_version()}

    about = machine()
    answers, truth = measure(engines, ready["xxgk"]["rules"], rounds)
    raw = {
        "records": records,
        "rounds": rounds,
        "machine": about,
        "versions": versions,
        "failures": truth,
        "answers": {" ".join(task): found for task, found in answers.items()},
    }
    (options.folder / "peers.json").write_text(json.dumps(raw, indent=1))
    print(f"{records:,} records of the nine-category form, {truth['rows']:,} failures; medians of {rounds} rounds.\n")
    print("\n".join(table(records, versions, ready["xxgk"], answers)))
    print(f"\n{about['cpu']}, {about['cores']} cores, load {about['load']:.1f} at the start; {about['rustc']}", end="")
    print(f" ({about['rustflags'] or 'no RUSTFLAGS'}); Python {about['python']}.")


main()
