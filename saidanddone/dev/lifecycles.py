"""Draws docs/lifecycles from states.py: python -m saidanddone.dev.lifecycles."""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "lifecycles"


def tables(area: str) -> Iterator[tuple[str, dict]]:
    """The tables of an area's states.py, in the order in which they stand there."""
    module = importlib.import_module(f"saidanddone.{area}.states")
    tree = ast.parse(Path(module.__file__ or "").read_text())
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            table = getattr(module, name)
            if isinstance(table, dict) and all(is_move(move) for move in table.values()):
                yield name, table


def is_move(move: object) -> bool:
    """Whether a table's entry is (from which states, to which)."""
    return isinstance(move, tuple) and len(move) == 2 and isinstance(move[0], (set, frozenset))


def targets(start: str, target: object) -> list[str]:
    """Where a move leads from one state; None leaves it as it is."""
    if target is None:
        return [start]
    return [target] if isinstance(target, str) else sorted(target)


def page(area: str) -> str:
    """One area's page: a diagram for each record, and below it the verbs that change no state."""
    parts = [
        f"# Life cycles: {area}",
        "",
        f"Drawn from `saidanddone/{area}/states.py`: `python -m saidanddone.dev.lifecycles`.",
    ]
    for name, table in tables(area):
        parts += ["", f"## {name.replace('_', ' ').capitalize()}", "", *diagram(table)]
        parts += ["", *without_change(table)]
    return "\n".join(parts).rstrip() + "\n"


def diagram(table: dict) -> list[str]:
    """Mermaid's lines: one arrow for each move that changes the state."""
    arrows = {
        f"    {start} --> {end}: {verb}"
        for verb, (starts, target) in table.items()
        for start in starts
        for end in targets(start, target)
        if target is not None
    }
    reached = {arrow.split(" --> ")[1].split(":")[0] for arrow in arrows}
    states = {start for starts, _ in table.values() for start in starts}
    first = sorted(states - reached)
    begins = [f"    [*] --> {state}" for state in first]
    return ["```mermaid", "stateDiagram-v2", *begins, *sorted(arrows), "```"]


def without_change(table: dict) -> list[str]:
    """The verbs that leave the state as it is, each with the states in which it is open."""
    return [
        f"- `{verb}` in {', '.join(sorted(starts))}"
        for verb, (starts, target) in table.items()
        if target is None
    ]


def pages() -> dict[Path, str]:
    """Every page that ought to be there, with what ought to stand on it."""
    areas = sorted(path.parent.name for path in (ROOT / "saidanddone").glob("*/states.py"))
    return {FOLDER / f"{area}.md": page(area) for area in areas}


def main() -> int:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, words in pages().items():
        path.write_text(words)
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
