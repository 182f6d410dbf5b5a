"""More of the clients' people: who they are, and when we were in touch in the last year.

`until` is the last contact in days ago, `since` the first, `every` the days between; an opinion is
as old as the first contact. "NN" has no name yet.
"""

from dataclasses import dataclass

from kam.demo.relations_script import Contact, Theirs

_ROWS = """Nordsee Logistik
Antje Petersen|Managing director|Directora general|Board|Directorio|approves|high|1|MR|12|360|24
Lars Thomsen|Head of operations|Jefe de operaciones|Operations|Operaciones|decides|high|2|MR|6|360|21
Imke Brandt|Head of IT|Jefa de sistemas|IT|Sistemas|evaluates|medium|1|MR|20|330|38
Jan Ottens|Yard planning|Planificación de patios|Operations|Operaciones|uses|low|1|MR|31|200|50
Ferrovía Sur
Rodrigo Zamora|General manager|Gerente general|Board|Directorio|approves|high|1|DS|15|360|28
Isidora Leal|Head of traffic|Jefa de tráfico|Operations|Operaciones|decides|high|1|DS|9|360|26
Matías Fierro|Finance|Finanzas|Finance|Finanzas|budget|medium|0|DS|33|340|40
Pía Donoso|Procurement|Compras|Procurement|Compras|gatekeeper|medium|0|DS|70|340|45
Metro Energía
Ernesto Villa|Managing director|Director general|Board|Directorio|approves|high|0|DS|98|360|26
Laura Cantú|Head of generation|Jefa de generación|Operations|Operaciones|decides|high|-1|DS|76|360|28
Óscar Treviño|IT architecture|Arquitectura de sistemas|IT|Sistemas|evaluates|medium|0|DS|36|350|40
Sofía Garza|Procurement|Compras|Procurement|Compras|gatekeeper|medium|-1|DS|21|350|60
Universidad Austral
Ana Bordaberry|Rector|Rectora|Rectorate|Rectorado|approves|high|0|MR|143|360|29
Julio Píriz|Head of systems|Jefe de sistemas|IT|Sistemas|decides|high|1|JW|138|360|27
Camila Techera|Library|Biblioteca|Services|Servicios|uses|low|1|JW|150|350|55
Telco Pampas
Diana Ferreyra|Head of networks|Jefa de redes|Networks|Redes|decides|high|1|DS|5|110|18
Marcos Ledesma|CFO|Director financiero|Finance|Finanzas|budget|high|0|DS|14|80|28
Lucas Bianchi|Field service|Servicio en campo|Operations|Operaciones|uses|medium|2|DS|8|120|20
Aceros Patria
Guillermo Sada|Plant director|Director de planta|Operations|Operaciones|decides|high|1|DS|17|360|29
Nora Elizondo|Head of finance|Jefa de finanzas|Finance|Finanzas|budget|medium|1|DS|29|330|44
Puerto Valdés
Esteban Curbelo|Port captain|Capitán de puerto|Operations|Operaciones|decides|high|0|DS|26|360|31
NN|Port authority|Autoridad portuaria|Board|Directorio|approves|medium|0|DS|0|0|0
Café Meridiano
Liliana Hoyos|Supply chain|Cadena de suministro|Operations|Operaciones|decides|high|1|DS|11|360|27
Seguros Cóndor
Walter Quispe|Claims|Siniestros|Operations|Operaciones|decides|high|0|DS|64|350|33
Paola Rocha|Systems|Sistemas|IT|Sistemas|evaluates|medium|-1|DS|40|320|44"""


@dataclass(frozen=True)
class ScriptedPerson:
    """A person of an account, and the rhythm in which we met them until the last contact."""

    account: str
    theirs: Theirs
    owner: str
    until: int
    since: int
    every: int


def _row(account: str, text: str) -> ScriptedPerson:
    name, en, es, unit_en, unit_es, role, influence, stands, owner, until, since, every = (
        text.split("|")
    )
    gap, since = name == "NN", str(_earlier(int(since)))
    note = ("Said so when we met", "Lo dijo cuando nos reunimos")
    theirs = Theirs(
        f"{account} {name}", (en, es) if gap else name, ("", "") if gap else (en, es), (unit_en, unit_es), [role],
        influence, owner, is_gap=gap, contact=None if gap else Contact(int(until)),
        stands=[] if gap else [(int(since), int(stands), owner, note)],
    )  # fmt: skip
    return ScriptedPerson(account, theirs, owner, int(until), int(since), int(every))


def _earlier(since: int) -> int:
    """Whom we know for a year we knew in the same quarter of last year."""
    return since + 95 if since >= 300 else since


def rows() -> list[ScriptedPerson]:
    found, account = [], ""
    for line in _ROWS.split("\n"):
        if "|" in line:
            found.append(_row(account, line))
        else:
            account = line
    return found


# The same for people of the main script: key, since, every.
BEFORE = {
    key: (_earlier(since), every)
    for key, (since, every) in {
    "restrepo": (360, 60), "salas": (355, 52), "herrera": (350, 31), "prieto": (340, 35),
    "lozano": (330, 22), "montoya": (200, 45), "caballero": (320, 44), "rios": (180, 16),
    "ferrer": (350, 38), "arango": (300, 62), "wyss": (355, 30), "keller": (340, 34), "frei": (360, 29),
}.items()
}  # fmt: skip
