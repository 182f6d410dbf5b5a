"""How much of a long plan is drawn: a page stays light whatever it holds, and opens where asked.

Objectives come in the order of the page. The first are drawn with their actions until the page is
full; of those that follow only a line, which is a link to the same page with that one open; what
is behind the last line is said as a number.
"""

from collections.abc import Iterable

from planning.models import Objective

# One unit is an action that can be edited in place, about 1.3 kB of HTML.
ROOM, HEAD = 26.0, 1.2
ROOM_OF_LONG = 15.0  # of a plan that does not fit: the rest is for lines of 0.3
MOST_LINES = 30


def unfold(objectives: Iterable[Objective], opened: str = "", *, all_lines: bool = False) -> int:
    """Write on each objective how much of it is drawn; returns how many are not even named.

    The objective with the key `opened` is drawn whole, however long it is.
    """
    rows = list(objectives)
    fits = sum(HEAD + len(objective.moves) for objective in rows) <= ROOM
    room = ROOM if fits else ROOM_OF_LONG
    lines = unnamed = 0
    for objective in rows:
        if str(objective.pk) == opened:
            objective.most_shown = None
        elif room >= HEAD + min(1, len(objective.moves)):
            objective.most_shown = int(room - HEAD)
            room -= HEAD + len(objective.shown)
        else:
            objective.most_shown = 0
            objective.is_folded = True
            lines += 1
            objective.is_unnamed = lines > MOST_LINES and not all_lines
            unnamed += objective.is_unnamed
    return unnamed
