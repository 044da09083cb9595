"""Users, organisations and posts."""

import uuid
from datetime import timedelta
from typing import ClassVar, Self

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import JSONObject, Lower
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.people import roles, states
from saidanddone.reference.models import Area, DatedQuerySet, Forum, Topic


class Organisation(models.Model):
    """A council, school, health service, police force, charity or other partner."""

    class Sector(models.TextChoices):
        COUNCIL = "council", "Council"
        HEALTH = "health", "Health"
        SCHOOL = "school", "School or college"
        POLICE = "police", "Police, probation and fire"
        VOLUNTARY = "voluntary", "Voluntary, community and faith"
        HOUSING = "housing", "Housing"
        PRIVATE = "private", "Private"
        OTHER = "other", "Other"
        NETWORK = "network", "The network"  # one, for people who joined by themselves

    name = models.CharField(max_length=200, unique=True)
    sector = models.CharField(max_length=20, choices=Sector)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(max_length=300, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+")  # none: nobody has said
    # By public registers, a list each, like {"urn": ["100000"]}: never keys of ours.
    numbers = models.JSONField(default=dict, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                "sector", condition=models.Q(sector="network"), name="one_network"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.pk])


class MembershipQuerySet(DatedQuerySet):
    """Places in forums and alliances, chainable."""

    def current(self) -> Self:
        """Those that count today, of organisations still with us."""
        with_us = models.Q(organisation__ended_on__isnull=True) | models.Q(
            organisation__ended_on__gt=clock.today()
        )
        return super().current().filter(with_us)


class Membership(models.Model):
    """An organisation’s place in a forum or alliance, from a day to a day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)  # its last day

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["forum__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "forum"], condition=models.Q(ends_on__isnull=True),
                name="member_of_a_forum_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation}, {self.forum}"


class UserManager(BaseUserManager["User"]):
    """Finds people by address, whatever its capitals."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, name: str, password: str | None = None, **more) -> "User":
        user = self.model(email=email.strip().lower(), name=name, **more)
        user.set_password(password)
        user.save()
        return user

    def with_posts(self) -> models.QuerySet["User"]:
        """People, each with their live posts in the same query, as `posts_data`."""
        posts = Post.objects.live().filter(user=models.OuterRef("pk")).order_by("pk")
        return self.annotate(
            posts_data=ArraySubquery(
                posts.values(
                    data=JSONObject(
                        id="id", title="title", roles="roles", organisation_id="organisation_id",
                        name="organisation__name", sector="organisation__sector",
                    )
                )
            )
        )  # fmt: skip


