"""bin/run: everything up, watched, and down again in order."""

import time
from dataclasses import dataclass, field

from kam.embedded import product
from kam.embedded.folder import DEMO, DataFolder
from kam.embedded.part import Part, trim_log
from kam.embedded.prepare import PASSWORD_SHOWN, SIGN_IN_FILE, prepare
from kam.embedded.servers import Servers, running_servers
from kam.embedded.terminal import Stopped, Trouble, pause, say

WEB_SECONDS = 60
# A part that lives shorter than this many seconds, this many times in a row, stays ill.
SHORT_LIFE = 20
MANY_DEATHS = 5


def run(*, own: bool = False) -> None:
    folder = DataFolder.chosen()
    if own:
        refuse_demo(folder)
    started = time.monotonic()
    say(f"Clave is starting (data folder {folder.path}) …")
    try:
        with running_servers(folder, "bin/run", check=product.need_free_port) as servers:
            prepare(servers, own=own)
            crew = Crew(servers)
            try:
                crew.start()
                greet(servers, time.monotonic() - started)
                crew.watch()
            finally:
                say("\nStopping …")
                crew.stop()
    except Stopped:
        say("Stopped.")


@dataclass
class Crew:
    """The product's own processes, in the order in which they stop."""

    servers: Servers
    parts: list[Part] = field(default_factory=list)
    deaths: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        """The web server first and alone: it is what somebody waits for."""
        web = product.web(self.servers)
        self._start(web)
        web.wait_until(product.answers, WEB_SECONDS)
        for part in (product.scheduler(self.servers), *product.workers(self.servers)):
            self._start(part)

    def _start(self, part: Part) -> None:
        self.parts.append(part)
        part.start(self.servers.guard)

    def watch(self) -> None:
        rounds = 0
        while True:
            pause(0.2)
            rounds += 1
            for part in (*self.servers.parts, *self.parts):
                if not part.is_running():
                    self.revive(part)
                if rounds % 300 == 0:
                    trim_log(part.log)

    def revive(self, part: Part) -> None:
        lived = time.monotonic() - part.started_at
        deaths = self.deaths[part.name] = (
            self.deaths.get(part.name, 0) + 1 if lived < SHORT_LIFE else 1
        )
        if deaths >= MANY_DEATHS:
            raise part.trouble("stopped again and again")
        say(f"{part.trouble('stopped by itself and is started again')}")
        part.sweep(self.servers.guard)
        pause(min(deaths - 1, 5))
        part.start(self.servers.guard)
        if part in self.servers.parts:
            self.servers.wait(part)

    def stop(self) -> None:
        """No new request, no new clock task; then the workers finish side by side."""
        for part in self.parts[:2]:
            part.stop(self.servers.guard)
        for part in self.parts:
            part.ask_to_stop()
        for part in self.parts:
            part.stop(self.servers.guard)


def refuse_demo(folder: DataFolder) -> None:
    if folder.kind == DEMO:
        raise Trouble(
            f"The data folder {folder.path} holds the demo company. Your own site needs another one, "
            f"for example:\n\n    KAM_DATA={folder.path.with_name('clave-own')} bin/run --own\n"
        )


def greet(servers: Servers, seconds: float) -> None:
    say(f"\nClave runs at {servers.environment['SITE_URL']}  (ready after {seconds:.1f} s)\n")
    if servers.setup_link:
        say("Set it up with this link. It works once and for 30 minutes:\n")
        say(f"    {servers.setup_link}\n")
        say("A new one:  bin/manage setup_link")
    kept = servers.folder.path / SIGN_IN_FILE
    words = servers.sign_in or (kept.read_text().strip() if kept.exists() else "")
    if servers.has_database() and words:
        say(words)
        if PASSWORD_SHOWN in words:
            say("Forgotten?  bin/manage changepassword E-MAIL")
    if servers.folder.kind == DEMO:
        say("This is the demo. Start for real, with an empty site:  KAM_DATA=FOLDER bin/run --own")
    say(f"\nStop with Ctrl-C. Logs are in {servers.folder.logs}")
