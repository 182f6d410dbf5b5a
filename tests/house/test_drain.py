"""SIGTERM: what has begun is finished, nothing new begins."""

import sys
from concurrent.futures import ThreadPoolExecutor
from time import sleep

from celery import Celery

from kam.lib.ops.env import broker_url
from tests.house.base import HouseTest

GONE = {"DATABASE_URL": "postgres://nobody@localhost:1/none", "REDIS_URL": "redis://localhost:1/0"}


class DrainTest(HouseTest):
    def test_a_request_in_flight_is_answered(self) -> None:
        (self.data / "log").mkdir()
        web = self.start_web(GONE)
        with ThreadPoolExecutor() as visitors:
            asked = visitors.submit(self.get, "/slow/")
            sleep(0.5)

            web.terminate()

            self.assertEqual((asked.result().status, asked.result().text), (200, "finished"))
        self.assertEqual(web.wait(timeout=10), 0)
        self.assertFalse(self.answers())

    def test_a_task_in_flight_is_finished(self) -> None:
        _, facts = self.start_servers()
        words = ["-A", "tests.house.worker", "worker", "--concurrency", "1", "--queues", "default"]
        worker = self.start([sys.executable, "-m", "celery", *words], facts)
        sender = Celery(broker=broker_url(facts["REDIS_URL"]))
        sender.send_task("tests.slow", [str(self.data)], queue="default")
        self.wait_until((self.data / "begun").exists, seconds=60)

        worker.terminate()

        self.assertEqual(worker.wait(timeout=15), 0)
        self.assertTrue((self.data / "finished").exists())
