"""A whole installation for a journey: bin/run on a throwaway folder, and a real mail server."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a demo password for journeys"
PATIENCE = 120  # seconds for what happens once a minute, on a busy machine
# What the gate says to its own parts must not reach the installation under test.
OURS = re.compile(
    r"^(DATABASE_URL|REDIS_URL|EMAIL_URL|MAIL_CATCHES_ALL|STORAGE_URL|SECRET_KEY|SITE_URL|DJANGO_.*|KAM_DATA|KAM_DEMO.*|PYTEST.*)$"
)


def text_of(letter: EmailMessage) -> str:
    """What a reader without HTML reads."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


class Postman:
    """An SMTP server on loopback that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 kept"

    def wait_for(self, address: str, wanted: Callable[[EmailMessage], bool]) -> EmailMessage:
        """The first letter to this address that is the wanted one."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for letter in list(self.letters):
                if address in str(letter["To"]) and wanted(letter):
                    return letter
            time.sleep(0.3)
        subjects = [(str(letter["To"]), str(letter["Subject"])) for letter in self.letters]
        raise AssertionError(f"No such letter to {address} came; there were {subjects}.")


@dataclass
class House:
    """A running installation: its address, its post, and how to make it stop."""

    address: str
    post: Postman
    data: Path
    process: subprocess.Popen[str]
    output: list[str] = field(default_factory=list)

    def log(self) -> str:
        return "".join(self.output) + "".join(
            f"\n== {log.name}\n{log.read_text(errors='replace')[-2000:]}"
            for log in sorted((self.data / "log").glob("*.log"))
        )


@contextmanager
def running_house(language: str) -> Iterator[House]:
    post = Postman()
    mail = Controller(post, hostname="127.0.0.1", port=free_port())
    mail.start()
    try:
        with tempfile.TemporaryDirectory(
            prefix="clave-journey-", ignore_cleanup_errors=True
        ) as data:
            settings = {
                "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
                "MAIL_CATCHES_ALL": "true",
                "KAM_DEMO_LANGUAGE": language,
                "KAM_DEMO_PASSWORD": PASSWORD,
            }
            yield from _run(Path(data), post, settings)
    finally:
        mail.stop()


@contextmanager
def running_own_site() -> Iterator[House]:
    """`bin/run --own` on an empty folder, and nothing set: mails stay in its outbox."""
    with tempfile.TemporaryDirectory(prefix="clave-own-", ignore_cleanup_errors=True) as data:
        yield from _run(Path(data), Postman(), {}, "--own")


def _run(data: Path, post: Postman, settings: dict[str, str], *words: str) -> Iterator[House]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    environment |= {"KAM_DATA": str(data / "var"), "PORT": str(port), **settings}
    process = subprocess.Popen(
        [str(ROOT / "bin" / "run"), *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    house = House(f"http://localhost:{port}", post, data / "var", process)
    try:
        _wait_until_it_runs(house)
        yield house
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _wait_until_it_runs(house: House) -> None:
    assert house.process.stdout is not None
    for line in house.process.stdout:
        house.output.append(line)
        if "Stop with Ctrl-C" in line:
            return
    raise AssertionError("bin/run did not start:\n" + house.log())


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
