"""kill -9 at any instant loses nothing that was acknowledged, and the server starts again."""

import random
import threading
import time

import pytest
from botocore.exceptions import BotoCoreError, ClientError

ROUNDS = 100
WRITERS = 4
ASSUME = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'


class Writer(threading.Thread):
    """Writes until its server is gone, and remembers what was acknowledged."""

    def __init__(self, server, name):
        super().__init__()
        self.iam, self.logs, self.name = server.client("iam"), server.client("logs"), name
        self.acknowledged = []

    def run(self):
        try:
            for number in range(1_000_000):
                role = f"{self.name}-{number}"
                self.iam.create_role(RoleName=role, AssumeRolePolicyDocument=ASSUME)
                self.acknowledged.append(("role", role))
                self.logs.create_log_group(logGroupName=role)
                self.acknowledged.append(("group", role))
        except (BotoCoreError, ClientError):
            pass  # the server was killed


def roles(server):
    pages = server.client("iam").get_paginator("list_roles").paginate()
    return {("role", role["RoleName"]) for page in pages for role in page["Roles"]}


def groups(server):
    pages = server.client("logs").get_paginator("describe_log_groups").paginate()
    return {("group", group["logGroupName"]) for page in pages for group in page["logGroups"]}


@pytest.mark.parametrize("seed", [20261121])
def test_every_acknowledged_write_is_there_after_kill(new_server, seed):
    chance = random.Random(seed)
    server = new_server()
    acknowledged = set()
    for round_number in range(ROUNDS):
        writers = [Writer(server, f"r{round_number}-w{n}") for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        # The moment of the kill is the subject of this test, not a wait for something.
        time.sleep(chance.uniform(0.01, 0.15))
        server.kill()
        for writer in writers:
            writer.join()
            acknowledged |= set(writer.acknowledged)
        server.start()
        if round_number % 10 == 9:
            assert acknowledged <= roles(server) | groups(server)
    assert len(acknowledged) > ROUNDS, "too little was written to say anything"
