"""Issues at each point of their way, made by the verbs that bring them there."""

from datetime import timedelta
from itertools import count

from saidanddone.core import clock
from saidanddone.governance.models import Action
from saidanddone.participation import verbs
from saidanddone.participation.models import Issue
from tests.factories.governance import make_body, make_meeting
from tests.factories.participation import make_read_voice
from tests.factories.people import act, acting, make_post

_numbers = count(1)
ANSWER = {
    "said": "You said that the bus is late.",
    "decided": "Yes. We ask for a new bus.",
    "why": "All of you wait in the cold.",
    "next": "We tell you when it runs.",
    "who": "Olive, who runs the buses",
}


def make_issue(*, by=None, voices=None, **over):
    """A raised issue of one voice, unless told whose words it holds."""
    by = by or acting("participation_worker")
    number = next(_numbers)
    given = {"title": f"Issue {number}", "wording": f"Let the bus come, number {number}."} | over
    voices = [make_read_voice()] if voices is None else voices
    return verbs.raise_issue(voices=voices, by=by, **given)


def make_routed(*, owner=None, by=None, **over):
    """The same, with an officer."""
    by = by or acting("participation_worker")
    issue = make_issue(by=by, **over)
    verbs.route_issue(issue=issue, to="officer", owner=owner or make_post("officer"), by=by)
    return issue


def make_tabled(*, meeting=None, by=None, **over):
    """The same, on an agenda."""
    by = by or acting("participation_worker")
    issue = make_routed(by=by, **over)
    verbs.table_issue(issue=issue, meeting=meeting or make_meeting(), by=by)
    return issue


def make_replied(*, promise=False, answer=None, **over):
    """Answered by its owner, with a promise if asked for."""
    issue = make_routed(**over)
    given = ANSWER | (answer or {})
    if promise:
        given |= {
            "promise_what": "A new bus", "promise_owner": issue.owner,
            "by_when": clock.today() + timedelta(days=30),
        }  # fmt: skip
    verbs.reply_to_issue(issue=issue, by=act(issue.owner), **given)
    return issue


def make_promised(**over):
    """Answered and called fair; the promise is awaited."""
    issue = make_replied(promise=True, **over)
    for voice in verbs.silent_voices(issue):
        verbs.judge_reply(issue=issue, voice=voice, verdict="fair")
    return issue


def make_closed(**over):
    """Answered, called fair, with nothing promised: finished."""
    issue = make_replied(**over)
    for voice in verbs.silent_voices(issue):
        verbs.judge_reply(issue=issue, voice=voice, verdict="fair")
    return issue


def make_reopened(**over):
    """Judged not fair, with a reason."""
    issue = make_replied(**over)
    voice = verbs.silent_voices(issue)[0]
    verbs.judge_reply(issue=issue, voice=voice, verdict="not_fair", because="It stays cold")
    return issue


def make_withdrawn(**over):
    """Withdrawn by those who raised it."""
    by = acting("participation_worker")
    issue = make_issue(by=by, **over)
    verbs.withdraw_issue(issue=issue, withdrawn_by="Those who raised it", why="Mended", by=by)
    return issue


def keep_promise(issue):
    """What was promised is done."""
    Action.objects.filter(pk=issue.reply.promise_id).update(
        state="done", evidence="It runs", ended_at=clock.now()
    )
    issue.reply.promise.refresh_from_db()


def make_group(**over):
    """A young people's group that a board hears."""
    given = {"kind": "young_people", "name": f"Youth group {next(_numbers)}"} | over
    given["reports_voice_to"] = given.get("reports_voice_to") or make_body()
    return make_body(**given)


def anew(issue):
    """The issue as the database has it now."""
    return Issue.objects.get(pk=issue.pk)
