"""Addresses of the theme, the logo, the settings and the lists."""

from django.urls import path

from saidanddone.reference import views

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("logo/", views.logo, name="logo"),
    path("settings/", views.settings, name="settings"),
    path("settings/lists/", views.lists, name="lists"),
    path("settings/lists/closed-days/add/", views.add_closed_day, name="add-closed-day"),
    path(
        "settings/lists/closed-days/<int:pk>/drop/", views.drop_closed_day, name="drop-closed-day"
    ),
    path("settings/lists/<slug:name>/add/", views.add_entry, name="add-entry"),
    path("settings/lists/<slug:name>/<int:pk>/change/", views.change_entry, name="change-entry"),
    path("settings/lists/<slug:name>/<int:pk>/end/", views.end_entry, name="end-entry"),
    path("settings/<slug:name>/", views.section, name="settings-section"),
]
