"""A large CRM comes in: files as Salesforce exports them, the command of the house, a process of
its own. History is kept as always; nothing is switched off for it."""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

ACTIVITIES = 3  # for each opportunity
DEALS_OF_AN_ACCOUNT, PEOPLE_OF_AN_ACCOUNT, OWNERS = 50, 10, 50
FIRST = date(2021, 1, 4)
STAGES = ["Qualification", "Discovery", "Proposal/Quote", "Closed Won", "Closed Lost"]
TICKS = os.sysconf("SC_CLK_TCK")


def imports(deals: int) -> dict[str, Any]:
    """Seconds of the first time, of the same files again, and what they took at the most."""
    with tempfile.TemporaryDirectory(prefix="clave-bench-") as folder:
        won = write_export(Path(folder), deals)
        first = _take(folder)
        if first["report"]["opportunities"]["won_total"] != won:
            raise SystemExit(f"Won {first['report']['opportunities']['won_total']} and not {won}.")
        again = _take(folder)
        if again["report"]["opportunities"]["unchanged"] != deals:
            raise SystemExit("The same files again changed something.")
    return {
        "opportunities": deals,
        "activities": deals * ACTIVITIES,
        **{name: first[name] for name in ("seconds", "cpu_seconds", "database_cpu", "memory_mb")},
        **{f"again_{name}": again[name] for name in ("seconds", "cpu_seconds", "database_cpu")},
    }


def _take(folder: str) -> dict[str, Any]:
    """By the command, so that the memory is that of the import alone."""
    before, database, start = _cpu_of_children(), _cpu_of_database(), time.perf_counter()
    command = [sys.executable, "-m", "django", "importcrm", folder, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return {
        "report": json.loads(done.stdout),
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(_cpu_of_children() - before, 1),
        "database_cpu": round(_cpu_of_database() - database, 1),
        "memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu_of_database() -> float:
    """The server with every backend it has had; 0 where it is on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    server = _stat(backend)[1] if Path(f"/proc/{backend}").exists() else 0
    if not server:
        return 0.0
    everybody = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]
    below = [pid for pid in everybody if _stat(pid)[1] == server]
    # Those that have ended are counted with the server.
    ticks = sum(_stat(server)[11:15]) + sum(sum(_stat(pid)[11:13]) for pid in below)
    return ticks / TICKS


def _stat(pid: int) -> list[int]:
    """Numbers of /proc/PID/stat from the state on: [1] is the parent, [11:15] the ticks."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return [0] * 15
    return [0, *(int(word) for word in words[1:15])]


# --- The files ----------------------------------------------------------------------------------


def write_export(folder: Path, deals: int) -> float:
    """So many opportunities, and all that belongs to them; what was won of them."""
    accounts = max(deals // DEALS_OF_AN_ACCOUNT, 1)
    _write(folder / "User.csv", ["Id", "Username", "Email", "FirstName", "LastName"],
           ([f"005{n:015d}", f"o{n}@bench.example", f"o{n}@bench.example", "Owner", f"No {n}"]
            for n in range(OWNERS)))  # fmt: skip
    _write(folder / "Account.csv", ["Id", "Name", "Industry", "Website", "BillingCountry"],
           ([f"001{n:015d}", _name(n), "Energy", f"www.company{n}.test", "Peru"]
            for n in range(accounts)))  # fmt: skip
    _write(folder / "Contact.csv",
           ["Id", "FirstName", "LastName", "Email", "Phone", "Title", "AccountId"],
           ([f"003{n:015d}", "Ana", f"Muñoz {n}", f"ana{n}@company{n % accounts}.test",
             f"+51 1 {n:07d}", "CTO", f"001{n % accounts:015d}"]
            for n in range(accounts * PEOPLE_OF_AN_ACCOUNT)))  # fmt: skip
    _write(folder / "Opportunity.csv",
           ["Id", "Name", "StageName", "CloseDate", "Amount", "AccountId", "OwnerId",
            "CreatedDate"],
           (_deal(n, accounts) for n in range(deals)))  # fmt: skip
    _write(folder / "Task.csv",
           ["Id", "Subject", "ActivityDate", "Status", "Type", "Description", "AccountId", "WhoId",
            "OwnerId"],
           (_activity(n, accounts) for n in range(deals * ACTIVITIES)))  # fmt: skip
    return float(sum(_amount(n) for n in range(deals) if _stage(n) == "Closed Won"))


def _name(n: int) -> str:
    """Names as different as those of companies are."""
    parts = ["Andes", "Nord", "Pacific", "Iber", "Rhein", "Austral", "Caribe", "Alpen", "Plata"]
    kinds = ["Steel", "Foods", "Energy", "Textil", "Pharma", "Logistics", "Bank"]
    return f"{parts[n % 9]} {kinds[n % 7]} {n * 7919 % 1_000_003:x}"


def _deal(n: int, accounts: int) -> list[object]:
    day = FIRST + timedelta(days=n % 1800)
    return [f"006{n:015d}", f"Licences and support {n}", _stage(n), day.isoformat(), _amount(n),
            f"001{n % accounts:015d}", f"005{n % OWNERS:015d}", f"{day}T08:00:00.000+0000"]  # fmt: skip


def _activity(n: int, accounts: int) -> list[object]:
    """With a person of the account that it is about."""
    account = n % accounts
    person = account + accounts * (n // accounts % PEOPLE_OF_AN_ACCOUNT)
    day = FIRST + timedelta(days=n % 1800)
    return [f"00T{n:015d}", f"Talked about delivery {n}", day.isoformat(), "Completed",
            ("Call", "Meeting", "Email")[n % 3], "They asked for another price list. " * (n % 4),
            f"001{account:015d}", f"003{person:015d}", f"005{n % OWNERS:015d}"]  # fmt: skip


def _stage(n: int) -> str:
    return STAGES[n % len(STAGES)]


def _amount(n: int) -> int:
    return 1_000 + n % 9_000


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(head)
        out.writerows(rows)
