"""The two servers that keep state, and the environment that leads the product to them."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kam.embedded import postgres, valkey
from kam.embedded.folder import DataFolder
from kam.embedded.guard import Guard
from kam.embedded.part import Part


@dataclass
class Servers:
    folder: DataFolder
    guard: Guard
    environment: dict[str, str]
    parts: list[Part] = field(default_factory=list)
    # Who can sign in, with the password of the demo; only known to the start that made it.
    sign_in: str = ""
    # Where a site without an administrator is set up; made anew at every start.
    setup_link: str = ""

    def start(self, *, careless: bool = False) -> None:
        if not given(self.environment, "REDIS_URL"):
            self.parts.append(valkey.valkey_part(self.folder, postgres.PLAIN, careless=careless))
            self.parts[-1].start(self.guard)
            self.environment["REDIS_URL"] = valkey.redis_url(self.folder)
        if not given(self.environment, "DATABASE_URL"):
            self.parts.append(postgres.postgres_part(self.folder, careless=careless))
            self.parts[-1].start(self.guard)
            self.environment["DATABASE_URL"] = postgres.database_url(self.folder)
            self.environment.setdefault("KAM_DEMO_LOCAL", "1")
        for part in self.parts:
            self.wait(part)
        self._note()

    def wait(self, part: Part) -> None:
        if part.name == "postgres":
            postgres.wait_until_ready(part)
        else:
            valkey.wait_until_ready(part, self.folder)

    def stop(self) -> None:
        note_of(self.folder).unlink(missing_ok=True)
        for part in self.parts:
            part.stop(self.guard)

    def has_database(self) -> bool:
        return any(part.name == "postgres" for part in self.parts)

    def _note(self) -> None:
        """For bin/manage, which uses servers that already run."""
        facts = {"pid": str(os.getpid())} | {
            name: self.environment[name]
            for name in ("DATABASE_URL", "REDIS_URL", "KAM_DEMO_LOCAL")
            if name in self.environment and self.parts
        }
        note = note_of(self.folder).with_suffix(".new")
        note.touch(mode=0o600)
        note.write_text(json.dumps(facts))
        note.rename(note_of(self.folder))


def note_of(folder: DataFolder) -> Path:
    return folder.path / "servers.json"


def given(environment: Mapping[str, str], name: str) -> bool:
    """Set by the operator, as a value or as a file (container secrets)."""
    return bool(environment.get(name) or environment.get(f"{name}_FILE"))


def product_environment(folder: DataFolder) -> dict[str, str]:
    environment = dict(os.environ)
    port = environment.setdefault("PORT", "8000")
    environment["KAM_DATA"] = str(folder.path)
    environment.setdefault("SITE_URL", f"http://localhost:{port}")
    environment["PYTHONUNBUFFERED"] = "1"
    environment.setdefault("LOG_FORMAT", "line")
    if not given(environment, "SECRET_KEY"):
        environment["SECRET_KEY"] = folder.secret_key()
    return environment


@contextmanager
def running_servers(
    folder: DataFolder,
    command: str,
    *,
    careless: bool = False,
    throwaway: bool = False,
    check: Callable[[], None] = lambda: None,
) -> Iterator[Servers]:
    """Owns the folder, starts what the environment does not name, stops it at the end.

    The check runs once the folder is ours: "it runs already" says more than "port in use".
    """
    folder.prepare()
    with folder.owned(command):
        check()
        guard = Guard(remove=folder.path if throwaway else None)
        servers = Servers(folder, guard, product_environment(folder))
        try:
            servers.start(careless=careless)
            yield servers
        finally:
            servers.stop()
            guard.dismiss()
