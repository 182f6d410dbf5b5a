"""Words that names of people are divided by, in lower case and without accents or signs."""

# They belong to the word that follows: "de la Cruz", "van Gogh", "San Martín", "Vda. de Peña".
PARTICLES = frozenset([
    "de", "del", "la", "las", "los", "do", "da", "dos", "das", "di", "du", "le", "van", "von",
    "vom", "zu", "zum", "zur", "der", "den", "ter", "ten", "bin", "ibn", "al", "el", "san",
    "santa", "vda", "viuda",
])  # fmt: skip
# They join the surname before with the one after: Ortega y Gasset.
JOINERS = frozenset({"y", "e", "i"})
# Before a name, or behind it; neither is a name.
TITLES = frozenset([
    "dr", "dra", "ing", "lic", "sr", "sra", "srta", "prof", "profa", "mtro", "mtra", "arq",
    "abog", "cp", "don", "dona", "mr", "mrs", "ms", "miss", "sir", "mx",
])  # fmt: skip
SUFFIXES = frozenset([
    "jr", "sr", "ii", "iii", "iv", "hijo", "filho", "neto", "junior", "phd", "mba", "md",
])  # fmt: skip
# Second given names that hardly anybody carries as a surname: Juan Carlos, María José, Luis Alberto.
SECOND_GIVEN = frozenset([
    "adriana", "alberto", "alejandra", "alejandro", "alfredo", "alicia", "amparo", "ana",
    "andrea", "antonia", "antonio", "armando", "augusto", "beatriz", "carlos", "carmen",
    "carolina", "catalina", "cecilia", "clara", "claudia", "concepcion", "cristina", "daniela",
    "diana", "eduardo", "elena", "elisa", "elizabeth", "emilia", "emilio", "enrique", "ernesto",
    "esteban", "esther", "eugenia", "eugenio", "eva", "fabiola", "felipe", "fernanda",
    "fernando", "francisca", "francisco", "gabriel", "gabriela", "gloria", "graciela",
    "guadalupe", "guillermo", "gustavo", "hernan", "hugo", "humberto", "ignacio", "ines",
    "irene", "isabel", "ivan", "javier", "jesus", "joaquin", "jorge", "jose", "josefa", "juan",
    "juana", "julia", "juliana", "julio", "laura", "leonor", "leticia", "liliana", "lorena",
    "lourdes", "lucia", "lucila", "luis", "luisa", "magdalena", "manuel", "manuela",
    "margarita", "maria", "mariana", "mario", "marta", "martha", "mauricio", "mercedes",
    "miguel", "monica", "natalia", "nicolas", "norma", "octavio", "olga", "pablo", "paola",
    "patricia", "paula", "paulina", "pedro", "pilar", "rafael", "raul", "rebeca", "ricardo",
    "roberto", "rocio", "rodolfo", "rosa", "rosario", "sandra", "sara", "sebastian", "sergio",
    "silvia", "sofia", "soledad", "sonia", "susana", "teresa", "valentina", "valeria",
    "vanessa", "veronica", "victoria", "viviana", "ximena",
])  # fmt: skip
# Given names of two words whose second is a surname elsewhere, or has a particle of its own:
# Miguel Ángel, María del Carmen, Juan de Dios.
GIVEN_OF_TWO = frozenset([
    *(f"{first} {second}" for first in ("maria", "ma", "luz") for second in (
        "del carmen", "del pilar", "del mar", "del rosario", "del socorro", "del consuelo",
        "del rocio", "de jesus", "de lourdes", "de los angeles", "de los dolores", "de la luz",
        "de la paz", "de las mercedes", "de las nieves", "de guadalupe", "de fatima", "belen",
        "angeles", "luz", "paz",
    )),
    *(f"{first} {second}" for first in ("juan", "jose", "luis", "carlos", "victor", "miguel")
      for second in ("andres", "angel", "daniel", "david", "diego", "miguel")),
    "jose de jesus", "juan de dios", "juan de jesus", "teresa de jesus", "ana del carmen",
    "rosa del carmen", "ana belen",
])  # fmt: skip
