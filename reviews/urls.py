from django.urls import path

from reviews.views import (
    exports,
    feed,
    mail,
    portfolio,
    review,
    reviews,
    series,
    weights,
    writing,
)

app_name = "reviews"

urlpatterns = [
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/export/", exports.reviews_export, name="reviews_export"),
    path("reviews/month/", reviews.reviews_month, name="reviews_month"),
    path("reviews/week/", reviews.reviews_week, name="reviews_week"),
    path("reviews/list/", reviews.reviews_list, name="reviews_list"),
    path("reviews/<int:pk>/", review.review, name="review"),
    path("reviews/<int:pk>/agenda/", writing.review_agenda, name="review_agenda"),
    path("reviews/<int:pk>/minutes/", writing.review_minutes, name="review_minutes"),
    path("reviews/<int:pk>/decisions/add/", writing.decision_add, name="decision_add"),
    path("reviews/<int:pk>/actions/add/", writing.review_action_add, name="review_action_add"),
    path("reviews/<int:pk>/attendance/", writing.attendance_note, name="attendance_note"),
    path("reviews/<int:pk>/hold/", review.review_hold, name="review_hold"),
    path("reviews/<int:pk>/skip/", review.review_skip, name="review_skip"),
    path("reviews/<int:pk>/move/", review.review_move, name="review_move"),
    path("accounts/<int:pk>/reviews/", reviews.account_reviews, name="account_reviews"),
    path(
        "accounts/<int:pk>/reviews/export/",
        exports.account_reviews_export,
        name="account_reviews_export",
    ),
    path("accounts/<int:pk>/reviews/add/", series.series_add, name="series_add"),
    path("accounts/<int:pk>/reviews/says/", series.series_says, name="series_says"),
    path("series/<int:pk>/edit/", series.series_edit, name="series_edit"),
    path("series/<int:pk>/says/", series.series_edit_says, name="series_edit_says"),
    path("series/<int:pk>/end/", series.series_end, name="series_end"),
    path("settings/calendar/", feed.calendar_feed, name="calendar_feed"),
    path("settings/calendar/open/", feed.calendar_open, name="calendar_open"),
    path("settings/calendar/close/", feed.calendar_close, name="calendar_close"),
    path("calendar/<str:token>.ics", feed.calendar, name="calendar"),
    path("settings/health/", weights.health_weights, name="health_weights"),
    path(
        "settings/health/<int:pk>/withdraw/",
        weights.health_weights_withdraw,
        name="health_weights_withdraw",
    ),
    path("settings/mail/", mail.mail_settings, name="mail_settings"),
    path("settings/mail/digest/", mail.digest_now, name="digest_now"),
    path("mail/stop/<str:token>/", mail.unsubscribe, name="unsubscribe"),
]
