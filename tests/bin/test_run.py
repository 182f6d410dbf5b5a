import socket

from tests.bin.base import EmbeddedTest


class RunTest(EmbeddedTest):
    def test_second_start_on_the_same_folder_is_refused(self) -> None:
        supervisor, _ = self.start_servers()

        second = self.call("run")

        self.assertEqual(second.returncode, 1)
        self.assertIn("already in use by bin/run servers", second.stderr)
        self.assertIn(str(supervisor.pid), second.stderr)

    def test_busy_port_is_named_with_a_way_out(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            refused = self.call("run", PORT=str(port))

        self.assertEqual(refused.returncode, 1)
        self.assertIn(f"Port {port} is already used", refused.stderr)
        self.assertIn(f"PORT={port + 1} bin/run", refused.stderr)

    def test_port_that_is_no_number_is_refused(self) -> None:
        refused = self.call("run", PORT="http")

        self.assertEqual(refused.returncode, 1)
        self.assertIn("PORT is 'http'", refused.stderr)

    def test_folder_of_another_version_is_refused(self) -> None:
        (self.data / "postgres").mkdir()
        (self.data / "postgres" / "PG_VERSION").write_text("15\n")

        refused = self.call("servers")

        self.assertIn("was made by PostgreSQL 15", refused.stderr)
        self.assertNotIn("Traceback", refused.stderr)
