"""What somebody holds now, and which stories it opens: the one question under every other.

Nobody by rank or employer: by a right in the table of access, in force at this moment, through the
post they act for (docs/access.md). The database asks the same table again: the second lock.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.earlyhelp.models import Access, Seal, Story, TeamMembership
from saidanddone.people.models import Post, User

Asker = User | AnonymousUser | str | None
Part, Kind = Access.Part, Access.Kind
TEAM = frozenset({Part.READ, Part.WRITE, Part.OVERSEE, Part.LEAD})
READ = TEAM | {Part.FAMILY}
KNOW = READ | {Part.KNOW}
ALL_BUT_SEALED = frozenset({Part.OVERSEE, Part.LEAD})
# The nearest first: whoever leads and also coordinates looks as the one who leads.
PURPOSES = [
    Kind.LEAD, Kind.MEMBERSHIP, Kind.FAMILY, Kind.SUPERVISION, Kind.AUTHORISATION, Kind.FILE,
    Kind.BREAK_GLASS, Kind.COORDINATION,
]  # fmt: skip


def visible_stories(user: Asker, parts: Collection[str] = KNOW) -> QuerySet[Story]:
    """The stories to which they have a right of one of these parts now: a list driven from rights."""
    held = rights(user).filter(held__in=parts).order_by().values("story")
    return Story.objects.filter(pk__in=held)


def purpose_of(user: Asker, story: Story) -> str:
    """Why they look, as it follows from the right by which they do."""
    found = (kind for _, kind in held_here(user, story))
    return min(found, key=PURPOSES.index, default="none")


def readable_stories(user: Asker) -> QuerySet[Story]:
    """Those whose shared story and plan they may read."""
    return visible_stories(user, READ)


def rights(user: Asker) -> QuerySet[Access]:
    """Rights in force; through a post only when strongly signed in."""
    if not isinstance(user, User) or not (user.strong or user.acting_for is None):
        return Access.objects.nobodys()
    return Access.objects.of(user)


def held_here(user: Asker, story: Story) -> list[tuple[str, str]]:
    """Part and kind of each right that they have to this story now."""
    known = _remembered(user, story)
    if known is not None:
        return known
    return list(rights(user).filter(story=story.pk).values_list("held", "rests_on"))


@contextmanager
def remembering(user: User, story: Story) -> Iterator[None]:
    """A page that only shows asks once what they hold here; whatever is done asks afresh."""
    user.held_here = story.pk, held_here(user, story)
    try:
        yield
    finally:
        del user.held_here


def _remembered(user: Asker, story: Story) -> list[tuple[str, str]] | None:
    number, held = getattr(user, "held_here", None) or (None, None)
    return held if number == story.pk else None


def here(user: Asker, story: Story, parts: Collection[str]) -> QuerySet[Story]:
    """This one story, if they have a right of these parts to it."""
    known = _remembered(user, story)
    if known is None:
        return visible_stories(user, parts).filter(pk=story.pk)
    open_to_them = any(part in parts for part, _ in known)
    return Story.objects.filter(pk=story.pk) if open_to_them else Story.objects.none()


def unsealed(user: Asker) -> Exists:
    """Not a part that is sealed from them."""
    seals = Seal.objects.filter(subject=OuterRef("pk"), lifted_at__isnull=True)
    return ~Exists(seals.exclude(readers__contains=[getattr(user, "pk", None) or 0]))


def quiet_posts(story: Story) -> Q:
    """What is of a colleague of whom it is unsafe to tell the family, or of others where they work.

    A supervisor's look would betray a refuge as much as the refuge worker's own.
    """
    quiet = TeamMembership.objects.filter(story=story.pk, quiet=True)
    told = TeamMembership.objects.filter(story=story.pk, quiet=False)
    there = Post.objects.filter(organisation__in=quiet.values("post__organisation"))
    beside = there.exclude(pk__in=told.values("post"))
    return Q(post__in=quiet.values("post")) | Q(post__in=beside.values("pk"))


def post_of(user: Asker) -> int | None:
    post = getattr(user, "acting_for", None)
    return post.pk if post is not None and getattr(user, "strong", False) else -1
