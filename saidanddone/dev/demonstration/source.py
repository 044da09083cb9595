"""Reads the files that say what is told."""

import tomllib
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def read(name: str, kind: str) -> list[dict[str, Any]]:
    """All entries of one kind in one file, such as each "voice" in "voices"."""
    return whole(name)[kind]


def whole(name: str) -> dict[str, Any]:
    """One file as it stands; whoever reads it may write into what they get."""
    return deepcopy(_parsed(name))


@cache
def _parsed(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
