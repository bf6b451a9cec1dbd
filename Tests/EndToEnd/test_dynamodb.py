"""DynamoDB and its streams through boto3, and through what people build on it."""

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import boto3
import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.config import Config
from botocore.exceptions import ClientError


@pytest.fixture()
def dynamodb(client):
    return client("dynamodb", account=f"{uuid.uuid4().int % 10**12:012}")


@pytest.fixture()
def resource(server):
    return boto3.resource(
        "dynamodb", endpoint_url=server.endpoint, region_name="us-east-1",
        aws_access_key_id=f"{uuid.uuid4().int % 10**12:012}", aws_secret_access_key="test",
        config=Config(retries={"max_attempts": 0}))


def make(dynamodb, name="orders", **options):
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        **{"AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
                                    {"AttributeName": "sk", "AttributeType": "N"}]} | options)
    dynamodb.get_waiter("table_exists").wait(TableName=name)


def key(pk, sk):
    return {"pk": {"S": pk}, "sk": {"N": str(sk)}}


def test_items_come_back_as_they_were_put(resource):
    table = resource.create_table(
        TableName="things", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    item = {"id": "ünï", "n": Decimal("1.50"), "big": Decimal("12345678901234567890123456789012345678"),
            "b": b"\x00\xff", "yes": True, "nothing": None, "list": [1, "two", {"three": {3, 4}}],
            "words": {"a", "b"}, "blobs": {b"x", b"y"}, "empty": "", "map": {}}
    table.put_item(Item=item)
    assert table.get_item(Key={"id": "ünï"})["Item"] == item
    table.update_item(Key={"id": "ünï"}, UpdateExpression="SET n = n + :one, #m.deep = :v REMOVE yes ADD words :w",
                      ExpressionAttributeNames={"#m": "map"},
                      ExpressionAttributeValues={":one": 1, ":v": [1], ":w": {"c"}})
    changed = table.get_item(Key={"id": "ünï"})["Item"]
    assert changed["n"] == Decimal("2.5") and changed["map"] == {"deep": [1]} and changed["words"] == {"a", "b", "c"}
    assert "yes" not in changed
    assert table.scan(FilterExpression=Attr("n").gt(2) & Attr("words").contains("c"))["Count"] == 1


def test_a_query_reads_in_order_and_page_by_page(dynamodb):
    make(dynamodb)
    for number in range(-20, 20):
        dynamodb.put_item(TableName="orders", Item=key("a", number) | {"even": {"BOOL": number % 2 == 0}})
    pages = list(dynamodb.get_paginator("query").paginate(
        TableName="orders", KeyConditionExpression="pk = :p AND sk BETWEEN :low AND :high", ScanIndexForward=False,
        ExpressionAttributeValues={":p": {"S": "a"}, ":low": {"N": "-10"}, ":high": {"N": "10"}},
        PaginationConfig={"PageSize": 4}))
    assert [int(i["sk"]["N"]) for p in pages for i in p["Items"]] == list(range(10, -11, -1))
    assert len(pages) == 6
    counted = dynamodb.query(
        TableName="orders", KeyConditionExpression="pk = :p", FilterExpression="even = :yes", Select="COUNT",
        ExpressionAttributeValues={":p": {"S": "a"}, ":yes": {"BOOL": True}})
    assert (counted["Count"], counted["ScannedCount"]) == (20, 40) and "Items" not in counted


def test_a_scan_in_segments_reads_everything_once(dynamodb):
    make(dynamodb)
    for first in range(0, 100, 25):
        dynamodb.batch_write_item(RequestItems={"orders": [
            {"PutRequest": {"Item": key(f"p{n}", n)}} for n in range(first, first + 25)]})
    seen = []
    for segment in range(4):
        for page in dynamodb.get_paginator("scan").paginate(
                TableName="orders", Segment=segment, TotalSegments=4, PaginationConfig={"PageSize": 7}):
            seen += [i["pk"]["S"] for i in page["Items"]]
    assert sorted(seen) == sorted(f"p{n}" for n in range(100))


def test_indexes_follow_their_table(dynamodb):
    make(dynamodb, AttributeDefinitions=[{"AttributeName": n, "AttributeType": t} for n, t in
                                         [("pk", "S"), ("sk", "N"), ("state", "S"), ("at", "N")]],
         GlobalSecondaryIndexes=[{"IndexName": "by-state", "Projection": {"ProjectionType": "INCLUDE",
                                                                         "NonKeyAttributes": ["total"]},
                                  "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"},
                                                {"AttributeName": "at", "KeyType": "RANGE"}]}],
         LocalSecondaryIndexes=[{"IndexName": "by-time", "Projection": {"ProjectionType": "KEYS_ONLY"},
                                 "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"},
                                               {"AttributeName": "at", "KeyType": "RANGE"}]}])
    for number in range(6):
        dynamodb.put_item(TableName="orders", Item=key("a", number) | {
            "state": {"S": "open"}, "at": {"N": str(100 - number)}, "total": {"N": "1"}, "note": {"S": "n"}})
    dynamodb.update_item(TableName="orders", Key=key("a", 0), UpdateExpression="SET #s = :s",
                         ExpressionAttributeNames={"#s": "state"}, ExpressionAttributeValues={":s": {"S": "done"}})
    dynamodb.update_item(TableName="orders", Key=key("a", 1), UpdateExpression="REMOVE #s",
                         ExpressionAttributeNames={"#s": "state"})
    dynamodb.delete_item(TableName="orders", Key=key("a", 2))

    def states(state):
        return dynamodb.query(
            TableName="orders", IndexName="by-state", KeyConditionExpression="#s = :s",
            ExpressionAttributeNames={"#s": "state"}, ExpressionAttributeValues={":s": {"S": state}})["Items"]

    assert [i["sk"]["N"] for i in states("open")] == ["5", "4", "3"]
    assert states("done") == [key("a", 0) | {"state": {"S": "done"}, "at": {"N": "100"}, "total": {"N": "1"}}]
    local = dynamodb.query(
        TableName="orders", IndexName="by-time", KeyConditionExpression="pk = :p AND #at < :t", ConsistentRead=True,
        Select="ALL_ATTRIBUTES", ExpressionAttributeNames={"#at": "at"},
        ExpressionAttributeValues={":p": {"S": "a"}, ":t": {"N": "97"}})["Items"]
    assert [i["sk"]["N"] for i in local] == ["5", "4"] and local[0]["note"] == {"S": "n"}


