from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from accounts.urls import session_urlpatterns
from kam.first_day import first_day_views
from kam.guide import guide_views
from kam.interaction_log import interaction_log_views
from kam.outbox import outbox_views
from kam.overview import overview_views
from kam.person import person_views
from kam.search import search_views
from kam.site import probe_views
from kam.today import today_views

urlpatterns = [
    path("", today_views.today, name="today"),
    path("today/actions/<int:pk>/finish/", today_views.today_finish, name="today_finish"),
    path("today/actions/<int:pk>/reopen/", today_views.today_reopen, name="today_reopen"),
    path("accounts/<int:pk>/", overview_views.overview, name="overview"),
    path("first-day/", first_day_views.first_day, name="first_day"),
    path("first-day/<slug:step>/skip/", first_day_views.first_day_skip, name="first_day_skip"),
    path(
        "first-day/<slug:step>/resume/", first_day_views.first_day_resume, name="first_day_resume"
    ),
    path("first-day/hide/", first_day_views.first_day_hide, name="first_day_hide"),
    path(
        "first-day/bring-back/", first_day_views.first_day_bring_back, name="first_day_bring_back"
    ),
    path("search/", search_views.search, name="search"),
    path("guide/", guide_views.guide, name="guide"),
    path("guide/<slug:kind>/", guide_views.guide_page, name="guide_page"),
    path("interactions/log/", interaction_log_views.interaction_log, name="interaction_log"),
    path(
        "interactions/people/", interaction_log_views.interaction_people, name="interaction_people"
    ),
    path("stakeholders/<int:pk>/", person_views.stakeholder, name="stakeholder"),
    path("stakeholders/<int:pk>/leave/", person_views.stakeholder_leave, name="stakeholder_leave"),
    path("outbox/", outbox_views.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox_views.outbox_message, name="outbox_message"),
    path("", include("accounts.urls")),
    path("", include("planning.urls")),
    path("", include("reviews.urls")),
    path("", include("integrations.urls")),
    # The language of people who have not signed in yet, kept in a cookie.
    path("language/", login_not_required(set_language), name="set_language"),
    path("healthz", probe_views.healthz, name="healthz"),
    path("readyz", probe_views.readyz, name="readyz"),
    *session_urlpatterns,
]

handler500 = "kam.middleware.server_error"
