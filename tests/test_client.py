"""The inspecting client finds what it is there to find."""

import pytest
from django.db import connection

from tests.client import faults_of, watch

SOUND = (
    '<!doctype html><html lang="en"><title>A page</title><h1>A page</h1>'
    '<form method="post"><input type="hidden" name="once"><label for="w">Words</label>'
    '<textarea id="w" name="words"></textarea><button>Say it</button></form></html>'
)


def test_a_sound_page_has_no_faults():
    assert faults_of(SOUND) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("<h1>A page</h1>", "", "0 first headings instead of one"),
        ("<h1>A page</h1>", "<h1>A</h1><h1>B</h1>", "2 first headings instead of one"),
        ("A page</title>", "</title>", "no title"),
        (' lang="en"', "", "no language"),
        ('<label for="w">Words</label>', "", "a field without a label: words"),
        ("<button>", '<button style="color:red">', "<button> has an inline style"),
        ("<button>", '<button onclick="go()">', "<button> has an inline onclick"),
        ("<form", "<script>go()</script><form", "an inline <script>"),
        ("<form", '<img src="a.png"><form', "a picture without words: a.png"),
        ("<button>", '<button id="w">', "ids used twice: ['w']"),
    ],
)
def test_a_planted_fault_is_found(was, becomes, fault):
    assert faults_of(SOUND.replace(was, becomes, 1)) == [fault]


@pytest.mark.django_db
def test_a_write_while_looking_is_noted():
    written = []
    with connection.execute_wrapper(watch(written)), connection.cursor() as cursor:
        cursor.execute("UPDATE people_session SET seen_at = now() WHERE false")
        cursor.execute("SELECT 1")
        assert written == []
        cursor.execute("UPDATE people_user SET email = email WHERE false")
    assert len(written) == 1


@pytest.mark.django_db
def test_tests_run_as_the_role_that_serves_people():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == ("said_runtime", "said_runtime")


def test_nothing_outside_is_reached():
    import socket

    with socket.socket() as probe, pytest.raises(PermissionError):
        probe.connect(("192.0.2.1", 80))
