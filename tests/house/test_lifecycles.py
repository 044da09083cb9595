"""Each move has its verb, only moves change a state, and the drawings show what the tables say."""

import ast
import importlib
import pkgutil

import pytest

from saidanddone.dev import lifecycles
from tests.house.source import PACKAGE, functions, name_of, python_files, tree

AREAS = sorted(path.parent.name for path in PACKAGE.glob("*/states.py"))
MOVES = [
    (area, table, verb)
    for area in AREAS
    for table, moves in lifecycles.tables(area)
    for verb in moves
]


def verbs_of(area):
    """The names of an area's verbs, in the room or in the folder that it became."""
    verbs = importlib.import_module(f"saidanddone.{area}.verbs")
    names = set(vars(verbs))
    for module in pkgutil.iter_modules(getattr(verbs, "__path__", [])):
        names |= set(vars(importlib.import_module(f"{verbs.__name__}.{module.name}")))
    return names


@pytest.mark.parametrize("area", AREAS)
def test_each_move_has_a_verb_of_its_name(area):
    moves = {verb for name, _, verb in MOVES if name == area}
    assert moves - verbs_of(area) == set()


def test_there_are_moves():
    assert MOVES


@pytest.mark.parametrize("path", sorted(lifecycles.pages()), ids=lambda path: path.name)
def test_the_drawing_is_fresh(path):
    fresh = lifecycles.pages()[path]
    drawn = path.read_text() if path.exists() else ""
    assert drawn == fresh, "run: python -m saidanddone.dev.lifecycles"


def test_no_drawing_is_left_over():
    assert sorted(lifecycles.FOLDER.glob("*.md")) == sorted(lifecycles.pages())


@pytest.mark.parametrize("file", python_files(), ids=name_of)
def test_only_a_move_changes_a_state(file):
    moving = {id(part) for node in functions(file) if is_move(node) for part in ast.walk(node)}
    setting = [node for node in ast.walk(tree(file)) if sets_state(node)]
    assert [node.lineno for node in setting if id(node) not in moving] == []


def is_move(node):
    """`move` itself, or a `move_all` that reads the same table for many records at once."""
    return node.name in {"move", "move_all"}


def sets_state(node):
    """record.state = …, setattr(record, "state", …) or .update(state=…)."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(
            isinstance(target, ast.Attribute) and target.attr == "state" for target in targets
        )
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id == "setattr":
        return isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"
    updates = isinstance(node.func, ast.Attribute) and node.func.attr in {"update", "bulk_update"}
    return updates and any(keyword.arg == "state" for keyword in node.keywords)
