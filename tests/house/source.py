"""What the house tests read: the package's files and its floors."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "saidanddone"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]


@cache
def tree(file: Path) -> ast.Module:
    """A file, read once for all tests."""
    return ast.parse(file.read_text())


def python_files(*, migrations: bool = False) -> list[Path]:
    """Every Python file of the package."""
    found = sorted(PACKAGE.rglob("*.py"))
    return [file for file in found if migrations or "migrations" not in file.parts]


def name_of(file: Path) -> str:
    """A file as the failure names it."""
    return str(file.relative_to(ROOT))


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree(file)) if isinstance(node, kinds)]


def room(file: Path) -> str:
    """The same for governance/views.py and governance/views/meetings.py; empty outside an area."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return parts[1] if len(parts) > 1 else ""


def in_room(*rooms: str) -> list[Path]:
    """Every file of those rooms, in every area but dev."""
    return [
        file
        for file in python_files()
        if room(file) in rooms and file.relative_to(PACKAGE).parts[0] != "dev"
    ]


@cache
def floors() -> dict[str, int]:
    """Each area and its floor, counted from the ground, as the contract has it."""
    layers = CONTRACTS[0]["layers"]
    return {
        area.strip("() "): number
        for number, layer in enumerate(reversed(layers))
        for area in layer.split("|")
    }


def built_areas() -> list[str]:
    """The areas that stand so far."""
    return [area for area in floors() if (PACKAGE / area / "__init__.py").exists()]
