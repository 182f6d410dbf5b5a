"""What the words of other systems mean here: stages, kinds of talk, countries, currencies."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from urllib.parse import urlsplit

from babel import Locale
from babel.numbers import get_currency_name

from accounts.models.interactions import Kind
from accounts.models.opportunities import Stage, State
from kam.lib.data.folding import folded
from kam.lib.text.currencies import currencies, is_currency

# Words of a closed deal, in English, Spanish, Portuguese and German; a negation turns "won" round.
WON = {"won", "closedwon", "converted", "ganado", "ganada", "ganho", "ganha", "gewonnen"}
LOST = {"lost", "closedlost", "churned", "perdido", "perdida", "verloren"}
NOT = {"not", "no", "nao", "nicht", "non", "never", "nunca", "sin", "ohne", "kein", "keine"}
GONE = {"deleted", "archived", "eliminado", "eliminada", "archivado", "archivada", "borrado",
        "borrada", "excluido", "excluida", "arquivado", "arquivada", "geloscht", "archiviert"}  # fmt: skip
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
# Signs and short names that mean one currency beyond doubt; "$" is that of the account, and "kr",
# "Bs" or "peso" could be several.
CURRENCIES = {"us$": "USD", "u$s": "USD", "usd$": "USD", "us dollar": "USD", "dolar americano": "USD",
              "mx$": "MXN", "m.n.": "MXN", "mn": "MXN", "r$": "BRL", "s/": "PEN", "s/.": "PEN",
              "sol": "PEN", "soles": "PEN", "u.f.": "CLF", "uf": "CLF", "€": "EUR", "£": "GBP",
              "pound": "GBP", "british pound": "GBP", "pound sterling": "GBP", "fr.": "CHF",
              "sfr": "CHF", "ca$": "CAD", "a$": "AUD", "¥": "JPY"}  # fmt: skip
# Currencies whose sign is "$", so that an account in one of them means its own by it.
DOLLARS = {"USD", "CAD", "AUD", "NZD", "MXN", "COP", "CLP", "ARS", "UYU", "DOP", "CUP", "HKD", "SGD",
           "TWD", "BBD", "BSD", "BZD", "JMD", "TTD", "XCD"}  # fmt: skip
# Mailboxes of everybody: no company is known by them.
FREE_MAIL = {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com",
             "live.com", "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "aol.com",
             "example.com", "example.org", "example.net"}  # fmt: skip
WORDS = re.compile(r"[^\W_]+")
CODES = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
LEGAL = re.compile(
    r"[\s,.]+(inc|llc|ltd|limited|corp|corporation|co|company|gmbh|ag|s\.?a\.?( de c\.?v\.?)?|"
    r"s\.?l\.?u?|s\.?r\.?l\.?|s\.?a\.?s\.?|plc|b\.?v\.?|n\.?v\.?)\.?$"
)


@lru_cache(maxsize=2_000)
def state_of(status: str, stage: str) -> State:
    """The status says it where it is a closed one, else the stage; a deal of no such word is open."""
    for words in (status, stage):
        if (found := _closed_by(words)) is not None:
            return found
    return State.OPEN


def _closed_by(words: str) -> State | None:
    """ "Closed/Won" and "Gewonnen" are won; "not won" and "no ganada" are lost; "not lost" is open."""
    said = set(WORDS.findall(folded(words)))
    is_denied = bool(said & NOT)
    if said & WON:
        return State.LOST if is_denied else State.WON
    if said & LOST:
        return State.OPEN if is_denied else State.LOST
    return None


@lru_cache(maxsize=2_000)
def is_gone(status: str) -> bool:
    """Deleted or archived in the other system."""
    return bool(set(WORDS.findall(folded(status))) & GONE)


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
    """The ISO code of a code, sign or name; empty where none is said, and "$" where that is said:
    which one it means depends on the account.

    ValueError where nobody can tell which one is meant: never a default.
    """
    bare = " ".join(folded(name).split())
    if bare in ("", "$"):
        return bare
    if bare in CURRENCIES:
        return CURRENCIES[bare]
    if bare in _currency_names():
        return _currency_names()[bare]
    codes = {word for word in CODES.findall(name.upper()) if is_currency(word)}
    if len(codes) == 1:
        return str(codes.pop())
    raise ValueError(name)


@cache
def _currency_names() -> dict[str, str]:
    """Names that stand for one currency in use, in the languages of our readers and neighbours."""
    found: dict[str, set[str]] = {}
    for language in ("en", "es", "pt", "de"):
        for code in currencies():
            for plural in (None, 1, 2):
                name = str(get_currency_name(code, count=plural, locale=language))
                found.setdefault(" ".join(folded(name).split()), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


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
