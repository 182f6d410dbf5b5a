"""What the demo knows of Grupo Andino Salud's business. Texts come as (English, Spanish)."""

from decimal import Decimal
from typing import Any

from kam.demo.script import Text

PROFILE: dict[str, Text] = {
    "earns": (
        "Hospital care paid by insurers (62 %), private patients (23 %) and the state (15 %).\nImaging and laboratory carry twice the margin of the wards.",
        "Atención hospitalaria pagada por aseguradoras (62 %), pacientes particulares (23 %) y el Estado (15 %).\nImagen y laboratorio dejan el doble de margen que las salas.",
    ),
    "market": (
        "Largest private hospital group in the Andes; first in Colombia, third in Peru.",
        "El mayor grupo hospitalario privado de los Andes; primero en Colombia, tercero en el Perú.",
    ),
    "products": (
        "14 hospitals, 42 laboratory points, a new imaging department with 180 people, an insurer of its own.",
        "14 hospitales, 42 puntos de laboratorio, un nuevo departamento de imagen con 180 personas y una aseguradora propia.",
    ),
    "structure": (
        "Country units report to the CEO; technology is central since March, purchasing is not.",
        "Las unidades de país reportan a la dirección general; tecnología es central desde marzo, compras no.",
    ),
}

GOALS: list[dict[str, Any]] = [
    {
        "title": ("Radiology reports in 18 h", "Informes de radiología en 18 h"),
        "voice": ("Camila Restrepo, CEO", "Camila Restrepo, directora general"),
        "source": ("town hall, 4 Nov", "reunión general, 4 nov"),
        "unit": ("h", "h"), "baseline": Decimal(36), "current": Decimal(31), "target": Decimal(18),
        "years": 1,
    },
    {
        "title": ("One patient record in three countries", "Una historia clínica en tres países"),
        "voice": ("Andrés Villalobos, CTO", "Andrés Villalobos, director de tecnología"),
        "source": ("CEO letter, Mar", "carta de la dirección, mar"),
        "unit": ("hospitals", "hospitales"), "baseline": Decimal(0), "current": Decimal(4), "target": Decimal(14),
        "years": 2,
    },
    {
        "title": ("Operating margin of 20 %", "Margen operativo del 20 %"),
        "voice": ("Rodrigo Salas, CFO", "Rodrigo Salas, director financiero"),
        "source": ("Q3 filing", "reporte del tercer trimestre"),
        "unit": ("%", "%"), "baseline": Decimal("15.9"), "current": Decimal("17.8"), "target": Decimal(20),
    },
    {
        "title": ("Open in Quito and Cusco", "Abrir en Quito y Cusco"),
        "voice": ("Board", "Junta directiva"),
        "source": ("annual report", "informe anual"),
        "unit": ("", ""), "baseline": Decimal(0), "current": Decimal(0), "target": Decimal(2),
        "years": 3,
    },
]  # fmt: skip

INITIATIVES: list[dict[str, Any]] = [
    {"title": ("Diagnostic Imaging department", "Departamento de Imagen Diagnóstica"), "sponsor": ("Esteban Lozano", "Esteban Lozano"), "budget": Decimal(6_200_000), "runs": (0, 2), "our_part": ("Flow, Link, Vault: €910 k open", "Flow, Link, Vault: 910 k€ abiertos"), "is_joint": True},
    {"title": ("Single record “Andino Uno”", "Historia única “Andino Uno”"), "sponsor": ("Andrés Villalobos", "Andrés Villalobos"), "budget": Decimal(9_000_000), "runs": (-1, 2), "our_part": ("Link in six units", "Link en seis unidades")},
    {"title": ("Security programme after last year's incident", "Programa de seguridad tras el incidente del año pasado"), "sponsor": ("Gustavo Prieto", "Gustavo Prieto"), "budget": Decimal(1_900_000), "runs": (None, 1), "our_part": ("blocks Vault", "bloquea Vault")},
    {"title": ("Peru telehealth", "Telesalud en el Perú"), "sponsor": ("Inés Montoya", "Inés Montoya"), "budget": Decimal(2_500_000), "runs": (1, None)},
]  # fmt: skip

FILING: Text = ("Q3 filing", "reporte del 3.er trimestre")
REPORT: Text = ("annual report", "informe anual")
# Years back, and the figures of that year.
YEARS: list[tuple[int, dict[str, Any]]] = [
    (4, {"revenue": Decimal(498_000_000), "margin": Decimal("14.8"), "net_debt": Decimal("3.1"), "solvency": Decimal(37), "rating": "watch", "source": REPORT}),
    (3, {"revenue": Decimal(541_000_000), "margin": Decimal("15.9"), "net_debt": Decimal("2.9"), "solvency": Decimal(38), "rating": "watch", "source": REPORT}),
    (2, {"revenue": Decimal(592_000_000), "margin": Decimal("16.6"), "net_debt": Decimal("2.4"), "solvency": Decimal(41), "rating": "solid", "source": REPORT}),
    (1, {"revenue": Decimal(645_000_000), "margin": Decimal("17.1"), "net_debt": Decimal("2.2"), "solvency": Decimal(44), "rating": "solid", "source": REPORT}),
    (0, {"revenue": Decimal(703_000_000), "margin": Decimal("17.1"), "net_debt": Decimal("2.0"), "solvency": Decimal(46), "rating": "solid", "source": FILING, "is_expected": True}),
]  # fmt: skip

