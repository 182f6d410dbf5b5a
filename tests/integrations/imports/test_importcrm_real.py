"""The figures of real exports, where the folder with them exists beside the project."""

import json
from decimal import Decimal
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db.models import Sum
from django.test import TestCase

from accounts.models import Account, ExternalKey, Interaction, Opportunity, Stakeholder
from tests.shared_data import DATA, expected, folders

BUILDERS = ["crm/zoho_builder", "crm/hubspot_builder", "crm/salesforce_builder"]


def importcrm(folder: str, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("importcrm", str(DATA / folder), "--json", *options, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def counts(tally: dict[str, Any]) -> tuple[int, int, int, int]:
    return tally["created"], tally["updated"], tally["unchanged"], tally["skipped"]


def won() -> Any:
    return Opportunity.objects.in_state("won")


def won_by_account() -> dict[str, Decimal]:
    rows = won().values("account__name").annotate(total=Sum("value")).order_by("-total")
    return {row["account__name"]: row["total"] for row in rows}


class RealExportsTest(TestCase):
    def setUp(self) -> None:
        facts = expected("crm_es_finance")
        self.facts: dict[str, Any] = facts

    def unchanged_again(self, folder: str) -> None:
        again = importcrm(folder)
        for kind, tally in again.items():
            if isinstance(tally, dict) and "created" in tally:
                self.assertEqual((tally["created"], tally["updated"]), (0, 0), kind)

    def test_maven(self) -> None:
        if not folders("crm/maven_crm"):
            return
        facts = self.facts["maven_crm"]

        report = importcrm("crm/maven_crm")

        self.assertEqual(report["opportunities"]["won_total"], facts["won_total"])
        self.assertEqual(counts(report["accounts"]), (85, 0, 0, 0))
        self.assertEqual(counts(report["products"]), (7, 0, 0, 0))
        self.assertEqual(counts(report["groups"]), (15, 0, 0, 0))
        self.assertEqual(counts(report["opportunities"]), (7375, 0, 0, 1425))
        top = [[name, int(total)] for name, total in list(won_by_account().items())[:10]]
        self.assertEqual(top, [row[:2] for row in facts["top10_accounts_won"]])
        self.assertEqual(report["opportunities"]["reasons"][0]["code"], "no_account")
        self.check_maven_parts(facts)
        self.unchanged_again("crm/maven_crm")

    def check_maven_parts(self, facts: dict[str, Any]) -> None:
        by_product = won().values("product__name").annotate(total=Sum("value")).order_by("-total")
        found = [[row["product__name"], int(row["total"])] for row in by_product]
        wanted = [[name.replace("GTXPro", "GTX Pro"), n] for name, n in facts["won_by_product"]]
        self.assertEqual(found, wanted)
        owners = dict(ExternalKey.objects.of("maven", "opportunity").values_list("record", "owner"))
        agents: dict[str, int] = {}
        for pk, value in won().values_list("pk", "value"):
            agents[owners[pk]] = agents.get(owners[pk], 0) + int(value)
        for name, total in facts["top5_agents"]:
            self.assertEqual(agents[name], total)
        parents = Account.objects.exclude(parent=None).values_list("parent__name", flat=True)
        self.assertEqual({name: list(parents).count(name) for name in parents}, facts["parents"])

    def test_three_layouts_of_the_same_companies_come_in_once(self) -> None:
        if not folders(*BUILDERS):
            return
        facts = self.facts["builder_saas"]

        reports = [importcrm(folder) for folder in BUILDERS]

        totals = {report["opportunities"]["won_total"] for report in reports}
        self.assertEqual(totals, {float(facts["won_total"])})
        self.assertEqual(won().aggregate(all=Sum("value"))["all"], Decimal(facts["won_total"]))
        self.assertEqual(Account.objects.count(), 60)
        self.assertEqual(Stakeholder.objects.count(), 178)
        self.assertEqual(Opportunity.objects.count(), 93)
        self.assertEqual(Interaction.objects.count(), 846)
        top = [[name, float(total)] for name, total in list(won_by_account().items())[:10]]
        self.assertEqual(top, facts["top10_accounts_won"])
        for folder in BUILDERS:
            self.unchanged_again(folder)

    def test_two_companies_named_thompson_stay_apart_in_every_order(self) -> None:
        if not folders(*BUILDERS):
            return

        for folder in reversed(BUILDERS):
            importcrm(folder)

        self.assertEqual(Account.objects.filter(name="Thompson").count(), 2)
        first = Opportunity.objects.get(title="Thompson 2402")
        second = Opportunity.objects.get(title="Thompson 2409")
        self.assertNotEqual(first.account_id, second.account_id)
        domains = ExternalKey.objects.of("domain", "account").filter(
            record__in=[first.account_id, second.account_id]
        )
        self.assertEqual(
            set(domains.values_list("key", flat=True)), {"thompson.com", "thompson.io"}
        )

    def test_all_three_layouts_in_one_run_count_once(self) -> None:
        if not folders(*BUILDERS):
            return
        for folder in BUILDERS[1:]:
            importcrm(folder, "--dry-run")

        self.assertEqual(Account.objects.count(), 0)

    def test_salesforce(self) -> None:
        if not folders("crm/salesforce_export"):
            return
        facts = self.facts["salesforce_export"]

        report = importcrm("crm/salesforce_export")

        self.assertEqual(report["opportunities"]["won_total"], float(facts["closed_won_total"]))
        top = [[name, float(total)] for name, total in won_by_account().items()]
        self.assertEqual(top, facts["top10_accounts_closed_won"])
        self.assertEqual(counts(report["contacts"]), (18, 0, 0, 84))
        self.unchanged_again("crm/salesforce_export")

    def test_dynamics(self) -> None:
        if not folders("crm/dynamics365_export"):
            return
        facts = self.facts["dynamics"]["Opportunity_first1500"]

        report = importcrm("crm/dynamics365_export")

        self.assertEqual(report["opportunities"]["won_total"], float(facts["won_actual_revenue"]))
        top = [[name, float(total)] for name, total in list(won_by_account().items())[:10]]
        self.assertEqual(top, facts["top10_accounts_won"])
        years = won().values("closed_at__year").annotate(total=Sum("value"))
        found = {str(row["closed_at__year"]): float(row["total"]) for row in years}
        self.assertEqual(found, facts["won_by_close_year"])
        still_open = Opportunity.objects.open().aggregate(all=Sum("value"))["all"]
        self.assertEqual(still_open, Decimal(facts["open_est_revenue"]))
        self.unchanged_again("crm/dynamics365_export")

    def test_pipedrive(self) -> None:
        if not folders("crm/pipedrive_sample"):
            return

        report = importcrm("crm/pipedrive_sample")

        self.assertEqual(counts(report["opportunities"]), (1, 0, 0, 0))
        self.assertEqual(f"{Interaction.objects.get().at:%Y-%m-%d}", "2024-12-05")
        self.assertEqual(Opportunity.objects.get().value, Decimal(100))
