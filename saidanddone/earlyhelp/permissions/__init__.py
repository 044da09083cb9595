"""Who sees a family's story, which part of it, and what they may do there."""

from saidanddone.earlyhelp.permissions.rights import (
    ALL_BUT_SEALED,
    KNOW,
    PURPOSES,
    READ,
    TEAM,
    Asker,
    Kind,
    Part,
    purpose_of,
    readable_stories,
    rights,
    visible_stories,
)
from saidanddone.earlyhelp.permissions.stories import (
    OF_A_READER,
    OF_THE_LEAD,
    OF_THE_TEAM,
    contribution_verbs,
    listed_stories,
    opening_verbs,
    story_verbs,
    visible_contributions,
    visible_cover,
    visible_looks,
    visible_members,
    visible_team,
    visible_words,
)

__all__ = [
    "ALL_BUT_SEALED", "KNOW", "OF_A_READER", "OF_THE_LEAD", "OF_THE_TEAM", "PURPOSES", "READ",
    "TEAM", "Asker", "Kind", "Part", "contribution_verbs", "listed_stories", "opening_verbs",
    "purpose_of", "readable_stories", "rights", "story_verbs", "visible_contributions",
    "visible_cover", "visible_looks", "visible_members", "visible_stories", "visible_team",
    "visible_words",
]  # fmt: skip
