"""./said answers wrong use at once, and finds every command that it names."""

import subprocess
from importlib import import_module

import pytest

from saidanddone import cli
from saidanddone.core import commands
from tests.house.source import ROOT


def said(*words):
    """./said with these words, to its end."""
    command = ["./said", *words]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_is_there(name):
    module, _, function = cli.COMMANDS[name].where.partition(":")
    assert callable(getattr(import_module(module), function))


def test_help_names_each_command():
    answer = said("help")
    assert answer.returncode == 0
    assert all(f"\n  {name}" in answer.stdout for name in cli.COMMANDS)


@pytest.mark.parametrize("words", [[], ["dance"]])
def test_wrong_use_has_its_own_status(words):
    assert said(*words).returncode == 2


def test_no_kind_of_export_is_there_yet(capsys):
    assert commands.export_file(["schools", "file.csv"]) == 2
    assert "no kinds yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [[], ["meetings"], ["houses", "file.csv"], ["meetings", "a.xml", "b.xml"],
     ["meetings", "a.xml", "--board"], ["meetings", "a.xml", "--loud", "x"]],
)  # fmt: skip
def test_an_import_used_wrongly_says_which_kinds_there_are(words, capsys):
    assert commands.import_file(words) == 2
    assert "Kinds: meetings" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_place_without_troubles_is_well(capsys):
    assert commands.status([]) == 0
    assert "tables   up to date" in capsys.readouterr().out
