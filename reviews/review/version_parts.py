"""What a snapshot of a plan keeps of what happened: health with its parts, the next review."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import override

from accounts.commerce.periods import site_day
from accounts.models import Account
from planning.versions.version_surroundings import freezes
from reviews.health.health import PARTS
from reviews.health.health_snapshots import QUARTER
from reviews.models import Reading, Review
from reviews.models.readings import SLACK


@freezes("health")
def frozen_health(account: Account, at: datetime) -> dict[str, Any]:
    """Whole points as every page shows them; names in every language, since the file may be in any."""
    day = site_day(at)
    near = list(Reading.objects.of_account(account).near([day, day - QUARTER]).order_by("-day"))
    now = next((r for r in near if day - SLACK < r.day <= day), None)
    before = next((r for r in near if r.day <= day - QUARTER), None)
    return {
        "score": now.health if now else None,
        "before": before.health if before else None,
        "scored": len(now.sum.scored) if now else 0,
        "of": len(now.sum.weighed) if now else 0,
        "parts": [
            {
                "part": part.key,
                "names": _names(part.key),
                "score": _whole(part.score),
                "before": _whole(getattr(before, part.key)) if before else None,
            }
            for part in (now.sum.parts if now else [])
            if part.weight
        ],
    }


@freezes("review")
def next_review(account: Account, at: datetime) -> datetime | None:
    found = Review.objects.of_account(account).coming(at).first()
    return found.starts_at if found else None


def _names(key: str) -> dict[str, str]:
    names = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            names[language] = str(PARTS[key])
    return names


def _whole(score: Decimal | None) -> int | None:
    return None if score is None else int(score + Decimal("0.5"))
