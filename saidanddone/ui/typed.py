"""What somebody typed into a form that could not be taken, so that nothing of it is lost."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

# Never written into a page again: what signs people in, opens threads, or proves a form.
SECRET = re.compile(r"csrf|pass|code|token|otp|secret|key|credential|pin$", re.IGNORECASE)
LONG = 60  # characters: more than this is words, not a choice
LARGEST = 200_000  # characters in all: a page that large would help nobody


@dataclass(frozen=True)
class Typed:
    """The words, to be shown; the choices, to be sent again unseen; what could not be kept."""

    words: list[tuple[str, str]] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    files: bool = False
    secrets: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.choices)


def typed_in(request: HttpRequest) -> Typed:
    """Everything typed in this request, except what must not be shown again."""
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return Typed()
    if request.method != "POST" or sum(len(value) for _, value in posted) > LARGEST:
        return Typed()
    shown = [(name, value) for name, value in posted if not SECRET.search(name)]
    return Typed(
        words=[pair for pair in shown if _is_words(pair[1])],
        choices=[pair for pair in shown if not _is_words(pair[1])],
        files=files,
        secrets=any(SECRET.search(name) and not name.startswith("csrf") for name, _ in posted),
    )


def _is_words(value: str) -> bool:
    return len(value) > LONG or "\n" in value or " " in value.strip()
