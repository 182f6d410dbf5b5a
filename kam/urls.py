from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from accounts.urls import session_urlpatterns
from kam.views import first_day, guide, health, outbox, overview, search, today

urlpatterns = [
    path("", today.today, name="today"),
    path("today/actions/<int:pk>/finish/", today.today_finish, name="today_finish"),
    path("today/actions/<int:pk>/reopen/", today.today_reopen, name="today_reopen"),
    path("accounts/<int:pk>/", overview.overview, name="overview"),
    path("first-day/", first_day.first_day, name="first_day"),
    path("first-day/<slug:step>/skip/", first_day.first_day_skip, name="first_day_skip"),
    path("first-day/<slug:step>/resume/", first_day.first_day_resume, name="first_day_resume"),
    path("first-day/hide/", first_day.first_day_hide, name="first_day_hide"),
    path("first-day/bring-back/", first_day.first_day_bring_back, name="first_day_bring_back"),
    path("search/", search.search, name="search"),
    path("guide/", guide.guide, name="guide"),
    path("guide/<slug:kind>/", guide.guide_page, name="guide_page"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.outbox_message, name="outbox_message"),
    path("", include("accounts.urls")),
    path("", include("planning.urls")),
    path("", include("reviews.urls")),
    # The language of people who have not signed in yet, kept in a cookie.
    path("language/", login_not_required(set_language), name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *session_urlpatterns,
]

handler500 = "kam.middleware.server_error"
