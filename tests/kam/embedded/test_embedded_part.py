import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from kam.embedded.folder import ROOT
from tests.bin.base import is_running

# A supervisor with one child, whose own child ignores SIGTERM and left no trace but its number.
STUBBORN = """
import sys, time
from pathlib import Path
from kam.embedded.guard import Guard
from kam.embedded.part import Part

grandchild = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
child = f'''
import os, subprocess, sys, time
p = subprocess.Popen([sys.executable, "-c", {grandchild!r}], stdout=subprocess.PIPE)
p.stdout.readline()
print(os.getpid(), p.pid, flush=True)
time.sleep(60)
'''
log = Path(sys.argv[1])
guard = Guard()
part = Part("stubborn", "The stubborn", [sys.executable, "-c", child], log, {}, log.parent, patience=0.5)
part.start(guard)
if sys.argv[2] == "stop":
    while not log.read_text().endswith("\\n"):
        time.sleep(0.02)
    part.stop(guard)
    guard.dismiss()
else:
    time.sleep(60)
"""


class PartTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name) / "log"

    def supervisor(self, ending: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", STUBBORN, str(self.log), ending]
        return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)})

    def family(self) -> list[int]:
        deadline = time.monotonic() + 10
        while not (self.log.exists() and self.log.read_text().endswith("\n")):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        return [int(pid) for pid in self.log.read_text().split()]

    def test_stop_takes_stubborn_grandchildren_along(self) -> None:
        supervisor = self.supervisor("stop")

        self.assertEqual(supervisor.wait(timeout=15), 0)
        self.assertFalse(any(map(is_running, self.family())))

    def test_killed_supervisor_leaves_no_grandchild(self) -> None:
        supervisor = self.supervisor("wait")
        family = self.family()

        supervisor.kill()
        supervisor.wait()

        deadline = time.monotonic() + 8
        while any(map(is_running, family)):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
