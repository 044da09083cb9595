"""Small functions, small files: what has grown past its size has become two things."""

import pytest

from tests.house.source import ROOT, functions, in_room, name_of, python_files

FUNCTION, FILE, VIEW = 40, 400, 25
FILES = (
    python_files()
    + sorted((ROOT / "tests").rglob("*.py"))
    + sorted((ROOT / "benches").rglob("*.py"))
)


def length(node):
    """From its name to its last line; the docstring counts."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_functions_and_file_keep_their_size(file):
    long = [
        f"{node.name}: {length(node)} lines" for node in functions(file) if length(node) > FUNCTION
    ]
    assert long == []
    assert len(file.read_text().splitlines()) <= FILE


@pytest.mark.parametrize("file", in_room("views"), ids=name_of)
def test_a_view_is_short(file):
    views = [
        node for node in functions(file) if node.args.args and node.args.args[0].arg == "request"
    ]
    long = [f"{node.name}: {length(node)} lines" for node in views if length(node) > VIEW]
    assert long == []
