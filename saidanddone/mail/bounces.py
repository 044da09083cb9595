"""Reads what comes back: bounces, complaints and automatic answers, from a mailbox or one message.

Reports made for machines are read as such; prose is read by flufl.bounce, and by our own signs
where that sees nothing. In doubt an address is not called dead. Nothing read here is ever shown as
HTML, and which letter it is about is told by our own Message-ID alone, which nobody could guess.
"""

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import NamedTuple

from flufl.bounce import all_failures

from saidanddone.mail.models import Bounce

Kind = Bounce.Kind
OUR_ID = re.compile(r"([0-9a-f]{32}@[A-Za-z0-9.-]+)")
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
MBOX = re.compile(rb"^From [^\n]*\d\d:\d\d[^\n]*\n", re.MULTILINE)
FINE_CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
COARSE_CODE = re.compile(r"\b([45]\d\d)[ -]")
QUOTED = re.compile(
    r"^(-{2,}.*(copy of|original|returned|below this line).*|original message headers:?.*"
    r"|return-path:.*|received: (from|by).*)$",
    re.IGNORECASE | re.MULTILINE,
)  # from here on it is our own letter that speaks
DEAD = re.compile(
    r"user unknown|unknown user|unknown (local )?(recipient|address|mailbox)|no such (user|recipient|"
    r"mailbox|address|person|account)|does ?n.t exist|does not exist|doesn.t have an? .{0,20}account|"
    r"(address|mailbox|user|recipient|account)\b.{0,40}(not found|couldn.t be found|could not be found)|"
    r"recipnotfound|recipient (address )?rejected|recipient not (found|recognized)|invalid (recipient|"
    r"mailbox|user)|mailbox (unavailable|not available|disabled|inactive)|not a valid (mailbox|user)|"
    r"no mailbox|account.{0,20}(disabled|closed|inactive|suspended|deleted)|unrouteable address|"
    r"address unknown|undeliverable address|host (or domain name )?(unknown|not found)|"
    r"domain not found|not listed in|no longer (valid|available|in use|employed|works?)|"
    r"not our customer|has moved",
    re.IGNORECASE,
)  # fmt: skip
FULL = re.compile(
    r"(mail)?box.{0,20}full|quota|insufficient (system )?(storage|disk)|exceeds? storage|"
    r"try again later|temporar|timed? ?out|timeout exceeded|greylist|too many|not responding|"
    r"connection (refused|reset|lost)|expired|could not be delivered for|will continue trying",
    re.IGNORECASE,
)
POLICY = re.compile(
    r"\bspam\b|anti-?spam|spoof|block(ed|list| list)|blacklist|reputation|\brbl\b|dnsbl|spamhaus|"
    r"spamcop|barracuda|mimecast|messagelabs|symanteccloud|trend ?micro|proofpoint|sorbs|\bpolicy\b|"
    r"policies|dmarc|\bspf\b|\bdkim\b|virus|malware|content (rejected|filter)|prohibited|"
    r"not authori[sz]ed|unauthenticated|unsolicited|banned|suspicious|too large|size limit|"
    r"access denied|relay(ing)? (access )?denied",
    re.IGNORECASE,
)
RETURNED = re.compile(
    r"undeliver|returned mail|returned to sender|delivery (status|failure|has failed|failed|problem|"
    r"error|report|notification)|failure notice|mail delivery|message (not|could not be) delivered|"
    r"non.?deliver|mail system error|could not be delivered|delivery.{0,12}(delayed|incomplete)|"
    r"undelivered|unzustellbar|non remis",
    re.IGNORECASE,
)
BY_A_MACHINE = re.compile(r"mailer-daemon|postmaster|mail delivery|mdaemon", re.IGNORECASE)
AWAY = re.compile(
    r"^\s*(automatic reply|auto(matic)?[- ]?(reply|response|answer)|autoreply|auto:|out of (the )?office|"
    r"vacation|away from|i am away|on (annual )?leave|abwesen|réponse automatique)",
    re.IGNORECASE,
)  # fmt: skip
REPORTED = {"abuse", "fraud", "virus", "opt-out", "opt-out-list", "other"}
ARRIVED = {"delivered", "relayed", "expanded", "deliverable"}


