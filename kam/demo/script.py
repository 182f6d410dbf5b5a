"""What the demo company is made of. Texts come as (English, Spanish); days count from today."""

from dataclasses import dataclass, field

Text = tuple[str, str]


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    title: Text
    manager: str = ""
    admin: bool = False
    portfolio: bool = False
    kind: Text = ("", "")

    @property
    def email(self) -> str:
        plain = self.name.lower().translate(str.maketrans("áéíóúñ ", "aeioun."))
        return f"{plain}@nordlicht.example"


@dataclass(frozen=True)
class Move:
    title: Text
    owner: str
    due: int
    done: int | None = None
    note: Text = ("", "")
    waits: bool = False


@dataclass(frozen=True)
class Goal:
    """An objective; `due` in days from today or, as a text, the next end of that month."""

    horizon: str
    title: Text
    owner: str
    due: int | str
    moves: list[Move]
    measure: Text = ("", "")
    unit: Text = ("", "")
    way: tuple[str, str, str] | None = None  # from, now, target


@dataclass(frozen=True)
class Client:
    name: str
    industry: Text
    city: str
    tier: str
    service_class: str
    team: list[tuple[str, str, str]]  # person, role, right
    goals: list[Goal] = field(default_factory=list)
    reviews: list[tuple[str, str, int, str, int]] = field(default_factory=list)
    # kind, rule, days until the first one, clock, minutes


PEOPLE = [
    Person("HD", "Henrik Dahl", ("Chief commercial officer", "Director comercial"), portfolio=True, kind=("executive sponsor", "patrocinio ejecutivo")),
    Person("PN", "Priya Nair", ("Head of key accounts", "Jefa de cuentas clave"), manager="HD", kind=("manager of KAMs", "jefatura de KAM")),
    Person("MR", "Marta Reyes", ("Key account manager", "KAM"), manager="PN", kind=("key account manager", "KAM")),
    Person("DS", "Diego Sosa", ("Key account manager", "KAM"), manager="PN"),
    Person("JW", "Jonas Weber", ("Sales engineer", "Ingeniero de ventas"), manager="HD", kind=("account team", "equipo de la cuenta")),
    Person("AQ", "Ana Quintero", ("Customer success", "Éxito de clientes"), manager="HD"),
    Person("TI", "Tomás Ibarra", ("Support", "Soporte"), manager="HD"),
    Person("LF", "Lucía Fuentes", ("Finance", "Finanzas"), manager="HD"),
    Person("IH", "Ingrid Holm", ("IT", "Sistemas"), admin=True, kind=("administrator", "administración")),
]  # fmt: skip

ANDINO_TEAM = [
    ("MR", "kam", "lead"), ("HD", "sponsor", "view"), ("JW", "sales_engineering", "edit"),
    ("AQ", "implementation", "edit"), ("TI", "support", "edit"), ("PN", "marketing", "edit"),
    ("LF", "finance", "view"),
]  # fmt: skip

