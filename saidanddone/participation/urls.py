"""Addresses of what children say and what comes of it."""

from django.urls import path

from saidanddone.participation import feeds
from saidanddone.participation.views import (
    cards,
    deeds,
    gatherings,
    held,
    issues,
    raising,
    reminder,
    replies,
    tell_us,
    thread,
    voices,
    wall,
)

urlpatterns = [
    path("tell-us/", tell_us.tell_us, name="tell-us"),
    # The thread: opened with a code, without an account.
    path("thread/", thread.thread_entry, name="thread-entry"),
    path("thread/card/", cards.print_cards, name="print-cards"),
    path("thread/<str:code>/", thread.thread, name="thread"),
    path("thread/<str:code>/add/", thread.add, name="thread-add"),
    path("thread/<str:code>/take-back/", thread.take_back, name="thread-take-back"),
    path("thread/<str:code>/issues/<int:pk>/judge/", thread.judge, name="thread-judge"),
    path("thread/<str:code>/issues/<int:pk>/title/", thread.agree, name="thread-agree"),
    path(
        "thread/<str:code>/issues/<int:pk>/happened/", thread.say_happened, name="thread-happened"
    ),
    path(
        "thread/<str:code>/issues/<int:pk>/reminder.ics", reminder.reminder, name="thread-reminder"
    ),
    path("thread/<str:code>/questions/<int:pk>/answer/", thread.answer, name="thread-answer"),
    # Voices.
    path("voices/", voices.voices, name="voices"),
    path("voices/record/", voices.record, name="voice-record"),
    path("voices/my-card/", cards.my_card, name="my-card"),
    path("voices/duty/", held.duty, name="duty"),
    path("voices/duty/<int:pk>/end/", held.end_duty, name="duty-end"),
    path("voices/held/", held.held, name="held-voices"),
    path("voices/held/<int:pk>/", held.held_voice, name="held-voice"),
    path("voices/held/<int:pk>/open/", held.open_held, name="held-open"),
    path("voices/held/<int:pk>/release/", held.release, name="held-release"),
    path("voices/held/<int:pk>/hand-on/", held.hand_on, name="held-hand-on"),
    path("voices/held/<int:pk>/picture/", held.held_picture, name="held-picture"),
    path("voices/gatherings/new/", gatherings.start, name="gathering-start"),
    path("voices/gatherings/<int:pk>/", gatherings.gathering, name="gathering"),
    path("voices/gatherings/<int:pk>/photo/", gatherings.photo, name="gathering-photo"),
    path("voices/<int:pk>/", voices.voice, name="voice"),
    path("voices/<int:pk>/read/", voices.read, name="voice-read"),
    path("voices/<int:pk>/correct/", voices.correct, name="voice-correct"),
    path("voices/<int:pk>/publish/", voices.publish, name="voice-publish"),
    path("voices/<int:pk>/unpublish/", voices.unpublish, name="voice-unpublish"),
    path("voices/<int:pk>/hold/", voices.hold, name="voice-hold"),
    path("voices/<int:pk>/new-code/", voices.renew, name="voice-renew"),
    path("voices/<int:pk>/take-back/", voices.take_back, name="voice-take-back"),
    path("voices/<int:pk>/picture/", voices.picture, name="voice-picture"),
    # Issues.
    path("issues/", issues.issues, name="issues"),
    path("issues/raise/", raising.raise_issue, name="issue-raise"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("issues/<int:pk>/group/", deeds.group, name="issue-group"),
    path("issues/<int:pk>/route/", deeds.route, name="issue-route"),
    path("issues/<int:pk>/table/", deeds.table, name="issue-table"),
    path("issues/<int:pk>/reword/", deeds.reword, name="issue-reword"),
    path("issues/<int:pk>/ask/", deeds.ask, name="issue-ask"),
    path("issues/<int:pk>/tell/", deeds.tell, name="issue-tell"),
    path("issues/<int:pk>/withdraw/", deeds.withdraw, name="issue-withdraw"),
    path("issues/<int:pk>/reply/", replies.reply, name="issue-reply"),
    path("issues/<int:pk>/reply/score/", replies.score, name="issue-reply-score"),
    path("issues/<int:pk>/judge/", deeds.judge, name="issue-judge"),
    path("issues/<int:pk>/finish/", deeds.finish, name="issue-finish"),
    path("issues/<int:pk>/happened/", deeds.happened, name="issue-happened"),
    path("replies/<int:pk>/send/", replies.send, name="reply-send"),
    # For everybody.
    path("you-said-we-did/", wall.wall, name="wall"),
    path("you-said-we-did/feed/", feeds.wall_feed, name="wall-feed"),
    path("you-said-we-did/<int:pk>/", wall.wall_issue, name="wall-issue"),
]
