"""What happens to people and their posts, and how one joins the network."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.mail.verbs import cancel
from saidanddone.people import emails, permissions, signin
from saidanddone.people.models import Invitation, Organisation, Post, Profile, User

NETWORK = "The network"

# ------------------------------------------------------------------- posts


@transaction.atomic
def invite_person(
    *, name: str, email: str, organisation: Organisation, title: str, roles: Sequence[str],
    by: User, lead: Post | None = None, starts_on: date | None = None,
    ends_on: date | None = None, once: uuid.UUID | None = None,
) -> Post:  # fmt: skip
    """Ask somebody to come, with a post that waits. Administrator or clerk; a letter with a link.

    Somebody who is with us already gets the post at once and a letter that says so.
    """
    require("invite_person", permissions.person_verbs(by))
    person, _ = User.objects.get_or_create(
        email=email.strip().lower(),
        defaults={"name": name, "password": make_password(None), "invited_at": clock.now()},
    )
    return give_post(
        person=person, organisation=organisation, title=title, roles=roles, lead=lead,
        starts_on=starts_on, ends_on=ends_on, once=once, by=by,
    )  # fmt: skip


@transaction.atomic
def give_post(
    *, person: User, organisation: Organisation, title: str, roles: Sequence[str], by: User,
    lead: Post | None = None, starts_on: date | None = None, ends_on: date | None = None,
    once: uuid.UUID | None = None,
) -> Post:  # fmt: skip
    """Put somebody in a post. Administrator or clerk, never for themselves; they are written to."""
    require("give_post", permissions.person_verbs(by, person))
    _require_givable(roles, by)
    if once and (there := Post.objects.filter(once=once).first()):
        return there
    post = Post.objects.create(
        user=person, organisation=organisation, title=title, roles=list(roles), lead=lead,
        starts_on=starts_on or clock.today(), ends_on=ends_on, once=once,
    )  # fmt: skip
    record("give_post", post, by=by, detail=" ".join(sorted(roles)))
    _write_to(post, by)
    return post


def _write_to(post: Post, by: User) -> None:
    """An invitation for those who have still to come, or to add a passkey or app; else the news."""
    person = post.user
    secured = permissions.second_steps().filter(user=person).exists()
    if person.joined_at is None or (not secured and permissions.opens_account_of(by, person)):
        emails.invitation_sent(Invitation.objects.create(post=post, sent_by=by))
    else:
        emails.post_given(post)


@transaction.atomic
def invite_first_administrator(*, email: str, name: str, organisation: str) -> Invitation:
    """Invite whoever will keep a new place. The operator, while no administrator has come in."""
    posts = Post.objects.live().filter(roles__contains=["administrator"])
    if posts.filter(user__joined_at__isnull=False).exists():
        raise Refused("invite_first_administrator")
    place, _ = Organisation.objects.get_or_create(
        name=organisation, defaults={"sector": Organisation.Sector.COUNCIL}
    )
    person, _ = User.objects.get_or_create(
        email=email,
        defaults={"name": name, "password": make_password(None), "invited_at": clock.now()},
    )
    post, _ = Post.objects.get_or_create(
        user=person,
        organisation=place,
        title="Administrator",
        roles=["administrator"],
        ended_at=None,
    )
    cancel(about=emails.about(post))
    Invitation.objects.filter(post=post).delete()
    # Nobody else is here yet who could have sent it.
    invitation = Invitation.objects.create(post=post, sent_by=person)
    record("invite_first_administrator", post, by="system: operator")
    emails.invitation_sent(invitation)
    return invitation


@transaction.atomic
def invite_again(*, post: Post, by: User) -> Invitation:
    """Send another link in place of the first, which stops working. Whoever may change the post."""
    require("invite_again", permissions.post_verbs(by, post))
    cancel(about=emails.about(post))
    Invitation.objects.filter(post=post).delete()
    invitation = Invitation.objects.create(post=post, sent_by=by)
    record("invite_again", post, by=by)
    emails.invitation_sent(invitation)
    return invitation


@transaction.atomic
def change_post(
    *, post: Post, title: str, roles: Sequence[str], by: User, lead: Post | None = None,
    ends_on: date | None = None,
) -> None:  # fmt: skip
    """Change what a post is called and what it allows. Administrator or clerk; it bites at once."""
    require("change_post", permissions.post_verbs(by, post))
    _require_givable(set(roles) - set(post.roles), by)
    post.title, post.roles, post.lead, post.ends_on = title, list(roles), lead, ends_on
    post.save(update_fields=["title", "roles", "lead", "ends_on"])
    record("change_post", post, by=by, detail=" ".join(sorted(roles)))


@transaction.atomic
def end_post(*, post: Post, why: str, by: User) -> None:
    """End a post. Administrator or clerk; its rights, sessions and waiting letters end with it."""
    require("end_post", permissions.post_verbs(by, post))
    ended = Post.objects.filter(pk=post.pk, ended_at__isnull=True).update(
        ended_at=clock.now(), ended_by=by, ended_why=why
    )
    if not ended:
        return
    post.refresh_from_db()
    record("end_post", post, by=by, detail=why)
    shut(post)


def _require_givable(held: Sequence[str] | set[str], by: User) -> None:
    givable = {role.code for role in permissions.givable_roles(by)}
    for code in held:
        require(code, givable)


def shut(post: Post) -> None:
    """Close everything that stood open through this post: browsers and letters that still wait."""
    signin.end_sessions(post.user, post=post)
    cancel(about=emails.about(post))
    if not Post.objects.live().filter(user=post.user).exists():
        cancel(person=post.user_id)


# ----------------------------------------------------------------- joining


@transaction.atomic
def accept_invitation(*, person: User, name: str, by: User) -> None:
    """Come, having proved the address by a code: the name is set. Oneself.

    The invitation stays open for the first passkey or app.
    """
    require("accept_invitation", permissions.own_verbs(by, person))
    person.name = name
    person.joined_at = person.joined_at or clock.now()
    person.save(update_fields=["name", "joined_at"])
    record("accept_invitation", person, by=by)


@transaction.atomic
def add_second_step(*, person: User, by: User) -> None:
    """Note that a passkey or app was added: every open invitation is used up. Oneself."""
    require("add_second_step", permissions.own_verbs(by, person))
    Invitation.objects.filter(post__user=person, opened_at=None).update(opened_at=clock.now())
    record("add_second_step", person, by=by)


@transaction.atomic
def ask_to_join(*, email: str) -> None:
    """Have a code sent that proves the address. Anybody, once a day an address; nothing is kept.

    Whoever is with us already is told where to sign in: the page says the same to both.
    """
    if User.objects.filter(email__iexact=email).exists():
        emails.already_joined(email)
    else:
        emails.join_code(email, signin.code_for(email))


@transaction.atomic
def join_network(*, name: str, email: str, organisation: str) -> User:
    """Join by oneself, having proved the address by a code. Anybody; they see what is public.

    Somebody who was invited or joined in the meantime stays who they are.
    """
    network, _ = Organisation.objects.get_or_create(
        sector=Organisation.Sector.NETWORK, defaults={"name": NETWORK}
    )
    person, new = User.objects.get_or_create(
        email=email.strip().lower(),
        defaults={"name": name, "password": make_password(None), "joined_at": clock.now()},
    )
    if not new:
        return person
    Post.objects.create(user=person, organisation=network, title=organisation, roles=["subscriber"])
    record("join_network", person, by=person)
    return person


@transaction.atomic
def tell_of_oneself(
    *, works_at: str, does: str, phone: str, areas: Sequence, topics: Sequence,
    shares: Sequence[str], listed: bool, by: User,
) -> Profile:  # fmt: skip
    """Say who one is in the network, and which parts of it colleagues see. Oneself only."""
    require("tell_of_oneself", permissions.network_verbs(by))
    known = Organisation.objects.filter(name__iexact=works_at, ended_on__isnull=True).first()
    told = {
        "works_at": known.name if known else works_at, "organisation": known, "does": does,
        "phone": phone, "shares": list(shares), "listed": listed, "changed_at": clock.now(),
    }  # fmt: skip
    profile, _ = Profile.objects.update_or_create(user=by, defaults=told)
    profile.areas.set(areas)
    profile.topics.set(topics)
    record("tell_of_oneself", profile, by=by)
    return profile


@transaction.atomic
def leave_network(*, by: User) -> None:
    """Leave, in one click. Oneself only; what one told is removed, and one's own joining ends.

    Posts that somebody else gave stay: they are work, and whoever gave them ends them.
    """
    require("leave_network", permissions.network_verbs(by))
    Profile.objects.filter(user=by).delete()
    record("leave_network", by, by=by)
    for post in Post.objects.live().filter(user=by, roles=["subscriber"]):
        Post.objects.filter(pk=post.pk).update(
            ended_at=clock.now(), ended_by=by, ended_why="Left the network"
        )
        shut(post)


@transaction.atomic
def write_to_member(*, member: Profile, words: str, by: User) -> None:
    """Write to a member without knowing their address. Members; an answer goes to one's own."""
    require("write_to_member", permissions.member_verbs(by, member))
    emails.member_written_to(member, words, by)
    record("write_to_member", member, by=by, detail=words)


@transaction.atomic
def change_name(*, person: User, name: str, by: User) -> None:
    """Be called something else. Oneself only."""
    require("change_name", permissions.own_verbs(by, person))
    person.name = name
    person.save(update_fields=["name"])
    record("change_name", person, by=by, detail=name)


# ----------------------------------------------------------------- sessions


@transaction.atomic
def act_for(*, session: SessionBase, post_id: int, by: User) -> Post | None:
    """Act for another of one's posts from now on, in this browser. None if it is no longer live."""
    require("act_for", permissions.own_verbs(by, by))
    post = next((post for post in by.posts_now if post.pk == post_id), None)
    if post is None:
        return None
    session["post"] = post.pk
    by.acting_for = post
    record("act_for", post, by=by)
    return post


@transaction.atomic
def sign_out_everywhere(*, person: User, by: User, but: str | None = None) -> int:
    """End somebody's sessions, in every browser but one's own. Themselves, or an administrator."""
    mine = permissions.own_verbs(by, person)
    require("sign_out_everywhere", mine | permissions.person_verbs(by, person))
    ended = signin.end_sessions(person, but=but)
    record("sign_out_everywhere", person, by=by)
    return ended
