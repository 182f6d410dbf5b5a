from allauth.account import views as allauth_views
from django.urls import path

from accounts.views import accounts, interactions, look, opinions, settings, stakeholders

app_name = "accounts"
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:pk>/stakeholders/", stakeholders.stakeholders, name="stakeholders"),
    path(
        "accounts/<int:pk>/stakeholders/add/", stakeholders.stakeholder_add, name="stakeholder_add"
    ),
    path("stakeholders/<int:pk>/edit/", stakeholders.stakeholder_edit, name="stakeholder_edit"),
    path(
        "stakeholders/<int:pk>/position/",
        stakeholders.stakeholder_position,
        name="stakeholder_position",
    ),
    path(
        "stakeholders/<int:pk>/return/", stakeholders.stakeholder_return, name="stakeholder_return"
    ),
    path("stakeholders/<int:pk>/assess/", opinions.stakeholder_assess, name="stakeholder_assess"),
    path("stakeholders/<int:pk>/ties/", opinions.tie_set, name="tie_set"),
    path("ties/<int:pk>/remove/", opinions.tie_remove, name="tie_remove"),
    path("stakeholders/<int:pk>/known/", opinions.acquaintance_set, name="acquaintance_set"),
    path("assessments/<int:pk>/confirm/", opinions.assessment_confirm, name="assessment_confirm"),
    path("interactions/", interactions.interactions, name="interactions"),
    path(
        "accounts/<int:pk>/interactions/",
        interactions.account_interactions,
        name="account_interactions",
    ),
    path(
        "interactions/<int:pk>/take-back/",
        interactions.interaction_take_back,
        name="interaction_take_back",
    ),
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
