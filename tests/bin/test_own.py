from kam.embedded.folder import DataFolder
from tests.bin.base import EmbeddedTest


class OwnTest(EmbeddedTest):
    def test_the_first_administrator_of_a_fresh_folder(self) -> None:
        made = self.call("manage", "administrator", "ana@example.com", "Ana Arias", timeout=240)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("changepassword ana@example.com", made.stdout)

        # From here on the folder is a company's own, and needs no link any more.
        self.assertEqual(DataFolder(self.data).kind, "own")
        refused = self.call("manage", "setup_link")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("There is an administrator already", refused.stderr)

    def test_a_demo_never_becomes_a_site(self) -> None:
        (self.data / "stamps").mkdir()
        (self.data / "stamps" / "demo").write_text("1")

        refused = self.call("run", "--own")

        self.assertEqual(refused.returncode, 1)
        self.assertIn("holds the demo company", refused.stderr)
        self.assertIn("bin/run --own", refused.stderr)

    def test_what_was_said_first_stays(self) -> None:
        folder = DataFolder(self.data)
        folder.prepare()

        folder.settle("own")
        folder.settle("demo")

        self.assertEqual(folder.kind, "own")
