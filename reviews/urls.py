from django.urls import path

from reviews.calendar import calendar_views, feed_views
from reviews.health import weight_views
from reviews.notices import notice_views
from reviews.portfolio import portfolio_views
from reviews.recurrence import series_views
from reviews.review import minutes_views, review_views

app_name = "reviews"

urlpatterns = [
    path("portfolio/", portfolio_views.portfolio, name="portfolio"),
    path("reviews/", calendar_views.reviews, name="reviews"),
    path("reviews/month/", calendar_views.reviews_month, name="reviews_month"),
    path("reviews/week/", calendar_views.reviews_week, name="reviews_week"),
    path("reviews/list/", calendar_views.reviews_list, name="reviews_list"),
    path("reviews/<int:pk>/", review_views.review, name="review"),
    path("reviews/<int:pk>/agenda/", minutes_views.review_agenda, name="review_agenda"),
    path("reviews/<int:pk>/minutes/", minutes_views.review_minutes, name="review_minutes"),
    path("reviews/<int:pk>/decisions/add/", minutes_views.decision_add, name="decision_add"),
    path(
        "reviews/<int:pk>/actions/add/", minutes_views.review_action_add, name="review_action_add"
    ),
    path("reviews/<int:pk>/attendance/", minutes_views.attendance_note, name="attendance_note"),
    path("reviews/<int:pk>/hold/", review_views.review_hold, name="review_hold"),
    path("reviews/<int:pk>/skip/", review_views.review_skip, name="review_skip"),
    path("reviews/<int:pk>/move/", review_views.review_move, name="review_move"),
    path("accounts/<int:pk>/reviews/", calendar_views.account_reviews, name="account_reviews"),
    path("accounts/<int:pk>/reviews/add/", series_views.series_add, name="series_add"),
    path("accounts/<int:pk>/reviews/says/", series_views.series_says, name="series_says"),
    path("series/<int:pk>/edit/", series_views.series_edit, name="series_edit"),
    path("series/<int:pk>/says/", series_views.series_edit_says, name="series_edit_says"),
    path("series/<int:pk>/end/", series_views.series_end, name="series_end"),
    path("settings/calendar/", feed_views.calendar_feed, name="calendar_feed"),
    path("settings/calendar/open/", feed_views.calendar_open, name="calendar_open"),
    path("settings/calendar/close/", feed_views.calendar_close, name="calendar_close"),
    path("calendar/<str:token>.ics", feed_views.calendar, name="calendar"),
    path("settings/health/", weight_views.health_weights, name="health_weights"),
    path(
        "settings/health/<int:pk>/withdraw/",
        weight_views.health_weights_withdraw,
        name="health_weights_withdraw",
    ),
    path("settings/mail/", notice_views.mail_settings, name="mail_settings"),
    path("settings/mail/digest/", notice_views.digest_now, name="digest_now"),
    path("mail/stop/<str:token>/", notice_views.unsubscribe, name="unsubscribe"),
]
