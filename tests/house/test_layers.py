"""The floors and rooms hold, and each contract really catches the trespass that it is there for."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import CONTRACTS, PACKAGE, ROOT, floors

AREAS = [area for area in floors() if area not in {"core", "audit", "mail", "ui", "home"}]
ROOMS = [
    "urls",
    "views",
    "jobs",
    "verbs",
    "forms",
    "emails",
    "counts",
    "permissions",
    "models",
    "states",
]
FLOORS, INSIDE = "Floors:", "Rooms:"

# What is planted where, and the contract that must break.
TRESPASSES = {
    "an upward import": (
        "governance/models", "from saidanddone.participation import models", FLOORS,
    ),
    "a neighbour's import": (
        "participation/verbs", "from saidanddone.earlyhelp import counts", FLOORS,
    ),
    "an upward import inside a function": (
        "people/verbs", "def late():\n    from saidanddone.governance import verbs", FLOORS,
    ),
    "home reaching a case model": (
        "home/views", "from saidanddone.earlyhelp import models", "Sealed: only",
    ),
    "early help reaching governance": (
        "earlyhelp/verbs", "from saidanddone.governance import verbs", "Sealed: early",
    ),
    "a model reaching its verbs": (
        "governance/models", "from saidanddone.governance import verbs", INSIDE,
    ),
    "a form reaching its verbs": (
        "governance/forms", "from saidanddone.governance import verbs", INSIDE,
    ),
    "a borrowed page": (
        "participation/views", "from saidanddone.governance import views", "Doors: pages",
    ),
    "a borrowed form": (
        "participation/verbs", "from saidanddone.people import forms", "Doors: forms",
    ),
    "another file of the demonstration reaching families": (
        "dev/demonstration/voices", "from saidanddone.earlyhelp import models", "Sealed: only",
    ),
    "an app without a floor": ("extras/__init__", "", FLOORS),
    "a stray utils.py": ("governance/utils", "", INSIDE),
    "the product reaching dev": ("core/clock", "from saidanddone import dev", "Dev:"),
}  # fmt: skip


LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder):
    """What import-linter says of a folder."""
    command = [str(LINTER), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def skeleton(tmp_path):
    """Every floor, built, with every room, empty; and the contracts that are in force."""
    package = tmp_path / "saidanddone"
    (package / "dev/demonstration").mkdir(parents=True)
    for area in ("core", "audit", "mail", "ui", "dev", "home", *AREAS):
        (package / area).mkdir(parents=True, exist_ok=True)
        (package / area / "__init__.py").touch()
    for area in AREAS:
        for room in ROOMS:
            (package / area / f"{room}.py").touch()
    for file in (
        "__init__.py",
        "settings.py",
        "urls.py",
        "wsgi.py",
        "cli.py",
        "home/views.py",
        "home/urls.py",
        "dev/demonstration/__init__.py",
        "dev/demonstration/families.py",
        "dev/demonstration/families_later.py",
    ):
        (package / file).touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    return tmp_path


def test_the_house_keeps_its_contracts():
    said = lint(ROOT)
    assert said.returncode == 0, said.stdout[-3000:]


def test_an_empty_house_keeps_them_too(skeleton):
    said = lint(skeleton)
    assert said.returncode == 0, said.stdout[-3000:] + said.stderr


@pytest.mark.parametrize("trespass", TRESPASSES)
def test_a_planted_trespass_is_caught(skeleton, trespass):
    file, line, contract = TRESPASSES[trespass]
    planted = skeleton / "saidanddone" / f"{file}.py"
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{line}\n")
    said = lint(skeleton)
    broken = [row for row in said.stdout.splitlines() if row.endswith(" BROKEN")]
    assert said.returncode == 1
    assert [row for row in broken if row.startswith(contract)], said.stdout[-2000:]


def test_no_import_is_excused():
    assert [contract["name"] for contract in CONTRACTS if "ignore_imports" in contract] == []


def test_every_built_area_is_under_the_rooms_contract():
    rooms = next(contract for contract in CONTRACTS if contract["name"].startswith(INSIDE))
    built = {f"saidanddone.{area}" for area in AREAS if (PACKAGE / area).exists()}
    assert set(rooms["containers"]) == built


def test_every_built_form_is_behind_its_door():
    door = next(contract for contract in CONTRACTS if contract["name"].startswith("Doors: forms"))
    built = {f"saidanddone.{area}.forms" for area in AREAS if list((PACKAGE / area).glob("forms*"))}
    assert set(door["protected_modules"]) == built
