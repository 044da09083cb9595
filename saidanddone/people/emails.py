"""Letters about invitations and posts. They hold a link and no names."""

from django.conf import settings
from django.urls import reverse

from saidanddone.mail.verbs import Recipient, write
from saidanddone.people.models import Invitation, Post, Profile, User
from saidanddone.reference.models import partnership


def about(post: Post) -> str:
    """By what letters about a post are found again when it ends."""
    return f"people.post:{post.pk}"


def invitation_sent(invitation: Invitation) -> None:
    """To somebody invited: where to begin."""
    post = invitation.post
    link = settings.SITE_ADDRESS + reverse("invitation", args=[invitation.token])
    write(
        "invitation", f"You are invited to {partnership().short_name}",
        "people/emails/invitation.txt", about=about(post), to=[_person(post.user)], link=link,
        partnership=partnership(),
    )  # fmt: skip


def post_given(post: Post) -> None:
    """To somebody who is with us already: a further post waits in their account."""
    link = settings.SITE_ADDRESS + reverse("account")
    write(
        "post_given", "You have a new post", "people/emails/post_given.txt", about=about(post),
        to=[_person(post.user)], link=link, partnership=partnership(),
    )  # fmt: skip


def _person(user: User) -> Recipient:
    return Recipient(user.email, person=user.pk)


def join_code(email: str, code: str) -> None:
    """To somebody who joins by themselves: the code, and nothing else."""
    to = Recipient(email, fill={"code": code})
    write(
        "join_code", "Your code to join", "people/emails/code.txt", about="", to=[to],
        unconfirmed=True, may_wait=False,
    )  # fmt: skip


def already_joined(email: str) -> None:
    """To somebody who asked to join and is with us already: where to sign in."""
    link = settings.SITE_ADDRESS + reverse("account_login")
    write(
        "already_joined", "You are with us already", "people/emails/already_joined.txt", about="",
        to=[email], link=link, unconfirmed=True, may_wait=False,
    )  # fmt: skip


def member_written_to(member: Profile, words: str, sender: User) -> None:
    """To a member of the network: what a colleague wrote, and where an answer goes."""
    write(
        "member_written_to", "A colleague writes to you", "people/emails/member_written_to.txt",
        about="", to=[_person(member.user)], words=words, sender=sender, partnership=partnership(),
        link=settings.SITE_ADDRESS + reverse("network-me"),
    )  # fmt: skip
