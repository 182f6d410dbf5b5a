from django.urls import include, path

from accounts.urls import session_urlpatterns
from kam.views import health, outbox, overview, today

urlpatterns = [
    path("", today.today, name="today"),
    path("accounts/<int:pk>/", overview.overview, name="overview"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.outbox_message, name="outbox_message"),
    path("", include("accounts.urls")),
    path("", include("planning.urls")),
    path("", include("reviews.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *session_urlpatterns,
]
