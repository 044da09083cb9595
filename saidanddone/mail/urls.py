"""Addresses of the mail; those under dev/ exist only in demonstrations and tests."""

from django.conf import settings
from django.urls import path

from saidanddone.mail import views

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/decide/", views.decide_page, name="letters-decide"),
    path("letters/<int:pk>/send-again/", views.send_again, name="letter-send-again"),
    path("letters/<int:pk>/take-as-sent/", views.take_as_sent, name="letter-take-as-sent"),
]
if not settings.LIVE:
    urlpatterns += [
        path("dev/mail/", views.shown, name="shown-letters"),
        path("dev/mail/<int:pk>/", views.shown_letter, name="shown-letter"),
        path("dev/mail/<int:pk>/html/", views.shown_html, name="shown-letter-html"),
    ]