ANDINO = Client(
    "Grupo Andino Salud",
    ("Hospital group", "Grupo hospitalario"),
    "Bogotá",
    "key",
    "A",
    ANDINO_TEAM,
    goals=[
        Goal(
            "short",
            ("Meeting with the CTO by January", "Reunión con el director de tecnología en enero"),
            "JW",
            "january",
            [
                Move(
                    ("Strengthen the relationship with the VP of engineering", "Fortalecer la relación con la vicepresidenta de ingeniería"),
                    "MR", 11,
                    note=("Call Paola about the pilot numbers", "Llamar a Paola por las cifras del piloto"),
                ),
                Move(
                    ("Build a compelling value proposition for the meeting", "Preparar una propuesta de valor convincente para la reunión"),
                    "JW", 18,
                ),
                Move(
                    ("Ask the VP to request the meeting on our behalf", "Pedir a la vicepresidenta que solicite la reunión por nosotros"),
                    "MR", 25, waits=True,
                ),
            ],
        ),
        Goal(
            "short",
            ("Pass the CISO security review", "Aprobar la revisión de seguridad del CISO"),
            "TI",
            22,
            [
                Move(("Share the ISO 27001 certificate", "Compartir el certificado ISO 27001"), "TI", -13, done=-11),
                Move(("Send pen-test summary and data residency annex", "Enviar el informe de intrusión y el anexo de residencia de datos"), "TI", -5),
                Move(("Walk through the architecture with Gustavo Prieto", "Recorrer la arquitectura con Gustavo Prieto"), "JW", 11),
            ],
            measure=("Findings closed", "Hallazgos cerrados"),
            way=("0", "4", "7"),
        ),
        Goal(
            "mid",
            ("60 % of the new department uses the free version", "60 % del nuevo departamento usa la versión gratuita"),
            "AQ",
            "june",
            [
                Move(("Pilot with the day shift", "Piloto con el turno de día"), "AQ", -30, done=-24),
                Move(("Onboard night-shift radiographers in Bogotá", "Incorporar a los radiógrafos del turno de noche en Bogotá"), "AQ", 4),
                Move(("Publish pathway templates for MRI, CT and ultrasound", "Publicar plantillas de RM, TC y ecografía"), "PN", 53),
            ],
            measure=("Staff active", "Personal activo"),
            unit=("%", "%"),
            way=("12", "41", "60"),
        ),
        Goal(
            "long",
            ("Whole department on the paid plan", "Todo el departamento en el plan de pago"),
            "MR",
            "march after next",
            [
                Move(("Business case with the CFO on turnaround", "Caso de negocio con la dirección financiera sobre tiempos de informe"), "MR", 300),
                Move(("Frame agreement with procurement", "Acuerdo marco con compras"), "HD", 420),
            ],
            measure=("Paid seats", "Licencias pagadas"),
            way=("0", "0", "180"),
        ),
    ],
    reviews=[("internal", "FREQ=WEEKLY;BYDAY=TH", 3, "10:00", 30), ("quarterly", "FREQ=MONTHLY;INTERVAL=3", 17, "15:00", 60)],
)  # fmt: skip

HELVETIA = Client(
    "Helvetia Pharma",
    ("Pharmaceuticals", "Farmacéutica"),
    "Basel",
    "key",
    "A",
    [("MR", "kam", "lead"), ("HD", "sponsor", "view"), ("TI", "support", "edit")],
    goals=[
        Goal(
            "short",
            ("Renewal signed on the terms we agreed", "Renovación firmada en los términos acordados"),
            "MR",
            60,
            [
                Move(("Renewal terms to Helvetia procurement", "Términos de renovación a compras de Helvetia"), "MR", -3),
                Move(("Set the agenda for the quarterly review", "Definir la agenda de la revisión trimestral"), "MR", 0),
            ],
        )
    ],
    reviews=[("quarterly", "FREQ=MONTHLY;INTERVAL=3", 2, "14:00", 60)],
)  # fmt: skip

LITORAL = Client(
    "Banco del Litoral",
    ("Bank", "Banco"),
    "Guayaquil",
    "key",
    "B",
    [("MR", "kam", "lead"), ("PN", "sponsor", "view"), ("AQ", "implementation", "edit")],
    goals=[
        Goal(
            "mid",
            ("All 60 branches live", "Las 60 sucursales en marcha"),
            "AQ",
            "june",
            [Move(("Confirm branch rollout dates with Sergio Luna", "Confirmar con Sergio Luna las fechas por sucursal"), "MR", 4)],
            measure=("Branches live", "Sucursales en marcha"),
            way=("0", "22", "60"),
        )
    ],
    reviews=[("internal", "FREQ=MONTHLY", 4, "09:30", 45)],
)  # fmt: skip

CLIENTS = [
    ANDINO,
    HELVETIA,
    LITORAL,
    Client("Nordsee Logistik", ("Logistics", "Logística"), "Hamburg", "key", "B", [("MR", "kam", "lead"), ("HD", "sponsor", "view")], reviews=[("internal", "FREQ=MONTHLY", 15, "11:00", 30)]),
    Client("Universidad Austral", ("University", "Universidad"), "Montevideo", "watchlist", "", [("MR", "kam", "lead"), ("JW", "sales_engineering", "edit")], reviews=[("internal", "FREQ=MONTHLY", -12, "15:00", 30)]),
    Client("Ferrovía Sur", ("Railway", "Ferrocarril"), "Santiago", "key", "B", [("DS", "kam", "lead"), ("HD", "sponsor", "view")], reviews=[("internal", "FREQ=MONTHLY", 8, "10:00", 45)]),
    Client("Metro Energía", ("Energy", "Energía"), "Monterrey", "key", "A", [("DS", "kam", "lead"), ("PN", "sponsor", "view")]),
]  # fmt: skip
