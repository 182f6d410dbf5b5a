from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from planning import holdings, jobs, words_of_history  # noqa: F401 (they register what they know)
