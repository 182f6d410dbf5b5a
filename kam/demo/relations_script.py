"""The client's people of the demo, in the design's world. Texts come as (English, Spanish)."""

from dataclasses import dataclass, field

from kam.demo.script import Text

NO_TEXT: Text = ("", "")


@dataclass(frozen=True)
class Contact:
    days: int
    kind: str = "call"
    note: Text = NO_TEXT


@dataclass(frozen=True)
class Theirs:
    """`stands`: days ago, disposition, whose opinion, evidence (without it a guess)."""

    key: str
    name: str | Text
    title: Text
    unit: Text
    roles: list[str]
    influence: str
    owner: str = ""
    boss: str = ""
    contact: Contact | None = None
    cadence: int = 0
    stands: list[tuple[int, int, str, Text]] = field(default_factory=list)
    moves: list[tuple[str, int]] = field(default_factory=list)
    levels: list[tuple[str, int, int]] = field(default_factory=list)
    email: str = ""
    phone: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class Talk:
    theirs: list[str]
    ours: list[str]
    kind: str
    days: int
    note: Text
    minutes: int = 90
    answered: bool = True


GROUP, IT = ("Group, Bogotá", "Grupo, Bogotá"), ("Corporate IT", "Tecnología corporativa")
IMAGING = ("Diagnostic Imaging", "Imagen diagnóstica")
LIMA, LABS = ("Lima hospitals", "Hospitales de Lima"), ("Andino Labs", "Laboratorios Andino")

