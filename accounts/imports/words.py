"""What the words of other systems mean here: stages, kinds of talk, countries, currencies."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from urllib.parse import urlsplit

from babel import Locale

from accounts.models.interactions import Kind
from accounts.models.opportunities import Stage, State
from kam.lib.folding import folded

WON = {"won", "closed won", "closedwon", "converted", "ganado", "ganada", "cerrada ganada"}
LOST = {"lost", "closed lost", "closedlost", "churned", "perdido", "perdida", "cerrada perdida"}
OPEN = {"open", "abierto", "abierta", "in progress", "new", "engaging", "prospecting"}
STAGES = [
    (Stage.NEGOTIATE, ("negotiat", "contract", "verbal", "negocia")),
    (Stage.PROPOSE, ("propos", "quote", "decision", "cotiza")),
    (
        Stage.DEVELOP,
        ("develop", "demo", "evaluation", "discovery", "engaging", "needs", "solution"),
    ),
]
LIKELY = {Stage.QUALIFY: 20, Stage.DEVELOP: 40, Stage.PROPOSE: 60, Stage.NEGOTIATE: 80}
KINDS = [
    (Kind.CALL, ("call", "llamada")),
    (Kind.VIDEO, ("video", "zoom", "teams")),
    (Kind.VISIT, ("visit", "visita")),
    (Kind.EVENT, ("conference", "webinar", "feria")),
    (Kind.MEETING, ("meeting", "event", "appointment", "reunion", "lunch", "demo")),
    (Kind.EMAIL, ("email", "e-mail", "mail", "correo")),
    (Kind.MESSAGE, ("message", "whatsapp", "sms", "chat", "mensaje")),
]
NOT_DONE = {"not started", "in progress", "waiting on someone else", "deferred", "open",
            "scheduled", "no", "false", "0", "to do", "canceled", "cancelled"}  # fmt: skip
NOT_REACHED = ("no answer", "voicemail", "wrong number", "busy", "no contesta")
COUNTRIES = {"usa": "US", "u.s.a.": "US", "united states of america": "US", "ee. uu.": "US",
             "eeuu": "US", "uk": "GB", "england": "GB", "scotland": "GB", "korea": "KR",
             "south korea": "KR", "russia": "RU", "holland": "NL", "mejico": "MX"}  # fmt: skip
CURRENCIES = {"us dollar": "USD", "dollar": "USD", "euro": "EUR", "pound sterling": "GBP",
              "british pound": "GBP", "mexican peso": "MXN", "peso mexicano": "MXN",
              "colombian peso": "COP", "$": "USD", "€": "EUR", "£": "GBP"}  # fmt: skip
# Mailboxes of everybody: no company is known by them.
FREE_MAIL = {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com",
             "live.com", "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "aol.com",
             "example.com", "example.org", "example.net"}  # fmt: skip
LEGAL = re.compile(
    r"[\s,.]+(inc|llc|ltd|limited|corp|corporation|co|company|gmbh|ag|s\.?a\.?( de c\.?v\.?)?|"
    r"s\.?l\.?u?|s\.?r\.?l\.?|s\.?a\.?s\.?|plc|b\.?v\.?|n\.?v\.?)\.?$"
)


@lru_cache(maxsize=2_000)
def state_of(status: str, stage: str) -> State:
    """The status says it where there is one, else the stage."""
    for words in (folded(status).strip(), folded(stage).strip()):
        if words in WON or "won" in words.split() or "ganad" in words:
            return State.WON
        if words in LOST or "lost" in words.split() or "perdid" in words:
            return State.LOST
        if words in OPEN:
            return State.OPEN
    return State.OPEN


@lru_cache(maxsize=2_000)
def stage_of(stage: str) -> Stage:
    words = folded(stage)
    for known, signs in STAGES:
        if any(sign in words for sign in signs):
            return known
    return Stage.QUALIFY


@lru_cache(maxsize=2_000)
def kind_of(word: str) -> Kind:
    words = folded(word)
    for kind, signs in KINDS:
        if any(sign in words for sign in signs):
            return kind
    return Kind.NOTE


@lru_cache(maxsize=2_000)
def took_place(done: str) -> bool:
    return folded(done).strip() not in NOT_DONE


@lru_cache(maxsize=2_000)
def was_reached(direction: str, outcome: str) -> bool:
    """Both sides took part, as far as the words say."""
    return "outbound" not in direction.lower() and not any(
        sign in outcome.lower() for sign in NOT_REACHED
    )


@lru_cache(maxsize=5_000)
def country_of(name: str) -> str:
    """The code of a country named in English or Spanish, or nothing."""
    bare = folded(name).strip()
    if len(bare) == 2 and bare.isascii() and bare.isalpha():
        return bare.upper()
    return COUNTRIES.get(bare) or _countries().get(bare, "")


@lru_cache(maxsize=500)
def currency_of(name: str) -> str:
    bare = folded(name).strip()
    if bare in CURRENCIES:
        return CURRENCIES[bare]
    return bare.upper() if len(bare) == 3 and bare.isascii() and bare.isalpha() else ""


@lru_cache(maxsize=50_000)
def domain_of(text: str) -> str:
    """The host of a website or a mail address without www; nothing for free mailboxes."""
    words = text.strip().lower()
    if not words or " " in words:
        return ""
    host = words.rpartition("@")[2] if "@" in words else _host(words)
    host = host.removeprefix("www.").strip(".")
    return host if "." in host and host not in FREE_MAIL else ""


def name_key(name: str) -> str:
    """A company's name as it is compared: case, accents, spaces and the legal form apart."""
    bare = " ".join(folded(name).split())
    shorter = LEGAL.sub("", bare)
    return shorter or bare


def percent_of(value: Decimal) -> int:
    return int(min(max(value, Decimal(0)), Decimal(100)))


def _host(words: str) -> str:
    try:
        return urlsplit(words if "//" in words else f"//{words}").hostname or ""
    except ValueError:
        return ""


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("es", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found[folded(name)] = code
    return found
