from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from planning import emails  # noqa: F401 (they register what they know)
        from planning.business import business_labels  # noqa: F401 (they register what they know)
        from planning.plan import ownership, plan_labels  # noqa: F401 (they register what they know)
        from planning.report import report_jobs  # noqa: F401 (they register what they know)
        from planning.whitespace import whitespace  # noqa: F401 (they register what they know)
