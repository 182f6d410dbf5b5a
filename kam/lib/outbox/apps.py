from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "kam.lib.outbox"
    label = "outbox"
