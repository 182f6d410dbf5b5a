from accounts.models import Tie
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_assessment, make_interaction, make_stakeholder
from tests.kam.rules.access import ALL, DO, EDIT, EMPTY, READ, Row

# The form is for everybody; whose people can be found and chosen in it is for the doors to say.
FIND = [302, 200, 200, 200, 200, 200, 200, 200]

PAGES: dict[str, Row] = {
    "accounts:stakeholders": READ,
    "accounts:stakeholder_add": EDIT,
    "accounts:stakeholder_edit": EDIT,
    "accounts:stakeholder_assess": EDIT,
    "accounts:tie_set": EDIT,
    "accounts:acquaintance_set": EDIT,
    "accounts:interactions": ALL,
    "accounts:account_interactions": READ,
    "stakeholder": READ,
    "stakeholder_leave": EDIT,
    "interaction_log": ALL,
}
ACTIONS: dict[str, Row] = {
    "accounts:stakeholder_position": EMPTY,
    "accounts:stakeholder_return": DO,
    "accounts:assessment_confirm": DO,
    "accounts:interaction_take_back": [302, 404, 403, 302, 404, 404, 404, 404],
    "accounts:tie_remove": [302, 404, 403, 302, 404, 404, 404, 404],
    "interaction_people": FIND,
}


def keys(cast: type[ClaveTest]) -> dict[str, int | str]:
    paola = make_stakeholder(cast.acme)
    andres = make_stakeholder(cast.acme, "Andrés Villalobos")
    opinion = make_assessment(paola, 1, by=cast.alice, on=TODAY)
    call = make_interaction(paola, by=cast.alice, at=MONDAY)
    tie = Tie.set(paola, andres, strength=3, by=cast.alice)
    about_paola = ["stakeholder_edit", "stakeholder_assess", "stakeholder_position", "stakeholder_return", "tie_set", "acquaintance_set"]  # fmt: skip
    return {
        "accounts:stakeholders": cast.acme.pk,
        "accounts:stakeholder_add": cast.acme.pk,
        "accounts:account_interactions": cast.acme.pk,
        "accounts:assessment_confirm": opinion.pk,
        "accounts:interaction_take_back": call.pk,
        "accounts:tie_remove": tie.pk,
        "stakeholder": paola.pk,
        "stakeholder_leave": paola.pk,
        **{f"accounts:{name}": paola.pk for name in about_paola},
    }
