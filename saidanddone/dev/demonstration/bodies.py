"""Boards, groups, committees and young people's bodies, with who sits on them."""

from datetime import date, timedelta

from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.governance import verbs

FOUNDED = date(2014, 1, 6)  # before the first meeting of which public minutes are told


def plan(story: Story) -> None:
    """Every body stands before anything else is told."""
    told = read("bodies", "body")
    for body in told:
        story.on(FOUNDED, _create, told=body)
    for body in told:
        story.on(FOUNDED, _seats, told=body)


def _create(story: Story, told: dict) -> None:
    links = {
        name: story.bodies[told[name]] for name in ("parent", "reports_voice_to") if name in told
    }
    story.bodies[told["key"]] = verbs.create_body(
        kind=told["kind"], name=told["name"], short_name=told["short"], purpose=told["purpose"],
        slug=told["key"].replace("_", "-"), quorum=told.get("quorum", 0),
        quorum_sectors=told.get("quorum_sectors", []), standing_items=told.get("standing", []),
        meets_in_private=told.get("private", False),
        ends_on=_in_days(story, told.get("ends_in")), by=story.people["democratic"], **links,
    )  # fmt: skip


def _seats(story: Story, told: dict) -> None:
    clerk = story.people["democratic"]
    for line in told.get("seats", []):
        organisation = line.get("org")
        seat = verbs.add_seat(
            body=story.bodies[told["key"]], title=line["title"], count=line.get("count", 1),
            organisation=organisation and story.organisations[organisation],
            needed_for_quorum=line.get("needed", False), by=clerk,
        )  # fmt: skip
        if "holder" in line or "pseudonym" in line:
            holder = line.get("holder")
            verbs.appoint(
                seat=seat, post=holder and story.post(holder), pseudonym=line.get("pseudonym", ""),
                part=line.get("part", "member"), open_office=line.get("office", ""),
                permission_note=line.get("permission", ""), by=clerk,
            )  # fmt: skip
        if "substitute" in line:
            verbs.appoint(
                seat=seat, post=story.post(line["substitute"]), part="substitute", by=clerk
            )


def _in_days(story: Story, count: int | None) -> date | None:
    return None if count is None else story.today + timedelta(days=count)
