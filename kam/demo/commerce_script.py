"""What the money of the demo company is made of; amounts in thousands a year."""

from decimal import Decimal

Text = tuple[str, str]

ANDINO = "Grupo Andino Salud"
SEASON = [92, 95, 100, 101, 97, 104, 103, 98, 108, 104, 101, 97]

PRODUCTS: list[tuple[str, Text]] = [
    ("Flow", ("Core", "Base")),
    ("Link", ("Core", "Base")),
    ("Rota", ("Core", "Base")),
    ("Vault", ("Core", "Base")),
    ("Vista", ("Insight", "Análisis")),
    ("Assist", ("Insight", "Análisis")),
]

# The newest first, one for every eight months.
RATES = {
    "CHF": ["1.0642", "1.0571", "1.0488", "1.0410"],
    "COP": ["0.000214", "0.000221", "0.000226", "0.000232"],
}

VALUES = {
    "Banco del Litoral": 2410,
    ANDINO: 1840,
    "Ferrovía Sur": 1550,
    "Metro Energía": 1310,
    "Helvetia Pharma": 1052,
    "Nordsee Logistik": 960,
    "Universidad Austral": 620,
}
GROWTH = {
    "Banco del Litoral": "0.06",
    "Ferrovía Sur": "0.04",
    "Metro Energía": "-0.07",
    "Helvetia Pharma": "-0.09",
    "Nordsee Logistik": "0.12",
    "Universidad Austral": "-0.03",
}
MARKETS = {
    "Banco del Litoral": ("Andes", "EC", "EUR"),
    ANDINO: ("Andes", "CO", "EUR"),
    "Ferrovía Sur": ("Cono Sur", "CL", "EUR"),
    "Metro Energía": ("México", "MX", "EUR"),
    "Helvetia Pharma": ("DACH", "CH", "CHF"),
    "Nordsee Logistik": ("DACH", "DE", "EUR"),
    "Universidad Austral": ("Cono Sur", "UY", "EUR"),
}
# Website, phone, tax number, street, postal code, state, employees, turnover in millions a year.
FACTS: dict[str, tuple[str, str, str, str, str, str, int, int]] = {
    "Banco del Litoral": ("litoral.example", "+593 4 555 0110", "0990001117001", "Av. 9 de Octubre 100", "090313", "Guayas", 4200, 610),
    ANDINO: ("andinosalud.example", "+57 601 555 0134", "900555010-3", "Carrera 7 # 71-21", "110231", "Bogotá D.C.", 12500, 890),
    "Ferrovía Sur": ("ferroviasur.example", "+56 2 5550 0170", "96555100-4", "Av. Libertador 1400", "8340518", "Región Metropolitana", 3100, 420),
    "Metro Energía": ("metroenergia.example", "+52 81 5550 0190", "MEN950101AB3", "Av. Constitución 411", "64000", "Nuevo León", 5600, 1150),
    "Helvetia Pharma": ("helvetiapharma.example", "+41 61 555 01 20", "CHE-555.010.120", "Hafenstrasse 12", "4057", "Basel-Stadt", 7800, 2400),
    "Nordsee Logistik": ("nordsee-logistik.example", "+49 40 5550 160", "DE555010160", "Am Sandtorkai 30", "20457", "Hamburg", 2300, 340),
    "Universidad Austral": ("uaustral.example", "+598 2555 0140", "215550100018", "Av. 18 de Julio 1824", "11200", "Montevideo", 1900, 95),
}  # fmt: skip
REASONS: dict[str, Text] = {
    "key": ("Two years of growth and an open door at the top", "Dos años de crecimiento y la puerta abierta en la dirección"),
    "watchlist": ("Spends little with us for its size", "Compra poco para su tamaño"),
}  # fmt: skip

# English name, Spanish name, kind, product → thousands a year.
SITES: list[tuple[str, str, str, dict[str, int]]] = [
    ("Bogotá hospitals", "Hospitales de Bogotá", "site", {"Flow": 420, "Link": 180, "Vista": 120, "Vault": 90}),
    ("Medellín hospitals", "Hospitales de Medellín", "site", {"Flow": 310, "Link": 120, "Vault": 60}),
    ("Lima hospitals", "Hospitales de Lima", "site", {"Flow": 240, "Link": 90}),
    ("Quito hospitals", "Hospitales de Quito", "site", {"Flow": 130}),
    ("Andino Labs", "Laboratorios Andino", "subsidiary", {"Link": 80}),
    ("Diagnostic Imaging", "Imagen diagnóstica", "department", {}),
    ("Andino Health Plans", "Planes de Salud Andino", "subsidiary", {}),
]  # fmt: skip

