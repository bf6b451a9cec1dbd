"""Transactions, conditional writes and streams with concurrent clients and kill -9 in between."""

import random
import threading
import time

import pytest
from botocore.exceptions import BotoCoreError, ClientError

ROUNDS = 12
CLIENTS = 4
ACCOUNTS = 5
START = 1000


def account(number):
    return {"pk": {"S": f"account-{number}"}}


class Teller(threading.Thread):
    """Moves money, each time with a slip in the same transaction, until its server is gone."""

    def __init__(self, server, name, seed):
        super().__init__()
        self.dynamodb, self.name, self.chance = server.client("dynamodb"), name, random.Random(seed)
        self.acknowledged, self.versions = set(), []

    def run(self):
        try:
            for number in range(1_000_000):
                self.move(f"{self.name}-{number}")
                self.count()
        except (BotoCoreError, OSError):
            pass  # the server was killed

    def move(self, slip):
        source, target = self.chance.sample(range(ACCOUNTS), 2)
        amount = {":x": {"N": str(self.chance.randint(1, 9))}}
        try:
            self.dynamodb.transact_write_items(TransactItems=[
                {"Update": {"TableName": "bank", "Key": account(source), "UpdateExpression": "SET money = money - :x",
                            "ConditionExpression": "money >= :x", "ExpressionAttributeValues": amount}},
                {"Update": {"TableName": "bank", "Key": account(target), "UpdateExpression": "SET money = money + :x",
                            "ExpressionAttributeValues": amount}},
                {"Put": {"TableName": "bank", "ConditionExpression": "attribute_not_exists(pk)", "Item": {
                    "pk": {"S": slip}, "from": {"N": str(source)}, "to": {"N": str(target)}, "amount": amount[":x"]}}}])
            self.acknowledged.add(slip)
        except self.dynamodb.exceptions.TransactionCanceledException:
            pass

    def count(self):
        """Compares and sets a register: who succeeds made the next version, and nobody else did."""
        key = {"pk": {"S": "register"}}
        read = self.dynamodb.get_item(TableName="bank", Key=key, ConsistentRead=True)["Item"]["v"]["N"]
        try:
            self.dynamodb.put_item(
                TableName="bank", Item=key | {"v": {"N": str(int(read) + 1)}}, ConditionExpression="v = :v",
                ExpressionAttributeValues={":v": {"N": read}})
            self.versions.append(int(read) + 1)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ConditionalCheckFailedException"


def contents(dynamodb):
    pages = dynamodb.get_paginator("scan").paginate(TableName="bank", ConsistentRead=True)
    return {item["pk"]["S"]: item for page in pages for item in page["Items"]}


def replayed(server):
    """The table as the stream tells it, from its first record to its last."""
    streams = server.client("dynamodbstreams")
    arn = streams.list_streams()["Streams"][0]["StreamArn"]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    items, last = {}, 0
    while records := (page := streams.get_records(ShardIterator=iterator))["Records"]:
        for record in (r["dynamodb"] for r in records):
            assert int(record["SequenceNumber"]) > last
            last = int(record["SequenceNumber"])
            key = record["Keys"]["pk"]["S"]
            assert items.get(key) == record.get("OldImage")
            items[key] = record.get("NewImage")
        iterator = page["NextShardIterator"]
    return items


@pytest.mark.parametrize("seed", [20261125])
def test_money_registers_and_streams_survive_kills(new_server, seed):
    chance = random.Random(seed)
    server = new_server()
    dynamodb = server.client("dynamodb")
    dynamodb.create_table(
        TableName="bank", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    for number in range(ACCOUNTS):
        dynamodb.put_item(TableName="bank", Item=account(number) | {"money": {"N": str(START)}})
    dynamodb.put_item(TableName="bank", Item={"pk": {"S": "register"}, "v": {"N": "0"}})
    acknowledged, versions = set(), []
    for round_number in range(ROUNDS):
        tellers = [Teller(server, f"r{round_number}-t{n}", chance.random()) for n in range(CLIENTS)]
        for teller in tellers:
            teller.start()
        # The moment of the kill is the subject of this test, not a wait for something.
        time.sleep(chance.uniform(0.05, 0.3))
        server.kill()
        for teller in tellers:
            teller.join()
            acknowledged |= teller.acknowledged
            versions += teller.versions
        server.start()
        items = contents(dynamodb)
        assert acknowledged <= set(items)
        money = {n: START for n in range(ACCOUNTS)}
        for item in items.values():
            if "amount" in item:
                money[int(item["from"]["N"])] -= int(item["amount"]["N"])
                money[int(item["to"]["N"])] += int(item["amount"]["N"])
        assert money == {n: int(items[f"account-{n}"]["money"]["N"]) for n in range(ACCOUNTS)}
        assert len(set(versions)) == len(versions) and max(versions, default=0) <= int(items["register"]["v"]["N"])
    assert acknowledged and versions
    assert replayed(server) == contents(dynamodb)
    server.stop()
