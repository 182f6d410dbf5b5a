"""From a bare Python to a ready .venv, then on to the command. Standard library only."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from machine import Trouble, find_chromium, need_pdf_libraries, run, say, sudo_command, try_apt_get

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".clave-packages"
TOOLS = ROOT / "var" / "tools"
OLDEST_UV = (0, 8)
DEVELOPING = {"test", "pictures"}


def main(command: str, *arguments: str) -> None:
    bring_packages(dev=command in DEVELOPING)
    need_pdf_libraries(strict=command == "test")
    python = str(VENV / "bin" / "python")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    sys.stdout.flush()
    if command == "test":
        os.execve(python, [python, str(ROOT / "bin" / "gate.py"), *arguments], environment)  # noqa: S606 (our own command, no shell)
    if command == "pictures":
        environment["KAM_CHROMIUM"] = find_chromium()
        os.execve(python, [python, "-P", "-m", "tests.pictures", *arguments], environment)  # noqa: S606 (our own command, no shell)
    # -P: a folder called kam where the user happens to stand must not win.
    start = [python, "-P", "-m", "kam.embedded", command, *arguments]
    os.execve(python, start, environment)  # noqa: S606 (our own command, no shell)


# --- Packages ---------------------------------------------------------------------------------


def bring_packages(*, dev: bool) -> None:
    if is_fresh(dev=dev):
        return
    with only_one():
        if not is_fresh(dev=dev):
            install_packages(dev=dev or has_dev_packages())


def is_fresh(*, dev: bool) -> bool:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    usable = os.access(VENV / "bin" / "python", os.X_OK)
    return usable and stamp["lock"] == lock_hash() and (stamp["dev"] or not dev)


def lock_hash() -> str:
    content = (ROOT / "pyproject.toml").read_bytes() + (ROOT / "uv.lock").read_bytes()
    return hashlib.sha256(content).hexdigest()


def has_dev_packages() -> bool:
    """Once a developer's folder, always one: bin/run must not take bin/test's tools away."""
    return (VENV / "bin" / "pytest").exists()


@contextmanager
def only_one() -> Iterator[None]:
    TOOLS.parent.mkdir(mode=0o700, exist_ok=True)
    TOOLS.mkdir(mode=0o755, exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install_packages(*, dev: bool) -> None:
    say("Bringing the packages (the first time this takes a minute) …")
    uv = find_uv()
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    environment |= {"UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}
    if not os.access(VENV / "bin" / "python", os.X_OK):
        environment["UV_PYTHON"] = sys.executable
    sync = [uv, "sync", "--frozen", "--quiet", "--project", str(ROOT)]
    result = run([*sync, *([] if dev else ["--no-dev"])], env=environment)
    if result.returncode:
        raise Trouble(
            "The packages could not be installed. Is this machine online, and is the disk not full?"
            f"\n\n{result.stdout.strip()}"
        )
    STAMP.write_text(json.dumps({"lock": lock_hash(), "dev": dev}))


# --- uv: several ways, from the best to the last ----------------------------------------------


def find_uv() -> str:
    for way in (uv_of_ours, uv_on_path, uv_by_venv, uv_by_pip):
        if uv := way():
            return uv
    if try_apt_get("python3-venv", "python3-pip") and (uv := uv_by_venv() or uv_by_pip()):
        return uv
    raise Trouble(
        "Clave brings its packages with uv, and this Python has neither venv nor pip to fetch it."
        f"\nType this, then start again:\n\n    {sudo_command('python3-venv')}\n"
    )


def uv_of_ours() -> str | None:
    return next((uv for uv in uvs_of_ours() if is_recent(uv)), None)


def uvs_of_ours() -> list[str]:
    return [str(TOOLS / "venv" / "bin" / "uv"), str(TOOLS / "target" / "bin" / "uv")]


def uv_on_path() -> str | None:
    uv = shutil.which("uv")
    return uv if uv and is_recent(uv) else None


def uv_by_venv() -> str | None:
    folder = TOOLS / "venv"
    made = run([sys.executable, "-m", "venv", "--clear", str(folder)])
    if made.returncode == 0:
        run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", uv_requirement()])
    return uv_of_ours()


def uv_by_pip() -> str | None:
    """An externally managed Python (PEP 668) still installs into a folder of our own."""
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target"]
    run([*install, str(TOOLS / "target"), "--upgrade", uv_requirement()])
    return uv_of_ours()


def uv_requirement() -> str:
    return f"uv>={'.'.join(map(str, OLDEST_UV))}"


def is_recent(uv: str) -> bool:
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 (our own command, no shell)
        version = tuple(int(part) for part in answer.stdout.split()[1].split(".")[:2])
    except (OSError, ValueError, IndexError):
        return False
    return answer.returncode == 0 and version >= OLDEST_UV


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except OSError as error:
        sys.exit(f"\nClave cannot start: {error.strerror or error} ({error.filename or ROOT})")
