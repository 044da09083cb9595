"""What ./run keeps alive: a process that dies is started again, more slowly each time."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from saidanddone.dev.database import die_with_parent

STEADY = 30  # seconds after which a process counts as well again
SLOWEST = 30  # seconds between two tries at the most


class Part:
    """One process with its own log, and the group of those that it starts itself."""

    def __init__(
        self,
        name: str,
        command: list[str],
        environment: dict[str, str],
        log: Path,
        *,
        if_we_are_killed: signal.Signals,
    ) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.log = log
        self.if_we_are_killed = if_we_are_killed
        self.process: subprocess.Popen | None = None
        self.began = 0.0
        self.falls = 0
        self.next_try = 0.0

    def start(self, folder: Path) -> None:
        """Begin; what an earlier life left is ended first, so that it holds no port."""
        self.kill_group()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(self.if_we_are_killed),  # noqa: PLW1509  we have no threads
            )
        self.began = time.monotonic()

    def fallen(self) -> bool:
        """Whether it has ended though nobody asked it to."""
        return self.process is not None and self.process.poll() is not None

    def note_fall(self) -> float:
        """Count a fall; the seconds to wait before the next try."""
        steady = time.monotonic() - self.began > STEADY
        self.falls = 1 if steady else self.falls + 1
        wait = 0.0 if self.falls == 1 else min(SLOWEST, 2.0 ** (self.falls - 2))
        self.next_try = time.monotonic() + wait
        return wait

    def ask_to_stop(self) -> None:
        """Let it finish what it has in hand."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self, patience: float) -> None:
        """Wait for the end, and enforce it when patience runs out."""
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.1, patience))
            self.kill_group()

    def kill_group(self) -> None:
        """End the process and all that it started, at once."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def last_words(self) -> str:
        """The end of its log, for the person at the terminal."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
