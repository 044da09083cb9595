"""Files that governance reads: what ModernGov, the system of most councils, tells of meetings."""

from saidanddone.core.imports import Kind
from saidanddone.governance import verbs
from saidanddone.governance.imports.moderngov import MOST_BYTES, read

MEETINGS = Kind(
    name="meetings",
    about="committees, meetings and agendas from ModernGov’s web service (XML)",
    most=MOST_BYTES,
    options=("board",),
    read=read,
    look=verbs.look_at_meetings,
    take=verbs.take_meetings,
)
