"""System checks: what an operator or a developer can get wrong, with words that repair it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.access import mark_of
from accounts.models import Site
from accounts.models.site import preset_by, preset_values

# Views that are not ours and guard themselves.
OTHERS = ("allauth.", "django.")


def own_views(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every URL of ours with its view."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from own_views(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern) and not entry.callback.__module__.startswith(OTHERS):
            yield prefix + str(entry.pattern), entry.callback


@register(Tags.security)
def every_view_is_marked(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The view {view.__module__}.{view.__name__} at /{path} says nothing about who may open it.",
            hint="Put exactly one of @public, @signed_in or @admins_only on it.",
            id="kam.E001",
        )
        for path, view in own_views()
        if mark_of(view) is None
    ]


@register(Tags.security, deploy=True)
def key_is_not_the_example(**kwargs: Any) -> list[CheckMessage]:
    if settings.SECRET_KEY != settings.EXAMPLE_SECRET_KEY:
        return []
    return [
        Error(
            "SECRET_KEY is the example key.",
            hint="Set SECRET_KEY or SECRET_KEY_FILE to at least 50 random characters.",
            id="kam.E002",
        )
    ]


@register
def presets_are_a_site(**kwargs: Any) -> list[CheckMessage]:
    """Also where nothing is filled in yet: a wrong zone would break every page."""
    said = preset_values()
    here = Site(**{"company": "–", "language": said.get("region", "en")[:2], **said})
    try:
        here.clean_fields(exclude=["id"])
        wrong = {} if here.region.startswith(here.language) else {"region": [here.region]}
    except ValidationError as error:
        wrong = error.message_dict
    return [
        Error(
            f"{preset_by(name) or preset_by('language')} presets what no site can be: {words[0]}",
            hint="Correct it, or unset it and say it on the page Site.",
            id="kam.E004",
        )
        for name, words in wrong.items()
    ]


@register(Tags.security, deploy=True)
def site_is_https(**kwargs: Any) -> list[CheckMessage]:
    if settings.HTTPS or settings.IS_LOCAL:
        return []
    return [
        Warning(
            f"SITE_URL is {settings.SITE_URL}: passwords and cookies travel unencrypted.",
            hint="Put a TLS proxy in front and set SITE_URL to its https address.",
            id="kam.W001",
        )
    ]
