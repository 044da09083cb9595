"""Lends ./said the database of ./run: the running one, or its own while a command takes place."""

import contextlib
import os
from collections.abc import Iterator

from saidanddone.dev.database import OWNER, RUNTIME, SUPERUSER, Refusal
from saidanddone.dev.options import data_folder
from saidanddone.dev.place import ROOT, Place, embedded_addresses, surroundings

__all__ = ["Refusal", "borrowed"]


@contextlib.contextmanager
def borrowed() -> Iterator[dict[str, str]]:
    """An environment whose database answers until the block ends."""
    place = Place(data_folder(None, ROOT))
    there = place.running()
    if there.get("port") and there.get("socket"):
        addresses = {
            "DATABASE_URL": _at(there["socket"], RUNTIME),
            "DATABASE_OWNER_URL": _at(there["socket"], OWNER),
            "DATABASE_BACKUP_URL": _at(there["socket"], SUPERUSER),
        }
        yield surroundings(place, addresses, there["port"])
        return
    if there.get("port"):
        raise Refusal("./run uses a server of its own choice: give ./said the same DATABASE_URL.")
    with place.held(wait=True), place.served() as server:
        place.tell(server)
        yield surroundings(place, embedded_addresses(server), int(os.environ.get("PORT", "8000")))


def _at(socket: str, role: str) -> str:
    return f"postgresql://{role}@/said?host={socket}"
