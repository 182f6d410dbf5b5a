from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "integrations"

    def ready(self) -> None:
        from integrations.imports import import_jobs  # noqa: F401 (it registers what workers do)
