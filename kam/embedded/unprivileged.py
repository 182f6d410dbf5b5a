"""PostgreSQL refuses to run as root. Then it gets a number of its own and no name:
no user is created, no folder of anybody is opened.
"""

import hashlib
import os
import pwd
import shutil
import stat
from pathlib import Path

from kam.embedded.terminal import Trouble

# Above the people (1000–59999 from below) and below what distributions hand out (60000 and up).
FIRST_NUMBER = 59977
# Folders that root owns and everybody may look into.
HOMES_OF_COPIES = ("/var/lib", "/opt", "/usr/local/lib")


def is_root() -> bool:
    return os.geteuid() == 0


def number_for(folder: Path) -> int | None:
    """Who runs PostgreSQL on this folder; None means ourselves."""
    if not is_root():
        _need_name()
        return None
    if folder.exists() and (owner := folder.stat().st_uid):
        return owner
    return next(number for number in range(FIRST_NUMBER, 1000, -1) if not _has_name(number))


def named_number() -> int:
    """initdb insists on a user with a name; it works for us half a second long."""
    users = [user for user in pwd.getpwall() if user.pw_uid]
    nobody = [user for user in users if user.pw_name == "nobody"]
    if not users:
        raise Trouble("PostgreSQL needs a user other than root on this machine, such as nobody.")
    return (nobody or users)[0].pw_uid


def _need_name() -> None:
    if not _has_name(os.geteuid()):
        raise Trouble(
            f"You are user number {os.geteuid()}, which has no name on this machine, and PostgreSQL "
            "does not start for users without one. Start Clave as a user with a name (in a "
            "container: add a line to /etc/passwd), or set DATABASE_URL to a server of yours."
        )


def _has_name(number: int) -> bool:
    try:
        pwd.getpwuid(number)
    except KeyError:
        return False
    return True


def give(folder: Path, number: int) -> None:
    for parent, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            os.chown(Path(parent) / name, number, number, follow_symlinks=False)


# --- Binaries that such a user may read -------------------------------------------------------


def readable_package(package: Path) -> Path:
    """The wheel's folder, or a copy of its needed half when it lies below a closed folder."""
    if not is_root() or _is_open_to_all(package):
        return package
    home = _home_of_copies()
    copy = home / f"postgresql-{_fingerprint(package)}"
    if not copy.exists():
        _copy(package, copy)
    return copy / package.name


def _is_open_to_all(package: Path) -> bool:
    binary = package / "pginstall18" / "bin" / "postgres"
    folders = [*binary.parents, package / "pginstall18" / "share", _libraries(package)]
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (*folders, binary)) and bool(
        binary.stat().st_mode & stat.S_IROTH
    )


def _libraries(package: Path) -> Path:
    return package.with_name(f"{package.name}.libs")


def _home_of_copies() -> Path:
    for parent in map(Path, HOMES_OF_COPIES):
        if not parent.is_dir() or not os.access(parent, os.W_OK):
            continue
        home = parent / "clave"
        home.mkdir(mode=0o755, exist_ok=True)
        home.chmod(0o755)
        if home.stat().st_uid == 0 and not home.is_symlink():
            return home
    raise Trouble(
        "Clave lies below a closed folder and runs as root, but PostgreSQL may not run as root. "
        "Start Clave as an ordinary user, or move it to a folder such as /opt/clave."
    )


def _fingerprint(package: Path) -> str:
    binary = (package / "pginstall18" / "bin" / "postgres").read_bytes()
    return hashlib.sha256(binary).hexdigest()[:16]


def _copy(package: Path, copy: Path) -> None:
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    unneeded = shutil.ignore_patterns("*.a", "include", "pkgconfig", "pginstall", "*.py", "*.pyc")
    shutil.copytree(package, fresh / package.name, ignore=unneeded, symlinks=True)
    shutil.copytree(_libraries(package), fresh / _libraries(package).name, symlinks=True)
    for parent, folders, files in os.walk(fresh):
        for name in (".", *folders, *files):
            _open_to_all(Path(parent) / name)
    try:
        fresh.rename(copy)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        if not copy.exists():
            raise


def _open_to_all(path: Path) -> None:
    if not path.is_symlink():
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | (0o555 if path.is_dir() or mode & stat.S_IXUSR else 0o444))