SWOT: list[tuple[str, Text, int, Text]] = [
    ("strength", ("14 hospitals in three countries", "14 hospitales en tres países"), 3, ("annual report", "informe anual")),
    ("strength", ("Operating margin near 18 %", "Margen operativo cercano al 18 %"), 3, ("Q3 filing", "reporte del 3.er trimestre")),
    ("strength", ("Best-known clinical brand in Colombia", "La marca clínica más conocida de Colombia"), 2, ("Merco", "Merco")),
    ("weakness", ("Seven separate hospital systems after acquisitions", "Siete sistemas hospitalarios separados tras las adquisiciones"), 3, ("Paola, Oct", "Paola, oct")),
    ("weakness", ("Radiology reports take 31 h, goal 18 h", "Los informes de radiología tardan 31 h, la meta es 18 h"), 3, ("Esteban, Nov", "Esteban, nov")),
    ("weakness", ("IT turnover 22 % a year", "Rotación en sistemas del 22 % al año"), 2, ("LinkedIn", "LinkedIn")),
    ("opportunity", ("Diagnostic Imaging: new department, 180 staff", "Imagen Diagnóstica: nuevo departamento, 180 personas"), 3, ("CEO letter", "carta de la dirección")),
    ("threat", ("MediCore bundles workflow at no charge", "MediCore regala el flujo de trabajo"), 3, ("lost deal, Lima", "oportunidad perdida, Lima")),
    ("threat", ("Weak peso raises imported technology cost", "El peso débil encarece la tecnología importada"), 2, ("CFO, Sep", "director financiero, sep")),
    ("threat", ("Data residency law in debate", "Ley de residencia de datos en debate"), 2, ("legal brief", "informe jurídico")),
]  # fmt: skip
LATER: list[tuple[str, Text, int, Text]] = [
    ("opportunity", ("Peru telehealth rules start next year", "Las normas de telesalud del Perú rigen desde el próximo año"), 2, ("signal, 22 Nov", "novedad, 22 nov")),
]  # fmt: skip

POSITION: list[tuple[str, Text, Text, int]] = [
    ("strength", ("Pilot loved by the day shift", "El turno de día está encantado con el piloto"), ("41 % of the staff active", "41 % del personal activo"), 3),
    ("strength", ("Spanish support in four hours", "Soporte en español en cuatro horas"), ("", ""), 2),
    ("gap", ("Nobody of ours knows the CTO", "Nadie de nuestro equipo conoce al director de tecnología"), ("", ""), 3),
    ("gap", ("No reference in public hospitals", "Sin referencia en hospitales públicos"), ("", ""), 2),
    ("competitor", ("MediCore", "MediCore"), ("bundles workflow free, talks to the CFO, threatens €380 k", "regala el flujo de trabajo, habla con el director financiero, amenaza 380 k€"), 3),
    ("competitor", ("ArchivoSeguro", "ArchivoSeguro"), ("won Vault Lima in August, €70 k", "ganó Vault Lima en agosto, 70 k€"), 2),
    ("competitor", ("Shiftly", "Shiftly"), ("holds Rota in Bogotá and Medellín, €280 k", "tiene Rota en Bogotá y Medellín, 280 k€"), 2),
    ("competitor", ("Tablero", "Tablero"), ("dashboards at Seguros Andino, €110 k", "tableros en Seguros Andino, 110 k€"), 1),
]  # fmt: skip

RISKS: list[dict[str, Any]] = [
    {"title": ("Security review stalls the Vault deal", "La revisión de seguridad frena la oportunidad de Vault"), "severity": 3, "likelihood": 3, "owner": "TI", "due": 22, "amount": Decimal(180_000), "mitigation": ("Pen-test summary before the CISO asks again", "Informe de intrusión antes de que el CISO vuelva a pedirlo")},
    {"title": ("MediCore bundle reaches the CFO first", "El paquete de MediCore llega antes al director financiero"), "severity": 3, "likelihood": 1, "owner": "HD", "due": 40, "amount": Decimal(380_000), "mitigation": ("Henrik calls Rodrigo Salas", "Henrik llama a Rodrigo Salas")},
    {"title": ("One champion holds imaging together", "Un solo aliado sostiene imagen"), "severity": 2, "likelihood": 2, "owner": "AQ", "due": 60, "mitigation": ("Find a second one", "Encontrar un segundo")},
]  # fmt: skip

# Who, minutes ago, the beginning of the action it is about, text; newest last.
COMMENTS: list[tuple[str, int, Text, Text]] = [
    ("TI", 4300, ("Send pen-test summary", "Enviar el informe"), ("Waiting for our auditor to release the annex. Expect Wednesday.", "Esperamos que el auditor libere el anexo. Llega el miércoles.")),
    ("HD", 12, ("Build a compelling", "Preparar una propuesta"), ("Lead with turnaround hours, not features. Camila quotes the 18 h goal in every town hall.", "Abre con las horas de informe, no con funciones. Camila cita la meta de 18 h en cada reunión general.")),
    ("JW", 9, ("Build a compelling", "Preparar una propuesta"), ("Agreed. I need Esteban's October numbers to do it.", "De acuerdo. Necesito las cifras de octubre de Esteban.")),
]  # fmt: skip
