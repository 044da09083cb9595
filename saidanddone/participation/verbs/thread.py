"""What a young person does on their thread: agree the title, answer a question."""

import uuid

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.participation import permissions
from saidanddone.participation.models import Answer, GroupedVoice, Issue, Question, Voice
from saidanddone.participation.verbs.voices import add_words
from saidanddone.people.models import User


@transaction.atomic
def agree_title(
    *, issue: Issue, voice: Voice, agrees: bool, would_say: str = "", by: User | None = None
) -> None:
    """Say whether the title is what one means, or what one would say instead.

    Whoever holds the code of one of its voices; they may change their mind while it is open.
    """
    require("agree_title", permissions.speaker_verbs(voice, issue))
    said = GroupedVoice.objects.filter(issue=issue, voice=voice).update(
        agrees=agrees, would_say="" if agrees else would_say.strip(), agreed_at=clock.now()
    )
    if not said:
        raise Refused("agree_title")
    issue.move("agree_title")
    record("agree_title", issue, by=by, detail=would_say)


@transaction.atomic
def answer_question(
    *,
    question: Question,
    voice: Voice,
    words: str,
    by: User | None = None,
    once: uuid.UUID | None = None,
) -> Answer:
    """Answer what was asked, once, in one's own words. Whoever holds the code of one of its voices.

    The answer is a voice of its own, for the same readers: it is read before the asker sees it.
    """
    issue = question.issue
    if same := Answer.objects.filter(question=question, voice=voice).first():
        return same
    require("answer_question", permissions.speaker_verbs(voice, issue))
    if not issue.grouped.filter(voice=voice).exists():
        raise Refused("answer_question")
    own = add_words(voice=voice, words=words, by=by, once=once)
    answer = Answer.objects.create(question=question, voice=voice, words=own)
    issue.move("answer_question")
    record("answer_question", question, by=by, detail=words)
    return answer
