"""The roles: who somebody is in this partnership, each in a sentence that a partner can read.

A role says who; permissions.py in each area says which verbs. Roles marked `held` stand on a post;
the others follow from something else, which their sentence names.
"""

from typing import ClassVar


class Role:
    """One role: its code in a post's list, its name on pages, and its sentence."""

    code: ClassVar[str]
    name: ClassVar[str]
    sentence: ClassVar[str]
    held: ClassVar[bool] = True  # stands on a post
    strong: ClassVar[bool] = True  # needs a passkey or a second factor to be used
    later: ClassVar[bool] = False  # nothing here asks for it yet; not given until something does


class Anonymous(Role):
    code, name = "anonymous", "Anybody"
    sentence = "Reads what is public and tells us things, without an account."
    held = strong = False


class Subscriber(Role):
    code, name = "subscriber", "Network member"
    sentence = "Joined by a code sent by e-mail; sees what is public and their own profile."
    strong = False


class YoungPerson(Role):
    code, name = "young_person", "Young person"
    sentence = "Opens their own thread with their code; speaks, answers and judges the reply."
    held = strong = False


class ParentOrCarer(Role):
    code, name = "parent_or_carer", "Parent or carer"
    sentence = "Speaks for themselves or their family, and opens their own thread with their code."
    held = strong = False


class Practitioner(Role):
    code, name = "practitioner", "Practitioner"
    sentence = "Works with children; records what they say and follows the voices they brought."


class TeamMember(Role):
    code, name = "team_member", "Member of a family's team"
    sentence = "Sees one family's shared story while they are in its team today."
    held = False


class Lead(Role):
    code, name = "lead", "Lead practitioner"
    sentence = "Leads one family's team, chosen with the family."
    held = False


class Supervisor(Role):
    code, name = "supervisor", "Supervisor"
    sentence = "Sees what those whom they supervise see, while they supervise them."


class Coordinator(Role):
    code, name = "coordinator", "Early help coordinator"
    sentence = "Knows that a record exists, who leads it and when it is due; never what it says."


class PrivacyOfficer(Role):
    code, name = "privacy_officer", "Privacy officer"
    sentence = "Sees who looked at what and answers access requests; sees no content by default."


class BoardMember(Role):
    code, name = "board_member", "Board member"
    sentence = "Holds a seat on a board, or stands in for somebody who does: reads all its papers."
    held = False


class Clerk(Role):
    code, name = "clerk", "Board clerk"
    sentence = "Runs every board and its meetings for the partnership; sees no family record."


class Analyst(Role):
    code, name = "analyst", "Analyst"
    sentence = "Sees counts in which nobody can be found, and nothing behind them."


class Administrator(Role):
    code, name = "administrator", "Administrator"
    sentence = "Keeps organisations, accounts and settings; sees no words and no family record."


class ParticipationWorker(Role):
    code, name = "participation_worker", "Participation worker"
    sentence = "Gathers what children say, reads it before it is shown, and looks after each issue."


class Officer(Role):
    code, name = "officer", "Officer"
    sentence = "Answers the issues that are given to them and does the actions that follow."


class SafeguardingLead(Role):
    code, name = "safeguarding_lead", "Safeguarding lead"
    sentence = "Opens words that may tell of harm, when on duty, before anybody else sees them."


class AgencySponsor(Role):
    code, name = "agency_sponsor", "Agency sponsor"
    sentence = "Says, for their agency, who there still needs to see families' records."


class DutyDesk(Role):
    code, name = "duty_desk", "Duty desk"
    sentence = "Checks, for every child alike, whether somebody already works with a family."


class Councillor(Role):
    code, name = "councillor", "Councillor"
    sentence = "Elected; a corporate parent, and on boards where they hold a seat."


class Chair(Role):
    code, name = "chair", "Chair"
    sentence = "Chairs a board: answers for its agenda, its minutes and the voice in them."
    held = False


class BulletinEditor(Role):
    code, name = "bulletin_editor", "Bulletin editor"
    sentence = "Puts the weekly bulletin together and has it approved."


class YoungAssessor(Role):
    code, name = "young_assessor", "Young assessor"
    sentence = "Trained young person who judges how partners keep their word; known by a pseudonym."
    later = True


ROLES: tuple[type[Role], ...] = (
    Anonymous, Subscriber, YoungPerson, ParentOrCarer, Practitioner, TeamMember, Lead, Supervisor,
    Coordinator, PrivacyOfficer, BoardMember, Clerk, Analyst, Administrator, ParticipationWorker,
    Officer, SafeguardingLead, AgencySponsor, DutyDesk, Councillor, Chair, BulletinEditor, YoungAssessor,
)  # fmt: skip
BY_CODE = {role.code: role for role in ROLES}
HELD = tuple(role for role in ROLES if role.held)
ALONE = (Administrator.code, Subscriber.code)  # a post with one of these carries no other role
