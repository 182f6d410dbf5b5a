from django.urls import URLPattern, path

from planning.models.business import PROFILE_TEXTS
from planning.models.confirmation import Part
from planning.nouns import NOUNS, Noun
from planning.views import (
    actions,
    business,
    cells,
    comments,
    exports,
    interactions,
    items,
    objectives,
    plans,
    presence,
    reports,
    stakeholders,
    versions,
    whitespace,
)


def paths_of(noun: Noun) -> list[URLPattern]:
    """The verbs of one list about the client's business: goal_add, goal_edit, goal_up …"""
    one = f"{noun.path}/<int:pk>"
    verbs = [
        (f"accounts/<int:pk>/{noun.path}/add/", items.item_add, "add"),
        (f"{one}/edit/", items.item_edit, "edit"),
        (f"{one}/remove/", items.item_remove, "remove"),
        (f"{one}/restore/", items.item_restore, "restore"),
    ]
    if noun.has_row:
        verbs += [(f"{one}/text/", items.item_text, "text")]
    if noun.is_ordered:
        verbs += [(f"{one}/up/", items.item_up, "up"), (f"{one}/down/", items.item_down, "down")]
    return [
        path(route, view, {"noun": noun}, name=f"{noun.name}_{verb}") for route, view, verb in verbs
    ]


app_name = "planning"
urlpatterns = [
    path("accounts/<int:pk>/plan/", plans.plan, name="plan"),
    path("accounts/<int:pk>/plan/add/", plans.plan_add, name="plan_add"),
    path("plans/<int:pk>/export/", exports.plan_export, name="plan_export"),
    path("plans/<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/submit/", versions.plan_submit, name="plan_submit"),
    path("plans/<int:pk>/withdraw/", versions.plan_withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/save/", versions.version_save, name="version_save"),
    path("plans/<int:pk>/compare/", versions.plan_compare, name="plan_compare"),
    path("plans/<int:pk>/comments/add/", comments.comment_add, name="comment_add"),
    path("plans/<int:pk>/presence/", presence.presence_renew, name="presence_renew"),
    path("presence/", presence.presence, name="presence"),
    path("approvals/<int:pk>/approve/", versions.plan_approve, name="plan_approve"),
    path("approvals/<int:pk>/send-back/", versions.plan_send_back, name="plan_send_back"),
    path("versions/<int:pk>/report/", reports.version_report, name="version_report"),
    path("comments/<int:pk>/resolve/", comments.comment_resolve, name="comment_resolve"),
    path("comments/<int:pk>/reopen/", comments.comment_reopen, name="comment_reopen"),
    path("plans/<int:pk>/objectives/add/", objectives.objective_add, name="objective_add"),
    path("objectives/<int:pk>/title/", objectives.objective_title, name="objective_title"),
    path("objectives/<int:pk>/edit/", objectives.objective_edit, name="objective_edit"),
    path("objectives/<int:pk>/due/", cells.objective_due, name="objective_due"),
    path("objectives/<int:pk>/owner/", cells.objective_owner, name="objective_owner"),
    path("objectives/<int:pk>/check-in/", objectives.check_in_add, name="check_in_add"),
    path("objectives/<int:pk>/drop/", objectives.objective_drop, name="objective_drop"),
    path("objectives/<int:pk>/take-up/", objectives.objective_take_up, name="objective_take_up"),
    path("objectives/<int:pk>/up/", objectives.objective_up, name="objective_up"),
    path("objectives/<int:pk>/down/", objectives.objective_down, name="objective_down"),
    path("objectives/<int:pk>/actions/add/", actions.action_add, name="action_add"),
    path("actions/<int:pk>/title/", actions.action_title, name="action_title"),
    path("actions/<int:pk>/edit/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/due/", cells.action_due, name="action_due"),
    path("actions/<int:pk>/owner/", cells.action_owner, name="action_owner"),
    path("actions/<int:pk>/finish/", actions.action_finish, name="action_finish"),
    path("actions/<int:pk>/reopen/", actions.action_reopen, name="action_reopen"),
    path("actions/<int:pk>/result/", actions.action_result, name="action_result"),
    path("actions/<int:pk>/drop/", actions.action_drop, name="action_drop"),
    path("actions/<int:pk>/up/", actions.action_up, name="action_up"),
    path("actions/<int:pk>/down/", actions.action_down, name="action_down"),
    path("accounts/<int:pk>/business/", business.business, name="business"),
    path("accounts/<int:pk>/white-space/", whitespace.whitespace, name="whitespace"),
    path("accounts/<int:pk>/white-space/cell/", whitespace.whitespace_cell, name="whitespace_cell"),
    path("accounts/<int:pk>/white-space/say/", whitespace.whitespace_say, name="whitespace_say"),
    path("risks/<int:pk>/", business.risk, name="risk"),
    path("risks/<int:pk>/close/", business.risk_close, name="risk_close"),
    path("risks/<int:pk>/reopen/", business.risk_reopen, name="risk_reopen"),
    path("interactions/log/", interactions.interaction_log, name="interaction_log"),
    path("interactions/people/", interactions.interaction_people, name="interaction_people"),
    path("stakeholders/<int:pk>/", stakeholders.stakeholder, name="stakeholder"),
    path("stakeholders/<int:pk>/leave/", stakeholders.stakeholder_leave, name="stakeholder_leave"),
    path("plans/<int:pk>/report/", reports.report_request, name="report_request"),
    path("plans/<int:pk>/onepage/", reports.onepage, name="onepage"),
    path("plans/<int:pk>/onepage/lines/", reports.onepage_lines, name="onepage_lines"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/progress/", reports.report_progress, name="report_progress"),
    path("reports/<int:pk>/file/", reports.report_file, name="report_file"),
]
for noun in NOUNS:
    urlpatterns += paths_of(noun)
for field in PROFILE_TEXTS:
    route, name = f"accounts/<int:pk>/profile/{field}/", f"profile_{field}"
    urlpatterns += [path(route, business.profile_text, {"field": field}, name=name)]
for part in Part.values:
    route, name = f"accounts/<int:pk>/confirm/{part}/", f"confirm_{part}"
    urlpatterns += [path(route, business.part_confirm, {"part": part}, name=name)]
