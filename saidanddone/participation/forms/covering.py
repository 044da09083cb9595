"""What to cover in words that others will read: a suggestion; a person has the last word."""

import re

COVERED = "[covered]"
NAME = "[name covered]"
SCHOOL = "[school covered]"

PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail covered]"),
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), COVERED),
    (re.compile(r"(?<!\w)@\w{2,}"), NAME),
    (re.compile(r"(?<![\w])(?:\+44|0)(?:[\s-]?\d){9,10}(?!\d)"), "[number covered]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE), "[address covered]"),
    (
        re.compile(
            r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w'’-]+\s+){1,3}"
            r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Way|Court|Place|Grove|Terrace)\b"
        ),
        "[address covered]",
    ),
    (
        re.compile(
            r"\b(?:[A-Z][\w'’.-]*\s+){1,5}"
            r"(?:(?:Primary|High|Junior|Infant|Secondary|Grammar|Church of England|C\s?of\s?E)\s+)*"
            r"(?:School|Academy|College|Nursery)\b"
        ),
        SCHOOL,
    ),
    (re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Auntie|Aunty|Uncle)\.?\s+[A-Z][\w'’-]+"), NAME),
    (
        re.compile(
            r"\b((?:[Mm]y name is|I am called|I['’]m called|called|named|[Mm]y (?:friend|brother|"
            r"sister|cousin|teacher|social worker|mate|boyfriend|girlfriend|mum|dad)))\s+"
            r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
        ),
        rf"\1 {NAME}",
    ),
)


def covered(words: str, *names: str) -> str:
    """The words with names, numbers, addresses and schools covered, as far as they can be told."""
    for name in names:
        for part in sorted(name.split(), key=len, reverse=True):
            if len(part) > 1:
                words = re.sub(
                    rf"\b{re.escape(part)}(?=\b|['’]s)", NAME, words, flags=re.IGNORECASE
                )
    for pattern, instead in PATTERNS:
        words = pattern.sub(instead, words)
    return re.sub(rf"{re.escape(NAME)}(?:\s+{re.escape(NAME)})+", NAME, words)
