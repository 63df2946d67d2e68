"""Processes that do the same work in turn, and how long they take."""

import json
import os
import pathlib
import platform
import re
import subprocess
import time

ONE_THREAD = dict.fromkeys(
    ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)


class Engine:
    """A process that answers a line of JSON to a command."""

    def __init__(self, name, command):
        self.name = name
        environment = os.environ | ONE_THREAD
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended early, with status {self.process.wait()}: its message stands above")
        return json.loads(line)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.read()


def timed(work, data):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work(data)
    return result, {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def machine():
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    model = re.search("model name\\s*: (.*)", cpuinfo.read_text()) if cpuinfo.exists() else None
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {
        "cpu": model[1] if model else platform.processor(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "rustc": rustc,
        "rustflags": os.environ.get("RUSTFLAGS", ""),
        "python": platform.python_version(),
    }
