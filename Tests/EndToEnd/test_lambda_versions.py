"""Versions, aliases, layers and concurrency of Lambda, as boto3 uses them."""

import json
import time
import uuid

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::000000000000:role/worker"
CODE = "def handler(event, context): return [%r, context.function_version, context.invoked_function_arn]"


@pytest.fixture
def functions(client):
    return client("lambda")


@pytest.fixture
def make(functions, zip_of):
    """Makes functions, and deletes them after the test."""
    made = []

    def create(files, **options):
        name = f"fn-{uuid.uuid4().hex[:12]}"
        options = {"Runtime": "python3.11", "Handler": "app.handler", "Role": ROLE, "Timeout": 20,
                   "Code": {"ZipFile": zip_of(files)}} | options
        answer = functions.create_function(FunctionName=name, **options)
        made.append(name)
        return answer

    yield create
    for name in made:
        functions.delete_function(FunctionName=name)


def error(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response


def invoke(functions, name, event=None, **options):
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event if event is not None else {}), **options)
    result = json.loads(answer["Payload"].read() or "null")
    assert "FunctionError" not in answer, result
    return result


def test_a_version_keeps_its_code_and_an_alias_moves_on(functions, make, zip_of):
    name = make({"app.py": CODE % "one"}, Publish=True)["FunctionName"]
    functions.update_function_code(FunctionName=name, ZipFile=zip_of({"app.py": CODE % "two"}))
    assert functions.publish_version(FunctionName=name)["Version"] == "2"
    functions.get_waiter("published_version_active").wait(FunctionName=name, Qualifier="2")
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    assert invoke(functions, name, Qualifier="live")[:2] == ["one", "1"]
    functions.update_alias(FunctionName=name, Name="live", FunctionVersion="2")
    result = invoke(functions, f"{name}:live")
    assert result[:2] == ["two", "2"] and result[2].endswith(f":{name}:live")
    assert invoke(functions, name, Qualifier="1")[0] == "one"
    assert [v["Version"] for v in functions.list_versions_by_function(FunctionName=name)["Versions"]] == [
        "$LATEST", "1", "2"]
    assert [a["Name"] for a in functions.list_aliases(FunctionName=name)["Aliases"]] == ["live"]
    assert error(functions.delete_function, FunctionName=name, Qualifier="2")["Error"]["Code"] == "ResourceConflictException"
    functions.delete_alias(FunctionName=name, Name="live")
    functions.delete_function(FunctionName=name, Qualifier="2")
    assert error(functions.get_alias, FunctionName=name, Name="live")["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_an_alias_shares_events_between_two_versions(functions, make, zip_of):
    name = make({"app.py": CODE % "one"}, Publish=True)["FunctionName"]
    functions.update_function_code(FunctionName=name, ZipFile=zip_of({"app.py": CODE % "two"}), Publish=True)
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion="1",
                           RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})
    seen = {functions.invoke(FunctionName=name, Qualifier="live")["ExecutedVersion"] for _ in range(40)}
    assert seen == {"1", "2"}


def test_layers_are_merged_in_order_under_opt(functions, make, zip_of):
    def publish(name, files):
        answer = functions.publish_layer_version(
            LayerName=name, Content={"ZipFile": zip_of(files)}, CompatibleRuntimes=["python3.11"])
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
        return answer["LayerVersionArn"]

    prefix = uuid.uuid4().hex[:8]
    first = publish(f"{prefix}-a", {"python/helper.py": "WHO = 'a'", "data/a.txt": "A", "data/both.txt": "A"})
    second = publish(f"{prefix}-b", {"python/other.py": "WHO = 'b'", "data/both.txt": "B", "bin/tool": "#!/bin/sh\necho run"})
    code = """
        import helper, other, subprocess
        def handler(event, context):
            return [helper.WHO, other.WHO, open("/opt/data/a.txt").read(), open("/opt/data/both.txt").read(),
                    subprocess.check_output(["tool"], text=True)]
    """
    name = make({"app.py": code}, Layers=[first, second])["FunctionName"]
    assert invoke(functions, name) == ["a", "b", "A", "B", "run\n"]
    functions.delete_layer_version(LayerName=f"{prefix}-a", VersionNumber=1)
    assert error(functions.get_layer_version, LayerName=f"{prefix}-a", VersionNumber=1)["Error"]["Code"] == (
        "ResourceNotFoundException")
    functions.update_function_configuration(FunctionName=name, MemorySize=256)
    assert invoke(functions, name)[0] == "a"
    found = functions.get_layer_version_by_arn(Arn=second)
    assert found["Version"] == 1 and found["Content"]["Location"].startswith("http")
    assert f"{prefix}-b" in [layer["LayerName"] for layer in functions.list_layers()["Layers"]]


