"""Reads the files that say what is told."""

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def read(name: str, kind: str) -> list[dict[str, Any]]:
    """All entries of one kind in one file, such as each "voice" in "voices"."""
    return whole(name)[kind]


def whole(name: str) -> dict[str, Any]:
    """One file as it stands."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
