"""The door through which a web server hands requests to the product."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saidanddone.settings")
application = get_wsgi_application()
