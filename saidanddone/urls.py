"""Every address, by area. Addresses, once published, keep working."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from saidanddone.core.addresses import ByFirstWord

everything: list[URLPattern | URLResolver] = [
    path("", include("saidanddone.home.urls")),
    path("", include("saidanddone.people.urls")),
    path("", include("saidanddone.reference.urls")),
    path("", include("saidanddone.library.urls")),
    path("", include("saidanddone.governance.urls")),
    path("", include("saidanddone.events.urls")),
    path("", include("saidanddone.participation.urls")),
    path("", include("saidanddone.earlyhelp.urls")),
    path("", include("saidanddone.bulletin.urls")),
    path("", include("saidanddone.mail.urls")),
    path("", include("saidanddone.audit.urls")),
    path("", include("saidanddone.ui.urls")),
]
if not settings.LIVE:
    everything.append(path("", include("saidanddone.dev.urls")))
urlpatterns = [ByFirstWord(everything)]

handler400 = "saidanddone.ui.errors.bad_request"
handler403 = "saidanddone.ui.errors.forbidden"
handler404 = "saidanddone.ui.errors.not_found"
handler429 = "saidanddone.ui.errors.too_many"  # allauth asks for it
handler500 = "saidanddone.ui.errors.failed"