ANDINO = [
    Theirs(
        "restrepo", "Camila Restrepo", ("Chief executive", "Presidenta ejecutiva"), GROUP, ["approves"], "high", "HD",
        cadence=60, contact=Contact(74, "meeting", ("Board lunch: she quotes the 18-hour goal in every town hall", "Almuerzo de la junta directiva: cita la meta de 18 horas en cada asamblea")),
        stands=[(74, 1, "HD", ("Quotes our turnaround numbers to her board", "Cita nuestros tiempos ante su junta directiva"))],
        levels=[("HD", 2, 3)],
    ),
    Theirs(
        "villalobos", "Andrés Villalobos", ("CTO", "Director de tecnología"), IT, ["decides"], "high", "JW", "restrepo",
        stands=[(40, 0, "JW", NO_TEXT)], levels=[("JW", 0, 2)],
    ),
    Theirs(
        "salas", "Rodrigo Salas", ("CFO", "Director financiero"), GROUP, ["budget"], "high", "HD", "restrepo",
        cadence=45, contact=Contact(41, "call", ("Asks what archiving costs per study", "Pregunta cuánto cuesta archivar cada estudio")),
        stands=[(200, -2, "HD", ("“Not a peso more for software this year”", "“Ni un peso más en software este año”")), (41, -1, "HD", ("Compares us with MediCore line by line, but listens", "Nos compara con MediCore renglón por renglón, pero escucha"))],
        moves=[("restrepo", 2)], levels=[("HD", 1, 2), ("LF", 1, 1)],
    ),
    Theirs(
        "herrera", "Paola Herrera", ("VP Engineering", "Vicepresidenta de ingeniería"), IT, ["shapes"], "medium", "MR", "villalobos",
        cadence=14, email="p.herrera@andinosalud.example", phone="+57 601 555 0142",
        stands=[
            (362, 0, "MR", NO_TEXT),
            (216, 0, "MR", ("Sent her lead engineer instead of coming herself", "Envió a su ingeniero líder en vez de venir")),
            (132, -1, "JW", ("“One more interface is one more thing that breaks at night”", "“Una interfaz más es una cosa más que se rompe de noche”")),
            (32, 1, "AQ", ("Joined the imaging demo uninvited and stayed for the questions", "Se unió a la demostración sin invitación y se quedó a las preguntas")),
        ],
        moves=[("villalobos", 3)], levels=[("MR", 2, 3), ("AQ", 1, 1), ("JW", 1, 2)],
    ),
    Theirs(
        "prieto", "Gustavo Prieto", ("CISO", "Director de seguridad informática"), IT, ["gatekeeper"], "medium", "TI", "villalobos",
        cadence=30, contact=Contact(96, "meeting", ("Security kick-off; he asked for a penetration test first", "Inicio de seguridad; pidió primero una prueba de intrusión")),
        stands=[(96, -2, "TI", ("“Nothing goes to a foreign cloud while I am here”", "“Nada sale a una nube extranjera mientras yo esté”"))],
        moves=[("villalobos", 3)], levels=[("TI", 1, 2)],
    ),
    Theirs(
        "ferrer", "Mónica Ferrer", ("Head of procurement", "Jefa de compras"), GROUP, ["gatekeeper"], "medium", "MR", "salas",
        cadence=30, stands=[(20, -1, "MR", ("Wants imaging and archive in one tender", "Quiere imagen y archivo en una sola licitación"))],
        moves=[("salas", 2)], levels=[("MR", 2, 2)],
    ),
    Theirs("legal", ("Legal counsel", "Asesoría jurídica"), ("Approves data contracts", "Aprueba los contratos de datos"), GROUP, ["approves"], "medium", boss="restrepo", is_gap=True),
    Theirs(
        "lozano", "Esteban Lozano", ("Director, Diagnostic Imaging", "Director de Imagen diagnóstica"), IMAGING, ["decides"], "medium", "AQ", "restrepo",
        cadence=14, stands=[(120, 1, "AQ", ("Pays the pilot from his own budget", "Paga el piloto con su presupuesto")), (4, 2, "AQ", ("Showed the pilot to his five leads himself", "Mostró él mismo el piloto a sus cinco jefes"))],
        moves=[("herrera", 2)], levels=[("AQ", 4, 4), ("HD", 0, 1)],
    ),
    Theirs(
        "montoya", "Inés Montoya", ("Medical director, Lima", "Directora médica, Lima"), LIMA, ["shapes"], "low", "AQ", "restrepo",
        cadence=45, contact=Contact(58, "video", ("Wants the night reports first", "Quiere primero los informes de la noche")),
        stands=[(58, 1, "AQ", ("Offered two hospitals for the next step", "Ofreció dos hospitales para el paso siguiente"))], moves=[("restrepo", 1)], levels=[("AQ", 2, 2)],
    ),
    Theirs(
        "caballero", "Luis Caballero", ("IT operations manager", "Jefe de operaciones de TI"), IT, ["evaluates"], "low", "PN", "villalobos",
        cadence=45, contact=Contact(33, "call", ("Wants fewer night calls", "Quiere menos llamadas de noche")),
        stands=[(33, 0, "PN", ("Helped with the roll-out, promises nothing", "Ayudó en la implementación, no promete nada"))], moves=[("villalobos", 1)], levels=[("PN", 2, 2), ("TI", 1, 1)],
    ),
    Theirs(
        "rios", "Valentina Ríos", ("Radiology operations lead", "Líder de operaciones de radiología"), IMAGING, ["uses"], "low", "AQ", "lozano",
        cadence=14, stands=[(60, 2, "AQ", ("Trains the other shifts on her own time", "Capacita a los otros turnos en su tiempo libre"))], moves=[("lozano", 2)], levels=[("AQ", 3, 3)],
    ),
    Theirs(
        "arango", "Felipe Arango", ("Head of Labs", "Jefe de laboratorios"), LABS, ["uses"], "low", "MR", "restrepo",
        cadence=60, contact=Contact(31, "visit", ("“We are fine as we are”", "“Así estamos bien”")),
        stands=[(31, -1, "MR", ("“We are fine as we are”", "“Así estamos bien”"))], levels=[("MR", 1, 2)],
    ),
]  # fmt: skip

