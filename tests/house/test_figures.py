"""Figures for Prometheus: on their own port, over all web processes, beside the pages."""

import json

from tests.house.base import HouseTest, free_port


class FiguresTest(HouseTest):
    def test_requests_are_counted_on_a_port_of_their_own(self) -> None:
        _, facts = self.start_servers()
        port = free_port()
        self.start_web(facts, workers=2, METRICS_PORT=str(port), TMPDIR=str(self.data))
        for path in ("/one/", "/one/", "/session/login/", "/nowhere/"):
            self.get(path)

        text = self.get("/", port=port).text

        self.assertIn('clave_requests_total{method="GET",status="200",view="one"} 2.0', text)
        self.assertIn('clave_request_seconds_count{view="account_login"} 1.0', text)
        # No tables here: the figures of the ledger are unknown, the others still there.
        self.assertIn("clave_mail_due NaN", text)

    def test_each_request_is_one_line_of_json(self) -> None:
        _, facts = self.start_servers()
        self.start_web(facts)

        given = self.get("/one/").headers["x-request-id"]

        lines = [json.loads(line) for line in self.log.read_text().splitlines() if "{" in line]
        (line,) = [line for line in lines if line.get("request") == given]
        self.assertEqual((line["view"], line["status"], line["method"]), ("one", 200, "GET"))
