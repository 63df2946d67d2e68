"""A peer in a process of its own: holds the records in memory, answers `counts` or `list` with a line of JSON.

usage: worker.py PEER FOLDER
"""

import importlib.metadata
import json
import pathlib
import sys

import numpy as np

from engine import timed


def mix(bits):
    """The last step of SplitMix64, as in main.rs: the sum of the mixed rows is their checksum, in any order."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def checksums(record, rule, residual=None):
    place = mix(record.astype(np.uint64) * np.uint64(28) + rule.astype(np.uint64))
    answer = {"rows": len(record), "places": int(place.sum())}
    if residual is not None:
        answer["residuals"] = int(mix(place + residual.astype(np.int64).view(np.uint64)).sum())
    return answer


def main(name, folder):
    peer = importlib.import_module(f"by_{name}")
    data = peer.load(pathlib.Path(folder))
    print(json.dumps({"version": importlib.metadata.version(name)}), flush=True)
    for command in map(str.strip, sys.stdin):
        if command == "counts":
            result, spent = timed(peer.counts, data)
            answer = {"counts": [int(count) for count in result]}
        elif command == "list":
            result, spent = timed(peer.failures, data)
            answer = checksums(*result)
        else:
            raise SystemExit(f"worker.py: no such command: {command}")
        print(json.dumps(answer | spent), flush=True)


main(*sys.argv[1:])
