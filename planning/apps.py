from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from planning import emails, jobs  # noqa: F401 (register renderers and workers)
