"""Where the samples of the repository are."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# The examples of the README name files from there.
os.chdir(ROOT)


@pytest.fixture
def jilin() -> Path:
    return ROOT / "tests/data/jilin-2017/cells-piped.txt"


@pytest.fixture
def wrong() -> Path:
    return ROOT / "crates/xxgk-read/tests/office/docx-n21-upright-wrong.docx"


@pytest.fixture
def command() -> Path:
    """The command, which scripts/wheel builds."""
    return Path(os.environ["XXGK_COMMAND"])
