"""The one list of roles, and the page that tells a partner about it."""

from pathlib import Path

from saidanddone.people import permissions, roles

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
SETTLED = {
    "anonymous", "subscriber", "young_person", "parent_or_carer", "practitioner", "team_member",
    "lead", "supervisor", "coordinator", "privacy_officer", "board_member", "clerk", "analyst",
    "administrator", "participation_worker", "officer", "safeguarding_lead", "duty_desk",
    "councillor", "chair", "bulletin_editor", "young_assessor", "agency_sponsor",
}  # fmt: skip


def rows():
    """The table of roles, cell by cell."""
    lines = PAGE.read_text().splitlines()
    start = lines.index("| Role | In code | In a sentence | Comes | Strong | Asked for |") + 2
    end = next(number for number in range(start, len(lines)) if not lines[number])
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[start:end]]


def test_page_and_code_say_the_same():
    told = [
        (
            role.name,
            f"`{role.code}`",
            role.sentence,
            "on a post" if role.held else "follows",
            "yes" if role.strong else "no",
            "later" if role.later else "now",
        )
        for role in roles.ROLES
    ]
    assert rows() == told


def test_every_settled_role_is_there_once():
    assert {role.code for role in roles.ROLES} == SETTLED
    assert len(roles.ROLES) == len(SETTLED)


def test_what_the_page_says_a_clerk_gives():
    names = [role.name.lower() for role in permissions.GIVEN_BY_CLERK]
    assert f"A clerk gives only {names[0]}, {names[1]} and {names[2]};" in PAGE.read_text()


def test_weak_roles_are_those_that_touch_nobodys_words():
    weak = {role.code for role in roles.ROLES if role.held and not role.strong}
    assert weak == {"subscriber"}
