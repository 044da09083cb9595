"""Families, their stories, who may see them, and who has looked."""

from saidanddone.earlyhelp.models.access import COORDINATOR, OVERSEERS, Access, Look, Patch
from saidanddone.earlyhelp.models.agencies import (
    FAMILY_ROLES,
    SPONSOR,
    Confirmation,
    SharingAgreement,
    confirmed,
    counting,
)
from saidanddone.earlyhelp.models.agreements import (
    Agreement,
    Asking,
    LegalHold,
    Release,
    SharingDecision,
)
from saidanddone.earlyhelp.models.families import Family, FamilyMember
from saidanddone.earlyhelp.models.keeping import Disposal
from saidanddone.earlyhelp.models.plans import Goal, PlanAnswer, Step
from saidanddone.earlyhelp.models.reviews import (
    Attendance,
    Closing,
    Feedback,
    Progress,
    Review,
    Scale,
)
from saidanddone.earlyhelp.models.seals import BreakGlass, Conflict, SafeAddress, Seal
from saidanddone.earlyhelp.models.so_far import TypedSoFar
from saidanddone.earlyhelp.models.stories import Cover, Story, TeamMembership
from saidanddone.earlyhelp.models.work import (
    Contact,
    ContactWith,
    DutyCheck,
    Enquiry,
    FamilyCode,
    Oversight,
)
from saidanddone.earlyhelp.models.writing import (
    ChildsWords,
    Contribution,
    Drawing,
    Level,
    ParentsWords,
    RivalText,
    WordsWidened,
)

__all__ = [
    "COORDINATOR", "FAMILY_ROLES", "OVERSEERS", "SPONSOR", "Access", "Agreement", "Asking",
    "Attendance", "BreakGlass", "ChildsWords", "Closing", "Confirmation", "Conflict", "Contact",
    "ContactWith", "Contribution", "Cover", "Disposal", "Drawing", "DutyCheck", "Enquiry", "Family",
    "FamilyCode", "FamilyMember", "Feedback", "Goal", "LegalHold", "Level", "Look", "Oversight",
    "ParentsWords", "Patch", "PlanAnswer", "Progress", "Release", "Review", "RivalText",
    "SafeAddress", "Scale", "Seal", "SharingAgreement", "SharingDecision", "Step", "Story",
    "TeamMembership", "TypedSoFar", "WordsWidened", "confirmed", "counting",
]  # fmt: skip
