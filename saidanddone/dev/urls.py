"""Addresses that only a demonstration or a test has."""

from django.urls import path

from saidanddone.dev import views

urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/sign-in/", views.sign_in, name="demo-sign-in"),
]
