"""DynamoDB's numbers, values and expressions against Python's own, through boto3."""

import random
import uuid
from decimal import Context, Decimal, Inexact

import pytest
from botocore.exceptions import ClientError

EXACT = Context(prec=38, Emin=-130, Emax=125, traps=[Inexact])


@pytest.fixture()
def dynamodb(client):
    dynamodb = client("dynamodb", account=f"{uuid.uuid4().int % 10**12:012}")
    dynamodb.create_table(
        TableName="numbers", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"}])
    return dynamodb


def number(chance):
    digits = chance.choice([1, 2, 3, 10, 37, 38])
    exponent = min(chance.choice([0, 0, -1, -2, 5, -38, 60, -90, 100]), 125 - digits)
    return Decimal((chance.randrange(2), tuple(map(int, str(chance.randrange(10**digits)))), exponent)) + 0


def test_numbers_sort_as_decimals_and_come_back_exactly(dynamodb):
    chance = random.Random(38)
    numbers = sorted({EXACT.plus(number(chance)) for _ in range(100)} | {Decimal(0), Decimal("1E-130"), Decimal("-9E125")})
    for start in range(0, len(numbers), 25):
        dynamodb.batch_write_item(RequestItems={"numbers": [
            {"PutRequest": {"Item": {"pk": {"S": "p"}, "sk": {"N": str(n)}}}} for n in numbers[start:start + 25]]})
    items = dynamodb.query(
        TableName="numbers", KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": {"S": "p"}})["Items"]
    assert [Decimal(item["sk"]["N"]) for item in items] == numbers
    assert all("E" not in item["sk"]["N"].upper() for item in items)
    low, high = numbers[20], numbers[70]
    between = dynamodb.query(
        TableName="numbers", KeyConditionExpression="pk = :p AND sk BETWEEN :l AND :h", ScanIndexForward=False,
        ExpressionAttributeValues={":p": {"S": "p"}, ":l": {"N": str(low)}, ":h": {"N": str(high)}})["Items"]
    assert [Decimal(item["sk"]["N"]) for item in between] == numbers[20:71][::-1]


def test_sums_are_those_of_decimals_or_refused(dynamodb):
    chance = random.Random(125)
    key = {"pk": {"S": "p"}, "sk": {"N": "0"}}
    for _ in range(60):
        left, right = number(chance), number(chance)
        dynamodb.put_item(TableName="numbers", Item=key | {"n": {"N": str(left)}})
        try:
            expected = EXACT.add(left, right)
        except Inexact:
            expected = None
        try:
            answer = dynamodb.update_item(
                TableName="numbers", Key=key, UpdateExpression="SET n = n + :n", ReturnValues="UPDATED_NEW",
                ExpressionAttributeValues={":n": {"N": str(right)}})
            assert expected is not None, (left, right)
            assert Decimal(answer["Attributes"]["n"]["N"]) == expected, (left, right)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ValidationException"
            assert expected is None, (left, right)


def test_every_type_comes_back(dynamodb):
    item = {
        "pk": {"S": "é\u0000\"\\\n😀"}, "sk": {"N": "0"}, "b": {"B": bytes(range(256))}, "yes": {"BOOL": True},
        "no": {"BOOL": False}, "nothing": {"NULL": True}, "empty": {"S": ""}, "none": {"B": b""},
        "l": {"L": [{"S": "x"}, {"L": []}, {"M": {}}]}, "m": {"M": {"k": {"N": "1.5"}, "": {"NULL": True}}},
        "ss": {"SS": ["", "a", "é"]}, "ns": {"NS": ["-1", "2.5", "10"]}, "bs": {"BS": [b"", b"\x00", b"\xff"]},
    }
    dynamodb.put_item(TableName="numbers", Item=item)
    key = {"pk": item["pk"], "sk": item["sk"]}
    assert dynamodb.get_item(TableName="numbers", Key=key)["Item"] == item
    projected = dynamodb.get_item(
        TableName="numbers", Key=key, ProjectionExpression="m.k, #l[0], bs", ExpressionAttributeNames={"#l": "l"})
    assert projected["Item"] == {"m": {"M": {"k": {"N": "1.5"}}}, "l": {"L": [{"S": "x"}]}, "bs": item["bs"]}


def test_what_is_refused_is_refused_in_the_words_of_the_operation(dynamodb):
    key = {"pk": {"S": "p"}, "sk": {"N": "0"}}

    def refusal(call, **arguments):
        with pytest.raises(ClientError) as caught:
            call(TableName="numbers", **arguments)
        assert caught.value.response["Error"]["Code"] == "ValidationException"
        return caught.value.response["Error"]["Message"]

    enveloped = "1 validation error detected: "
    assert refusal(dynamodb.put_item, Item=key | {"n": {"N": "1e126"}}).startswith(enveloped + "Number overflow.")
    assert refusal(dynamodb.get_item, Key=key | {"sk": {"N": "x"}}) == (
        "The parameter cannot be converted to a numeric value: x")
    assert refusal(
        dynamodb.update_item, Key=key, UpdateExpression="SET a = :a, a.b = :a", ExpressionAttributeValues={":a": {"S": ""}},
    ) == enveloped + (
        "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
        "paths; path one: [a], path two: [a, b]")
    assert refusal(dynamodb.scan, FilterExpression="size = :a", ExpressionAttributeValues={":a": {"N": "1"}}) == (
        "Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: size")
    assert refusal(dynamodb.scan, FilterExpression="a = :a", ExpressionAttributeValues={":a": {"NS": ["1", "1"]}}) == (
        "ExpressionAttributeValues contains invalid value: Input collection contains duplicates for key :a")
    assert refusal(
        dynamodb.query, KeyConditionExpression="pk = :p AND begins_with(sk, :n)",
        ExpressionAttributeValues={":p": {"S": "p"}, ":n": {"N": "1"}},
    ) == (
        "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: "
        "begins_with, operand type: N")
