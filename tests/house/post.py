"""A real SMTP server on a bad day: slow, refusing every seventh message, hanging up after the data."""

import asyncio
import random
import time
from dataclasses import dataclass
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


@dataclass(frozen=True)
class Taken:
    """A message that the server has; `answered` is False when it hung up before it said so."""

    to: str
    data: bytes
    at: float
    answered: bool


class HardPost:
    """Every seventh message is refused for now; one in twelve is taken without a word."""

    def __init__(self, chance: random.Random, port: int) -> None:
        self.chance = chance
        self.port = port
        self.taken: list[Taken] = []
        self.tries = self.refusals = 0
        self._controller = Controller(self, hostname="127.0.0.1", port=port)
        self._controller.start()

    @property
    def drops(self) -> int:
        return sum(not taken.answered for taken in self.taken)

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        self.tries += 1
        await asyncio.sleep(self.chance.uniform(0.01, 0.12))
        if self.tries % 7 == 0:
            self.refusals += 1
            return "451 4.3.0 Try again later"
        hangs_up = self.chance.random() < 1 / 12
        data = bytes(envelope.original_content or b"")
        self.taken.append(Taken(envelope.rcpt_tos[0], data, time.monotonic(), not hangs_up))
        if hangs_up:
            server.transport.abort()
        return "250 OK"

    def stop(self) -> None:
        self._controller.stop()
