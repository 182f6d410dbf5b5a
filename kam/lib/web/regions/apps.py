from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "kam.lib.web.regions"
    label = "regions"
