"""Who sees voices, issues and replies, and which verbs are open to whom."""

from saidanddone.participation.permissions.issues import (
    ANSWERING,
    OUT_OF_SIGHT,
    earlier_answerers,
    issue_verbs,
    owns,
    public_issues,
    raising_verbs,
    reply_verbs,
    speaker_verbs,
    visible_issues,
    works_with_issues,
)
from saidanddone.participation.permissions.standing import (
    STANDS_ON,
    most_urgent_first,
    on_the_wall,
    public_words,
    visible_replies,
    with_standing,
    words_on_thread,
)
from saidanddone.participation.permissions.voices import (
    gathering_verbs,
    hold_verbs,
    listening_verbs,
    may,
    on_duty,
    photo_may_show,
    posts_for_duty,
    public_voices,
    reads_whole,
    recorded_voices,
    visible_duties,
    visible_gatherings,
    visible_holds,
    visible_voices,
    voice_by_code,
    voice_verbs,
    words_for,
    worker_at,
    worker_with,
)

__all__ = [
    "ANSWERING", "OUT_OF_SIGHT", "STANDS_ON", "earlier_answerers", "gathering_verbs", "hold_verbs",
    "issue_verbs", "listening_verbs", "may", "most_urgent_first", "on_duty", "on_the_wall", "owns",
    "photo_may_show", "posts_for_duty", "public_issues", "public_voices", "public_words",
    "raising_verbs", "reads_whole", "recorded_voices", "reply_verbs", "speaker_verbs",
    "visible_duties", "visible_gatherings", "visible_holds", "visible_issues", "visible_replies",
    "visible_voices", "voice_by_code", "voice_verbs", "with_standing", "words_for",
    "words_on_thread", "worker_at", "worker_with", "works_with_issues",
]  # fmt: skip
