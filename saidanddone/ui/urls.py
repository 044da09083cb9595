"""Addresses of the component gallery and of previews of the error pages."""

from django.urls import path

from saidanddone.ui import views

urlpatterns = [
    path("components/", views.gallery, name="gallery"),
    path("components/errors/<slug:page>/", views.error_preview, name="error-preview"),
]
