"""Two editors at once: who was faster, and both texts, for the row where it happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext

from accounts.models import User
from kam.lib import history
from kam.lib.seen import StaleFields
from kam.lib.seen_form import SeenForm


@dataclass(frozen=True)
class Conflict:
    """The stored value (theirs), the refused one (mine), and who stored it when."""

    theirs: Any
    mine: Any
    by: User | None
    at: datetime | None


def conflict(record: Model, *, mine: Any, theirs: Any) -> Conflict:
    change = history.last_change(record)
    by = User.objects.filter(pk=change.by_id).first() if change and change.by_id else None
    return Conflict(theirs=theirs, mine=mine, by=by, at=change.at if change else None)


def faster(record: Model) -> str:
    """The name of whoever changed the record last, for a sentence."""
    change = history.last_change(record)
    person = User.objects.filter(pk=change.by_id).first() if change and change.by_id else None
    return person.name if person else gettext("Somebody")


def written(form: SeenForm, record: Model, change: Callable[..., Any], **said: Any) -> bool:
    """Write what the editor changed. False where it was refused: the words stand at the fields."""
    try:
        change(seen=form.seen, **form.changes, **said)
    except StaleFields as stale:
        form.refuse(stale.current, name=faster(record))
    except ValidationError as error:
        form.add_error(None, error)
    else:
        return True
    return False
