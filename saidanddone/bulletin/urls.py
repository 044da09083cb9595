"""Addresses of the bulletin: for everybody, for its readers, for its editors."""

from django.urls import path

from saidanddone.bulletin import feeds
from saidanddone.bulletin.views import archive, contacts, desk, making, readers, suggesting

urlpatterns = [
    path("bulletin/", archive.archive, name="bulletin"),
    path("bulletin/feed/", feeds.bulletin_feed, name="bulletin-feed"),
    path("bulletin/<int:number>/", archive.edition, name="bulletin-edition"),
    path("bulletin/items/<int:pk>/", archive.item, name="bulletin-item"),
    path("bulletin/items/<int:pk>/picture/", archive.item_picture, name="bulletin-item-picture"),
    path("bulletin/items/<int:pk>/change/", suggesting.change_item, name="bulletin-item-change"),
    path("bulletin/items/<int:pk>/accept/", desk.accept, name="bulletin-item-accept"),
    path("bulletin/items/<int:pk>/decline/", desk.decline, name="bulletin-item-decline"),
    path("bulletin/to/<int:pk>/", archive.follow, name="bulletin-follow"),
    path("bulletin/suggest/", suggesting.suggest, name="bulletin-suggest"),
    path("bulletin/suggest/done/", suggesting.suggested, name="bulletin-suggested"),
    path(
        "bulletin/suggest/confirm/<str:token>/", suggesting.confirm_items,
        name="bulletin-confirm-items",
    ),
    # Readers, by the links in their letters.
    path("bulletin/get/", readers.ask, name="bulletin-ask"),
    path("bulletin/mine/", readers.mine, name="bulletin-mine"),
    path("bulletin/confirm/<str:token>/", readers.confirm, name="bulletin-confirm"),
    path("bulletin/choose/<str:token>/", readers.choose, name="bulletin-choose"),
    path("bulletin/leave/<str:token>/", readers.leave, name="bulletin-leave"),
    # Editors.
    path("bulletin/desk/", desk.desk, name="bulletin-desk"),
    path("bulletin/desk/readers/", contacts.add_readers, name="bulletin-readers"),
    path(
        "bulletin/desk/readers/<int:pk>/", contacts.contact_list, name="bulletin-contact-list"
    ),
    path(
        "bulletin/desk/readers/<int:pk>/undo/", contacts.undo_list,
        name="bulletin-contact-list-undo",
    ),
    path("bulletin/desk/accept/", desk.accept_items, name="bulletin-accept-items"),
    path("bulletin/editions/compile/", desk.compile_week, name="bulletin-compile"),
    path("bulletin/editions/<int:pk>/", making.make, name="bulletin-make"),
    path("bulletin/editions/<int:pk>/opening/", making.opening, name="bulletin-opening"),
    path("bulletin/editions/<int:pk>/order/", making.order, name="bulletin-order"),
    path("bulletin/editions/<int:pk>/news/", making.news, name="bulletin-news"),
    path("bulletin/editions/<int:pk>/entries/<int:entry>/", making.entry, name="bulletin-entry"),
    path(
        "bulletin/editions/<int:pk>/entries/<int:entry>/out/", making.entry_out,
        name="bulletin-entry-out",
    ),
    path(
        "bulletin/editions/<int:pk>/entries/<int:entry>/in/", making.entry_in,
        name="bulletin-entry-in",
    ),
    path("bulletin/editions/<int:pk>/hand-on/", making.hand_on, name="bulletin-hand-on"),
    path("bulletin/editions/<int:pk>/approve/", making.approve, name="bulletin-approve"),
    path("bulletin/editions/<int:pk>/stop/", making.stop, name="bulletin-stop"),
    path("bulletin/editions/<int:pk>/preview/", making.preview, name="bulletin-preview"),
    path(
        "bulletin/editions/<int:pk>/preview/letter/", making.preview_letter,
        name="bulletin-preview-letter",
    ),
    path(
        "bulletin/editions/<int:pk>/preview/page/", making.preview_page,
        name="bulletin-preview-page",
    ),
]  # fmt: skip
