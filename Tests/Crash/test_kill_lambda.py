"""Asynchronous events are all accounted for, whatever instant the server is killed at."""

import json
import random
import threading
import time

import pytest
from botocore.exceptions import BotoCoreError, ClientError

EVENTS = 1_000
SENDERS = 4
ROLE = "arn:aws:iam::000000000000:role/worker"
# What an event came to is an object, written with a URL that the test has signed.
PUT = """
import urllib.request
def put(url):
    urllib.request.urlopen(urllib.request.Request(url, data=b"x", method="PUT"), timeout=20).read()
"""
WORKER = PUT + """
def handler(event, context):
    if event["n"] % 10 == 0:
        raise ValueError("every tenth fails")
    put(event["done"])
"""
LISTENER = PUT + """
def handler(event, context):
    assert event["requestContext"]["condition"] == "RetriesExhausted"
    put(event["requestPayload"]["failed"])
"""


class Sender(threading.Thread):
    """Invokes until its server is gone, and remembers what was acknowledged."""

    def __init__(self, server, numbers):
        super().__init__()
        self.functions, self.s3, self.numbers = server.client("lambda"), server.client("s3"), numbers
        self.acknowledged = set()

    def run(self):
        def signed(key):
            return self.s3.generate_presigned_url("put_object", Params={"Bucket": "outcomes", "Key": key}, ExpiresIn=3600)
        try:
            for n in self.numbers:
                event = {"n": n, "done": signed(f"done/{n}"), "failed": signed(f"failed/{n}")}
                self.functions.invoke(FunctionName="worker", InvocationType="Event", Payload=json.dumps(event))
                self.acknowledged.add(n)
        except (BotoCoreError, ClientError):
            pass  # the server was killed


def outcomes(server):
    pages = server.client("s3").get_paginator("list_objects_v2").paginate(Bucket="outcomes")
    return {item["Key"] for page in pages for item in page.get("Contents", [])}


def send(server, numbers):
    senders = [Sender(server, numbers[index::SENDERS]) for index in range(SENDERS)]
    for sender in senders:
        sender.start()
    return senders


@pytest.mark.parametrize("seed", [20261125])
def test_every_acknowledged_event_is_accounted_for_after_kill(new_server, zip_of, seed):
    chance = random.Random(seed)
    server = new_server()
    functions = server.client("lambda")
    server.client("s3").create_bucket(Bucket="outcomes")
    for name, code in (("worker", WORKER), ("listener", LISTENER)):
        made = functions.create_function(FunctionName=name, Runtime="python3.11", Handler="app.handler", Role=ROLE,
                                         Timeout=30, Code={"ZipFile": zip_of({"app.py": code})})
    functions.put_function_event_invoke_config(
        FunctionName="worker", MaximumRetryAttempts=0,
        DestinationConfig={"OnFailure": {"Destination": made["FunctionArn"]}})
    acknowledged = set()
    senders = send(server, list(range(EVENTS)))
    # The moment of the kill is the subject of this test, not a wait for something.
    time.sleep(chance.uniform(1.0, 2.0))
    server.kill()
    for sender in senders:
        sender.join()
        acknowledged |= sender.acknowledged
    server.start()
    for sender in (senders := send(server, sorted(set(range(EVENTS)) - acknowledged))):
        sender.join()
        acknowledged |= sender.acknowledged
    assert acknowledged == set(range(EVENTS))
    expected = {f"failed/{n}" if n % 10 == 0 else f"done/{n}" for n in range(EVENTS)}
    deadline = time.monotonic() + 240
    while not expected <= (found := outcomes(server)):
        assert time.monotonic() < deadline, f"lost: {sorted(expected - found)[:20]}"
        time.sleep(0.5)
    assert found == expected
    server.stop()
