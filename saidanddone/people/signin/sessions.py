"""Sessions: whose they are, how long they last, how surely they were begun."""

import base64
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.http import HttpRequest

from saidanddone.core import clock, lockbox
from saidanddone.people.models import Invitation, Post, Session, User

TOUCH = 60  # seconds: a session says at most this often that it is still in use


BOX = "session"


class SessionStore(InDatabase):
    """Sessions in the database that know their person and post, so that both can be ended.

    What they hold is locked with a key from outside: while somebody shows anew who they are, what
    they had typed waits in it, and that may be a family's words.
    """

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What a session holds, locked up."""
        return base64.b64encode(lockbox.close(super().encode(session_dict), place=BOX)).decode()

    def decode(self, session_data: str) -> dict[str, Any]:
        """What it holds; nothing, if the box does not open."""
        try:
            opened = lockbox.unlock(base64.b64decode(session_data, validate=True), place=BOX)
        except (lockbox.Shut, ValueError):
            return {}  # another key, or somebody's hand: whoever it was signs in again
        return super().decode(opened)

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        row.user_id = data.get("_auth_user_id") or None
        row.post_id = data.get("post")
        row.seen_at = clock.now()
        return row


def begin(request: HttpRequest, user: User) -> None:
    """A session starts: its two clocks run from now, and it acts for the first live post."""
    forget_messages(request)
    moment = clock.now().timestamp()
    request.session["since"] = request.session["seen"] = moment
    posts = user.posts_now
    request.session["post"] = posts[0].pk if posts else None


def forget_messages(request: HttpRequest) -> None:
    """What was said to whoever was here before is not said to whoever comes next."""
    list(messages.get_messages(request))  # read, and so gone; what is added later stays


def come_by(session: SessionBase, invitation: Invitation) -> None:
    """Note in this browser which invitation led here: with it a first passkey or app is added."""
    session["invitation"] = str(invitation.token)


def prove(request: HttpRequest, user: User, kind: str) -> None:
    """Note that a second step or a passkey was just seen: the session is strong from now on."""
    record_authentication(request, user, method="mfa", type=kind, reauthenticated=True)


def is_strong(request: HttpRequest, user: User) -> bool:
    """Whether a passkey or a second step stands behind this session."""
    methods = {record.get("method") for record in get_authentication_records(request, user)}
    return "mfa" in methods or (settings.DIRECTORY_IS_STRONG and "socialaccount" in methods)


def proved_at(request: HttpRequest, user: User) -> float:
    """When this session last showed who it is, in seconds; 0 if nobody knows."""
    return max((record["at"] for record in get_authentication_records(request, user)), default=0.0)


def end_reason(session: SessionBase) -> str:
    """Why this session is over, in words for its person; empty while it lasts."""
    moment = clock.now().timestamp()
    if moment - session.get("since", moment) > settings.SESSION_COOKIE_AGE:
        return "You had been signed in for ten hours, so we signed you out."
    if moment - session.get("seen", moment) > settings.IDLE_MINUTES * 60:
        return "Nothing happened here for an hour, so we signed you out."
    return ""


def touch(session: SessionBase) -> None:
    """Note that the session is in use, at most once a minute, and when a long pause ended."""
    moment = clock.now().timestamp()
    session.setdefault("since", moment)
    seen = session.get("seen", 0)
    if moment - seen < TOUCH:
        return
    if seen and moment - seen > settings.IDLE_MINUTES_CONFIDENTIAL * 60:
        session["paused_until"] = moment
    session["seen"] = moment


def act_in(session: SessionBase, user: User) -> Post | None:
    """The live post that this session acts for: the chosen one, else the first, else none."""
    chosen = session.get("post")
    return next((post for post in user.posts_now if post.pk == chosen), None) or next(
        iter(user.posts_now), None
    )


def end_sessions(user: User, *, but: str | None = None, post: Post | None = None) -> int:
    """End this person's sessions, in every browser; only those for one post, if it is given.

    `but` is the key of the session that may go on. A session whose post is not known ends too.
    """
    found = Session.objects.filter(user=user).exclude(session_key=but or "")
    if post is not None:
        others = [live.pk for live in Post.objects.live().filter(user=user).exclude(pk=post.pk)]
        found = found.exclude(post__in=others)
    return found.delete()[0]
