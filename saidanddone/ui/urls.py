"""Addresses of the component gallery and the error pages, for those who build; not there in a live place."""

from django.urls import path

from saidanddone.ui import views

urlpatterns = [
    path("components/", views.gallery, name="gallery"),
    path("components/errors/<slug:page>/", views.error_preview, name="error-preview"),
]
