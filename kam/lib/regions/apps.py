from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "kam.lib.regions"
    label = "regions"
