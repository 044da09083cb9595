"""What the audit does on a clock: sign its ends each minute, verify every line each day."""

import sys

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from saidanddone.audit import counts, verbs

log = structlog.get_logger("saidanddone.audit")
SHOWN = 20  # faults that a person is told one by one


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="audit-heads", lock="audit-heads")
def write_heads(timestamp: int) -> None:
    """Sign where the chains stand."""
    verbs.write_heads()


@app.periodic(cron="*/2 * * * *")
@app.task(
    queueing_lock="audit-check", lock="audit-check", retry=RetryStrategy(max_attempts=5, wait=300)
)
def check_audit(timestamp: int) -> None:
    """Verify every line once a day; what is wrong stands on the status page and in the log."""
    if not counts.verification().due:
        return
    report = verbs.check_audit()
    if report.faults:
        log.error("audit faults", faults=len(report.faults), lines=report.lines)


def verify_command(words: list[str]) -> int:
    """./said audit verify: 0 all is as it was written, 1 something is not, 2 wrong use."""
    if words != ["verify"]:
        sys.stderr.write("Usage: ./said audit verify\n")
        return 2
    report = verbs.check_audit()
    sys.stdout.write("\n".join(account(report)) + "\n")
    return 1 if report.faults else 0


def account(report: verbs.Report) -> list[str]:
    """The report in sentences."""
    sentences = [f"{report.lines:,} lines and {report.heads:,} signed ends were checked."]
    if report.latest_head is None and report.lines:
        sentences.append(
            "No signed ends were found here: a cut tail would go unseen. Is a worker running?"
        )
    elif report.latest_head:
        sentences.append(f"The last end was signed at {report.latest_head:%Y-%m-%d %H:%M} UTC.")
    if not report.faults:
        return [*sentences, "Every line is as it was written."]
    sentences.append(f"{len(report.faults):,} things are not as they were written:")
    sentences += [f"  {fault}" for fault in report.faults[:SHOWN]]
    if len(report.faults) > SHOWN:
        sentences.append(f"  … and {len(report.faults) - SHOWN:,} more")
    return sentences