def test_conditional_writes_count_every_increment(dynamodb):
    make(dynamodb)
    dynamodb.put_item(TableName="orders", Item=key("a", 1) | {"n": {"N": "0"}})

    def increment(_):
        while True:
            n = dynamodb.get_item(TableName="orders", Key=key("a", 1), ConsistentRead=True)["Item"]["n"]["N"]
            try:
                dynamodb.update_item(
                    TableName="orders", Key=key("a", 1), UpdateExpression="SET n = n + :one",
                    ConditionExpression="n = :n", ExpressionAttributeValues={":one": {"N": "1"}, ":n": {"N": n}})
                return
            except dynamodb.exceptions.ConditionalCheckFailedException:
                pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(increment, range(20)))
    assert dynamodb.get_item(TableName="orders", Key=key("a", 1))["Item"]["n"]["N"] == "20"


def test_a_transaction_is_whole_or_nothing(dynamodb):
    make(dynamodb)
    for account in "ab":
        dynamodb.put_item(TableName="orders", Item=key(account, 0) | {"money": {"N": "100"}})

    def move(amount, token=None):
        options = {"ClientRequestToken": token} if token else {}
        values = {":x": {"N": str(amount)}}
        return dynamodb.transact_write_items(**options, TransactItems=[
            {"Update": {"TableName": "orders", "Key": key("a", 0), "UpdateExpression": "SET money = money - :x",
                        "ConditionExpression": "money >= :x", "ExpressionAttributeValues": values,
                        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}},
            {"Update": {"TableName": "orders", "Key": key("b", 0), "UpdateExpression": "SET money = money + :x",
                        "ExpressionAttributeValues": values}}])

    def money():
        answers = dynamodb.transact_get_items(TransactItems=[
            {"Get": {"TableName": "orders", "Key": key(a, 0)}} for a in "ab"])["Responses"]
        return [int(r["Item"]["money"]["N"]) for r in answers]

    move(30)
    assert money() == [70, 130]
    with pytest.raises(ClientError) as caught:
        move(71)
    reasons = caught.value.response["CancellationReasons"]
    assert [r["Code"] for r in reasons] == ["ConditionalCheckFailed", "None"]
    assert reasons[0]["Item"]["money"] == {"N": "70"}
    assert money() == [70, 130]
    token = str(uuid.uuid4())
    move(10, token)
    move(10, token)
    assert money() == [60, 140]
    with pytest.raises(dynamodb.exceptions.IdempotentParameterMismatchException):
        move(11, token)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: move(1), range(20)))
    assert money() == [40, 160]


