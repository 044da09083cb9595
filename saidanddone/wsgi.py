"""The door through which a web server hands requests to the product."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saidanddone.settings")
application = get_wsgi_application()

# The list behind the reading age takes a second to read: now, not while somebody answers a child.
from saidanddone.ui import reading  # noqa: E402

reading.read("We read the list of hard words.")
