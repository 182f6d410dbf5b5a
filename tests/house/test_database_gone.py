"""PostgreSQL stops under a running web server, and comes back."""

import json
import os
import signal

from tests.house.base import HouseTest


class DatabaseGoneTest(HouseTest):
    def test_pages_say_so_and_recover_without_a_restart(self) -> None:
        supervisor, facts = self.start_servers()
        self.start_web(facts)
        self.assertEqual(self.get("/one/").text, "1")

        self.stop(supervisor)
        gone = self.get("/one/", timeout=5)

        self.assertEqual((gone.status, gone.headers["retry-after"]), (503, "10"))
        self.assertIn("The database does not answer", gone.text)
        self.assertEqual(self.get("/healthz", timeout=5).status, 200)
        self.assertEqual(self.get("/session/login/", timeout=5).status, 200)
        # Who is signed in is asked before any view.
        signed_in = self.get("/", timeout=5, cookie="session=abcdefghijklmnop")
        self.assertEqual(signed_in.status, 503)
        self.assertIn("default-src 'none'", signed_in.headers["content-security-policy"])
        self.assert_not_ready("gone")
        self.start_servers()
        self.wait_until(lambda: self.get("/one/").status == 200, seconds=10)

    def test_a_frozen_database_holds_no_probe(self) -> None:
        _, facts = self.start_servers()
        self.start_web(facts)
        postgres = facts["pids"][-1]
        self.addCleanup(os.kill, postgres, signal.SIGCONT)

        os.kill(postgres, signal.SIGSTOP)

        self.assert_not_ready("gone", "slow")
        self.assertEqual(self.get("/one/", timeout=5).status, 503)
        self.assertEqual(self.get("/healthz", timeout=5).status, 200)
        os.kill(postgres, signal.SIGCONT)
        self.wait_until(lambda: self.get("/one/").status == 200, seconds=10)

    def assert_not_ready(self, *words: str) -> None:
        answer = self.get("/readyz", timeout=5)
        self.assertEqual(answer.status, 503)
        self.assertIn(json.loads(answer.text)["database"], words)
