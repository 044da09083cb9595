"""Sessions: planned, booked, waited for, held, evaluated; and what people wished for."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from saidanddone.core.imports import mark
from saidanddone.dev.demonstration import papers
from saidanddone.dev.demonstration.source import read, whole
from saidanddone.dev.demonstration.story import Story
from saidanddone.events import imports, states, verbs
from saidanddone.events.models import Booking, Session
from saidanddone.events.verbs.queue import BY_ITSELF
from saidanddone.reference.models import Topic

PLANNED, OPENED, BOOKED = -40, -35, -20  # days before a session; bookings come over the weeks
LONG_BEFORE = timedelta(days=30)
MORNING, AFTERNOON = time(9, 40), time(14, 10)


def plan(story: Story) -> None:
    """Each series, each session with all that its people did, and each wish."""
    told = read("sessions", "session")
    dated = [one["date"] for one in told if "date" in one]
    for one in read("sessions", "series"):
        story.on(min(dated) - LONG_BEFORE * 2, _begin_series, told=one)
    for one in told:
        if "date" in one:
            _plan_of_record(story, one)
        else:
            _plan_session(story, one)
    for one in read("sessions", "wish"):
        _plan_wish(story, one)


def _plan_of_record(story: Story, told: dict) -> None:
    day = told["date"]
    story.on(day - LONG_BEFORE, _arrange, told=told)
    story.on(day - LONG_BEFORE, _open, told=told)
    story.on(day, _hold, at=time(13, 5), told=told)
    story.on(day + timedelta(days=1), _close, told=told)


def _plan_session(story: Story, told: dict) -> None:
    """What has happened of it until today."""
    day = told["day"]
    before = min(0, day + PLANNED)
    story.then(before - 5, _arrange, at=MORNING, told=told)
    if told.get("draft"):
        return
    story.then(before, _open, at=MORNING, told=told)
    for number in range(told["booked"] + told.get("waiting", 0)):
        offset = min(-1, before + 1 + number % 14)
        story.then(offset, _book, at=time(10, number), told=told, number=number)
    if told.get("asks_manager"):
        _plan_managers(story, told, before)
    if told.get("queue"):
        _plan_queue(story, told)
    if "cancelled" in told:
        story.then(-2, _cancel, at=AFTERNOON, told=told)
    if day < 0:
        _plan_afterwards(story, told)


def _plan_queue(story: Story, told: dict) -> None:
    """Two give up: one offer runs out and goes on, the other was made a moment ago."""
    story.then(-1, _give_up, at=time(11), told=told, place=0)
    story.then(-1, _let_lapse, at=time(16), told=told)
    story.then(-1, _accept, at=time(17), told=told)
    story.just_now(_give_up, told=told, place=1)


def _plan_managers(story: Story, told: dict, before: int) -> None:
    """Each manager answers the same afternoon, the first says no, and one has yet to answer."""
    for number in range(told["booked"]):
        offset = min(-1, before + 1 + number % 14)
        story.then(offset, _manager_answers, at=time(15, number), told=told, number=number)
    story.just_now(_book, told=told, number=told["booked"])


def _plan_afterwards(story: Story, told: dict) -> None:
    day = told["day"]
    story.then(day, _hold, at=time(13, 20), told=told)
    story.then(day, _read_report, at=time(13, 40), told=told)
    if told.get("held"):
        return
    story.then(day + 1, _take_report, at=MORNING, told=told)
    story.then(day + 1, _share, at=time(9, 50), told=told)
    story.then(day + 1, _close, at=time(10), told=told)
    for number in range(told["said"]):
        story.then(day + 1 + number, _evaluate, at=time(15, number), told=told, number=number)
    if "impact" in told:
        story.then(day + 91, _ask_impact, at=MORNING, told=told)
        for number in range(told["impact"]):
            story.then(day + 93, _tell_impact, at=time(12, number), told=told, number=number)


# ------------------------------------------------------------------ before


def _begin_series(story: Story, told: dict) -> None:
    story.series[told["key"]] = verbs.start_series(
        title=told["title"], about=told["about"], slug=told["key"], by=story.people["clerk"]
    )


def _arrange(story: Story, told: dict) -> None:
    day = told.get("date") or story.day(told["day"])
    place = told.get("place", "")
    presenter = told.get("presenter")
    told["pk"] = verbs.plan_session(
        title=told["title"], about=told["about"], begins_at=_at(day, told["starts"]),
        ends_at=_at(day, told["ends"]), kind=told.get("kind", Session.Kind.LUNCHTIME),
        series=story.series.get(told.get("series", "")),
        topics=Topic.objects.filter(code__in=told["topics"]),
        presenters=told.get("presenters", ""), presented_by=presenter and story.post(presenter),
        learn="\n".join(told.get("learn", [])), for_whom=told.get("for_whom", ""),
        link="" if place or "date" in told else f"https://meet.example/{told['key']}-4821",
        place=place, map_link=told.get("map", ""), access_notes=told.get("access", ""),
        capacity=told.get("capacity"), only_sectors=told.get("only_sectors", []),
        asks_manager=told.get("asks_manager", False),
        source=told.get("source", ""), by=story.people["clerk"],
    ).pk  # fmt: skip


def _at(day: date, words: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(words)))


def _open(story: Story, told: dict) -> None:
    verbs.open_session(session=_the(told), by=story.people["clerk"])


def _cancel(story: Story, told: dict) -> None:
    verbs.cancel_session(session=_the(told), why=told["cancelled"], by=story.people["clerk"])


def _book(story: Story, told: dict, number: int) -> None:
    session, lists = _the(told), whole("sessions")
    people, sayings = lists["people"], lists["sayings"]
    place = (told["from"] + number) % len(people["names"])
    name = people["names"][place]
    where, sector = people["places"][place % len(people["places"])]
    if session.only_sectors:
        where, sector = people["places"][(0, 3, 4)[number % 3]]
    verbs.book_place(
        session=session, name=name, email=f"{name.lower().replace(' ', '.')}@demo.example",
        organisation=where, sector=sector if session.only_sectors else "",
        needs=sayings["needs"][number % len(sayings["needs"])],
        question=sayings["questions"][number % len(sayings["questions"])], by=None,
        manager_email=f"manager.{number}@demo.example" if session.asks_manager else "",
    )  # fmt: skip


def _manager_answers(story: Story, told: dict, number: int) -> None:
    asked = _the(told).bookings.filter(state=states.WITH_MANAGER).select_related("session")
    booking = asked.get(manager_email=f"manager.{number}@demo.example")
    if number == 0:
        verbs.decline_booking(booking=booking, why="Two of the team are away that day.")
    else:
        verbs.approve_booking(booking=booking)


# --------------------------------------------------------------- the queue


def _give_up(story: Story, told: dict, place: int) -> None:
    booked = _the(told).bookings.filter(state=states.BOOKED).order_by("pk")
    verbs.cancel_booking(booking=booked.select_related("session")[place], by=None)


def _let_lapse(story: Story, told: dict) -> None:
    verbs.lapse_offer(booking=_offered(told), by=BY_ITSELF)


def _accept(story: Story, told: dict) -> None:
    verbs.accept_offer(booking=_offered(told), by=None)


def _offered(told: dict) -> Booking:
    return _the(told).bookings.select_related("session").get(state=states.OFFERED)


# ------------------------------------------------------------- afterwards


def _hold(story: Story, told: dict) -> None:
    verbs.hold_session(session=_the(told), by=BY_ITSELF)


def _read_report(story: Story, told: dict) -> None:
    """What Teams exported; of one session first the wrong way, which was undone."""
    session, clerk = _the(told), story.people["clerk"]
    there = list(session.bookings.order_by("pk"))[: told.get("come", 12)]
    content = _report(session, there, told.get("part", 1))
    plan = imports.read(content)
    told["file"] = verbs.read_attendance(
        session=session, file_name=f"{told['key']} - attendance report.csv", digest=mark(content),
        plan=plan | {"notes": imports.notes_for(plan, session)}, by=clerk,
    )  # fmt: skip


def _report(session: Session, there: list[Booking], part: int) -> bytes:
    """As Teams writes it: UTF-16, tabs, three sections, the host among the others."""
    day = f"{session.on:%d/%m/%y}"
    rows = [
        f"{one.name}\t{day}, 11:58:10\t{day}, 13:00:00\t{'24m 5s' if n < part else '1h 1m 50s'}"
        f"\t{one.email if n != 2 else ''}\t\tAttendee"
        for n, one in enumerate(there)
    ]
    lines = [
        "1. Summary", f"Meeting title\t{session.title}",
        f"Attended participants\t{len(there) + 1}", f"Start time\t{day}, 11:45:02", "",
        "2. Participants",
        "Name\tFirst join\tLast leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
        *rows,
        f"Fennimore, Zora\t{day}, 11:45:02\t{day}, 13:02:00\t1h 16m 58s\tz.f@host.example\t\tOrganizer",
        "", "3. In-Meeting activities", "",
    ]  # fmt: skip
    return "\n".join(lines).encode("utf-16")


def _take_report(story: Story, told: dict) -> None:
    file, clerk = told["file"], story.people["clerk"]
    third = list(file.session.bookings.order_by("pk"))[2]
    choices = {2: str(third.pk), len(file.rows) - 1: "skip"}
    verbs.take_attendance(file=file, choices=choices, by=clerk)
    if told["key"] == "eating":  # taken in, undone, and done again
        verbs.undo_attendance(file=file, by=clerk)
        again = verbs.read_attendance(
            session=file.session, file_name=file.file_name, digest=file.digest,
            plan={"via": file.via, "rows": file.rows, "notes": file.notes}, by=clerk,
        )  # fmt: skip
        verbs.take_attendance(file=again, choices=choices, by=clerk)


def _share(story: Story, told: dict) -> None:
    upload = papers.drawn(told["paper"])[1] if "paper" in told else None
    verbs.share_materials(
        session=_the(told), upload=upload, recording=told["recording"],
        shared_with=told["shared"], by=story.people["clerk"],
    )  # fmt: skip


def _close(story: Story, told: dict) -> None:
    verbs.close_session(session=_the(told), by=story.people["clerk"])


def _evaluate(story: Story, told: dict, number: int) -> None:
    sayings = whole("sessions")["sayings"]
    wishes = sayings["wishes"]
    verbs.evaluate_session(
        booking=_who_came(told, number), sure_before=1 + number % 3, sure_after=3 + number % 3,
        differently=sayings["differently"][number % len(sayings["differently"])],
        wish=wishes[number] if number < len(wishes) and told["key"] == "sleep" else "", by=None,
    )  # fmt: skip


def _ask_impact(story: Story, told: dict) -> None:
    verbs.ask_impact(session=_the(told), by=BY_ITSELF)


def _tell_impact(story: Story, told: dict, number: int) -> None:
    changed: list[Any] = [*whole("sessions")["sayings"]["changed"], ""]
    verbs.tell_impact(
        booking=_who_came(told, number), used=("yes", "partly", "yes", "no")[number % 4],
        changed=changed[min(number, 2)], by=None,
    )  # fmt: skip


def _who_came(told: dict, number: int) -> Booking:
    came = _the(told).bookings.filter(state__in=(states.CAME, states.CAME_IN_PART))
    return came.select_related("session").order_by("-state", "pk")[number]


# ------------------------------------------------------------------ wishes


def _plan_wish(story: Story, told: dict) -> None:
    for number in range(told["times"]):
        story.then(told["day"] + number, _wish, told=told)
    if "answered" in told:
        story.then(-3, _answer, told=told)
    if "let_go" in told:
        story.then(-3, _let_go, told=told)


def _wish(story: Story, told: dict) -> None:
    wish = verbs.ask_for_session(words=told["words"], email=told.get("email", ""), by=None)
    told.setdefault("wishes", []).append(wish)


def _answer(story: Story, told: dict) -> None:
    session = Session.objects.get(title__startswith="Young carers")
    for wish in told["wishes"]:
        verbs.answer_wish(wish=wish, session=session, by=story.people["clerk"])


def _let_go(story: Story, told: dict) -> None:
    for wish in told["wishes"]:
        verbs.let_wish_go(wish=wish, by=story.people["clerk"])


def _the(told: dict) -> Session:
    return Session.objects.get(pk=told["pk"])