# Unit → product → state, thousands a year (none where the deal there says it), competitor, note.
SPACE: dict[str, dict[str, tuple[str, int | None, str, Text]]] = {
    "Bogotá hospitals": {
        "Rota": ("competitor", 160, "Shiftly", ("Contract until June", "Contrato hasta junio")),
        "Assist": ("potential", 80, "", ("", "")),
    },
    "Medellín hospitals": {
        "Rota": ("competitor", 120, "Shiftly", ("", "")),
        "Vista": ("potential", None, "Tablero", ("", "")),
        "Assist": ("potential", 60, "", ("", "")),
    },
    "Lima hospitals": {
        "Vista": ("potential", 90, "", ("", "")),
        "Rota": ("potential", 110, "", ("", "")),
        "Vault": ("lost", 70, "ArchivoSeguro", ("Again when they have a local data centre", "Otra vez cuando haya centro de datos local")),
        "Assist": ("potential", 50, "", ("", "")),
    },
    "Quito hospitals": {
        "Vista": ("potential", 70, "", ("", "")),
        "Rota": ("potential", 80, "", ("", "")),
        "Vault": ("potential", 50, "", ("", "")),
        "Assist": ("not_applicable", None, "", ("", "")),
    },
    "Andino Labs": {
        "Flow": ("not_applicable", None, "", ("", "")),
        "Rota": ("potential", 90, "", ("", "")),
        "Vault": ("potential", 60, "", ("", "")),
        "Assist": ("potential", 40, "", ("", "")),
    },
    "Diagnostic Imaging": {
        "Flow": ("pilot", 380, "MediCore", ("41 % of staff", "41 % del personal")),
        "Vista": ("potential", 120, "", ("", "")),
        "Rota": ("potential", 60, "", ("", "")),
        "Vault": ("potential", None, "ArchivoSeguro", ("", "")),
        "Assist": ("potential", 30, "", ("", "")),
    },
    "Andino Health Plans": {
        "Flow": ("not_applicable", None, "", ("", "")),
        "Link": ("potential", 90, "", ("", "")),
        "Vista": ("competitor", 110, "Tablero", ("", "")),
        "Rota": ("not_applicable", None, "", ("", "")),
        "Vault": ("potential", 40, "", ("", "")),
        "Assist": ("potential", 50, "", ("", "")),
    },
}  # fmt: skip

# Title, unit, product, owner, state, thousands a year, probability, days from today, reason.
DEALS: list[tuple[Text, str, str, str, str, int, int, int, Text]] = [
    (("Flow for Diagnostic Imaging", "Flow para Imagen diagnóstica"), "Diagnostic Imaging", "Flow", "MR", "open", 380, 50, 480, ("", "")),
    (("Vault for Diagnostic Imaging", "Vault para Imagen diagnóstica"), "Diagnostic Imaging", "Vault", "TI", "open", 180, 20, 205, ("", "")),
    (("Vista for Andino Labs", "Vista para Laboratorios Andino"), "Andino Labs", "Vista", "MR", "open", 150, 60, 110, ("", "")),
    (("Link for Diagnostic Imaging", "Link para Imagen diagnóstica"), "Diagnostic Imaging", "Link", "JW", "open", 140, 25, 290, ("", "")),
    (("Vista for Medellín", "Vista para Medellín"), "Medellín hospitals", "Vista", "MR", "open", 110, 70, 80, ("", "")),
    (("Link for Quito", "Link para Quito"), "Quito hospitals", "Link", "PN", "open", 80, 40, 200, ("", "")),
    (("Link for Lima", "Link para Lima"), "Lima hospitals", "Link", "MR", "won", 90, 100, -70, ("", "")),
    (("Vault for Medellín", "Vault para Medellín"), "Medellín hospitals", "Vault", "MR", "won", 60, 100, -190, ("", "")),
    (("Vault, Bogotá second site", "Vault, segunda sede de Bogotá"), "Bogotá hospitals", "Vault", "TI", "won", 30, 100, -280, ("", "")),
    (("Vault for Lima", "Vault para Lima"), "Lima hospitals", "Vault", "MR", "lost", 70, 0, -95, ("Price, and no local data centre; ArchivoSeguro won", "Precio y falta de centro de datos local; ganó ArchivoSeguro")),
]  # fmt: skip

