"""Signing somebody in to a browser of the tests, and reading what comes."""

from tests.factories.governance import make_appointment
from tests.factories.people import make_post, sign_in


def signed_in(client, *roles, strong=True, body=None, part="member"):
    """A browser of somebody with these roles, perhaps seated on a body; and their post."""
    post = make_post(*roles)
    if body:
        make_appointment(body=body, post=post, part=part)
    sign_in(client, post, strong=strong)
    return post


def text(answer):
    """A page's words."""
    return answer.content.decode()
