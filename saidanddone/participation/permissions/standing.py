"""What lists, cards and pages of issues show beside the issue: the one door for reading it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONObject

from saidanddone.participation import states
from saidanddone.participation.models import (
    GroupedVoice,
    Happened,
    Issue,
    Judgement,
    Reply,
    Step,
    Voice,
)
from saidanddone.participation.permissions.issues import visible_issues
from saidanddone.participation.permissions.voices import public_voices, visible_voices
from saidanddone.people.models import User

STANDS_ON = (
    "topic", "shown_area", "age_band", "owner__organisation", "owner__user", "routing__body",
    "tabling__item__body", "reply",
)  # fmt: skip


def with_standing(found: QuerySet[Issue]) -> QuerySet[Issue]:
    """The issues with what `models.standing` asks of them, in one query."""
    return found.select_related(*STANDS_ON).annotate(unknown_end=_unknown_end())


def most_urgent_first(found: QuerySet[Issue]) -> QuerySet[Issue]:
    """Answers that are owed, the longest overdue first; then the rest, the newest words first."""
    owed = Case(When(state__in=states.WITH_US, answer_due__isnull=False, then=0), default=1)
    newest = F("said_on").desc(nulls_last=True)
    return found.order_by(owed, F("answer_due").asc(nulls_last=True), newest, "-pk")


def on_the_wall(found: QuerySet[Issue]) -> QuerySet[Issue]:
    """The issues with what their card shows, in one query: words, standing and verdict."""
    said = Judgement.objects.filter(reply=OuterRef("reply"))
    happened = Happened.objects.filter(issue=OuterRef("pk"))
    return (
        with_standing(found)
        .annotate(
            said_fair=Exists(said.filter(verdict=Judgement.Verdict.FAIR)),
            said_unfair=Exists(said.filter(verdict=Judgement.Verdict.NOT_FAIR)),
            said_happened=Exists(happened.filter(answer=Happened.Answer.YES)),
            said_not_happened=Exists(happened.exclude(answer=Happened.Answer.YES)),
            words=_first_words(),
        )
        .order_by(F("said_on").desc(nulls_last=True), "-pk")
    )


def words_on_thread(user: User, issue: Issue) -> QuerySet[Voice]:
    """The words on this thread that this person may read, and where words were taken back.

    Beside those that began it: reasons for a judgement, last words and answers to questions. Each
    knows what it is here: `began_it`, `reason_of`, `last_of`, `answer_to`.
    """
    mine = Q(pk__in=visible_voices(user).order_by().values("pk"))
    gone = Q(state=states.TAKEN_BACK, grouped__issue=issue)
    here = (
        Q(grouped__issue=issue)
        | Q(reason_for__reply__issue=issue)
        | Q(last_word_of__issue=issue)
        | Q(answers_question__question__issue=issue)
    )
    return (
        Voice.objects.filter(here, mine | gone)
        .annotate(
            began_it=Exists(GroupedVoice.objects.filter(issue=issue, voice=OuterRef("pk"))),
            reason_of=F("reason_for__pk"),
            last_of=F("last_word_of__pk"),
            answer_to=F("answers_question__question"),
        )
        .select_related("age_band", "area", "body")
        .order_by("on", "pk")
        .distinct()
    )


def public_words(issue: Issue) -> QuerySet[Voice]:
    """Published words of an issue, and where words that could be read here were taken back."""
    published = Q(pk__in=public_voices().order_by().values("pk"))
    gone = Q(state=states.TAKEN_BACK, may_publish=True)
    return Voice.objects.filter(published | gone, grouped__issue=issue.pk).order_by("on", "pk")


def visible_replies(user: User) -> QuerySet[Reply]:
    """Answers and drafts of the issues that this person sees."""
    return Reply.objects.filter(issue__in=visible_issues(user).order_by().values("pk"))


def _unknown_end() -> Exists:
    """Whether old papers leave open what came of it."""
    ends = Step.objects.filter(issue=OuterRef("pk"), kind=Step.Kind.UNKNOWN_END)
    return Exists(ends.filter(issue__reply__isnull=True))


def _first_words() -> ArraySubquery:
    """The first published voice of an issue, as a list of one or none."""
    first = public_voices().filter(grouped__issue=OuterRef("pk"))
    fields = JSONObject(words="public_words", by="public_caption", lang="language")
    return ArraySubquery(first.order_by("published_at", "pk").values(data=fields)[:1])
