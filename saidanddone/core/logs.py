"""Log lines as data: one JSON object a line, and never a word that somebody wrote."""

import sys
from types import TracebackType

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, Processor, WrappedLogger

SHARED: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
MOST_PLACES = 12


def without_messages(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Of an exception keep its kind and the places it passed, never its message: it may quote."""
    event.pop("exception", None)
    error = _exception(event.pop("exc_info", None))
    if error is not None:
        event["error"] = type(error).__name__
        event["where"] = _places(error.__traceback__)
    return event


def _exception(told: object) -> BaseException | None:
    """Loggers are told of an exception as itself, as a triple, or as True: the one at hand."""
    if told is True:
        return sys.exception()
    if isinstance(told, tuple):
        told = told[1]
    return told if isinstance(told, BaseException) else None


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-MOST_PLACES:]


class Line(ProcessorFormatter):
    """The one format of every log line, ours and the libraries'."""

    def __init__(self) -> None:
        super().__init__(
            foreign_pre_chain=SHARED,
            # A library's fixed words, not what it fills in: that may be somebody's address.
            use_get_message=False,
            processors=[
                ProcessorFormatter.remove_processors_meta,
                without_messages,
                structlog.processors.JSONRenderer(),
            ],
        )


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *SHARED,
        ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
