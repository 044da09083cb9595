"""What somebody holds now, and which stories it opens: the one question under every other.

Nobody by rank or employer: by a right in the table of access, in force at this moment, through the
post they act for (docs/access.md). The database asks the same table again: the second lock.
"""

from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from saidanddone.core import clock
from saidanddone.core.questions import Blanks, Words, kept
from saidanddone.earlyhelp.models import Access, Seal, Story, TeamMembership
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership

Asker = User | AnonymousUser | str | None
Part, Kind = Access.Part, Access.Kind
Held = list[tuple[str, str]]  # part and kind of each right
TEAM = frozenset({Part.READ, Part.WRITE, Part.OVERSEE, Part.LEAD})
READ = TEAM | {Part.FAMILY}
KNOW = READ | {Part.KNOW}
ALL_BUT_SEALED = frozenset({Part.OVERSEE, Part.LEAD})
# The nearest first: whoever leads and also coordinates looks as the one who leads.
PURPOSES = [
    Kind.LEAD, Kind.MEMBERSHIP, Kind.FAMILY, Kind.SUPERVISION, Kind.AUTHORISATION, Kind.FILE,
    Kind.BREAK_GLASS, Kind.COORDINATION,
]  # fmt: skip
# What stands for whoever asks, and for which story, in a question written once for everybody.
PERSON, POST, STORY = -101, -102, UUID(int=101)


# ------------------------------------------------------------------ many stories


def visible_stories(user: Asker, parts: Collection[str] = KNOW) -> QuerySet[Story]:
    """The stories to which they have a right of one of these parts now: a list driven from rights."""
    return Story.objects.filter(among(user, parts, of="pk"))


def readable_stories(user: Asker) -> QuerySet[Story]:
    """Those whose shared story and plan they may read."""
    return visible_stories(user, READ)


def among(user: Asker, parts: Collection[str] = KNOW, *, of: str = "story") -> Q:
    """Of rows of any story: those to which they have a right of one of these parts."""
    return resting_on(user, ("part", frozenset(parts)), Q(held__in=parts), of=of)


def resting_on(
    user: Asker, name: Hashable, rule: Q, *, of: str = "story", many: bool = False
) -> Q:  # fmt: skip
    """The same for rights that follow a rule; its name stands for it where the question is kept.

    `many` of whoever may know of a whole borough.
    """
    if not counts(user):
        return Q(pk__in=[])
    words = _words(user, name, lambda found: found.filter(rule).values("story"))
    lookup = "any_of_many" if many else "any_of"
    return Q(**{f"{of}__{lookup}": words.array(_blanks(user))})


def answering(user: Asker, *, of: str = "story") -> Q:
    """Of rows of any story: of those that they lead, or led and keep the file of; or oversee so."""
    near = Q(held__in=ALL_BUT_SEALED) | Q(kind=Kind.FILE, person__isnull=False)
    return resting_on(user, "answering", near, of=of)


# ------------------------------------------------------------------ one story


def purpose_of(user: Asker, story: Story) -> str:
    """Why they look, as it follows from the right by which they do."""
    found = (kind for _, kind in held_here(user, story))
    return min(found, key=PURPOSES.index, default="none")


def held_here(user: Asker, story: Story) -> Held:
    """Part and kind of each right that they have to this story now."""
    known = _remembered(user, story)
    if known is not None:
        return known
    return _words_here(user).rows(_blanks(user, story.pk)) if counts(user) else []


def holds(user: Asker, story: Story, parts: Collection[str]) -> bool:
    """Whether they have a right of one of these parts to this story now."""
    return any(part in parts for part, _ in held_here(user, story))


def here(user: Asker, story: Story, parts: Collection[str], rule: Q | None = None) -> Q:
    """Of rows of any story: this one's that follow the rule, if they have a right of these parts.

    Else none: then the rule is not asked at all, nor are the tables that it would ask.
    """
    if not holds(user, story, parts):
        return Q(pk__in=[])
    return Q(story=story.pk) & (rule or Q())


def opened_story(user: Asker, pk: UUID, parts: Collection[str]) -> tuple[Story, Held] | None:
    """The story behind an address with all that heads its page, and what they hold of it, at once."""
    if not counts(user):
        return None
    told = _words(user, "told", lambda found: found.filter(story=STORY).values_list(_told()))
    found = Story.objects.select_related("family", "cover", "lead__user", "lead__organisation")
    story = found.annotate(held=told.array(_blanks(user, pk))).filter(pk=pk).first()
    held = [tuple(one.split()) for one in story.held] if story else []
    return (story, held) if any(part in parts for part, _ in held) else None


@contextmanager
def remembering(user: User, story: Story, held: Held) -> Iterator[None]:
    """A page that only shows asks once what they hold here; whatever is done asks afresh."""
    user.held_here = story.pk, held
    try:
        yield
    finally:
        del user.held_here


def _remembered(user: Asker, story: Story) -> Held | None:
    number, held = getattr(user, "held_here", None) or (None, None)
    return held if number == story.pk else None


# ------------------------------------------------------------------ the question


def counts(user: Asker) -> bool:
    """Whether anything they hold counts now: through a post only when strongly signed in."""
    if not isinstance(user, User):
        return False
    return user.acting_for is None or (user.strong and user.acting_for.is_live())


def rights(user: Asker) -> QuerySet[Access]:
    """Rights in force; `held` and `rests_on` say which and why."""
    return Access.objects.of(user) if counts(user) else Access.objects.nobodys()


def _words_here(user: User) -> Words:
    return _words(
        user, "here", lambda found: found.filter(story=STORY).values_list("held", "rests_on")
    )


def _told() -> Concat:
    return Concat("held", Value(" "), "rests_on", output_field=CharField())


def _words(user: User, name: Hashable, narrowed: Callable[[QuerySet], QuerySet]) -> Words:
    """The question after their rights, as it is put for everybody with such a post on this day.

    To write it takes ten times as long as to answer it, so it is written with blanks for who asks
    and for which story (core/questions.py). What is kept is the question, never the answer.
    """
    post = user.acting_for
    roles = tuple(post.roles) if post else None
    asker = ("rights", name, roles, clock.today(), partnership().sponsor_days)
    acting = post and SimpleNamespace(pk=POST, roles=roles, is_live=lambda: True)
    anybody = SimpleNamespace(pk=PERSON, acting_for=acting)
    return kept.words(asker, lambda: narrowed(Access.objects.of(anybody).order_by()))


def _blanks(user: User, story: UUID | None = None) -> Blanks:
    return {PERSON: user.pk, POST: getattr(user.acting_for, "pk", None), STORY: story}


# ------------------------------------------------------------------ parts of a story


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