# Name, industry, city, country, tier, thousands a year, growth.
MORE: list[tuple[str, Text, str, str, str, int, Decimal]] = [
    (name, industry, city, country, tier, thousands, Decimal(growth))
    for name, industry, city, country, tier, thousands, growth in [
        ("Aceros Patria", ("Steel", "Acero"), "Monterrey", "MX", "key", 880, "0.02"),
        ("Telco Pampas", ("Telecoms", "Telecomunicaciones"), "Córdoba", "AR", "key", 540, "0.19"),
        ("Puerto Valdés", ("Port", "Puerto"), "Puerto Madryn", "AR", "key", 410, "-0.01"),
        ("Café Meridiano", ("Food", "Alimentos"), "Medellín", "CO", "key", 370, "0.08"),
        ("Seguros Cóndor", ("Insurer", "Aseguradora"), "La Paz", "BO", "key", 290, "-0.04"),
        ("Cooperativa Sur", ("Cooperative", "Cooperativa"), "Valdivia", "CL", "candidate", 240, "0.03"),
        ("Hospital San Telmo", ("Hospital", "Hospital"), "Buenos Aires", "AR", "watchlist", 228, "0.05"),
        ("Alpenbahn AG", ("Railway", "Ferrocarril"), "Chur", "CH", "watchlist", 214, "0.01"),
        ("Red Hídrica Norte", ("Water", "Agua"), "Trujillo", "PE", "watchlist", 196, "-0.11"),
        ("Textiles Ayllu", ("Textiles", "Textil"), "Arequipa", "PE", "candidate", 188, "0.04"),
        ("Kantonsspital Rheintal", ("Hospital", "Hospital"), "Altstätten", "CH", "watchlist", 176, "0.09"),
        ("Clínica Sur", ("Clinic", "Clínica"), "Temuco", "CL", "candidate", 164, "0.02"),
        ("Minera Cobre Alto", ("Mining", "Minería"), "Antofagasta", "CL", "watchlist", 158, "-0.14"),
        ("Agro Pampa Verde", ("Agriculture", "Agro"), "Rosario", "AR", "candidate", 150, "0.01"),
        ("Aerolíneas del Istmo", ("Airline", "Aerolínea"), "Panamá", "PA", "candidate", 146, "0.06"),
        ("Correos del Plata", ("Post", "Correo"), "Montevideo", "UY", "former", 122, "-0.42"),
        ("Seguros Andino", ("Insurer", "Aseguradora"), "Bogotá", "CO", "candidate", 95, "0.10"),
        ("Hafen Stralsund", ("Port", "Puerto"), "Stralsund", "DE", "candidate", 94, "0.07"),
        ("Ñandú Turismo", ("Travel", "Turismo"), "Salta", "AR", "candidate", 62, "0.15"),
        ("Papelera Andes", ("Paper", "Papel"), "Cajamarca", "PE", "candidate", 54, "-0.02"),
    ]
]  # fmt: skip

# What the others could buy besides: the unit, and product → thousands a year.
ROOM: dict[str, tuple[Text, dict[str, int]]] = {
    "Banco del Litoral": (("Branches", "Sucursales"), {"Rota": 640, "Vista": 550}),
    "Ferrovía Sur": (("Operations", "Operaciones"), {"Assist": 210, "Vista": 340}),
    "Metro Energía": (("Field service", "Servicio de campo"), {"Rota": 480, "Vault": 260}),
    "Helvetia Pharma": (("Research", "Investigación"), {"Vault": 800, "Assist": 480}),
    "Nordsee Logistik": (("Port terminals", "Terminales portuarias"), {"Rota": 240}),
    "Universidad Austral": (("Faculties", "Facultades"), {"Vista": 180, "Assist": 100}),
}
