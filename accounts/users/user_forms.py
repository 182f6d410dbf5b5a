"""Forms about people of ours: who they are, who may come in, who stands in for whom."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Membership, User
from accounts.models.people import REGIONS, UserQuerySet
from accounts.models.team import NAMED, Role
from accounts.users.name_fields import FAMILY_NAMES, refuse_other_family
from accounts.users.offboarding import Heirs
from accounts.users.ownership import Holding
from accounts.users.settings_forms import OneLine, time_zones
from kam.lib.text.reader import region_words
from kam.lib.web.model_action_form import ModelActionForm

WORDS = {"pick": _("Choose somebody")}


class DateInput(forms.DateInput):
    """The browser's own date field: it speaks ISO whatever the reader's region."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "in"}, format="%Y-%m-%d")


def regions() -> list[tuple[str, list[tuple[str, str]]]]:
    """By language, with the names of the countries."""
    languages = dict(User._meta.get_field("language").flatchoices)
    return [
        (languages[key], [(r, region_words(r)) for r in names]) for key, names in REGIONS.items()
    ]


class PersonForm(ModelActionForm[User]):
    """What an administrator says about a person. The instance changes by its own action only."""

    name = OneLine(label=_("Name"), max_length=120)
    family_names = OneLine(**FAMILY_NAMES)
    title = OneLine(label=_("Title"), max_length=120, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    class Meta:
        model = User
        fields = [
            "name", "family_names", "title", "manager", "language", "region", "time_zone", "sees_portfolio", "is_admin",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ChoiceField(label=_("Region"), choices=regions)
        managers = User.objects.choosable(besides=self.instance.manager_id)
        self.fields["manager"] = forms.ModelChoiceField(
            managers.exclude(pk=self.instance.pk).by_name(),
            label=_("Manager"),
            required=False,
            empty_label=_("Nobody"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        language, region = data.get("language"), data.get("region")
        if language and region and region not in REGIONS[language]:
            data["region"] = REGIONS[language][0]
        refuse_other_family(self, data.get("name", ""))
        return data

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class InviteForm(PersonForm):
    email = forms.EmailField(label=_("E-mail"), max_length=254)

    field_order = ["email", "name", "family_names", "title", "manager"]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody with this address is here already."))
        return email


class AcceptForm(forms.Form):
    """Name and password of somebody who comes in for the first time."""

    name = OneLine(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words are easy to keep in mind."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password


class DisableForm(forms.Form):
    """Who takes over: everything, what is at one account, or one record; the nearest word counts."""

    MOST_RECORDS = 60  # beyond that they go by account

    everything = forms.ModelChoiceField(
        User.objects.none(), label=_("Everything goes to"), required=False,
        empty_label=_("as said at each account"),
    )  # fmt: skip
    reports = forms.ModelChoiceField(User.objects.none(), empty_label=WORDS["pick"])

    def __init__(self, *args: Any, person: User, ownership: list[Holding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ownership = [holding for holding in ownership if holding.must_go]
        others = User.objects.choosable().exclude(pk=person.pk).by_name()
        self._ask_about_reports(person, others)
        if not self.ownership:
            del self.fields["everything"]
            return
        self.fields["everything"].queryset = others  # type: ignore[attr-defined]  # a choice of records
        self.people = {near.pk: near for near in others.near(person)}
        self.teams = teams_of([holding.account for holding in self.ownership], self.people)
        self.lists_records = sum(len(h.held) for h in self.ownership) <= self.MOST_RECORDS
        for holding in self.ownership:
            self._ask_about(holding)

    def _ask_about_reports(self, person: User, others: UserQuerySet) -> None:
        reports = list(person.reports.here_or_invited().by_name())
        if not reports:
            del self.fields["reports"]
            return
        field: Any = self.fields["reports"]
        field.queryset = others.not_far_below(person)
        field.initial = person.manager_id
        names = ", ".join(report.name for report in reports)
        field.label = _("Who is the manager of %(names)s from now on") % {"names": names}

    def _ask_about(self, holding: Holding) -> None:
        self.fields[f"account-{holding.account.pk}"] = self._choice(
            self.people.values(), _("as above"), holding.account.name
        )
        team = self.teams.get(holding.account.pk, [])
        for one in holding.held if self.lists_records else ():
            self.fields[one.key] = self._choice(team, _("with the account"), str(one.record))

    def _choice(self, people: Iterable[User], empty: Any, label: str) -> forms.TypedChoiceField:
        choices = [("", empty), *((person.pk, str(person)) for person in people)]
        return forms.TypedChoiceField(
            choices=choices, coerce=int, empty_value=None, required=False, label=label
        )

    @property
    def lines(self) -> Iterable[tuple[Holding, Any, list[Any]]]:
        """Each account with its field, and the records with theirs."""
        for holding in self.ownership:
            records = [self[one.key] for one in holding.held if one.key in self.fields]
            yield holding, self[f"account-{holding.account.pk}"], records

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        heirs = self.heirs()
        for holding in self.ownership:
            name = f"account-{holding.account.pk}"
            heir = heirs.of_account(holding.account.pk)
            kept = [one for one in holding.held if heirs.of_record(one) is None]
            if kept or (holding.is_named and heir is None):
                self.add_error(name, _("Who takes over here? Choose somebody."))
            elif holding.is_named and heir and (role := self._role_of(holding, heir)):
                words = _("%(name)s is the %(role)s. Choose somebody else.")
                self.add_error(name, words % {"name": heir.name, "role": role})
        return data

    def heirs(self) -> Heirs:
        data = self.cleaned_data
        chosen = {name: self.people.get(pk) for name, pk in data.items() if isinstance(pk, int)}
        found = {name: person for name, person in chosen.items() if person}
        return Heirs(
            everything=data.get("everything"),
            reports=data.get("reports"),
            accounts={
                int(name.removeprefix("account-")): person
                for name, person in found.items()
                if name.startswith("account-")
            },
            records={n: person for n, person in found.items() if not n.startswith("account-")},
        )

    def _role_of(self, holding: Holding, heir: User) -> str:
        """The other role of which an account has one, when the heir has it."""
        members = [m for m in self.named if m.account_id == holding.account.pk]
        return next((m.get_role_display() for m in members if m.user_id == heir.pk), "")

    @cached_property
    def named(self) -> list[Membership]:
        accounts = [holding.account for holding in self.ownership]
        return list(Membership.objects.filter(account__in=accounts).named())


def teams_of(accounts: list[Account], people: dict[int, User]) -> dict[int, list[User]]:
    """Of these people, who works on which account."""
    found: dict[int, list[User]] = {}
    members = Membership.objects.filter(account__in=accounts, user__in=people)
    for account, user in members.order_by("user__name").values_list("account_id", "user_id"):
        found.setdefault(account, []).append(people[user])
    return found


class MemberForm(forms.Form):
    """Role and right of somebody on a team; only what the account leaves free is offered."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"), empty_label=WORDS["pick"])
    role = forms.ChoiceField(label=_("Role"))
    right = forms.ChoiceField(label=_("May"), initial="edit")

    def __init__(
        self, *args: Any, account: Account, member: Membership | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        field = Membership._meta.get_field("right")
        self.fields["right"].choices = field.choices  # type: ignore[attr-defined]  # a choice field
        self.fields["role"].choices = free_roles(account, member)  # type: ignore[attr-defined]  # a choice field
        if member:
            del self.fields["user"]
        else:
            people = User.objects.choosable().exclude(memberships__account=account).by_name()
            self.fields["user"].queryset = people  # type: ignore[attr-defined]  # a choice of records

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("role") == Role.KAM:
            data["right"] = "lead"
        return data


def free_roles(account: Account, member: Membership | None) -> list[tuple[str, Any]]:
    """Named roles only while nobody has them; who has one keeps it until it is handed over."""
    if member and member.is_named:
        return [(member.role, member.get_role_display())]
    taken = {m.role for m in account.team if m.is_named}
    if member:
        taken = set(NAMED)
    return [(value, label) for value, label in Role.choices if value not in taken]


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none(), label=_("To"), empty_label=WORDS["pick"])

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = Membership.objects.of_account(member.account).named().values("user")
        people = User.objects.choosable().exclude(pk__in=named).by_name()
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # a choice of records


class DeputyForm(forms.Form):
    """Who stands in, from the first day to the last."""

    deputy = forms.ModelChoiceField(
        User.objects.none(), label=_("Deputy"), empty_label=WORDS["pick"]
    )
    starts = forms.DateField(label=_("From"), widget=DateInput())
    ends = forms.DateField(label=_("Until"), widget=DateInput())

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        people = User.objects.choosable().exclude(pk=member.user_id).by_name()
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]  # a choice of records

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day comes before the first one."))
        elif (
            starts
            and ends
            and self.member.absences.filter(starts__lte=ends, ends__gte=starts).exists()
        ):
            self.add_error("starts", _("There is a deputy for some of these days already."))
        return data
