from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from planning import (  # noqa: F401 (they register what they know)
            emails,
            holdings,
            jobs,
            whitespace,
            words_of_business,
            words_of_history,
        )
