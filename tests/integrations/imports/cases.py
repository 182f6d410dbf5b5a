"""Small exports of our own, and a folder to import them from."""

import json
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tests.base import ClaveTest

ACCOUNTS = """account,sector,year_established,revenue,employees,office_location,subsidiary_of
Child Co,technolgy,1996,1.1,28,United States,Mother Co
Mother Co,retail,1990,2.1,30,Philipines,
"""
PIPELINE = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Moses Frase,GTXPro,Child Co,Won,2016-10-20,2017-03-01,1054
A2,Moses Frase,GTX Pro,Mother Co,Lost,2016-10-25,2017-03-11,0
A3,alice@example.com,GTX Pro,Mother Co,Engaging,2016-10-25,,
A4,Moses Frase,GTX Pro,,Prospecting,,,
A5,Moses Frase,GTX Pro,Nobody,Prospecting,,,
"""
COMPANIES = """name,industry,domain,country
Acme,Steel,acme.example,Peru
Thompson,Retail,thompson.com,Spain
Thompson,Retail,thompson.io,Spain
"""
CONTACTS = """firstname,lastname,email,phone,jobtitle,Company Domain Name
Ana,Muñoz,ana@thompson.io,1,CTO,thompson.io
Leo,Paz,leo@thompson.com,00451,CFO,thompson.com
"""
DEALS = """dealname,dealstage,amount,createdate,closedate,deal_status,Company Domain Name,Contact Email
Big,Closed Won,1200.50,2026-01-02,2026-02-03,Won,thompson.io,ana@thompson.io
"""
TALKS = """hs_activity_type,hs_timestamp,hs_call_body,hs_call_disposition,hubspot_owner_id,Company Domain Name,Contact Email
CALL,2026-02-03,Prices,Connected,bob@example.com,thompson.io,ana@thompson.io
CALL,2026-02-05,Nobody there,No Answer,x@else.where,thompson.io,ana@thompson.io
"""
HUBSPOT = {"companies.csv": COMPANIES, "contacts.csv": CONTACTS, "deals.csv": DEALS,
           "talks.csv": TALKS}  # fmt: skip


class ImportFiles(ClaveTest):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def put(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / f"{name}.csv").write_text(text, encoding="utf-8")

    def run_import(self, *options: str) -> dict[str, Any]:
        out = StringIO()
        call_command("importcrm", str(self.folder), "--json", *options, stdout=out)
        report: dict[str, Any] = json.loads(out.getvalue())
        return report

    def hubspot(self) -> None:
        self.put(**{name.removesuffix(".csv"): text for name, text in HUBSPOT.items()})
