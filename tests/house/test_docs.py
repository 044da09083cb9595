"""Every module says in a sentence what it is; every record and every verb says what it means."""

import ast

import pytest

from tests.house.source import functions, in_room, name_of, python_files, tree

SENTENCE = 300  # letters of a first sentence, at the most
ENDS = (".", "?", ":", "…")


@pytest.mark.parametrize("file", python_files(), ids=name_of)
def test_a_module_opens_with_a_sentence(file):
    words = ast.get_docstring(tree(file)) or ""
    first = words.split("\n\n")[0]
    assert first, "no docstring"
    assert len(first) <= SENTENCE
    assert first.rstrip().endswith(ENDS)


@pytest.mark.parametrize("file", in_room("models"), ids=name_of)
def test_a_record_says_what_it_is(file):
    silent = [
        node.name
        for node in tree(file).body
        if isinstance(node, ast.ClassDef) and not is_choice(node) and not ast.get_docstring(node)
    ]
    assert silent == []


def is_choice(node):
    """A list of choices, whose own words say what they are."""
    return any(
        isinstance(base, ast.Attribute) and base.attr.endswith("Choices") for base in node.bases
    )


@pytest.mark.parametrize("file", in_room("verbs"), ids=name_of)
def test_a_verb_says_what_it_does(file):
    silent = [
        node.name
        for node in functions(file)
        if is_verb(node) and len((ast.get_docstring(node) or "").split()) < 4
    ]
    assert silent == []


def is_verb(node):
    """A public function that names who does it."""
    return not node.name.startswith("_") and any(arg.arg == "by" for arg in node.args.kwonlyargs)


def test_no_file_is_a_drawer_for_everything():
    drawers = {"utils", "util", "common", "helpers", "mixins", "signals", "misc", "services"}
    assert [name_of(file) for file in python_files() if file.stem in drawers] == []
