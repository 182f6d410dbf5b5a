from allauth.account import views as allauth_views
from django.urls import path

from accounts.views import accounts, look, settings

app_name = "accounts"
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
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