TALKS = [
    Talk(["lozano", "rios"], ["AQ", "JW"], "meeting", 2, (
        "Imaging steering group: day shift complete, 74 of 180 active\nEsteban opened with the October numbers: 24 hours on average, 19 on weekends.\n\nValentina: the night shift still prints worklists because the tablets are locked after 22:00. IT says this is a policy of the security programme, not a technical limit.\n\nEsteban would put his name on a reference for Lima if reports stay under 24 hours until January.",
        "Comité de imagen: turno de día completo, 74 de 180 activos\nEsteban abrió con las cifras de octubre: 24 horas en promedio, 19 en fin de semana.\n\nValentina: el turno de noche aún imprime listas porque las tabletas se bloquean después de las 22:00. TI dice que es una política de seguridad, no un límite técnico.\n\nEsteban daría su nombre como referencia para Lima si los informes siguen bajo 24 horas hasta enero.")),
    Talk(["rios"], ["AQ"], "call", 2, ("The night shift still prints worklists", "El turno de noche aún imprime listas"), 300),
    Talk(["lozano"], ["AQ"], "visit", 4, ("Showed the pilot to his five leads", "Mostró el piloto a sus cinco jefes")),
    Talk(["herrera"], ["MR"], "email", 12, ("Asks for October turnaround numbers before she talks to the CTO", "Pide las cifras de octubre antes de hablar con el director de tecnología")),
    Talk(["ferrer"], ["MR"], "visit", 20, ("Procurement will bundle imaging and archive in one tender", "Compras unirá imagen y archivo en una licitación")),
    Talk(["herrera", "lozano"], ["AQ", "MR"], "visit", 32, ("Imaging demo in Bogotá, Paola stayed 40 minutes", "Demostración de imagen en Bogotá, Paola se quedó 40 minutos")),
    Talk(["ferrer"], ["MR"], "email", 42, ("Asked for three-year prices", "Pidió precios a tres años")),
    Talk(["herrera"], ["MR"], "visit", 81, ("Lunch: hiring is her first worry, not software", "Almuerzo: su primera preocupación es contratar, no el software")),
    Talk(["herrera"], ["JW"], "call", 132, ("Doubts about another interface", "Dudas sobre otra interfaz")),
]  # fmt: skip


KELLER = Theirs(
    "keller", "Thomas Keller", ("Head of R&D IT", "Jefe de TI de investigación"), ("R&D", "Investigación"), ["evaluates"], "medium", "MR",
    cadence=30, contact=Contact(52, "call", ("Evaluates two other suppliers", "Evalúa a otros dos proveedores")), stands=[(52, 0, "MR", ("Answers, but commits to nothing", "Responde, pero no se compromete"))],
)  # fmt: skip
HELVETIA = [
    Theirs("wyss", "Karin Wyss", ("Head of procurement", "Jefa de compras"), ("Procurement", "Compras"), ["gatekeeper", "approves"], "high", "MR", contact=Contact(10, "meeting", ("Terms by Friday the 13th", "Términos para el viernes 13")), stands=[(10, 0, "MR", ("Holds to the calendar, on nobody's side", "Cuida el calendario, sin tomar partido"))], levels=[("MR", 2, 3)]),
    KELLER,
    Theirs("frei", "Anna Frei", ("CIO", "Directora de sistemas"), ("IT", "Sistemas"), ["decides", "budget"], "high", "HD", contact=Contact(18, "video", ("Renews if the audit trail is complete", "Renueva si la auditoría está completa")), stands=[(18, 1, "HD", ("Named us in her strategy", "Nos nombró en su estrategia"))], moves=[("wyss", 2)], levels=[("HD", 3, 3)]),
    Theirs("lehmann", "Jürg Lehmann", ("Head of quality", "Jefe de calidad"), ("Quality", "Calidad"), ["approves"], "medium"),
]  # fmt: skip

