"""What stands in docker-compose.yml, Dockerfile and deploy/ fits the product and stays closed."""

import configparser
import pkgutil
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kam.embedded import product
from kam.embedded.folder import ROOT
from kam.settings import CELERY_TASK_DEFAULT_QUEUE, CELERY_TASK_ROUTES

OWN = ("tables", "web", "worker", "pdf", "scheduler")
NOT_OURS = {"GRANIAN_WORKERS"}


def compose() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
    return found


class DeployTest(unittest.TestCase):
    def test_every_container_of_ours_is_read_only_and_may_nothing(self) -> None:
        for name in OWN:
            with self.subTest(name):
                service = compose()["services"][name]
                self.assertTrue(service["read_only"])
                self.assertEqual(service["cap_drop"], ["ALL"])
                self.assertIn("no-new-privileges:true", service["security_opt"])
        self.assertIn("USER 10001:10001", (ROOT / "Dockerfile").read_text())

    def test_only_the_proxy_is_reached_from_outside(self) -> None:
        published = [name for name, s in compose()["services"].items() if "ports" in s]

        self.assertEqual(published, ["proxy"])

    def test_every_word_it_sets_is_read_by_the_settings(self) -> None:
        source = (ROOT / "kam" / "settings.py").read_text()
        presets = source[source.index("SITE_PRESETS = ") :].partition(")")[0]
        read = set(re.findall(r'env_\w+\(\s*"(\w+)"', source))
        read |= set(re.findall(r'="(\w+)"', presets))
        for name in OWN:
            words = {w.removesuffix("_FILE") for w in compose()["services"][name]["environment"]}
            self.assertEqual(words - read - NOT_OURS, set())

    def test_every_module_it_names_is_there(self) -> None:
        files = [
            p for p in (ROOT / "deploy").rglob("*") if p.is_file() and "secrets" not in p.parts
        ]
        files += [
            ROOT / name for name in ("Dockerfile", "docker-compose.yml", "docs/deployment.md")
        ]
        found = {
            name for file in files for name in re.findall(r"\bkam(?:\.\w+)+", file.read_text())
        }

        self.assertIn("kam.lib.ops.logs.JsonFormatter", found)
        for name in sorted(found):
            with self.subTest(name):
                self.assertTrue(pkgutil.resolve_name(name))

    def test_the_image_holds_and_compiles_every_package(self) -> None:
        packages = {init.parent.name for init in ROOT.glob("*/__init__.py")} - {"tests"}
        held = (ROOT / ".dockerignore").read_text().splitlines()
        compiled = re.search(r"compileall -q ([\w ]+)", (ROOT / "Dockerfile").read_text())

        self.assertEqual(packages - {line.removeprefix("!") for line in held}, set())
        self.assertEqual(set(compiled[1].split()) if compiled else set(), packages)

    def test_no_secret_stands_in_the_file(self) -> None:
        for name, service in compose()["services"].items():
            for word in service.get("environment", {}):
                with self.subTest(name, word=word):
                    secret = re.search("PASSWORD|SECRET|DATABASE_URL|EMAIL_URL", word)
                    self.assertTrue(not secret or word.endswith("_FILE"))

    def test_every_queue_has_a_worker(self) -> None:
        queues = {CELERY_TASK_DEFAULT_QUEUE, *(r["queue"] for r in CELERY_TASK_ROUTES.values())}
        for texts in (commands_of_compose(), commands_of_systemd()):
            served = {q for text in texts for q in re.findall(r"--queues ([\w,]+)", text)}
            self.assertEqual({q for s in served for q in s.split(",")}, queues)

    def test_servers_run_what_bin_run_runs(self) -> None:
        for texts in (commands_of_compose(), commands_of_systemd()):
            text = " ".join(texts)
            for word in (
                "redbeat.RedBeatScheduler",
                "--queues pdf --concurrency 1",
                *product.QUIET[:2],
            ):
                self.assertIn(word, text)

    def test_secrets_are_made_once_and_closed(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        script = shutil.copy(ROOT / "deploy" / "secrets.sh", folder)

        made = []
        for _ in range(2):
            subprocess.run([script], check=True, capture_output=True)
            made.append({p.name: p.read_text() for p in (folder / "secrets").iterdir()})

        self.assertEqual(made[0], made[1])
        self.assertEqual(set(made[0]), set(compose()["secrets"]))
        self.assertGreaterEqual(len(made[0]["secret_key"]), 50)
        self.assertEqual((folder / "secrets").stat().st_mode & 0o777, 0o700)

    def test_the_environment_of_the_guide_can_be_sourced(self) -> None:
        """What docs/deployment.md prints for clave.env, read by the shell that deploy/manage is."""
        guide = (ROOT / "docs" / "deployment.md").read_text()
        printed = guide.partition("cat > /etc/clave/clave.env' <<END\n")[2].partition("\nEND")[0]
        path = Path(tempfile.mkdtemp()) / "clave.env"
        self.addCleanup(shutil.rmtree, path.parent)
        path.write_text(printed)

        said = subprocess.run(
            ["sh", "-euc", f'. {path}; printf %s "$MAIL_FROM"'],
            capture_output=True,
            text=True,
            check=True,
        )

        self.assertEqual(said.stdout, "Clave <clave@example.com>")


def commands_of_compose() -> list[str]:
    return [" ".join(s.get("command", [])) for s in compose()["services"].values()]


def commands_of_systemd() -> list[str]:
    texts = []
    for path in sorted((ROOT / "deploy" / "systemd").glob("*.service")):
        unit = configparser.ConfigParser(interpolation=None, strict=False)
        unit.read(path)
        texts.append(unit["Service"]["ExecStart"])
    return texts
