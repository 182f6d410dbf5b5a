"""What the page of a checked import says when nothing would come in, and how signs are called."""

from tests.base import shown
from tests.integrations.imports.pages import ImportPages

SALES = "Empresa;Mes;Ingresos\nAcme;01/2026;1.200,50\n"
NOTHING = "Nothing to import"
REMEMBER = "Nothing new: remember what matches"


class CheckedWordsTest(ImportPages):
    def checked(self, **files: str) -> str:
        self.upload(**files)
        self.columns()
        return str(self.see(show="all").content.decode())

    def test_where_every_row_is_left_out_nothing_is_remembered(self) -> None:
        page = self.checked(a_csv="Account,KAM\nNew one,nobody@ours.example\n")

        self.assertIn(NOTHING, page)
        self.assertIn("Every row is left out.", page)
        self.assertNotIn(REMEMBER, page)
        self.assertNotIn("is here already", page)

    def test_where_all_is_here_the_matches_are_remembered(self) -> None:
        page = self.checked(a_csv="Account,City\nAcme,\n")

        self.assertIn(REMEMBER, page)
        self.assertIn("Everything in these files is here already.", page)

    def test_where_some_are_here_and_some_left_out_only_the_others_are_here(self) -> None:
        page = self.checked(a_csv="Account,KAM\nAcme,\nNew one,nobody@ours.example\n")

        self.assertIn(REMEMBER, page)
        self.assertIn("All the other rows are here already.", page)

    def test_a_column_that_is_not_kept_is_named_before_rows_are_checked(self) -> None:
        self.upload(a_csv="Account,Traffic light\nAcme,green\n")

        page = self.see("batch_columns")

        self.assertContains(page, "Columns of a.csv that are not kept:")
        self.assertIn('Traffic light <span class="muted">(green)</span>', shown(page))

    def test_a_column_that_is_not_kept_is_named_beside_the_rows_left_out(self) -> None:
        self.upload(a_csv="Account,KAM,Traffic light\nAcme,nobody@ours.example,green\n")
        self.columns()

        page = self.see()

        self.assertContains(page, "Rows that are left out")
        self.assertEqual(shown(page).count('Traffic light <span class="muted">(green)</span>'), 1)

    def test_the_decimal_sign_is_called_by_its_name(self) -> None:
        self.upload(ventas_csv=SALES)

        self.assertContains(self.see("batch_columns"), "decimal comma")

    def test_the_spanish_head_of_a_key_is_identificador(self) -> None:
        self.root.change_settings(language="es", region="es-MX")
        self.upload(a_csv="Empresa;Ciudad\nAcme;Lima\n")

        page = self.see("batch_columns")

        self.assertContains(page, "<span>Identificador</span>")
        self.assertNotContains(page, "<span>Clave</span>")
