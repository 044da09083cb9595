"""A section as it is typed on a bad line: saved every few seconds, and never one over another."""

from uuid import UUID, uuid4

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.core.presses import queue_up
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Contribution, RivalText, Story
from saidanddone.earlyhelp.verbs.writing import contribute, save_contribution
from saidanddone.people.models import User

TEXTS = ("strengths", "worries", "needs")


class Overtaken(Exception):  # noqa: N818 -- it tells what happened
    """The section changed meanwhile: nothing was changed, look again."""


@transaction.atomic
def write_section(
    *, story: Story, section: str, seen: int, by: User, beside: UUID | None = None,
    once: UUID | None = None, **texts: str,
) -> tuple[Contribution, RivalText | None]:  # fmt: skip
    """Keep what is typed into a section of one's own. The team, while it is a draft.

    A window that is slower than another overwrites nothing: its text is kept beside the section
    and answered, and it may go on writing there (`beside`). The same text twice changes nothing.
    """
    require("contribute", permissions.story_verbs(by, story))
    queue_up(f"section:{story.pk}:{section}:{by.acting_for.pk}")
    draft = contribute(story=story, section=section, by=by)
    if beside is not None:
        return draft, _go_on_beside(draft, beside, texts) or _keep_beside(
            draft, beside, seen, texts
        )
    if _texts(draft) == texts:
        return draft, None
    try:
        if not any(_texts(draft).values()):  # over nothing, anybody writes
            seen = draft.version
        draft.version = save_contribution(contribution=draft, seen=seen, by=by, **texts)
    except Moved:
        return draft, _keep_beside(draft, once or uuid4(), seen, texts)
    return draft, None


@transaction.atomic
def settle_rival(*, rival: RivalText, choice: str, seen: int, by: User) -> None:
    """Say what becomes of a text that waits beside a section: take, both or aside. Its author.

    What it takes the place of is kept, put aside. Raises Overtaken if the section changed since.
    """
    draft = rival.contribution
    require("save_contribution", permissions.contribution_verbs(by, draft))
    queue_up(f"section:{draft.story_id}:{draft.section}:{by.acting_for.pk}")
    rival.refresh_from_db()
    if rival.chosen_at is not None:
        return
    before, other = _texts(draft), {name: getattr(rival, name) for name in TEXTS}
    if choice != "aside":
        both = {name: f"{before[name]}\n\n{other[name]}".strip() for name in TEXTS}
        try:
            save_contribution(
                contribution=draft, seen=seen, by=by, **(other if choice == "take" else both)
            )
        except Moved as moved:
            raise Overtaken from moved
    aside = before if choice == "take" else other
    _write(rival, aside, chosen_at=clock.now())
    record("settle_rival", draft, by=by, detail=choice)


def texts_wait(draft: Contribution) -> bool:
    """Whether two texts still stand side by side here."""
    return draft.rivals.filter(chosen_at__isnull=True).exists()


def _texts(draft: Contribution) -> dict[str, str]:
    return {name: getattr(draft, name) for name in TEXTS}


def _go_on_beside(draft: Contribution, window: UUID, texts: dict[str, str]) -> RivalText | None:
    found = draft.rivals.filter(window=window, chosen_at__isnull=True).first()
    if found is not None:
        _write(found, texts, kept_at=clock.now())
    return found


def _keep_beside(draft: Contribution, window: UUID, seen: int, texts: dict[str, str]) -> RivalText:
    if draft.rivals.filter(window=window).exists():  # settled: this window begins anew
        window = uuid4()
    return RivalText.objects.create(
        story_id=draft.story_id, contribution=draft, post_id=draft.post_id, window=window,
        began_from=seen, **texts,
    )  # fmt: skip


def _write(rival: RivalText, texts: dict[str, str], **more: object) -> None:
    changes = {**texts, **more}
    for name, value in changes.items():
        setattr(rival, name, value)
    rival.save(update_fields=list(changes))
