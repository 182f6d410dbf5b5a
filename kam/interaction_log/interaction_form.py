"""The form of an interaction: who, how, when, what was said, and what follows."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Stakeholder, User
from accounts.models.assessments import Disposition
from accounts.models.interactions import CLOCKS_DIFFER, ICONS, NOTE_LENGTH, Kind
from kam.interaction_log.contact_log import NextAction, open_objectives
from kam.lib.web.fields import PlainText
from planning.models import Objective
from planning.plan.plan_forms import DateInput

WEEK = timedelta(days=7)
# Where nobody may have answered; who met or spoke was there on both sides.
ONE_WAY = {Kind.CALL, Kind.EMAIL, Kind.MESSAGE}


class LogForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("How"), choices=Kind.choices, initial=Kind.CALL, widget=forms.RadioSelect
    )
    at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = PlainText(
        label=_("What was said"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    no_answer = forms.BooleanField(label=_("No answer yet"), required=False)
    disposition = forms.TypedChoiceField(
        label=_("Does it change how they stand?"),
        choices=[("", _("No")), *Disposition.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    next_title = PlainText(label=_("Next action"), max_length=200, required=False)
    next_due = forms.DateField(label=_("By"), required=False, widget=DateInput())

    def __init__(
        self, data: Any = None, *, user: User, account: Account | None, **kwargs: Any
    ) -> None:
        day = user.today(now())
        kwargs["initial"] = {
            "token": uuid4(),
            "at": now(),
            "next_due": day + WEEK,
            **kwargs.get("initial", {}),
        }
        super().__init__(data, **kwargs)
        self.user, self.account, self.day = user, account, day
        self._offer_people()
        self.objectives = open_objectives(account, user, day) if account else []
        self.fields["objective"] = forms.TypedChoiceField(
            label=_("For the objective"),
            choices=[(o.pk, o.title) for o in self.objectives],
            coerce=int,
            required=False,
        )

    def _offer_people(self) -> None:
        user, account = self.user, self.account
        self.fields["theirs"] = forms.ModelMultipleChoiceField(
            Stakeholder.objects.editable_by(user).present().named().for_page(),
            label=_("Who"),
            required=False,
        )
        team = User.objects.filter(
            Q(pk=user.pk) | Q(memberships__account=account.pk if account else 0)
        )
        self.fields["ours"] = forms.ModelMultipleChoiceField(
            team.choosable().distinct().by_name(),
            label=_("Of ours"),
            required=False,
            initial=[user.pk],
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def kinds(self) -> list[tuple[Any, str]]:
        return [(radio, ICONS[radio.data["value"]]) for radio in self["kind"].subwidgets]

    @property
    def asks_for_next(self) -> bool:
        """Not where the account is known to have no objective it could serve."""
        return self.account is None or bool(self.objectives)

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if at > now() + CLOCKS_DIFFER:
            raise forms.ValidationError(_("That is still to come. Log it when it has happened."))
        if at.year < 2000:
            raise forms.ValidationError(_("Choose a day since the year 2000."))
        return at

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        theirs = list(data.get("theirs") or [])
        accounts = {person.account_id for person in theirs}
        if "theirs" in data and not theirs and not (self.account and data.get("kind") == Kind.NOTE):
            self.add_error("theirs", _("Choose at least one person."))
        elif len(accounts | ({self.account.pk} if self.account else set())) > 1:
            self.add_error(
                "theirs", _("These people belong to different accounts. Log one account at a time.")
            )
        if data.get("disposition") is not None and len(theirs) != 1:
            self.add_error("disposition", _("Choose one person to say how they stand."))
        self._check_next(data)
        return data

    def _check_next(self, data: dict[str, Any]) -> None:
        if not data.get("next_title"):
            return
        if not data.get("next_due"):
            self.add_error("next_due", _("Say by when."))
        if not self.objectives:
            self.add_error(
                "next_title",
                _("This account has no open objective. Write it into the note instead."),
            )

    @property
    def next_action(self) -> NextAction | None:
        """What was typed, for the chosen objective, else for the first open one."""
        title = self.cleaned_data["next_title"]
        if not title or not self.objectives:
            return None
        return NextAction(" ".join(title.split()), self.cleaned_data["next_due"], self._objective())

    def _objective(self) -> Objective:
        chosen = self.cleaned_data.get("objective")
        return next((o for o in self.objectives if o.pk == chosen), self.objectives[0])

    @property
    def facts(self) -> dict[str, Any]:
        """What the model's action takes."""
        data = self.cleaned_data
        one_way = data["no_answer"] and data["kind"] in ONE_WAY
        return {
            "token": data["token"],
            "kind": data["kind"],
            "at": data["at"],
            "note": data["note"],
            "theirs": list(data["theirs"]),
            "ours": list(data["ours"]),
            "is_two_way": not one_way,
            "disposition": data["disposition"],
            "next_action": self.next_action,
        }
