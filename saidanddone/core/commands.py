"""What an operator asks of any place: is it well, bring it up to date, do the work that waits."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.utils.module_loading import import_string

from saidanddone import __version__
from saidanddone.core import imports, rights
from saidanddone.core.files import FileRefused

DONE, REFUSED, WRONG_USE = 0, 1, 2
IMPORT = "import KIND FILE [--commit] [--json] [--board ADDRESS] [--only PLACES]"
IMPORTER = "system:import"
AGAIN = "Nothing was kept. Run it again with --commit to take it in."
COUNTED = [
    ("jobs", "procrastinate", "ProcrastinateJob", "status"),
    ("letters", "mail", "Letter", "state"),
]


def wrong_use(usage: str) -> int:
    """Say how the command is meant."""
    print(f"Usage: ./said {usage}", file=sys.stderr)
    return WRONG_USE


def migrate(words: list[str]) -> int:
    """Bring tables and rights to what this version of the code expects."""
    if words:
        return wrong_use("migrate")
    try:
        rights.prepare_database(print)
    except rights.NotSeparate as trouble:
        print(trouble, file=sys.stderr)
        return REFUSED
    print("Tables and rights are up to date.")
    return DONE


def check(words: list[str]) -> int:
    """Tell whether settings, tables and roles are sound; touches nothing."""
    if words:
        return wrong_use("check")
    troubles = [f"{name} is not applied: ./said migrate" for name in waiting_migrations()]
    try:
        call_command("check", deploy=settings.LIVE, fail_level="WARNING")
        rights.check_separate()
    except (CommandError, rights.NotSeparate) as trouble:
        troubles.append(str(trouble))
    for sentence in troubles:
        print(sentence, file=sys.stderr)
    return REFUSED if troubles else DONE


def status(words: list[str]) -> int:
    """Tell what runs here in a few lines; status 1 if something wants a person."""
    if words not in ([], ["--json"]):
        return wrong_use("status [--json]")
    facts = facts_of_this_place()
    if words:
        print(json.dumps(facts, indent=2))
    else:
        width = max(map(len, facts))
        print("\n".join(f"{name:<{width}}  {value}" for name, value in facts.items()))
    return DONE if well(facts) else REFUSED


def facts_of_this_place() -> dict[str, object]:
    """Numbers only: nothing that anybody wrote."""
    waiting = waiting_migrations()
    facts: dict[str, object] = {
        "version": __version__,
        "kind": settings.KIND,
        "address": settings.SITE_ADDRESS,
        "tables": "up to date" if not waiting else f"{len(waiting)} changes wait",
    }
    if waiting:
        return facts
    for what, app, model, field in COUNTED:
        rows = apps.get_model(app, model)._default_manager.order_by().values_list(field)
        for state, number in rows.annotate(Count("pk")):
            facts[f"{what}: {state}"] = number
    facts["audit"] = last_verification()
    return facts


def last_verification() -> str:
    """What the verifier found when it last ran."""
    last = apps.get_model("audit", "Check")._default_manager.order_by("-at").first()
    if last is None:
        return "not verified yet"
    return f"{last.faults} faults in {last.lines} lines, {last.at:%Y-%m-%d %H:%M} UTC"


def well(facts: dict[str, object]) -> bool:
    """Whether nothing here waits for a person."""
    audit = str(facts.get("audit", ""))
    return (
        facts["tables"] == "up to date"
        and not facts.get("jobs: failed")
        and not facts.get("letters: unknown")
        and audit.startswith(("0 faults", "not verified"))
    )


def waiting_migrations() -> list[str]:
    """Changes of tables that this code brings and this database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def import_file(words: list[str]) -> int:
    """Read a file of a kind that an area declares: a report by row, and with --commit for good."""
    asked = _asked(words)
    if asked is None:
        return wrong_use(f"{IMPORT}\nKinds: {', '.join(imports.KINDS)}")
    kind, file, options, commit, as_json = asked
    try:
        content = _content(kind, file)
        report = _imported(kind, file.name, content, options, commit=commit)
    except OSError as trouble:
        return _told(None, [f"{file}: {trouble.strerror}."], as_json=as_json, kept=False)
    except FileRefused as refused:
        return _told(None, [str(refused)], as_json=as_json, kept=False)
    except imports.Undecided as undecided:
        return _told(None, list(undecided.reasons), as_json=as_json, kept=False)
    return _told(report, [], as_json=as_json, kept=commit, after=kind.after)


def _asked(words: list[str]) -> tuple[imports.Kind, Path, dict[str, str], bool, bool] | None:
    """The words after `import`, understood; None when they make no sense."""
    flags = {"--commit", "--json"}
    plain, options, left = [], {}, list(words)
    while left:
        word = left.pop(0)
        if word.startswith("--") and word not in flags:
            if not left:
                return None
            options[word[2:]] = left.pop(0)
        elif word not in flags:
            plain.append(word)
    if len(plain) != 2 or plain[0] not in imports.KINDS:
        return None
    kind = import_string(imports.KINDS[plain[0]].replace(":", "."))
    if not set(options) <= {*kind.options, *kind.narrows}:
        return None
    return kind, Path(plain[1]), options, "--commit" in words, "--json" in words


def _content(kind: imports.Kind, file: Path) -> bytes:
    """The file's bytes; of `-`, what is piped in."""
    if str(file) == "-":
        piped = sys.stdin.buffer.read(kind.most + 1)
        return imports.weighed(ContentFile(piped), kind.most)
    with file.open("rb") as opened:
        return imports.weighed(File(opened), kind.most)


def _imported(
    kind: imports.Kind, name: str, content: bytes, options: dict[str, str], *, commit: bool
) -> imports.Report:
    plan = kind.read(
        content, **{name: options.pop(name) for name in kind.narrows if name in options}
    )
    if not commit:
        return kind.look(plan=plan, by=IMPORTER, **options)
    digest = imports.mark(content)
    return kind.take(plan=plan, by=IMPORTER, file_name=name, digest=digest, **options)


def _told(
    report: imports.Report | None, why: list[str], *, as_json: bool, kept: bool, after: str = ""
) -> int:
    """The report, or why there is none; refused rows make it a refusal."""
    rows = report.rows if report else []
    kept = kept and report is not None
    counts = {fate: report.count(fate) if report else 0 for fate in imports.FATES}
    if as_json:
        told = {"kept": kept, "refused": why, "counts": counts, "rows": [asdict(r) for r in rows]}
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return REFUSED if why or counts[imports.REFUSED] else DONE
    for row in rows:
        print(f"{row.fate:<9} {row.what}{f'  ({row.why})' if row.why else ''}")
    for sentence in why:
        print(sentence, file=sys.stderr)
    if report:
        print(", ".join(f"{number} {fate}" for fate, number in counts.items() if number) + ".")
    if kept:
        print(after)
    else:
        print("Nothing was kept." if why or counts[imports.REFUSED] else AGAIN, file=sys.stderr)
    return REFUSED if why or counts[imports.REFUSED] else DONE


def export_file(words: list[str]) -> int:
    """Write a file of a kind that an area declares."""
    return _no_kinds_yet(words, "export KIND FILE")


def _no_kinds_yet(words: list[str], usage: str) -> int:
    if words:
        print(f"There is no kind {words[0]!r}.", file=sys.stderr)
    print(
        "There are no kinds yet: areas that read or write files will bring them.", file=sys.stderr
    )
    return wrong_use(usage)
