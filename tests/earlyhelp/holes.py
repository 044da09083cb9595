"""Holes, planted one at a time in the code's own checks, for tests alone; and whom each shows to."""

from importlib import import_module

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value

from saidanddone.core import clock
from saidanddone.earlyhelp import models, permissions
from saidanddone.earlyhelp.models import access
from saidanddone.earlyhelp.permissions import stories
from saidanddone.people.models import Post

# By its full name: the package has a function that is called the same.
rights = import_module("saidanddone.earlyhelp.permissions.rights")
ALL, NONE = ~Q(pk=None), Q(pk=None)
EVERYBODY = frozenset(access.Access.Part.values)


def _barred(*, seals=True, conflicts=True, kin=True):
    def rule(user):
        whole = models.Seal.objects.filter(
            family=OuterRef("family"), subject__isnull=True, lifted_at__isnull=True
        )
        unnamed = whole.exclude(readers__contains=[user.pk])
        near = models.Conflict.objects.filter(family=OuterRef("family"), person=user.pk)
        home = models.Access.objects.filter(
            family=OuterRef("family"), person=user.pk, kind="family"
        )
        related = (Q(Exists(near)) if conflicts else NONE) | (Q(Exists(home)) if kin else NONE)
        return (~Exists(unnamed) if seals else ALL) & (Q(part="family") | ~related)

    return lambda patch: patch.setattr(access, "_not_barred", rule)


def _in_force(patch, **kept):
    now = clock.now()
    patch.setattr(
        access.AccessQuerySet, "in_force",
        lambda self: self.filter(**dict.fromkeys(kept.values(), now)),
    )  # fmt: skip


def _watched(kinds, *, live):
    def rule(post):
        if not access.OVERSEERS & set(post.roles):
            return NONE
        theirs = Q(post__in=Post.objects.live()) if live else ALL
        passed_on = Q(kind__in=["lead", "file"])
        return Q(post__lead=post.pk) & (passed_on | (Q(kind__in=kinds) & theirs))

    return lambda patch: patch.setattr(access, "_watched", rule)


def _as_held(patch):
    plain = {"held": F("part"), "rests_on": F("kind")}
    patch.setattr(access, "_as_held", lambda _: plain)


def _leads_for_ever(patch):
    before = access._as_held

    def rule(post):
        read = Case(default=Value("read"), output_field=CharField())
        return before(post) | {"held": read}

    patch.setattr(access, "_as_held", rule)


def _set(place, name, value):
    return lambda patch: patch.setattr(place, name, value)


def _words(patch, audience=ALL):
    patch.setattr(
        stories, "visible_words",
        lambda user, story: models.ChildsWords.objects.filter(
            audience, rights.unsealed(user), rights.here(user, story, rights.TEAM)
        ),
    )  # fmt: skip
    _through_the_door(patch, "visible_words")


def _families_words(patch):
    patch.setattr(
        stories, "visible_words",
        lambda user, story: models.ChildsWords.objects.filter(
            rights.here(user, story, {"family"})
        ),
    )  # fmt: skip
    _through_the_door(patch, "visible_words")


def _drafts(patch):
    patch.setattr(
        stories, "visible_contributions",
        lambda user, story: models.Contribution.objects.filter(
            rights.unsealed(user), rights.here(user, story, rights.TEAM)
        ),
    )  # fmt: skip
    _through_the_door(patch, "visible_contributions")


def _whole_team(patch):
    patch.setattr(
        stories, "visible_team",
        lambda user, story: models.TeamMembership.objects.filter(
            rights.here(user, story, rights.READ)
        ),
    )  # fmt: skip
    _through_the_door(patch, "visible_team")


def _through_the_door(patch, name):
    patch.setattr(permissions, name, getattr(stories, name))


def _whoever_may_know_reads(patch):
    def reads(user):
        return rights.visible_stories(user, rights.KNOW)

    patch.setattr(stories, "READ", rights.KNOW)
    patch.setattr(permissions, "readable_stories", reads)


