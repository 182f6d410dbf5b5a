from datetime import date
from decimal import Decimal
from unittest import mock

from django.core.management import CommandError

from accounts.models import (
    Account,
    Batch,
    ExternalKey,
    Interaction,
    Opportunity,
    Product,
    Stakeholder,
)
from integrations.imports.kinds.activities import Talks
from kam.lib.data import history
from tests.integrations.imports.cases import ACCOUNTS, DEALS, PIPELINE, ImportFiles


class ImportcrmTest(ImportFiles):
    def test_counts_what_came_in_and_says_what_did_not(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)

        deals = self.run_import()["opportunities"]

        self.assertEqual((deals["created"], deals["skipped"]), (3, 2))
        self.assertEqual(deals["won_total"], 1054.0)
        self.assertEqual({r["code"] for r in deals["reasons"]}, {"no_account", "unknown_account"})
        self.assertEqual([row["line"] for row in deals["left_out"]], [5, 6])

    def test_the_same_again_changes_nothing(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)
        self.run_import()

        again = self.run_import()

        self.assertEqual((again["accounts"]["unchanged"], again["groups"]["unchanged"]), (2, 1))
        self.assertEqual(again["opportunities"]["unchanged"], 3)
        self.assertEqual(again["opportunities"]["won_total"], 1054.0)

    def test_a_changed_row_updates_what_it_says_and_nothing_else(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)
        self.run_import()
        Opportunity.objects.filter(title="GTX Pro", state="won").update(title="Renamed")
        self.put(pipeline=PIPELINE.replace("1054", "2000"))

        again = self.run_import()["opportunities"]

        self.assertEqual((again["updated"], again["unchanged"]), (1, 2))
        self.assertEqual(again["won_total"], 2000.0)

    def test_aliases_and_parents_after_children(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)

        self.run_import()

        child = Account.objects.get(name="Child Co")
        self.assertEqual(child.parent, Account.objects.get(name="Mother Co"))
        self.assertEqual(child.industry, "technology")
        self.assertEqual(child.parent and child.parent.country, "PH")
        self.assertEqual(list(Product.objects.values_list("name", flat=True)), ["GTX Pro"])

    def test_owners_are_users_by_mail_and_names_otherwise(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)

        self.run_import()

        still_open = Opportunity.objects.open().get()
        self.assertEqual(still_open.owner, self.alice)
        won = Opportunity.objects.in_state("won").get()
        key = ExternalKey.objects.get(kind="opportunity", record=won.pk)
        self.assertEqual(key.owner, "Moses Frase")
        self.assertEqual(won.closed_at and won.closed_at.date(), date(2017, 3, 1))

    def test_a_trial_changes_nothing(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)

        report = self.run_import("--dry-run")

        self.assertEqual(report["opportunities"]["created"], 3)
        self.assertFalse(Opportunity.objects.exists() or Batch.objects.exists())

    def test_companies_of_one_name_and_two_domains_stay_two(self) -> None:
        self.hubspot()

        report = self.run_import()

        self.assertEqual((report["accounts"]["created"], report["accounts"]["unchanged"]), (2, 0))
        self.assertEqual(report["accounts"]["updated"], 1)
        self.assertEqual(Account.objects.filter(name="Thompson").count(), 2)
        ana = Stakeholder.objects.get(email="ana@thompson.io")
        self.assertEqual(Opportunity.objects.get().account, ana.account)
        self.assertEqual(Stakeholder.objects.get(name="Leo Paz").phone, "00451")

    def test_an_account_that_is_here_is_found_and_filled_where_blank(self) -> None:
        self.hubspot()

        self.run_import()

        self.acme.refresh_from_db()
        self.assertEqual((self.acme.industry, self.acme.country), ("Steel", "PE"))
        self.assertEqual(Account.objects.filter(name="Acme").count(), 1)

    def test_talks_move_the_last_contact_of_people(self) -> None:
        self.hubspot()

        self.run_import()

        ana = Stakeholder.objects.get(name="Ana Muñoz")
        self.assertEqual(ana.last_contact_at and ana.last_contact_at.date(), date(2026, 2, 5))
        self.assertEqual(ana.last_two_way_at and ana.last_two_way_at.date(), date(2026, 2, 3))
        self.assertEqual(list(Interaction.objects.filter(our_parts__user=self.bob)),
                         list(Interaction.objects.filter(note="Prices")))  # fmt: skip

    def test_figures_of_the_accounts_are_made_anew(self) -> None:
        self.hubspot()

        self.run_import("--currency", "EUR")

        account = Opportunity.objects.get().account
        self.assertEqual(account.standing.won_sum, Decimal("1200.50"))
        self.assertGreater(account.revision, 1)

    def test_history_names_the_import(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)

        self.run_import()

        event = (
            history.events_of(Opportunity.objects.in_state("won").get())
            .select_related("pgh_context")
            .get()
        )
        self.assertEqual(event.pgh_context.metadata["action"], "import.run")
        self.assertEqual(event.pgh_context.metadata["batch"], Batch.objects.get().pk)

    def test_a_failure_at_the_last_row_leaves_nothing(self) -> None:
        self.hubspot()

        broken = mock.patch.object(Talks, "made", side_effect=RuntimeError("disk full"))
        with broken, self.assertRaises(RuntimeError):
            self.run_import()

        self.assertFalse(Account.objects.filter(name="Thompson").exists())
        self.assertFalse(ExternalKey.objects.exists())
        self.assertEqual(Batch.objects.get().state, "failed")

    def test_unreadable_cells_are_named_with_line_column_and_value(self) -> None:
        self.hubspot()
        self.put(deals=DEALS + "Odd,Open,12x,2026-01-02,,Open,thompson.io,\n"
                 "Late,Won,5,2026-13-45,2026-02-03,Won,thompson.io,\n")  # fmt: skip

        left_out = self.run_import()["opportunities"]["left_out"]

        found = [(row["line"], row["column"], row["value"]) for row in left_out]
        self.assertEqual(found, [(3, "amount", "12x"), (4, "createdate", "2026-13-45")])

    def test_formulas_come_in_as_text(self) -> None:
        self.put(companies="name,industry,domain,country\n\"=cmd|'/C calc'!A0\",x,evil.test,\n")

        self.run_import()

        self.assertTrue(Account.objects.filter(name="=cmd|'/C calc'!A0").exists())

    def test_a_deal_removed_here_does_not_come_back(self) -> None:
        self.put(accounts=ACCOUNTS, pipeline=PIPELINE)
        self.run_import()
        Opportunity.objects.in_state("won").delete()

        again = self.run_import()["opportunities"]

        self.assertEqual([r["code"] for r in again["reasons"] if r["rows"]].count("removed"), 1)
        self.assertEqual(again["created"], 0)

    def test_names_nearly_the_same_are_shown_and_not_joined(self) -> None:
        Account.objects.create(name="Grupo Andino Salud")
        self.put(companies="name,industry,domain,country\nGrupo Andino de Salud,x,andino.test,\n")

        report = self.run_import()

        self.assertEqual(report["accounts"]["created"], 1)
        self.assertEqual(report["possible_duplicates"][0]["like_name"], "Grupo Andino Salud")

    def test_an_unknown_file_is_refused_in_plain_words(self) -> None:
        self.put(other="what,is,this\n1,2,3\n")

        with self.assertRaisesMessage(CommandError, "does not look like an export"):
            self.run_import()

    def test_a_broken_file_names_file_and_line(self) -> None:
        self.put(accounts=ACCOUNTS + '"open,x\n')

        with self.assertRaisesMessage(CommandError, "accounts.csv, line 4"):
            self.run_import()

    def test_an_event_of_salesforce_is_a_meeting(self) -> None:
        head = "Type,Subject,ActivityDate,Status,DurationInMinutes,Description,Owner"
        keys = "Account_External_ID__c,Contact_External_ID__c,Opportunity_External_ID__c"
        self.put(
            accounts="External_ID__c,Name,Industry,Website,BillingCountry\nACC-1,New Co,Steel,,Peru\n",
            activities=f"{head},{keys}\nEvent,Kick-off,2026-01-26,Yes,60,,x,ACC-1,,\n",
        )

        report = self.run_import("--source", "salesforce")

        self.assertEqual(report["activities"]["created"], 1, report)
        self.assertEqual(Interaction.objects.get(account__name="New Co").kind, "meeting")
