"""The way to somebody nobody of ours knows: over people who would speak for us."""

from dataclasses import dataclass, replace
from typing import Literal, cast

import networkx as nx

from accounts.stakeholders.stakeholder_snapshot import Person, StakeholderSnapshot

Reason = Literal["holds", "knows", "reports", "leads", "influences"]
US = 0  # no stakeholder has this key
# What a step costs: short where the person asked is for us, was met lately and knows us well.
BY_DISPOSITION = {2: 0.4, 1: 0.8, 0: 1.6, -1: 3.2, None: 2.2}
GUESSED, NEVER_MET, TIE_WEAKER, OVER_A_REPORT = 0.4, 1.5, 0.35, 0.5


@dataclass(frozen=True, slots=True)
class IntroductionStep:
    """`person` is reached; `reason` says by what from the one before, `ours` who of us begins."""

    person: Person
    reason: Reason
    strength: int = 0
    ours: str = ""
    next_name: str = ""
    next_reason: str = ""  # by what the one after is reached
    next_strength: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    steps: tuple[IntroductionStep, ...]
    length: float

    @property
    def target(self) -> Person:
        return self.steps[-1].person

    @property
    def names(self) -> str:
        """Marta Reyes → Paola Herrera → Andrés Villalobos."""
        ours = [self.steps[0].ours] if self.steps[0].ours else []
        return " → ".join(ours + [step.person.name for step in self.steps])

    @property
    def weakest(self) -> IntroductionStep:
        """Of those we have to ask, the one least likely to speak for us."""
        return max(self.steps[:-1], key=lambda step: _asking(step.person))


def way_in(stakeholder_snapshot: StakeholderSnapshot, target: int) -> Way | None:
    """The shortest way; None when the person is known already or no way leads there."""
    people = stakeholder_snapshot.by_key
    if target not in people or people[target].is_gap or not people[target].is_unmet:
        return None
    graph = _graph(stakeholder_snapshot)
    try:
        length, found = nx.single_source_dijkstra(graph, US, target)
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return None
    path = cast(list[int], found)
    steps = [_step(graph, people, a, b) for a, b in zip(path, path[1:], strict=False)]
    for number, following in enumerate(steps[1:]):
        steps[number] = replace(
            steps[number],
            next_name=following.person.name,
            next_reason=following.reason,
            next_strength=following.strength,
        )
    return Way(tuple(steps), round(cast(float, length), 1))


def best_way(stakeholder_snapshot: StakeholderSnapshot) -> Way | None:
    """To the most powerful person nobody knows, for the route on the map."""
    unmet = sorted(
        (p for p in stakeholder_snapshot.people if p.is_unmet), key=lambda p: (-p.weight, p.pk)
    )
    ways = (way_in(stakeholder_snapshot, person.pk) for person in unmet if person.weight > 1)
    return next((way for way in ways if way), None)


def _graph(stakeholder_snapshot: StakeholderSnapshot) -> "nx.DiGraph[int]":
    """From us to whom we know; from each of them to whom they move or who is near them."""
    people = stakeholder_snapshot.by_key
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_node(US)
    for person in stakeholder_snapshot.people:
        if not person.is_unmet and not person.is_gap and person.disposition != -2:
            _shorter(graph, US, person.pk, _reaching(person), "knows", 0)
    for link in stakeholder_snapshot.links:
        cost = _asking(people[link.influencer]) + TIE_WEAKER * (3 - link.strength)
        _ask(graph, people[link.influencer], link.influenced, cost, "influences", link.strength)
    for person in stakeholder_snapshot.people:
        boss = people.get(person.reports_to or 0)
        if boss:
            _ask(graph, person, boss.pk, _asking(person) + OVER_A_REPORT, "reports", 0)
            _ask(graph, boss, person.pk, _asking(boss) + OVER_A_REPORT, "leads", 0)
    return graph


def _ask(
    graph: "nx.DiGraph[int]", asked: Person, to: int, cost: float, reason: Reason, strength: int
) -> None:
    """A blocker, or a seat without a name, opens no door."""
    if asked.disposition != -2 and not asked.is_gap:
        _shorter(graph, asked.pk, to, cost, reason, strength)


def _shorter(
    graph: "nx.DiGraph[int]", a: int, b: int, cost: float, reason: Reason, strength: int
) -> None:
    if not graph.has_edge(a, b) or graph[a][b]["weight"] > cost:
        graph.add_edge(a, b, weight=cost, reason=reason, strength=strength)


def _asking(person: Person) -> float:
    """The cost of a favour from this person."""
    return BY_DISPOSITION.get(person.disposition, 3.2) + (GUESSED if person.is_guess else 0)


def _reaching(person: Person) -> float:
    """The cost of a word with somebody we know: nothing right after a contact, more as it cools."""
    if person.days is None:
        return NEVER_MET
    return min(person.days / person.cadence, 3) / 2


def _step(graph: "nx.DiGraph[int]", people: dict[int, Person], a: int, b: int) -> IntroductionStep:
    edge, person = graph[a][b], people[b]
    if a != US:
        return IntroductionStep(person, edge["reason"], edge["strength"])
    best = person.known_by[0].name if person.known_by and person.known_by[0].level else ""
    return IntroductionStep(person, "holds" if person.owner else "knows", 0, person.owner or best)