def _addresses(patch):
    _through(patch, "visible_addresses", lambda user, story: models.SafeAddress.objects.filter(
        family=story.family_id if rights.holds(user, story, permissions.HANDS) else None
    ))  # fmt: skip


def _contacts(patch):
    _through(patch, "visible_contacts", lambda user, story: models.Contact.objects.filter(
        rights.unsealed(user), rights.here(user, story, rights.TEAM)
    ))  # fmt: skip


def _refused_looks(patch):
    _through(patch, "visible_looks", lambda user, story: models.Look.objects.filter(
        rights.here(user, story, rights.ALL_BUT_SEALED)
        | (rights.here(user, story, {"family"}) & Q(quiet=False) & ~rights.quiet_posts(story))
    ))  # fmt: skip


def _readers_write(patch):
    before = stories._by_right
    patch.setattr(stories, "_by_right", lambda part: before("write" if part == "read" else part))


def _through(patch, name, rule):
    patch.setattr(permissions, name, rule)


AT_WORK, CHIEFS, FAMILY = ("worker", "unled"), ("chief",), ("family",)
# What is planted, and the beginnings of the names of those to whom it would open something.
HOLES = {
    "a right that ended counts": (
        lambda patch: _in_force(patch, start="starts_at__lte"), *AT_WORK,
    ),
    "a right that has not begun counts": (
        lambda patch: _in_force(patch, end="ends_at__gt"), *AT_WORK,
    ),
    "a post that ended counts": (_set(Post, "is_live", lambda _: True), "leaver"),
    "an agency's word is not asked": (_set(access, "confirmed", lambda: ALL), "lapsed"),
    "a code alone is enough": (_set(rights, "counts", lambda _: True), "by code"),
    "a seal is not asked": (_barred(seals=False), *AT_WORK, *CHIEFS),
    "a conflict is not asked": (_barred(conflicts=False), *AT_WORK),
    "kinship is not asked": (_barred(kin=False), *AT_WORK, *CHIEFS),
    "every lead of a post supervises": (
        _set(access, "OVERSEERS", {*access.OVERSEERS, "practitioner"}), *CHIEFS,
    ),
    "safeguarding leads do not supervise": (_set(access, "OVERSEERS", {"supervisor"}), *CHIEFS),
    "a patch without the role coordinates": (
        _set(access, "COORDINATOR", "practitioner"), "patch without role",
    ),
    "every coordinator has the borough": (
        _set(
            access, "_of_areas",
            lambda post: Q(person__isnull=True) if "coordinator" in post.roles else NONE,
        ), "idle",
    ),
    "whoever knows of it reads it": (_whoever_may_know_reads, "borough"),
    "the family counts as team": (_set(stories, "TEAM", rights.READ), *FAMILY),
    "a child's audience is not asked": (_words, *AT_WORK),
    "a family hears every child": (_families_words, *FAMILY),
    "a part's seal is not asked": (_set(stories, "unsealed", lambda _: ALL), *AT_WORK, *CHIEFS),
    "a quiet colleague is told of": (_set(stories, "quiet_posts", lambda _: NONE), *FAMILY),
    "drafts are read": (_drafts, *AT_WORK, *CHIEFS),
    "the family sees a quiet member": (_whole_team, *FAMILY),
    "what leavers held is supervised": (
        _watched(["membership"], live=False), *CHIEFS,
    ),
    "broken glass is supervised": (
        _watched(["membership", "break_glass"], live=True), *CHIEFS,
    ),
    "a supervisor leads beside the lead": (_as_held, *CHIEFS),
    "nobody takes over from a leaver": (_leads_for_ever, *CHIEFS),
    "an address opens for the unnamed": (_addresses, *AT_WORK),
    "contacts are the whole team's": (_contacts, *AT_WORK),
    "the family hears of refused tries": (_refused_looks, *FAMILY),
    "who stands in names another": (_set(stories, "_not_oneself", lambda *_: set()), *AT_WORK),
    "whoever reads writes": (_readers_write, *CHIEFS, *AT_WORK),
}  # fmt: skip
