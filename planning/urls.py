from django.urls import URLPattern, path

from planning.business import business_views, item_views
from planning.business.item_types import ITEM_TYPES, ItemType
from planning.comments import comment_views
from planning.models.business import PROFILE_TEXTS
from planning.models.confirmation import PlanPart
from planning.objectives import action_views, cell_views, objective_views
from planning.plan import plan_views, presence_views
from planning.report import report_views
from planning.versions import version_views
from planning.whitespace import whitespace_views


def paths_of(item_type: ItemType) -> list[URLPattern]:
    """The verbs of one list about the client's business: goal_add, goal_edit, goal_up …"""
    one = f"{item_type.path}/<int:pk>"
    verbs = [
        (f"accounts/<int:pk>/{item_type.path}/add/", item_views.item_add, "add"),
        (f"{one}/edit/", item_views.item_edit, "edit"),
        (f"{one}/remove/", item_views.item_remove, "remove"),
        (f"{one}/restore/", item_views.item_restore, "restore"),
    ]
    if item_type.has_row:
        verbs += [(f"{one}/text/", item_views.item_text, "text")]
    if item_type.is_ordered:
        verbs += [
            (f"{one}/up/", item_views.item_up, "up"),
            (f"{one}/down/", item_views.item_down, "down"),
        ]
    return [
        path(route, view, {"item_type": item_type}, name=f"{item_type.name}_{verb}")
        for route, view, verb in verbs
    ]


app_name = "planning"
urlpatterns = [
    path("accounts/<int:pk>/plan/", plan_views.plan, name="plan"),
    path("accounts/<int:pk>/plan/add/", plan_views.plan_add, name="plan_add"),
    path("plans/<int:pk>/edit/", plan_views.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/submit/", version_views.plan_submit, name="plan_submit"),
    path("plans/<int:pk>/withdraw/", version_views.plan_withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/save/", version_views.version_save, name="version_save"),
    path("plans/<int:pk>/compare/", version_views.plan_compare, name="plan_compare"),
    path("plans/<int:pk>/comments/add/", comment_views.comment_add, name="comment_add"),
    path("plans/<int:pk>/presence/", presence_views.presence_renew, name="presence_renew"),
    path("presence/", presence_views.presence, name="presence"),
    path("approvals/<int:pk>/approve/", version_views.plan_approve, name="plan_approve"),
    path("approvals/<int:pk>/send-back/", version_views.plan_send_back, name="plan_send_back"),
    path("versions/<int:pk>/report/", report_views.version_report, name="version_report"),
    path("comments/<int:pk>/resolve/", comment_views.comment_resolve, name="comment_resolve"),
    path("comments/<int:pk>/reopen/", comment_views.comment_reopen, name="comment_reopen"),
    path("plans/<int:pk>/objectives/add/", objective_views.objective_add, name="objective_add"),
    path("objectives/<int:pk>/title/", objective_views.objective_title, name="objective_title"),
    path("objectives/<int:pk>/edit/", objective_views.objective_edit, name="objective_edit"),
    path("objectives/<int:pk>/due/", cell_views.objective_due, name="objective_due"),
    path("objectives/<int:pk>/owner/", cell_views.objective_owner, name="objective_owner"),
    path("objectives/<int:pk>/check-in/", objective_views.check_in_add, name="check_in_add"),
    path("objectives/<int:pk>/drop/", objective_views.objective_drop, name="objective_drop"),
    path(
        "objectives/<int:pk>/take-up/", objective_views.objective_take_up, name="objective_take_up"
    ),
    path("objectives/<int:pk>/up/", objective_views.objective_up, name="objective_up"),
    path("objectives/<int:pk>/down/", objective_views.objective_down, name="objective_down"),
    path("objectives/<int:pk>/actions/add/", action_views.action_add, name="action_add"),
    path("actions/<int:pk>/title/", action_views.action_title, name="action_title"),
    path("actions/<int:pk>/edit/", action_views.action_edit, name="action_edit"),
    path("actions/<int:pk>/due/", cell_views.action_due, name="action_due"),
    path("actions/<int:pk>/owner/", cell_views.action_owner, name="action_owner"),
    path("actions/<int:pk>/finish/", action_views.action_finish, name="action_finish"),
    path("actions/<int:pk>/reopen/", action_views.action_reopen, name="action_reopen"),
    path("actions/<int:pk>/result/", action_views.action_result, name="action_result"),
    path("actions/<int:pk>/drop/", action_views.action_drop, name="action_drop"),
    path("actions/<int:pk>/up/", action_views.action_up, name="action_up"),
    path("actions/<int:pk>/down/", action_views.action_down, name="action_down"),
    path("accounts/<int:pk>/business/", business_views.business, name="business"),
    path("accounts/<int:pk>/white-space/", whitespace_views.whitespace, name="whitespace"),
    path(
        "accounts/<int:pk>/white-space/cell/",
        whitespace_views.whitespace_cell,
        name="whitespace_cell",
    ),
    path(
        "accounts/<int:pk>/white-space/say/", whitespace_views.whitespace_say, name="whitespace_say"
    ),
    path("risks/<int:pk>/", business_views.risk, name="risk"),
    path("risks/<int:pk>/close/", business_views.risk_close, name="risk_close"),
    path("risks/<int:pk>/reopen/", business_views.risk_reopen, name="risk_reopen"),
    path("plans/<int:pk>/report/", report_views.report_request, name="report_request"),
    path("plans/<int:pk>/onepage/", report_views.onepage, name="onepage"),
    path("plans/<int:pk>/onepage/lines/", report_views.onepage_lines, name="onepage_lines"),
    path("reports/<int:pk>/", report_views.report, name="report"),
    path("reports/<int:pk>/progress/", report_views.report_progress, name="report_progress"),
    path("reports/<int:pk>/file/", report_views.report_file, name="report_file"),
]
for item_type in ITEM_TYPES:
    urlpatterns += paths_of(item_type)
for field in PROFILE_TEXTS:
    route, name = f"accounts/<int:pk>/profile/{field}/", f"profile_{field}"
    urlpatterns += [path(route, business_views.profile_text, {"field": field}, name=name)]
for part in PlanPart.values:
    route, name = f"accounts/<int:pk>/confirm/{part}/", f"confirm_{part}"
    urlpatterns += [path(route, business_views.part_confirm, {"part": part}, name=name)]