def test_batches(dynamodb):
    make(dynamodb)
    with pytest.raises(ClientError) as caught:
        dynamodb.batch_write_item(RequestItems={"orders": [{"PutRequest": {"Item": key("a", 1)}}] * 2})
    assert "duplicates" in caught.value.response["Error"]["Message"]
    dynamodb.batch_write_item(RequestItems={"orders": [{"PutRequest": {"Item": key("a", n)}} for n in range(3)]})
    got = dynamodb.batch_get_item(RequestItems={"orders": {"Keys": [key("a", n) for n in range(5)]}})
    assert len(got["Responses"]["orders"]) == 3 and got["UnprocessedKeys"] == {}


def test_streams_tell_every_change_in_order(dynamodb, server):
    make(dynamodb, StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    arn = dynamodb.describe_table(TableName="orders")["Table"]["LatestStreamArn"]
    streams = boto3.client("dynamodbstreams", endpoint_url=server.endpoint, region_name="us-east-1",
                           aws_access_key_id=arn.split(":")[4], aws_secret_access_key="test")
    assert [s["StreamArn"] for s in streams.list_streams(TableName="orders")["Streams"]] == [arn]

    def write(pk):
        for number in range(10):
            dynamodb.put_item(TableName="orders", Item=key(pk, 0) | {"n": {"N": str(number)}})

    threads = [threading.Thread(target=write, args=(pk,)) for pk in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"],
                                          ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    records = []
    while len(records) < 20:
        page = streams.get_records(ShardIterator=iterator, Limit=7)
        records += page["Records"]
        iterator = page["NextShardIterator"]
    for pk in "ab":
        own = [r["dynamodb"] for r in records if r["dynamodb"]["Keys"]["pk"]["S"] == pk]
        assert [int(r["NewImage"]["n"]["N"]) for r in own] == list(range(10))
        assert [r["OldImage"] for r in own[1:]] == [r["NewImage"] for r in own[:-1]]
    numbers = [int(r["dynamodb"]["SequenceNumber"]) for r in records]
    assert numbers == sorted(numbers)


def test_backups_and_points_in_time(dynamodb):
    make(dynamodb)
    dynamodb.update_continuous_backups(
        TableName="orders", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    dynamodb.put_item(TableName="orders", Item=key("a", 1) | {"v": {"S": "first"}})
    backup = dynamodb.create_backup(TableName="orders", BackupName="one")["BackupDetails"]["BackupArn"]
    time.sleep(1.1)  # clients say times in whole seconds
    moment = dynamodb.describe_continuous_backups(TableName="orders")["ContinuousBackupsDescription"][
        "PointInTimeRecoveryDescription"]["LatestRestorableDateTime"]
    time.sleep(1.1)
    dynamodb.put_item(TableName="orders", Item=key("a", 1) | {"v": {"S": "second"}})
    dynamodb.put_item(TableName="orders", Item=key("a", 2))
    dynamodb.restore_table_from_backup(TargetTableName="from-backup", BackupArn=backup)
    dynamodb.restore_table_to_point_in_time(
        SourceTableName="orders", TargetTableName="from-past", RestoreDateTime=moment)
    for name in ["from-backup", "from-past"]:
        assert dynamodb.scan(TableName=name)["Items"] == [key("a", 1) | {"v": {"S": "first"}}]
    assert [b["BackupName"] for b in dynamodb.list_backups(TableName="orders")["BackupSummaries"]] == ["one"]
    assert dynamodb.describe_backup(BackupArn=backup)["BackupDescription"]["SourceTableDetails"]["ItemCount"] == 1
    dynamodb.delete_backup(BackupArn=backup)
    with pytest.raises(dynamodb.exceptions.BackupNotFoundException):
        dynamodb.describe_backup(BackupArn=backup)


def test_what_was_acknowledged_is_there_after_a_kill(new_server):
    server = new_server()
    dynamodb = server.client("dynamodb")
    make(dynamodb)
    acknowledged = []

    def write(pk):
        try:
            for number in range(10_000):
                dynamodb.put_item(TableName="orders", Item=key(pk, number))
                acknowledged.append((pk, number))
        except Exception:  # noqa: BLE001 - the server is gone
            pass

    threads = [threading.Thread(target=write, args=(pk,)) for pk in "abcd"]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 200:
        time.sleep(0.01)
    server.kill()
    for thread in threads:
        thread.join()
    server.start()
    there = {(i["pk"]["S"], int(i["sk"]["N"])) for page in dynamodb.get_paginator("scan").paginate(TableName="orders")
             for i in page["Items"]}
    assert set(acknowledged) <= there
    server.stop()


def test_pynamodb_models_work(server):
    from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
    from pynamodb.connection import Connection
    from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
    from pynamodb.models import Model
    from pynamodb.transactions import TransactWrite

    account = f"{uuid.uuid4().int % 10**12:012}"

    class ByState(GlobalSecondaryIndex):
        class Meta:
            index_name = "by-state"
            projection = AllProjection()
            billing_mode = "PAY_PER_REQUEST"

        state = UnicodeAttribute(hash_key=True)
        total = NumberAttribute(range_key=True)

    class Order(Model):
        class Meta:
            table_name = "pynamodb-orders"
            host, region, billing_mode = server.endpoint, "us-east-1", "PAY_PER_REQUEST"
            aws_access_key_id, aws_secret_access_key = account, "test"

        customer = UnicodeAttribute(hash_key=True)
        number = NumberAttribute(range_key=True)
        state = UnicodeAttribute()
        total = NumberAttribute(default=0)
        tags = UnicodeSetAttribute(null=True)
        by_state = ByState()

    Order.create_table(wait=True)
    with Order.batch_write() as batch:
        for number in range(30):
            batch.save(Order("ann", number, state="open", total=number, tags={"a", str(number)}))
    assert [o.number for o in Order.query("ann", Order.number.between(5, 8), scan_index_forward=False)] == [8, 7, 6, 5]
    assert [o.number for o in Order.by_state.query("open", Order.total > 27)] == [28, 29]
    order = Order.get("ann", 3)
    order.update([Order.total.add(100), Order.tags.set({"z"})], condition=Order.state == "open")
    assert (order.total, order.tags) == (103, {"z"})
    with pytest.raises(Exception, match="ConditionalCheckFailed"):
        order.delete(condition=Order.total == 1)
    connection = Connection(region="us-east-1", host=server.endpoint)
    connection.session.set_credentials(account, "test")
    with TransactWrite(connection=connection) as transaction:
        transaction.update(order, [Order.state.set("done")], condition=Order.total == 103)
        transaction.delete(Order("ann", 4))
    assert Order.get("ann", 3).state == "done" and Order.count("ann") == 29
    assert sum(1 for _ in Order.scan(Order.state == "open", page_size=5)) == 28


def test_the_aws_command_line_works(server):
    def aws(*arguments):
        command = [Path(sys.executable).parent / "aws", "--endpoint-url", server.endpoint, "--region", "us-east-1",
                   "--output", "json", "dynamodb", *arguments]
        environment = os.environ | {"AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "test"}
        text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60).stdout
        return json.loads(text) if text.strip() else None

    account = f"{uuid.uuid4().int % 10**12:012}"
    aws("create-table", "--table-name", "music", "--billing-mode", "PAY_PER_REQUEST",
        "--attribute-definitions", "AttributeName=Artist,AttributeType=S",
        "--key-schema", "AttributeName=Artist,KeyType=HASH")
    aws("wait", "table-exists", "--table-name", "music")
    aws("put-item", "--table-name", "music", "--item", '{"Artist": {"S": "x"}, "Plays": {"N": "1.0"}}')
    assert aws("get-item", "--table-name", "music", "--key", '{"Artist": {"S": "x"}}')["Item"]["Plays"] == {"N": "1"}
    found = aws("execute-statement", "--statement", "SELECT Plays FROM music WHERE Artist = 'x'")
    assert found["Items"] == [{"Plays": {"N": "1"}}]
    aws("delete-table", "--table-name", "music")
    assert aws("list-tables")["TableNames"] == []