class Verdict(NamedTuple):
    """What a message that came back says about one address."""

    kind: str
    address: str = ""  # as it says; only our own Message-ID is believed
    code: str = ""


class Returned(NamedTuple):
    """One message: by what it is known again, what it says, and of which letters of ours."""

    mark: str
    verdicts: list[Verdict]
    message_ids: list[str]


def messages_in(content: bytes) -> Iterator[bytes]:
    """Each message of a mailbox, or the only one; line ends of every kind become one."""
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n\xef\xbb\xbf")
    if not content.startswith(b"From "):
        yield content
        return
    starts = [found for found in MBOX.finditer(content)
              if found.start() == 0 or content[found.start() - 2 : found.start()] == b"\n\n"]  # fmt: skip
    if not starts:  # it begins like a mailbox and is none
        yield content
        return
    ends = [found.start() for found in starts[1:]] + [len(content)]
    for found, end in zip(starts, ends, strict=True):
        yield content[found.end() : end].replace(b"\n>From ", b"\nFrom ")


def read(raw: bytes) -> Returned:
    """What one message says. Never fails: a message that makes no sense says nothing."""
    message = message_from_bytes(raw)
    words = raw.decode("utf-8", "replace")
    ids = list(dict.fromkeys(OUR_ID.findall(words + decoded(message))))
    return Returned(hashlib.sha256(raw).hexdigest(), verdicts(message), ids)


def verdicts(message: Message) -> list[Verdict]:
    """A complaint, a report for each address, prose, an automatic answer, or nothing of these."""
    reported = complaint(message)
    if reported:
        return [reported]
    told = list(machine_reports(message))
    if told:
        return told
    words = prose(message)
    if bounced(message, words):
        return from_prose(message, words)
    return [Verdict(Kind.AUTOMATIC if automatic(message) else Kind.OTHER)]


def complaint(message: Message) -> Verdict | None:
    """A feedback report (RFC 5965): somebody called a letter of ours spam."""
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report":
            told = fields(part)
            kind = told.get("feedback-type", "abuse").lower()
            address = told.get("original-rcpt-to", "").strip("<> ")
            return Verdict(Kind.COMPLAINT if kind in REPORTED else Kind.OTHER, address)
    return None


def machine_reports(message: Message) -> Iterator[Verdict]:
    """What a delivery report (RFC 3464) says of each address."""
    for part in message.walk():
        if part.get_content_type() not in {
            "message/delivery-status",
            "message/global-delivery-status",
        }:
            continue
        for block in blocks(part):
            recipient = block.get("final-recipient") or block.get("original-recipient")
            if recipient is None:
                continue
            address = recipient.rpartition(";")[2].strip(" <>\t")
            action = (
                block.get("action", "failed").split()[0].lower()
                if block.get("action")
                else "failed"
            )
            said = f"{block.get('status', '')} {block.get('diagnostic-code', '')}"
            code = best_code(said)
            if action in ARRIVED:
                yield Verdict(Kind.OTHER, address, code)
            elif action == "delayed":
                yield Verdict(Kind.SOFT, address, code)
            else:
                yield Verdict(kind_of(code, f"{said} {prose(message)}", said), address, code)


def bounced(message: Message, words: str) -> bool:
    """Whether prose tells that a letter did not arrive."""
    if message.get("X-Failed-Recipients"):
        return True
    subject, sender = str(message.get("Subject", "")), str(message.get("From", ""))
    if AWAY.search(subject):
        return False
    returned = RETURNED.search(subject) or (BY_A_MACHINE.search(sender) and RETURNED.search(words))
    return bool(returned or any(all_failures(message)))


