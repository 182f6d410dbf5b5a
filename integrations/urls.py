from django.urls import path

from integrations.exports import account_export_views, plan_export_views, review_export_views
from integrations.imports import import_views

app_name = "integrations"
urlpatterns = [
    path("imports/", import_views.imports, name="imports"),
    path("imports/add/", import_views.import_add, name="import_add"),
    path("imports/<int:pk>/", import_views.batch, name="batch"),
    path("imports/<int:pk>/progress/", import_views.batch_progress, name="batch_progress"),
    path("imports/<int:pk>/columns/", import_views.batch_columns, name="batch_columns"),
    path("imports/<int:pk>/decide/", import_views.batch_decide, name="batch_decide"),
    path("imports/<int:pk>/correct/", import_views.batch_correct, name="batch_correct"),
    path("imports/<int:pk>/left-out/", import_views.batch_left_out, name="batch_left_out"),
    path("imports/<int:pk>/run/", import_views.batch_run, name="batch_run"),
    path("imports/<int:pk>/again/", import_views.batch_again, name="batch_again"),
    path("imports/<int:pk>/undo/", import_views.batch_undo, name="batch_undo"),
    path("imports/<int:pk>/discard/", import_views.batch_discard, name="batch_discard"),
    path("imports/templates/<str:name>", import_views.import_template, name="import_template"),
    path("accounts/export/", account_export_views.accounts_export, name="accounts_export"),
    path("portfolio/export/", account_export_views.portfolio_export, name="portfolio_export"),
    path(
        "interactions/export/", account_export_views.interactions_export, name="interactions_export"
    ),
    path("products/export/", account_export_views.products_export, name="products_export"),
    path(
        "accounts/<int:pk>/stakeholders/export/",
        account_export_views.stakeholders_export,
        name="stakeholders_export",
    ),
    path(
        "accounts/<int:pk>/interactions/export/",
        account_export_views.account_interactions_export,
        name="account_interactions_export",
    ),
    path(
        "accounts/<int:pk>/opportunities/export/",
        account_export_views.opportunities_export,
        name="opportunities_export",
    ),
    path(
        "accounts/<int:pk>/contracts/export/",
        account_export_views.contracts_export,
        name="contracts_export",
    ),
    path(
        "accounts/<int:pk>/receivables/export/",
        account_export_views.receivables_export,
        name="receivables_export",
    ),
    path(
        "accounts/<int:pk>/revenue/export/",
        account_export_views.revenue_export,
        name="revenue_export",
    ),
    path("plans/<int:pk>/export/", plan_export_views.plan_export, name="plan_export"),
    path("reviews/export/", review_export_views.reviews_export, name="reviews_export"),
    path(
        "accounts/<int:pk>/reviews/export/",
        review_export_views.account_reviews_export,
        name="account_reviews_export",
    ),
]
