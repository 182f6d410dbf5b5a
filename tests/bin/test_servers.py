import psycopg

from tests.bin.base import EmbeddedTest, is_running


class ServersTest(EmbeddedTest):
    def test_database_and_broker_answer(self) -> None:
        _, facts = self.start_servers()

        with psycopg.connect(self.dsn()) as connection:
            row = connection.execute("SELECT datlocale FROM pg_database WHERE datname = 'clave'")

            self.assertEqual(row.fetchone(), ("PG_UNICODE_FAST",))
        self.assertTrue(facts["REDIS_URL"].startswith("unix://"))

    def test_nobody_else_reaches_the_sockets(self) -> None:
        self.start_servers()

        modes = [(self.data / name).stat().st_mode & 0o777 for name in ("postgres", "valkey")]

        self.assertEqual(modes, [0o700, 0o700])

    def test_sigterm_stops_everything(self) -> None:
        supervisor, facts = self.start_servers()

        supervisor.terminate()

        self.assertEqual(supervisor.wait(timeout=15), 0)
        self.assertFalse(any(map(is_running, facts["pids"])))
        self.assertFalse((self.data / "servers.json").exists())

    def test_kill_leaves_nothing_and_the_next_start_recovers(self) -> None:
        supervisor, facts = self.start_servers()
        with psycopg.connect(self.dsn()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

        supervisor.kill()

        self.wait_until(lambda: not any(map(is_running, facts["pids"])))
        self.start_servers()
        with psycopg.connect(self.dsn()) as connection:
            self.assertEqual(connection.execute("SELECT number FROM kept").fetchone(), (7,))

    def test_a_killed_database_server_is_recovered(self) -> None:
        stranger = "1\n/proc/self/cwd\n0\n5432\n.\n\n  1 1\nready\n"
        supervisor, _ = self.start_servers()
        supervisor.terminate()
        supervisor.wait()
        (self.data / "postgres" / "postmaster.pid").write_text(stranger)

        self.start_servers()

        with psycopg.connect(self.dsn()) as connection:
            self.assertEqual(connection.execute("SELECT 1").fetchone(), (1,))

    def dsn(self) -> str:
        return f"host={self.data}/postgres user=clave dbname=clave"
