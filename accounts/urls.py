from allauth.account import views as allauth_views
from django.urls import path, re_path

from accounts.assessments import assessment_views
from accounts.commerce import (
    contract_views,
    opportunity_views,
    product_views,
    rate_views,
    receivable_views,
    revenue_views,
)
from accounts.directory import (
    account_list_views,
    account_views,
    bulk_views,
    structure_views,
    tier_views,
)
from accounts.history import history_views
from accounts.interactions import interaction_views
from accounts.site import setup_views, site_views
from accounts.stakeholders import stakeholder_views
from accounts.team import team_views
from accounts.users import (
    appearance_views,
    invitation_views,
    session_views,
    settings_views,
    user_views,
)

app_name = "accounts"
urlpatterns = [
    path("accounts/", account_list_views.accounts, name="accounts"),
    path("accounts/kam/", bulk_views.accounts_kam, name="accounts_kam"),
    path("accounts/tier/", bulk_views.accounts_tier, name="accounts_tier"),
    path("accounts/class/", bulk_views.accounts_class, name="accounts_class"),
    path("accounts/<int:pk>/stakeholders/", stakeholder_views.stakeholders, name="stakeholders"),
    path(
        "accounts/<int:pk>/stakeholders/add/",
        stakeholder_views.stakeholder_add,
        name="stakeholder_add",
    ),
    path(
        "stakeholders/<int:pk>/edit/", stakeholder_views.stakeholder_edit, name="stakeholder_edit"
    ),
    path(
        "stakeholders/<int:pk>/position/",
        stakeholder_views.stakeholder_position,
        name="stakeholder_position",
    ),
    path(
        "stakeholders/<int:pk>/return/",
        stakeholder_views.stakeholder_return,
        name="stakeholder_return",
    ),
    path(
        "stakeholders/<int:pk>/assess/",
        assessment_views.stakeholder_assess,
        name="stakeholder_assess",
    ),
    path("stakeholders/<int:pk>/ties/", assessment_views.tie_set, name="tie_set"),
    path("ties/<int:pk>/remove/", assessment_views.tie_remove, name="tie_remove"),
    path(
        "stakeholders/<int:pk>/known/", assessment_views.acquaintance_set, name="acquaintance_set"
    ),
    path(
        "assessments/<int:pk>/confirm/",
        assessment_views.assessment_confirm,
        name="assessment_confirm",
    ),
    path("interactions/", interaction_views.interactions, name="interactions"),
    path(
        "accounts/<int:pk>/interactions/",
        interaction_views.account_interactions,
        name="account_interactions",
    ),
    path(
        "interactions/<int:pk>/take-back/",
        interaction_views.interaction_take_back,
        name="interaction_take_back",
    ),
    path("accounts/add/", account_views.account_add, name="account_add"),
    path("accounts/<int:pk>/edit/", account_views.account_edit, name="account_edit"),
    path("accounts/<int:pk>/archive/", account_views.account_archive, name="account_archive"),
    path("accounts/<int:pk>/restore/", account_views.account_restore, name="account_restore"),
    path("accounts/<int:pk>/tier/", tier_views.tier, name="tier"),
    path("accounts/<int:pk>/tier/change/", tier_views.tier_change, name="tier_change"),
    path("accounts/<int:pk>/structure/", structure_views.structure, name="structure"),
    path("accounts/<int:pk>/units/add/", structure_views.unit_add, name="unit_add"),
    path("units/<int:pk>/edit/", structure_views.unit_edit, name="unit_edit"),
    path("accounts/<int:pk>/money/", revenue_views.money, name="money"),
    path("accounts/<int:pk>/revenue/", revenue_views.revenue, name="revenue"),
    path("accounts/<int:pk>/revenue/add/", revenue_views.revenue_add, name="revenue_add"),
    path("revenue/<int:pk>/edit/", revenue_views.revenue_edit, name="revenue_edit"),
    path("revenue/<int:pk>/remove/", revenue_views.revenue_remove, name="revenue_remove"),
    path("accounts/<int:pk>/contracts/", contract_views.contracts, name="contracts"),
    path("accounts/<int:pk>/contracts/add/", contract_views.contract_add, name="contract_add"),
    path("contracts/<int:pk>/edit/", contract_views.contract_edit, name="contract_edit"),
    path("contracts/<int:pk>/remove/", contract_views.contract_remove, name="contract_remove"),
    path("accounts/<int:pk>/opportunities/", opportunity_views.opportunities, name="opportunities"),
    path(
        "accounts/<int:pk>/opportunities/add/",
        opportunity_views.opportunity_add,
        name="opportunity_add",
    ),
    path(
        "opportunities/<int:pk>/edit/", opportunity_views.opportunity_edit, name="opportunity_edit"
    ),
    path(
        "opportunities/<int:pk>/remove/",
        opportunity_views.opportunity_remove,
        name="opportunity_remove",
    ),
    path("accounts/<int:pk>/receivables/", receivable_views.receivables, name="receivables"),
    path(
        "accounts/<int:pk>/receivables/add/", receivable_views.receivable_add, name="receivable_add"
    ),
    path("receivables/<int:pk>/edit/", receivable_views.receivable_edit, name="receivable_edit"),
    path(
        "receivables/<int:pk>/remove/", receivable_views.receivable_remove, name="receivable_remove"
    ),
    path("opportunities/<int:pk>/win/", opportunity_views.opportunity_win, name="opportunity_win"),
    path(
        "opportunities/<int:pk>/lose/", opportunity_views.opportunity_lose, name="opportunity_lose"
    ),
    path(
        "opportunities/<int:pk>/reopen/",
        opportunity_views.opportunity_reopen,
        name="opportunity_reopen",
    ),
    path("receivables/<int:pk>/pay/", receivable_views.receivable_pay, name="receivable_pay"),
    path("products/", product_views.products, name="products"),
    path("products/add/", product_views.product_add, name="product_add"),
    path("products/<int:pk>/edit/", product_views.product_edit, name="product_edit"),
    path("rates/", rate_views.rates, name="rates"),
    path("settings/", settings_views.settings, name="settings"),
    path("settings/look/", appearance_views.look, name="look"),
    path("settings/rows/<slug:row>/", settings_views.setting, name="setting"),
    path("settings/sessions/<int:pk>/end/", session_views.session_end, name="session_end"),
    path("settings/sessions/end/", session_views.sessions_end, name="sessions_end"),
    path("administration/people/", user_views.users, name="users"),
    path("administration/people/invite/", user_views.user_invite, name="user_invite"),
    path("administration/people/<int:pk>/", user_views.user_edit, name="user_edit"),
    path("administration/people/<int:pk>/disable/", user_views.user_disable, name="user_disable"),
    path("administration/people/<int:pk>/enable/", user_views.user_enable, name="user_enable"),
    path("invitations/<int:pk>/resend/", user_views.invitation_resend, name="invitation_resend"),
    path(
        "invitations/<int:pk>/withdraw/", user_views.invitation_withdraw, name="invitation_withdraw"
    ),
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
    path("administration/site/", site_views.site, name="site"),
    path("setup/<str:token>/", setup_views.setup, name="setup"),
    path(
        "setup/<str:token>/administrator/",
        setup_views.setup_administrator,
        name="setup_administrator",
    ),
    path("accounts/<int:pk>/team/", team_views.team, name="team"),
    path("accounts/<int:pk>/team/add/", team_views.member_add, name="member_add"),
    path("team/<int:pk>/", team_views.member_edit, name="member_edit"),
    path("team/<int:pk>/remove/", team_views.member_remove, name="member_remove"),
    path("team/<int:pk>/hand-over/", team_views.role_hand_over, name="role_hand_over"),
    path("team/<int:pk>/deputy/", team_views.absence_add, name="absence_add"),
    path("absences/<int:pk>/cancel/", team_views.absence_cancel, name="absence_cancel"),
    path("accounts/<int:pk>/history/", history_views.history, name="history"),
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
