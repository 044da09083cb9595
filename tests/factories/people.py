"""People, organisations and posts for tests, without surprises."""

import time
from datetime import timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.test import Client

from saidanddone.core import clock
from saidanddone.people.models import Invitation, Organisation, Post, User

_numbers = count(1)


def make_organisation(**over):
    """A council, unless told otherwise."""
    given = {"name": f"Organisation {next(_numbers)}", "sector": "council"} | over
    return Organisation.objects.create(**given)


def make_user(**over):
    """A grown-up who has joined."""
    number = next(_numbers)
    given = {
        "email": f"person{number}@place.example",
        "name": f"Person {number}",
        "password": make_password(None),
        "joined_at": clock.now(),
    } | over
    return User.objects.create(**given)


def make_post(*roles, **over):
    """A live post with these roles."""
    given = {"title": "Worker", "roles": list(roles)} | over
    given.setdefault("user", None)
    given["user"] = given["user"] or make_user()
    given["organisation"] = given.get("organisation") or make_organisation()
    return Post.objects.create(**given)


def invitation_to(post, *, days_ago=0):
    """An open invitation to this post, sent so long ago."""
    sent = clock.now() - timedelta(days=days_ago)
    return Invitation.objects.create(post=post, sent_at=sent, sent_by=make_user())


def acting(*roles, strong=True, **over):
    """The person of a new post, acting for it as in a request of theirs."""
    return act(make_post(*roles, **over), strong=strong)


def act(post, *, strong=True):
    """The person of this post, acting for it as in a request of theirs."""
    person = User.objects.with_posts().get(pk=post.user_id)
    person.acting_for, person.strong = post, strong
    return person


def unsaved(*roles, strong=True, pk=1, organisation=None):
    """A person who acts for a post, for tables of permissions: nothing of it is stored."""
    person = User(pk=pk, name=f"Person {pk}", email=f"person{pk}@place.example")
    person.joined_at = clock.now()
    place = organisation or Organisation(pk=pk, name="Somewhere", sector="council")
    person.acting_for = Post(
        pk=pk, user=person, organisation=place, title="Worker", roles=list(roles)
    )
    person.strong = strong
    return person


def sign_in(client: Client, who, *, strong=True):
    """Sign a person (or the person of a post) in to this client, as surely as said."""
    post = who if isinstance(who, Post) else who.posts.order_by("pk").first()
    person = post.user if isinstance(who, Post) else who
    client.force_login(person)
    session = client.session
    method = {"method": "mfa", "type": "totp"} if strong else {"method": "code"}
    session["account_authentication_methods"] = [method | {"at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session["since"] = session["seen"] = clock.now().timestamp()
    session["post"] = post.pk if post else None
    session.save()
    return client
