"""Sentences that a report and the pages of the app say alike."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from accounts.stakeholders.concerns import Concern


def concern_sentence(concern: Concern) -> SafeString:
    """Nobody knows Andrés Villalobos."""
    words = render_to_string(
        "accounts/stakeholders/_concern_head.html", {"concern": concern}
    ).strip()
    return mark_safe(f"{words}.")  # noqa: S308 (the template escaped it)
