"""Two editors at once: who was faster, and both texts, for the row where it happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.forms import BaseForm
from django.utils.translation import gettext
from psycopg.errors import UniqueViolation

from accounts.models import User
from kam.lib.data import history
from kam.lib.data.seen import StaleFields
from kam.lib.data.seen_form import SeenForm


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


M = TypeVar("M", bound=Model)


def added(form: BaseForm, make: Callable[..., M], *parent: Model, **said: Any) -> M | None:
    """The new record. None where somebody wrote the same at this moment: the form says it."""
    try:
        return make(*parent, **said)
    except IntegrityError as error:
        _say_taken(form, error)
    except ValidationError as error:
        form.add_error(None, error)
    return None


def written(form: SeenForm, record: Model, change: Callable[..., Any], **said: Any) -> bool:
    """Write what the editor changed. False where it was refused: the words stand at the fields."""
    try:
        change(seen=form.seen, **form.changes, **said)
    except StaleFields as stale:
        form.refuse(stale.current, name=faster(record))
    except IntegrityError as error:
        _say_taken(form, error)
    except ValidationError as error:
        form.add_error(None, error)
    else:
        return True
    return False


def _say_taken(form: BaseForm, error: IntegrityError) -> None:
    """What was free when the form was read is taken now: reading it again finds the words."""
    if not isinstance(error.__cause__, UniqueViolation):
        raise error
    form.full_clean()
    if form.is_valid():
        words = gettext("Somebody wrote the same a moment ago. Look at the list again.")
        form.add_error(None, words)
