from django.apps import AppConfig

from kam.lib.web.addresses import pages_are


class KamConfig(AppConfig):
    name = "kam"

    def ready(self) -> None:
        from kam import checks  # noqa: F401 (registers the system checks)

        pages_are(
            account="overview",
            stakeholder="stakeholder",
            interaction_log="interaction_log",
            first_day="first_day",
            today="today",
        )
