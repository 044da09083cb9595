"""A log line is one JSON object, and nothing that somebody wrote can get into it."""

import io
import json
import logging

import pytest
import structlog

from saidanddone.core.logs import Line

WORDS = "my stepfather shouts"


@pytest.fixture
def lines():
    """What is logged, line by line, as an operator would read it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line())
    logger = logging.getLogger("a.library")
    logger.addHandler(handler)
    logger.setLevel("INFO")
    logger.propagate = False
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.propagate = True


def fail():
    raise ValueError(WORDS)


def test_our_own_line_is_data(lines):
    structlog.get_logger("a.library").info("request", code="a1b2c3d4e5", status=200)
    (line,) = lines()
    assert line.pop("timestamp")
    assert line == {
        "event": "request", "code": "a1b2c3d4e5", "status": 200, "level": "info", "logger": "a.library",
    }  # fmt: skip


def test_a_library_keeps_its_words_and_loses_ours(lines):
    logging.getLogger("a.library").warning("Not found: %s", f"/thread/{WORDS}/")
    (line,) = lines()
    assert line["event"] == "Not found: %s"
    assert WORDS not in json.dumps(lines())


@pytest.mark.parametrize("how", ["ours, as itself", "ours, at hand", "a library's"])
def test_a_failure_tells_kind_and_place_and_nothing_else(lines, how):
    try:
        fail()
    except ValueError as failure:
        if how == "ours, as itself":
            structlog.get_logger("a.library").error("failed", exc_info=failure)
        elif how == "ours, at hand":
            structlog.get_logger("a.library").exception("failed")
        else:
            logging.getLogger("a.library").exception("failed")
    (line,) = lines()
    assert line["error"] == "ValueError"
    assert line["where"][-1].startswith(__file__)
    assert WORDS not in json.dumps(lines())
