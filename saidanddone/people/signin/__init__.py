"""Sign-in: who is there, how surely we know it, and for which post they act in this session."""

from saidanddone.people.signin.acting import acting_for, asks_again, confidential
from saidanddone.people.signin.adapters import Accounts, Backend, Directories, SecondSteps
from saidanddone.people.signin.joining import code_fits, code_for
from saidanddone.people.signin.leaving import empty_account
from saidanddone.people.signin.sessions import (
    SessionStore,
    act_in,
    begin,
    come_by,
    end_sessions,
    prove,
)

__all__ = [
    "Accounts",
    "Backend",
    "Directories",
    "SecondSteps",
    "SessionStore",
    "act_in",
    "acting_for",
    "asks_again",
    "begin",
    "code_fits",
    "code_for",
    "come_by",
    "confidential",
    "empty_account",
    "end_sessions",
    "prove",
]