_BANK = """Sergio Luna|Head of branches|Jefe de sucursales|Branches|Sucursales|decides|high|1|9|AQ
Patricia Vélez|CEO|Presidenta|Board|Directorio|approves|high|1|22|PN
Ramón Icaza|CFO|Director financiero|Finance|Finanzas|budget|high|-1|41|MR
Adriana Cuéllar|COO|Directora de operaciones|Operations|Operaciones|decides|high|0|12|MR
Jorge Benavides|General counsel|Director jurídico|Legal|Jurídico|approves|high|0|64|PN
Ramiro Paz|Board, audit|Directorio, auditoría|Board|Directorio|approves|high|-1|120|
Sara Quiñones|Chief of service|Jefa de servicio|Branches|Sucursales|shapes|high|1|19|AQ
Elvira Soto|CEO insurance|Presidenta de seguros|Insurance|Seguros|decides|high|1|28|MR
Nadia Farah|Head of data|Jefa de datos|IT|Sistemas|shapes|medium|0|9|MR
Óscar Medina|Head of infrastructure|Jefe de infraestructura|IT|Sistemas|evaluates|medium|-1|18|MR
Iván Rojas|Security architect|Arquitecto de seguridad|IT|Sistemas|gatekeeper|medium|-2|60|AQ
Carla Espinel|Finance control|Control financiero|Finance|Finanzas|budget|medium|-1|27|MR
Diego Marín|PMO lead|Jefe de proyectos|Operations|Operaciones|shapes|medium|0|12|AQ
Rosa Ibáñez|Branches, north|Sucursales del norte|Branches|Sucursales|shapes|medium|2|6|AQ
Hugo Céspedes|Branches, coast|Sucursales de la costa|Branches|Sucursales|decides|medium|1|10|AQ
Pilar Nieto|Vendor management|Gestión de proveedores|Procurement|Compras|gatekeeper|medium|-1|50|MR
Samuel Otero|Integration lead|Líder de integración|IT|Sistemas|evaluates|medium|0|14|AQ
Beatriz Lara|Quality|Calidad|Operations|Operaciones|shapes|medium|1|44|AQ
Fabio Roldán|IT Quito|Sistemas Quito|IT|Sistemas|evaluates|medium|0|28|MR
Teresa Vidal|HR systems|Sistemas de personal|HR|Personal|uses|medium|0|70|
Álvaro Pinto|Archive|Archivo|Operations|Operaciones|gatekeeper|medium|-2|55|AQ
Gloria Fuentes|Cards|Tarjetas|Products|Productos|uses|medium|0|16|MR
Renato Ulloa|IT Lima|Sistemas Lima|IT|Sistemas|evaluates|medium|1|21|AQ
Cecilia Toro|Front desk lead|Jefa de cajas|Branches|Sucursales|uses|low|1|13|AQ
Bruno Acosta|Terminals|Terminales|IT|Sistemas|evaluates|low|1|5|AQ
Noemí Ayala|Night desk|Turno de noche|Branches|Sucursales|uses|low|2|3|AQ
Mateo Gil|Purchasing|Adquisiciones|Procurement|Compras|gatekeeper|low|-1|24|MR
Irene Salcedo|Training|Capacitación|HR|Personal|uses|low|1|17|AQ
Leandro Mora|Service desk|Mesa de servicio|IT|Sistemas|uses|low|0|8|AQ
Julia Pardo|Branch Guayaquil|Sucursal Guayaquil|Branches|Sucursales|uses|low|2|4|AQ
Simón Vera|Branch Cuenca|Sucursal Cuenca|Branches|Sucursales|uses|low|1|11|AQ
Wanda Kroll|Consultant|Consultora|Board|Directorio|shapes|low|-1|66|
Emilio Reina|Branch Quito|Sucursal Quito|Branches|Sucursales|uses|low|0|39|AQ
Dora Lince|Front office|Ventanilla|Branches|Sucursales|uses|low|0|20|AQ
Raúl Campo|Branch Manta|Sucursal Manta|Branches|Sucursales|uses|low|-1|31|AQ
Olga Prado|Mortgages|Hipotecas|Products|Productos|uses|low|1|33|MR
Tito Cano|Treasury|Tesorería|Finance|Finanzas|budget|low|0|26|MR
Lía Duque|Digital channels|Canales digitales|Products|Productos|shapes|low|2|7|AQ"""


def _bank(row: str) -> Theirs:
    name, en, es, unit_en, unit_es, role, influence, stands, days, owner = row.split("|")
    note = ("Said so in the branch meeting", "Lo dijo en la reunión de sucursales")
    return Theirs(
        f"bank {name}", name, (en, es), (unit_en, unit_es), [role], influence, owner,
        boss="" if name == "Patricia Vélez" or influence == "high" else "bank Adriana Cuéllar",
        contact=Contact(int(days)), stands=[(int(days) + 3, int(stands), owner or "MR", note)],
    )  # fmt: skip


BANK = [_bank(row) for row in _BANK.split("\n")]
CROWDS: dict[str, list[Theirs]] = {"Helvetia Pharma": HELVETIA, "Banco del Litoral": BANK}
