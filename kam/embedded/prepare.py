"""What must be true before the first page: tables, static files, translations, the demo."""

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kam.embedded.folder import DEMO, OWN, ROOT
from kam.embedded.part import Part
from kam.embedded.servers import Servers
from kam.embedded.terminal import Trouble, say

MINUTES = 60.0
SIGN_IN_FILE = "sign_in.txt"
PASSWORD_SHOWN = "(shown at the first start)"  # noqa: S105 (words, not a password)


def prepare(servers: Servers, *, own: bool = False) -> None:
    compile_translations()
    jobs = [job for job in (tables(servers), static_files(servers)) if job]
    if jobs:
        say("  Tables and static files …")
    for part, *_ in jobs:
        part.start(servers.guard)
    for part, stamp, value in jobs:
        finish(servers, part)
        servers.folder.put_stamp(stamp, value)
    if own:
        servers.folder.settle(OWN)
    if servers.has_database() and servers.folder.kind != OWN:
        demo_company(servers)
    if servers.folder.kind != DEMO:
        servers.setup_link = ask(servers, "setup_link", "--if-needed")


def tables(servers: Servers) -> tuple[Part, str, str] | None:
    """Somebody else's database may have been restored or swapped: there we always look."""
    value = tables_mark()
    if servers.has_database() and servers.folder.has_stamp("tables", value):
        return None
    part = management_part(servers, "The creation of the tables", "migrate", "--no-input")
    return part, "tables", value


def tables_mark() -> str:
    sources = (path for path in ROOT.glob("*/**/migrations/*.py") if ".venv" not in path.parts)
    return fingerprint([*sources, ROOT / "uv.lock"])


def static_files(servers: Servers) -> tuple[Part, str, str] | None:
    sources = (path for path in (ROOT / "static").rglob("*") if path.is_file())
    value = fingerprint([*sources, ROOT / "kam/lib/web/static.py", ROOT / "uv.lock"])
    if servers.folder.has_stamp("static", value):
        return None
    arguments = ("collectstatic", "--no-input", "--clear", "--verbosity", "0")
    return (
        management_part(servers, "The collection of the static files", *arguments),
        "static",
        value,
    )


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


# --- Translations -----------------------------------------------------------------------------


def compile_translations() -> None:
    """With Babel: msgfmt is missing on most machines."""
    for source in stale_translations():
        with suppress(PermissionError):
            compile_one(source)


def stale_translations() -> Iterator[Path]:
    for source in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            yield source


def compile_one(source: Path) -> None:
    # Only needed where words were translated anew.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name)
    fresh = source.with_suffix(f".mo.{os.getpid()}")
    with fresh.open("wb") as file:
        write_mo(file, catalog)
    fresh.rename(source.with_suffix(".mo"))


# --- Management commands ----------------------------------------------------------------------


def management_part(servers: Servers, words: str, command: str, *arguments: str) -> Part:
    return Part(
        name=command,
        words=words,
        command=[sys.executable, str(ROOT / "manage.py"), command, *arguments],
        log=servers.folder.logs / f"{command}.log",
        environment=servers.environment,
        folder=ROOT,
    )


def finish(servers: Servers, part: Part) -> None:
    part.wait_until(lambda: not part.is_running(), 30 * MINUTES)
    if part.exit_code():
        raise part.trouble("failed")
    part.sweep(servers.guard)


# --- The demo company -------------------------------------------------------------------------


def demo_company(servers: Servers) -> None:
    if servers.folder.kind == DEMO:
        return
    if ask(servers, "administrator", "--who"):
        # Somebody works here already, though nobody said --own.
        servers.folder.settle(OWN)
        return
    say("  The demo company …")
    password = servers.environment.get("KAM_DEMO_PASSWORD") or secrets.token_urlsafe(12)
    words = ask_for_demo(servers, password)
    kept = servers.folder.path / SIGN_IN_FILE
    kept.touch(mode=0o600)
    kept.write_text(words.replace(password, PASSWORD_SHOWN))
    servers.folder.settle(DEMO)
    servers.sign_in = words


def ask_for_demo(servers: Servers, password: str) -> str:
    own = {"KAM_DEMO_LANGUAGE": "en"} | servers.environment | {"KAM_DEMO_PASSWORD": password}
    return ask(servers, "demo", environment=own)


def ask(servers: Servers, *words: str, environment: dict[str, str] | None = None) -> str:
    """What a command answers: it may hold a secret, so it goes to the terminal and into no log."""
    result = subprocess.run(  # noqa: S603 (our own command, no shell)
        [sys.executable, str(ROOT / "manage.py"), *words],
        cwd=ROOT,
        env=environment or servers.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        tail = "\n".join(result.stderr.splitlines()[-20:])
        raise Trouble(f"The command {words[0]} failed:", tail)
    return result.stdout.strip()