def from_prose(message: Message, words: str) -> list[Verdict]:
    """What words say of each address that they name."""
    later, never = all_failures(message)
    named = [one.decode("ascii", "replace") for one in (*never, *later)]
    named += [one.strip() for one in str(message.get("X-Failed-Recipients", "")).split(",")]
    named = list(dict.fromkeys(one for one in named if one)) or ADDRESS.findall(words)[:1] or [""]
    code = best_code(words)
    kind = kind_of(code, words, words)
    return [Verdict(kind, address, code) for address in named]


def automatic(message: Message) -> bool:
    """An answer that no person wrote (RFC 3834, and the programs that do not keep to it)."""
    if str(message.get("Auto-Submitted", "no")).lower().strip() not in {"", "no"}:
        return True
    if any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Autogenerated")):
        return True
    if str(message.get("Precedence", "")).lower() in {"auto_reply", "auto-reply"}:
        return True
    return bool(AWAY.search(str(message.get("Subject", ""))))


# ------------------------------------------------------------------ judging


def kind_of(code: str, words: str, closest: str) -> str:
    """What a refusal means: `closest` is what the server itself said, `words` all there is."""
    for text in (closest, words):
        if DEAD.search(text) and not code.startswith("4") and not of_policy(code, text):
            return Kind.HARD
        if FULL.search(text) and not of_policy(code, text):
            return Kind.SOFT
        if POLICY.search(text):
            return Kind.POLICY
    return by_code(code)


def of_policy(code: str, text: str) -> bool:
    """A rule refused it: security gateways say so, and an address is not dead for that."""
    return bool(POLICY.search(text)) and not re.match(r"5\.(1\.[1236]|4\.1)$", code)


def by_code(code: str) -> str:
    """What is known from the number alone; what is not known for certain is not for good."""
    if re.match(r"5\.1\.(?![78])|5\.2\.[01]$|5\.4\.4$|55[013]$", code):
        return Kind.HARD
    return Kind.POLICY if re.match(r"5\.[67]\.|5\.1\.[78]", code) else Kind.SOFT


def best_code(words: str) -> str:
    """The finest number in the words: 5.1.1 before 5.0.0, and 550 where there is no finer one."""
    fine = [one for one in FINE_CODE.findall(words) if not one.startswith("2")]
    exact = [one for one in fine if not one.endswith(".0.0")]
    coarse = COARSE_CODE.findall(words)
    return (exact or coarse or fine or [""])[0][:20]


# ------------------------------------------------------------------ reading


def fields(part: Message) -> dict[str, str]:
    """The fields of a part that is made of header lines."""
    return {name: words for block in blocks(part) for name, words in block.items()}


def blocks(part: Message) -> list[dict[str, str]]:
    """The blocks of a report, each a set of header lines, however they came to us."""
    payload = part.get_payload()
    parts = payload if isinstance(payload, list) else [message_from_bytes(str(payload).encode())]
    found = []
    for block in parts:
        lines = {name.lower(): " ".join(str(words).split()) for name, words in block.items()}
        body = block.get_payload()
        if isinstance(body, str) and ":" in body and not lines:
            lines = {
                name.lower(): " ".join(str(words).split())
                for name, words in message_from_bytes(body.strip().encode()).items()
            }
        found.append(lines)
    return found


def prose(message: Message) -> str:
    """What a person would read above our own letter."""
    words = "\n".join(text_of(part) for part in message.walk()
                      if part.get_content_type() in {"text/plain", "text/html"})  # fmt: skip
    cut = QUOTED.search(words, 1)
    return words[: cut.start()] if cut else words[:6000]


def decoded(message: Message) -> str:
    """All text in it, for our own Message-ID, which may stand in coded words."""
    return "\n".join(text_of(part) for part in message.walk() if not part.is_multipart())


def text_of(part: Message) -> str:
    """A part's words, whatever it says of its alphabet."""
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return ""
    try:
        return body.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return body.decode("latin-1")
