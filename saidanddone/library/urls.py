"""Addresses of the library and of good practice."""

from django.urls import path

from saidanddone.library import views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/new/", views.document_add, name="document-add"),
    path("library/drafts/", views.drafts, name="library-drafts"),
    path("library/reviews/<int:pk>/", views.document_review, name="document-review"),
    path("library/<slug:slug>/", views.document, name="document"),
    path("library/<slug:slug>/read/", views.document_read, name="document-read"),
    path("library/<slug:slug>/file/", views.document_file, name="document-file"),
    path("library/<slug:slug>/change/", views.document_change, name="document-change"),
    path("library/<slug:slug>/publish/", views.document_publish, name="document-publish"),
    path("library/<slug:slug>/take-back/", views.document_withdraw, name="document-withdraw"),
    path("library/<slug:slug>/versions/add/", views.version_add, name="version-add"),
    path("library/<slug:slug>/versions/<int:number>/", views.version, name="document-version"),
    path(
        "library/<slug:slug>/versions/<int:number>/file/", views.version_file, name="version-file"
    ),
    path(
        "library/<slug:slug>/versions/<int:number>/publish/",
        views.version_publish,
        name="version-publish",
    ),
    path(
        "library/<slug:slug>/versions/<int:number>/take-back/",
        views.version_withdraw,
        name="version-withdraw",
    ),
    path(
        "library/<slug:slug>/versions/<int:number>/others/add/",
        views.sibling_add,
        name="sibling-add",
    ),
    path("library/<slug:slug>/others/<int:pk>/file/", views.sibling_file, name="sibling-file"),
    path(
        "library/<slug:slug>/others/<int:pk>/publish/",
        views.sibling_publish,
        name="sibling-publish",
    ),
    path(
        "library/<slug:slug>/others/<int:pk>/take-back/",
        views.sibling_withdraw,
        name="sibling-withdraw",
    ),
    path("good-practice/", views.practices, name="practices"),
    path("good-practice/new/", views.practice_add, name="practice-add"),
    path("good-practice/waiting/", views.practices_waiting, name="practices-waiting"),
    path("good-practice/<int:pk>/", views.practice, name="practice"),
    path("good-practice/<int:pk>/change/", views.practice_change, name="practice-change"),
    path("good-practice/<int:pk>/confirm/", views.practice_confirm, name="practice-confirm"),
    path("good-practice/<int:pk>/publish/", views.practice_publish, name="practice-publish"),
    path("good-practice/<int:pk>/ask/", views.practice_ask, name="practice-ask"),
    path("good-practice/<int:pk>/decline/", views.practice_decline, name="practice-decline"),
    path("good-practice/<int:pk>/take-back/", views.practice_withdraw, name="practice-withdraw"),
]
