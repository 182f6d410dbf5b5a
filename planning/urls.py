from django.urls import path

from planning.views import actions, interactions, objectives, plans, reports, stakeholders

app_name = "planning"
urlpatterns = [
    path("accounts/<int:pk>/plan/", plans.plan, name="plan"),
    path("plans/<int:pk>/objectives/add/", objectives.objective_add, name="objective_add"),
    path("objectives/<int:pk>/title/", objectives.objective_title, name="objective_title"),
    path("objectives/<int:pk>/edit/", objectives.objective_edit, name="objective_edit"),
    path("objectives/<int:pk>/actions/add/", actions.action_add, name="action_add"),
    path("actions/<int:pk>/title/", actions.action_title, name="action_title"),
    path("actions/<int:pk>/edit/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/finish/", actions.action_finish, name="action_finish"),
    path("actions/<int:pk>/reopen/", actions.action_reopen, name="action_reopen"),
    path("interactions/log/", interactions.interaction_log, name="interaction_log"),
    path("interactions/people/", interactions.interaction_people, name="interaction_people"),
    path("stakeholders/<int:pk>/", stakeholders.stakeholder, name="stakeholder"),
    path("stakeholders/<int:pk>/leave/", stakeholders.stakeholder_leave, name="stakeholder_leave"),
    path("plans/<int:pk>/report/", reports.report_request, name="report_request"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/progress/", reports.report_progress, name="report_progress"),
    path("reports/<int:pk>/file/", reports.report_file, name="report_file"),
]
