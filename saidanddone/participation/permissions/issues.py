"""Who sees an issue and a reply, and which verbs are open to whom."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.governance.models import Appointment
from saidanddone.participation import states
from saidanddone.participation.models import GroupedVoice, Issue, Reply, Voice
from saidanddone.participation.models.voices import Readers
from saidanddone.participation.permissions.voices import confided
from saidanddone.people.models import User
from saidanddone.reference.models import partnership

# Whose work is with issues. The others (administrator, analyst, privacy officer, network member)
# read what everybody may read: the wall.
SEES = frozenset({
    "practitioner", "supervisor", "coordinator", "clerk", "participation_worker", "officer",
    "safeguarding_lead", "duty_desk", "councillor", "bulletin_editor",
})  # fmt: skip
OUT_OF_SIGHT = (states.HELD, states.HANDED_ON)

WORKER = frozenset({
    "group_voices", "route_issue", "table_issue", "reword_issue", "ask_question", "tell_step",
    "withdraw_issue", "refuse_issue", "reply_to_issue", "judge_reply_as_group", "finish_issue",
    "say_if_it_happened",
})  # fmt: skip
OWNER = frozenset({
    "route_issue", "ask_question", "tell_step", "refuse_issue", "reply_to_issue", "finish_issue",
})  # fmt: skip
CLERK = frozenset({"table_issue", "tell_step", "judge_reply_as_group", "say_if_it_happened"})
CLOCK = frozenset({
    "table_issue", "leave_agenda", "lapse_judgement", "remind_owner", "tell_lead",
    "bring_to_board", "bring_back",
})  # fmt: skip
SPEAKER = frozenset({"agree_title", "answer_question", "judge_reply", "say_if_it_happened"})
ANSWERING = frozenset({"reply_to_issue", "refuse_issue"})


def works_with_issues(user: User) -> bool:
    """Whether the post they act for has issues among its work."""
    return user.is_authenticated and any(user.has_role(code) for code in SEES)


def visible_issues(user: User) -> QuerySet[Issue]:
    """Issues as professionals see them, titles and wording included.

    Those who sit on a board see them too, and whoever has an issue, that one. What is held stays
    out of sight, and an issue that rests on nothing but words for the speaker's own worker is that
    worker's alone.
    """
    if not user.is_authenticated or not user.acting_for:
        return Issue.objects.none()
    found = Issue.objects.filter(_in_sight(user))
    if works_with_issues(user):
        return found
    if not user.strong:
        return Issue.objects.none()
    seated = Appointment.objects.live().filter(post=user.acting_for.pk)
    return found.filter(Exists(seated) | Q(owner=user.acting_for.pk))


def _in_sight(user: User) -> Q:
    grouped = GroupedVoice.objects.filter(issue=OuterRef("pk"))
    shared = ~Q(voice__state__in=OUT_OF_SIGHT) & ~Q(voice__readers=Readers.MY_WORKER)
    return ~Exists(grouped) | Exists(grouped.filter(shared | confided(user)))


def public_issues() -> QuerySet[Issue]:
    """Issues that stand on the wall: nothing held, nothing meant for one worker only."""
    grouped = GroupedVoice.objects.filter(issue=OuterRef("pk"))
    shared = grouped.exclude(voice__state__in=OUT_OF_SIGHT).exclude(
        voice__readers=Readers.MY_WORKER
    )
    return Issue.objects.filter(~Exists(grouped) | Exists(shared), is_public=True)


def raising_verbs(user: User) -> set[str]:
    """What this person may begin that concerns no record yet."""
    raises = user.is_authenticated and user.has_role("participation_worker")
    return {"raise_issue"} if raises else set()


def issue_verbs(user: User | str | None, issue: Issue) -> set[str]:
    """Their part in this issue, met with what its state allows. The clock has its own few."""
    return issue_part(user, issue) & issue.open_verbs()


def issue_part(user: User | str | None, issue: Issue) -> frozenset[str]:
    """What is theirs to do to this issue, whenever its state allows it."""
    if isinstance(user, str):
        return CLOCK
    if user is None or not user.is_authenticated or user.acting_for is None:
        return frozenset()
    part: frozenset[str] = frozenset()
    if user.has_role("participation_worker"):
        part |= WORKER
    if user.has_role("clerk"):
        part |= CLERK
    if owns(user, issue):
        part |= OWNER
    if issue.reopened_at and user.pk in earlier_answerers(issue):
        part -= ANSWERING
    return part


def owns(user: User, issue: Issue) -> bool:
    """Whether the issue is with the post they act for, signed in as strongly as an answer needs."""
    post = user.acting_for
    return bool(user.strong and post and issue.owner_id and issue.owner_id == post.pk)


def earlier_answerers(issue: Issue) -> set[int]:
    """The people whose answer was judged not fair: somebody else looks at it the second time."""
    posts = [issue.first_owner, issue.reply.author if issue.reply_id else None]
    return {post.user_id for post in posts if post is not None}


def reply_verbs(user: User, reply: Reply, *, second_reader: bool | None = None) -> set[str]:
    """Those who may answer the issue may change and send a draft.

    Where the partnership wants a second pair of eyes, somebody else than its writer sends it.
    """
    if not issue_verbs(user, reply.issue) & ANSWERING:
        return set()
    part = {"change_reply", "send_reply"}
    if second_reader is None:
        second_reader = partnership().second_reader
    if second_reader and reply.by_id == user.pk:
        part.discard("send_reply")
    return part & reply.open_verbs()


def speaker_verbs(voice: Voice, issue: Issue) -> set[str]:
    """What one who raised it, and shows the code of their own words, may do to the issue.

    `judge_reply` and `say_if_it_happened` count once: whether they have spoken is asked there.
    """
    if voice.state == states.TAKEN_BACK or voice.state in OUT_OF_SIGHT:
        return set()
    return SPEAKER & issue.open_verbs()
