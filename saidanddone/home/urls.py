"""Addresses of the pages where areas meet."""

from django.urls import path

from saidanddone.home.views import front, my_day, pages, search, status

urlpatterns = [
    path("", front.front, name="front"),
    path("my-day/", my_day.my_day, name="my-day"),
    path("search/", search.search, name="search"),
    path("status/", status.status, name="status"),
    path("healthz", status.healthz, name="healthz"),
    path("leave/", pages.leave, name="leave"),
    path("about/", pages.about, name="about"),
    path("your-words/", pages.your_words, name="your-words"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("robots.txt", pages.robots, name="robots"),
]
