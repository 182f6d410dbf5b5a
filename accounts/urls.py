from allauth.account import views as allauth_views
from django.urls import path

from accounts.views import (
    account,
    accounts,
    contracts,
    look,
    money,
    opportunities,
    portfolio,
    products,
    rates,
    receivables,
    settings,
    structure,
    tiers,
)

app_name = "accounts"
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/add/", account.account_add, name="account_add"),
    path("accounts/<int:pk>/edit/", account.account_edit, name="account_edit"),
    path("accounts/<int:pk>/archive/", account.account_archive, name="account_archive"),
    path("accounts/<int:pk>/restore/", account.account_restore, name="account_restore"),
    path("accounts/<int:pk>/tier/", tiers.tier, name="tier"),
    path("accounts/<int:pk>/tier/change/", tiers.tier_change, name="tier_change"),
    path("accounts/<int:pk>/structure/", structure.structure, name="structure"),
    path("accounts/<int:pk>/units/add/", structure.unit_add, name="unit_add"),
    path("units/<int:pk>/edit/", structure.unit_edit, name="unit_edit"),
    path("accounts/<int:pk>/money/", money.money, name="money"),
    path("accounts/<int:pk>/revenue/", money.revenue, name="revenue"),
    path("accounts/<int:pk>/revenue/add/", money.revenue_add, name="revenue_add"),
    path("revenue/<int:pk>/edit/", money.revenue_edit, name="revenue_edit"),
    path("revenue/<int:pk>/remove/", money.revenue_remove, name="revenue_remove"),
    path("accounts/<int:pk>/contracts/", contracts.contracts, name="contracts"),
    path("accounts/<int:pk>/contracts/add/", contracts.contract_add, name="contract_add"),
    path("contracts/<int:pk>/edit/", contracts.contract_edit, name="contract_edit"),
    path("contracts/<int:pk>/remove/", contracts.contract_remove, name="contract_remove"),
    path("accounts/<int:pk>/opportunities/", opportunities.opportunities, name="opportunities"),
    path(
        "accounts/<int:pk>/opportunities/add/",
        opportunities.opportunity_add,
        name="opportunity_add",
    ),
    path("opportunities/<int:pk>/edit/", opportunities.opportunity_edit, name="opportunity_edit"),
    path(
        "opportunities/<int:pk>/remove/",
        opportunities.opportunity_remove,
        name="opportunity_remove",
    ),
    path("accounts/<int:pk>/receivables/", receivables.receivables, name="receivables"),
    path("accounts/<int:pk>/receivables/add/", receivables.receivable_add, name="receivable_add"),
    path("receivables/<int:pk>/edit/", receivables.receivable_edit, name="receivable_edit"),
    path("receivables/<int:pk>/remove/", receivables.receivable_remove, name="receivable_remove"),
    path("opportunities/<int:pk>/win/", opportunities.opportunity_win, name="opportunity_win"),
    path("opportunities/<int:pk>/lose/", opportunities.opportunity_lose, name="opportunity_lose"),
    path(
        "opportunities/<int:pk>/reopen/",
        opportunities.opportunity_reopen,
        name="opportunity_reopen",
    ),
    path("receivables/<int:pk>/pay/", receivables.receivable_pay, name="receivable_pay"),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("products/", products.products, name="products"),
    path("products/add/", products.product_add, name="product_add"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("rates/", rates.rates, name="rates"),
    path("settings/", settings.settings, name="settings"),
    path("settings/look/", look.look, name="look"),
]

# Allauth's own views under the names it expects; its sign-up stays closed, and what is not
# listed here, such as changing the e-mail address, does not exist.
session_urlpatterns = [
    path("session/login/", allauth_views.login, name="account_login"),
    path("session/logout/", allauth_views.logout, name="account_logout"),
    path("session/signup/", allauth_views.signup, name="account_signup"),
    path("session/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("session/again/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("session/password/", allauth_views.password_change, name="account_change_password"),
    path("session/password/set/", allauth_views.password_set, name="account_set_password"),
    path("session/password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "session/password/reset/sent/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "session/password/reset/key/<uidb36>-<key>/",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "session/password/reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
