"""Letters about families' records: that something waits, and where. No name, reference or deed."""

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse

from saidanddone.earlyhelp.models import Asking, BreakGlass, Enquiry, Story
from saidanddone.mail.verbs import write
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership


def known_as(subject: Model) -> str:
    """By what letters about a story, or something of it, are found again."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def needs_you(story: Story, *posts: int | None, page: str = "story") -> None:
    """To whoever holds these posts now: something needs them, behind this link."""
    live = Post.objects.live().filter(pk__in=[post for post in posts if post])
    to = list(live.order_by("user__email").values_list("user__email", flat=True).distinct())
    if not to:
        return
    write(
        "story_needs_you", "Something needs you", "earlyhelp/emails/needs_you.txt",
        about=known_as(story), to=to, link=settings.SITE_ADDRESS + reverse(page, args=[story.pk]),
        partnership=partnership(),
    )  # fmt: skip


def glass_broken(glass: BreakGlass) -> None:
    """To the lead, and the privacy officers of both agencies: something was opened. No name."""
    officers = Post.objects.live().filter(roles__contains=["privacy_officer"])
    agencies = {glass.post.organisation_id}
    if glass.story is not None:
        needs_you(glass.story, glass.story.lead_id)
        agencies.add(glass.story.lead.organisation_id)
    theirs = set(officers.filter(organisation__in=agencies).values_list("organisation", flat=True))
    # An agency without an officer of its own is watched by all the others.
    told = officers if agencies - theirs else officers.filter(organisation__in=agencies)
    at_a_desk(glass, "privacy-desk", told)


def enquiry_answered(enquiry: Enquiry, address: str) -> None:
    """To whoever asked for help and left an address: there is an answer, to read with their code."""
    write(
        "enquiry_answered", "There is an answer for you", "earlyhelp/emails/needs_you.txt",
        about=known_as(enquiry), to=[address], unconfirmed=True,
        link=settings.SITE_ADDRESS + reverse("help-answer"), partnership=partnership(),
    )  # fmt: skip


def at_a_desk(subject: Model, page: str, posts: QuerySet[Post]) -> None:
    """To whoever sits at a desk: something waits there, behind this link, and no more."""
    to = sorted(set(posts.values_list("user__email", flat=True)))
    if not to:
        return
    write(
        "desk_needs_you", "Something needs you", "earlyhelp/emails/needs_you.txt",
        about=known_as(subject), to=to,
        link=settings.SITE_ADDRESS + reverse(page), partnership=partnership(),
    )  # fmt: skip


def asking(asked: Asking, *posts: int) -> None:
    """To whom something was put, or who put it: it waits, or is answered, behind this link."""
    live = Post.objects.live().filter(pk__in=posts)
    to = list(live.values_list("user__email", flat=True).distinct())
    if to:
        write(
            "story_needs_you", "Something needs you", "earlyhelp/emails/needs_you.txt",
            about=known_as(asked), to=to, partnership=partnership(),
            link=settings.SITE_ADDRESS + reverse("asking", args=[asked.pk]),
        )  # fmt: skip


def door_opened(story: Story, person: User) -> None:
    """To one of the family: a page is there for them. Whose, and what it is about, stands nowhere."""
    write(
        "door_opened", "A page is ready for you", "earlyhelp/emails/door_opened.txt",
        about=known_as(story), to=[person.email], partnership=partnership(),
        link=settings.SITE_ADDRESS + reverse("our-story"),
    )  # fmt: skip


def family_needs_to_know(story: Story, people: QuerySet[User]) -> None:
    """To those of the family who have a door: something is new behind it. What, stands there alone."""
    to = sorted(people.values_list("email", flat=True))
    if to:
        write(
            "story_needs_you", "Something is new for you", "earlyhelp/emails/needs_you.txt",
            about=known_as(story), to=to, link=settings.SITE_ADDRESS + reverse("our-story"),
            partnership=partnership(),
        )  # fmt: skip
