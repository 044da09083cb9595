"""Whether anybody sees what no rule allows, or misses what one does: ./bench access --decisions N.

Boroughs are made by chance, each within a transaction that is taken back. Every person of each is
asked about every thing of every family, by both locks and by the code's own checks alone, and each
answer is held against tests/earlyhelp/oracle.py. Floor: none is wrong. `--seed S` begins where an
earlier run did.
"""

import argparse
import os
import random
import time

USUAL = 100_000  # minutes; a million takes a quarter of an hour or two


def main(*words: str) -> int:
    """Print how many decisions were compared and each that was wrong; 1 if there was one."""
    given = arguments(words)
    os.environ["DJANGO_SETTINGS_MODULE"] = "saidanddone.settings"
    import django  # noqa: PLC0415 -- the database is chosen at run time

    django.setup()
    began, count, faults = time.monotonic(), 0, []
    print(f"Seed {given.seed}")
    for seed in range(given.seed, given.seed + given.decisions):
        found, compared = borough(seed)
        count, faults = count + compared, faults + [f"seed {seed}: {one}" for one in found]
        if count >= given.decisions:
            break
    print(f"{count:,} decisions in {time.monotonic() - began:.0f} s, {len(faults)} wrong")
    print("\n".join(faults[:20]))
    return 1 if faults else 0


def arguments(words: tuple[str, ...]) -> argparse.Namespace:
    """How many, and where chance begins."""
    told = argparse.ArgumentParser(prog="./bench access")
    told.add_argument("--decisions", type=int, default=USUAL)
    told.add_argument("--seed", type=int, default=random.randrange(10_000, 10**8))
    return told.parse_args(list(words))


def borough(seed: int) -> tuple[list[object], int]:
    """The wrong decisions in one borough, and how many were compared; nothing of it stays."""
    from django.db import transaction  # noqa: PLC0415

    from tests.earlyhelp.asking import locked, unlocked, wrong  # noqa: PLC0415
    from tests.earlyhelp.worlds import make_world  # noqa: PLC0415

    with transaction.atomic():
        found = wrong(make_world(seed, houses=16, texts=24), locked, unlocked)
        transaction.set_rollback(True)
    return found
