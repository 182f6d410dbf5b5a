from kam.embedded.prepare import tables_mark
from tests.bin.base import EmbeddedTest, is_running

CONNECT = (
    "from django.db import connection as c; c.ensure_connection(); "
    "print('connected', c.connection.info.backend_pid)"
)


class ManageTest(EmbeddedTest):
    def setUp(self) -> None:
        """These are about servers: the tables are said to be there."""
        super().setUp()
        (self.data / "stamps").mkdir()
        (self.data / "stamps" / "tables").write_text(tables_mark())

    def test_starts_and_stops_servers_of_its_own(self) -> None:
        answer = self.call("manage", "shell", "--no-imports", "-c", CONNECT)

        self.assertIn("connected", answer.stdout, answer.stderr)
        self.assertFalse((self.data / "postgres" / "postmaster.pid").exists())

    def test_uses_servers_that_run_and_leaves_them(self) -> None:
        _, facts = self.start_servers()

        answer = self.call("manage", "shell", "--no-imports", "-c", CONNECT)

        self.assertIn("connected", answer.stdout, answer.stderr)
        self.assertTrue(all(map(is_running, facts["pids"])))

    def test_hands_on_the_exit_code(self) -> None:
        answer = self.call("manage", "shell", "--no-imports", "-c", "raise SystemExit(3)")

        self.assertEqual(answer.returncode, 3, answer.stderr)
