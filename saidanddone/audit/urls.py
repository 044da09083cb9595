"""Addresses of the audit."""

from django.urls import path

from saidanddone.audit import views

urlpatterns = [path("audit/", views.log, name="audit-log")]
