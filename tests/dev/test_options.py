"""./run is told what to do, and says what it cannot do before it does anything else."""

import socket
import subprocess

import pytest

from saidanddone.dev import options
from tests.house.source import ROOT


def run(*words):
    """./run with these words, to its end."""
    command = ["./run", *words]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--prot", "8000"],
        ["--port"],
        ["--port", "none"],
        ["--port", "0"],
        ["--port", "65536"],
        ["now"],
    ],
)
def test_wrong_use_is_answered_with_the_usage(words):
    said = run(*words)
    assert said.returncode == 2
    assert said.stderr.startswith("usage: ./run [-h] [--port N] [--data DIR] [--empty]")


def test_help_is_given_and_nothing_started():
    said = run("--help")
    assert said.returncode == 0
    assert "--port N" in said.stdout
    assert "Setting up" not in said.stdout


def test_a_taken_port_is_named_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run("--port", str(port))
    assert said.returncode == 1
    assert said.stderr.startswith(f"Port {port} is taken: another program listens there. ")
    assert "./run --port " in said.stderr


def test_a_folder_is_meant_from_where_one_stands(monkeypatch, tmp_path):
    monkeypatch.setenv("SAID_CALLED_FROM", str(tmp_path))
    assert options.data_folder(options.Path("mine"), ROOT) == tmp_path / "mine"
    monkeypatch.delenv("SAID_DATA")
    assert options.data_folder(None, ROOT) == ROOT / ".data"
