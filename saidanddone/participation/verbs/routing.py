"""Where issues go: to a person, a board or a body outside, onto an agenda and off it again."""

from typing import Any, Unpack

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.governance import permissions as governance_permissions
from saidanddone.governance import states as governance_states
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import AgendaItem, Body, Meeting
from saidanddone.participation import permissions, states
from saidanddone.participation.emails import issues as emails
from saidanddone.participation.models import Issue, Routing, Step, Tabling
from saidanddone.participation.verbs.lateness import BOARD_TOLD, confidence
from saidanddone.participation.verbs.told import By, Hindered, When, answer_due, locked, named, told
from saidanddone.people.models import Post, User


@transaction.atomic
def route_issue(
    *,
    issue: Issue,
    to: str,
    by: User,
    owner: Post | None = None,
    body: Body | None = None,
    outside: str = "",
    why: str = "",
    **when: Unpack[When],
) -> Routing:
    """Give the issue to an officer, a board, full Council or a body outside the borough.

    Participation worker; its owner may hand it on. Handing on does not move the day by which an
    answer is owed. An issue judged not fair goes to a named person who has not answered it before.
    A board's clerk finds the proposed item waiting; the new owner gets a letter.
    """
    require("route_issue", permissions.issue_verbs(by, issue))
    current = locked(issue).routing
    _someone_else(issue, owner)
    where = {"to": to, "owner": owner, "body": body, "outside": outside}
    if not (owner or body or outside):
        raise Hindered("Choose who gets it: a person, a board or a body outside.")
    if current and all(getattr(current, name) == there for name, there in where.items()):
        return current
    routing = _routing(issue, by, when, why=why, **where)
    new_owner = owner is not None and owner.pk != issue.owner_id
    issue.move(
        "route_issue",
        owner=owner,
        routing=routing,
        answer_due=routing.due or issue.answer_due,
        late_told=0 if new_owner and issue.late_told < BOARD_TOLD else issue.late_told,
    )
    record("route_issue", issue, by=by, detail=why)
    if new_owner and routing.at:
        emails.issue_routed(issue)
    return routing


@transaction.atomic
def table_issue(
    *,
    issue: Issue,
    meeting: Meeting,
    by: By,
    item: AgendaItem | None = None,
    plain: str = "",
    **when: Unpack[When],
) -> Tabling:
    """Put the issue on a meeting's agenda. Participation worker or clerk.

    The item carries title and wording, never the voices. A clerk who took up what was proposed has
    done it already: `item` is that item, and the clock notes it.
    """
    require("table_issue", permissions.issue_verbs(by, issue))
    current = locked(issue).tabling
    if current and current.item.meeting_id == meeting.pk:
        return current
    item = item or _on_agenda(issue, meeting, by, plain)
    tabling = Tabling.objects.create(issue=issue, item=item, **told(by, **when))
    issue.move("table_issue", tabling=tabling)
    record("table_issue", issue, by=by)
    return tabling


@transaction.atomic
def leave_agenda(*, issue: Issue, by: By) -> Step:
    """Note that its item is on no agenda any more: put back, not taken, or the meeting called off.

    The clock. Those who raised it read it on their thread; it waits to be tabled again.
    """
    require("leave_agenda", permissions.issue_verbs(by, issue))
    locked(issue)
    item = issue.tabling.item
    issue.move("leave_agenda", to=states.ROUTED if issue.routing_id else states.REOPENED)
    step = Step.objects.create(
        issue=issue,
        kind=Step.Kind.PULLED,
        text=f"It was taken off the agenda of {named(item.body)} before they talked about it.",
        body=item.body,
        **told(by),
    )
    record("leave_agenda", issue, by=by)
    return step


def carry_to_agendas(issue: Issue, old_title: str, by: User) -> None:
    """The new wording, on every agenda where they have not talked about it yet."""
    waiting = governance_permissions.visible_items(by).filter(
        origin_path=issue.get_absolute_url(),
        kind=AgendaItem.Kind.VOICE,
        state__in=[governance_states.PROPOSED, governance_states.ON_AGENDA],
    )
    for item in waiting.exclude(pk__in=issue.brought_back.values("item")).select_related("meeting"):
        if "change_item" in governance_permissions.item_verbs(by, item):
            title = issue.title if item.title == old_title else item.title
            governance.change_item(item=item, title=title, wording=issue.wording, by=by)


def _someone_else(issue: Issue, owner: Post | None) -> None:
    """An answer judged not fair is looked at again by a different, named person."""
    if not issue.reopened_at:
        return
    if owner is None:
        raise Hindered("It was judged not fair: choose a person who looks at it again.")
    if owner.user_id in permissions.earlier_answerers(issue):
        raise Hindered(f"{owner.user.name} has answered it before. Choose somebody else.")


def _routing(issue: Issue, by: User, when: When, **where: Any) -> Routing:
    """Where it goes, by when an answer is owed, and a board's item for its clerk to place."""
    if when.get("source"):
        return Routing.objects.create(issue=issue, **where, **told(by, **when))
    to_board = where["to"] == Routing.To.BOARD
    return Routing.objects.create(
        issue=issue,
        due=issue.answer_due or answer_due(),
        item=_propose(issue, where["body"], by) if to_board else None,
        **where,
        **told(by, **when),
    )


def _propose(issue: Issue, body: Body | None, by: User) -> AgendaItem | None:
    return body and governance.propose_item(
        body=body,
        kind=AgendaItem.Kind.VOICE,
        title=issue.title,
        wording=issue.wording,
        origin_path=issue.get_absolute_url(),
        by=by,
        **confidence(issue),
    )


def _on_agenda(issue: Issue, meeting: Meeting, by: By, plain: str) -> AgendaItem:
    """What was proposed to this board is taken up; otherwise the agenda gets a new item."""
    proposed = issue.routing.item if issue.routing_id else None
    if (
        proposed is not None
        and proposed.body_id == meeting.body_id
        and proposed.state == governance_states.PROPOSED
    ):
        if plain:
            governance.change_item(item=proposed, plain=plain, by=by)
        governance.accept_item(item=proposed, meeting=meeting, by=by)
        return proposed
    return governance.add_agenda_item(
        meeting=meeting,
        kind=AgendaItem.Kind.VOICE,
        title=issue.title,
        wording=issue.wording,
        plain=plain,
        origin_path=issue.get_absolute_url(),
        by=by,
        **confidence(issue),
    )