def test_a_node_function_has_its_modules_in_a_layer(functions, make, zip_of):
    layer = functions.publish_layer_version(LayerName=f"node-{uuid.uuid4().hex[:8]}", Content={"ZipFile": zip_of({
        "nodejs/node_modules/left/package.json": '{"name":"left","version":"1.0.0","main":"index.js"}',
        "nodejs/node_modules/left/index.js": "module.exports = (text, n) => text.padStart(n, '.');"})})
    name = make({"index.js": "const left = require('left'); exports.handler = async (event) => left(event.text, 5);"},
                Runtime="nodejs20.x", Handler="index.handler", Layers=[layer["LayerVersionArn"]])["FunctionName"]
    assert invoke(functions, name, {"text": "ab"}) == "...ab"


def test_code_comes_from_a_bucket(functions, client, make, zip_of):
    s3, bucket = client("s3"), f"code-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="app.zip", Body=zip_of({"app.py": CODE % "s3"}))
    name = make({}, Code={"S3Bucket": bucket, "S3Key": "app.zip"})["FunctionName"]
    assert invoke(functions, name)[0] == "s3"
    refused = error(functions.update_function_code, FunctionName=name, S3Bucket=bucket, S3Key="none.zip")["Error"]
    assert refused["Code"] == "InvalidParameterValueException" and "S3 Error Code: NoSuchKey" in refused["Message"]


def test_a_function_without_concurrency_is_throttled(functions, make):
    name = make({"app.py": CODE % "x"})["FunctionName"]
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    refused = error(functions.invoke, FunctionName=name)
    assert refused["Error"]["Code"] == "TooManyRequestsException" and refused["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert refused["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    assert functions.get_function(FunctionName=name)["Concurrency"] == {"ReservedConcurrentExecutions": 0}
    functions.delete_function_concurrency(FunctionName=name)
    assert invoke(functions, name)[0] == "x"


def test_another_function_is_told_what_became_of_an_event(functions, client, make):
    listener = make({"app.py": "import json\ndef handler(event, context): print('told', json.dumps(event))"})
    name = make({"app.py": "def handler(event, context): raise ValueError('no')"})["FunctionName"]
    functions.put_function_event_invoke_config(
        FunctionName=name, MaximumRetryAttempts=0,
        DestinationConfig={"OnFailure": {"Destination": listener["FunctionArn"]}})
    functions.invoke(FunctionName=name, InvocationType="Event", Payload=b'{"id": 7}')
    logs, deadline = client("logs"), time.monotonic() + 30
    while True:
        try:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{listener['FunctionName']}",
                                            filterPattern="told")["events"]
        except logs.exceptions.ResourceNotFoundException:
            events = []
        if events:
            break
        assert time.monotonic() < deadline, "nobody was told"
        time.sleep(0.05)
    record = json.loads(events[0]["message"].split("told ")[1])
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestPayload"] == {"id": 7} and record["responsePayload"]["errorMessage"] == "no"


def test_changes_of_a_table_reach_a_function(functions, client, make):
    tables, logs = client("dynamodb"), client("logs")
    table = f"t-{uuid.uuid4().hex[:12]}"
    made = tables.create_table(
        TableName=table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
    code = """
        def handler(event, context):
            for record in event["Records"]:
                print("saw", record["eventName"], record["dynamodb"]["NewImage"]["n"]["N"])
    """
    name = make({"app.py": code})["FunctionName"]
    mapping = functions.create_event_source_mapping(
        EventSourceArn=made["TableDescription"]["LatestStreamArn"], FunctionName=name, StartingPosition="TRIM_HORIZON",
        FilterCriteria={"Filters": [{"Pattern": json.dumps({"dynamodb": {"NewImage": {"keep": {"BOOL": [True]}}}})}]})
    for n in range(6):
        tables.put_item(TableName=table, Item={"id": {"S": f"{n}"}, "n": {"N": str(n)}, "keep": {"BOOL": n % 2 == 0}})
    deadline, seen = time.monotonic() + 40, []
    while len(seen) < 3:
        try:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}", filterPattern="saw")["events"]
        except logs.exceptions.ResourceNotFoundException:
            events = []
        seen = [event["message"].strip() for event in events]
        assert time.monotonic() < deadline, seen
        time.sleep(0.1)
    assert sorted(seen) == ["saw INSERT 0", "saw INSERT 2", "saw INSERT 4"]
    functions.delete_event_source_mapping(UUID=mapping["UUID"])
    tables.delete_table(TableName=table)