class User(AbstractBaseUser):
    """A person who signs in. What they may do hangs on the post they act for, never on them."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    # Nobody under 18 is in people search or on member pages, save an office held openly.
    is_young = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    # Set for the request by people.signin.acting_for.
    acting_for: "Post | None" = None
    strong: bool = False

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    @property
    def posts_now(self) -> list["Post"]:
        """The posts that this person holds today, from the same query as the person."""
        if not hasattr(self, "_posts_now"):
            data = getattr(self, "posts_data", None)
            self._posts_now = (
                [Post.from_data(self, row) for row in data]
                if data is not None
                else list(Post.objects.live().filter(user=self).select_related("organisation"))
            )
        return self._posts_now

    def has_role(self, code: str) -> bool:
        """Whether the post they act for now holds this role, used as strongly as it must be."""
        post = self.acting_for
        if post is None or code not in post.roles:
            return False
        return self.strong or not roles.BY_CODE[code].strong

    def has_usable_role(self) -> bool:
        """Whether the post they act for gives them any part in the work here."""
        return any(
            self.has_role(code) for code in (self.acting_for.roles if self.acting_for else [])
        )


class PostQuerySet(models.QuerySet["Post"]):
    """Posts, chainable."""

    def live(self) -> Self:
        """Those that have begun and not ended, for people and organisations still with us."""
        today = clock.today()
        return self.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today),
            models.Q(organisation__ended_on__isnull=True)
            | models.Q(organisation__ended_on__gt=today),
            ended_at__isnull=True,
            starts_on__lte=today,
            user__is_active=True,
        )


@pghistory.track()
class Post(models.Model):
    """A person's place at an organisation, from a day to a day, with roles that come with it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    roles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    lead = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="leads")
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)
    # Ended by hand: bites at once, at this moment, whatever the day says.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=500, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="post_ended_when_and_by_whom",
            ),
            # Keeping accounts and reading words are two jobs; so are joining and being invited.
            *(
                models.CheckConstraint(
                    condition=~models.Q(roles__contains=[alone]) | models.Q(roles=[alone]),
                    name=f"{alone}_holds_no_other_role",
                )
                for alone in roles.ALONE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.title}"

    def is_live(self) -> bool:
        """Whether it counts today, as `live()` decides for many."""
        today = clock.today()
        return (
            self.ended_at is None
            and self.starts_on <= today
            and (self.ends_on is None or self.ends_on >= today)
            and (self.organisation.ended_on is None or self.organisation.ended_on > today)
            and self.user.is_active
        )

    def answers_to(self) -> "Post | str":
        """Whom to tell when this post does not answer: its lead, else the organisation's address.

        An empty word means that nobody is known; the caller says so rather than write to nobody.
        """
        if self.lead is not None and self.lead.is_live():
            return self.lead
        return self.organisation.contact_email

    @classmethod
    def from_data(cls, user: User, row: dict) -> "Post":
        """The post as it came with its person, without another query."""
        organisation = Organisation(
            id=row["organisation_id"], name=row["name"], sector=row["sector"]
        )
        return cls(
            id=row["id"],
            user=user,
            title=row["title"],
            roles=row["roles"],
            organisation=organisation,
        )


INVITATION_LASTS = timedelta(days=14)


class Invitation(models.Model):
    """Somebody asked to join, with a post waiting: opened once, by the address it was sent to.

    It is used up by the first passkey or app that is added with it. Without an open one nobody adds
    a first: a letter box alone must not lead to children's words.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.OneToOneField(Post, models.CASCADE, related_name="invitation")
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)

    def is_open(self) -> bool:
        """Whether it still leads in: not used, not too old, and its post still counts."""
        fresh = self.sent_at > clock.now() - INVITATION_LASTS
        return self.opened_at is None and fresh and self.post.is_live()


class Profile(models.Model):
    """What somebody in the network tells colleagues of themselves; each part shared or not."""

    class Part(models.TextChoices):
        WORKS_AT = "works_at", "Where I work"
        DOES = "does", "What I do"
        AREAS = "areas", "Where I do it"
        TOPICS = "topics", "What I know about"
        PHONE = "phone", "My telephone number"
        EMAIL = "email", "My e-mail address"

    user = models.OneToOneField(User, models.CASCADE, related_name="profile")
    works_at = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # if what they wrote is one that we know
    does = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    shares = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    listed = models.BooleanField(default=True)  # colleagues find them
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.user.name

    def get_absolute_url(self) -> str:
        return reverse("member", args=[self.pk])

    def shown(self, part: str) -> bool:
        """Whether colleagues see this part."""
        return part in self.shares


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in, and the post that they act for in it."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="sessions")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "session"


class RegisterFile(Living):
    """A file of a public register: what it would do, what it did, whether it was undone.

    The file itself is not kept, only what we read in it, and that only until it is decided on.
    """

    MOVES: ClassVar[Moves] = states.REGISTER_FILE

    register = models.CharField(max_length=20)  # schools, nhs or charities
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the file, to know it again
    state = models.CharField(max_length=20, default=states.READ)
    plan = models.JSONField(default=dict, blank=True)  # what the file says, until it is decided on
    rows = models.JSONField(default=list, blank=True)  # the report, a row for each thing in it
    changes = models.JSONField(default=list, blank=True)  # from which it can be undone
    read_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=states.READ) | models.Q(taken_at__isnull=False),
                name="register_file_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("register-file", args=[self.pk])
