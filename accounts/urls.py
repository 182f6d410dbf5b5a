from allauth.account import views as allauth_views
from django.urls import path, re_path

from accounts.views import accounts, history, invitation, look, sessions, settings, team, users

app_name = "accounts"
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("settings/", settings.settings, name="settings"),
    path("settings/look/", look.look, name="look"),
    path("settings/rows/<slug:row>/", settings.setting, name="setting"),
    path("settings/sessions/<int:pk>/end/", sessions.session_end, name="session_end"),
    path("settings/sessions/end/", sessions.sessions_end, name="sessions_end"),
    path("administration/people/", users.users, name="users"),
    path("administration/people/invite/", users.user_invite, name="user_invite"),
    path("administration/people/<int:pk>/", users.user_edit, name="user_edit"),
    path("administration/people/<int:pk>/disable/", users.user_disable, name="user_disable"),
    path("administration/people/<int:pk>/enable/", users.user_enable, name="user_enable"),
    path("invitations/<int:pk>/resend/", users.invitation_resend, name="invitation_resend"),
    path("invitations/<int:pk>/withdraw/", users.invitation_withdraw, name="invitation_withdraw"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("accounts/<int:pk>/team/", team.team, name="team"),
    path("accounts/<int:pk>/team/add/", team.member_add, name="member_add"),
    path("team/<int:pk>/", team.member_edit, name="member_edit"),
    path("team/<int:pk>/remove/", team.member_remove, name="member_remove"),
    path("team/<int:pk>/hand-over/", team.role_hand_over, name="role_hand_over"),
    path("team/<int:pk>/deputy/", team.absence_add, name="absence_add"),
    path("absences/<int:pk>/cancel/", team.absence_cancel, name="absence_cancel"),
    path("accounts/<int:pk>/history/", history.history, name="history"),
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
    re_path(
        # The key holds a dash of its own, which a path converter would split at the wrong place.
        r"^session/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "session/password/reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
