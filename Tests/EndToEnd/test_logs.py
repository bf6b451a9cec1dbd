"""CloudWatch Logs, as boto3 uses it."""

import time
import uuid

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def logs(client):
    return client("logs")


@pytest.fixture
def group(logs):
    name = f"/test/{uuid.uuid4().hex}"
    logs.create_log_group(logGroupName=name, tags={"made-by": "test"})
    yield name
    try:
        logs.delete_log_group(logGroupName=name)
    except logs.exceptions.ResourceNotFoundException:
        pass


def now():
    return int(time.time() * 1000)


def put(logs, group, stream, messages, start=None):
    start = start or now()
    return logs.put_log_events(
        logGroupName=group, logStreamName=stream,
        logEvents=[{"timestamp": start + i, "message": m} for i, m in enumerate(messages)])


def error(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_a_group_is_described_with_every_member_that_aws_gives(logs, group):
    [found] = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    arn = f"arn:aws:logs:us-east-1:000000000000:log-group:{group}"
    assert found["arn"] == arn + ":*"
    assert found["logGroupArn"] == arn
    assert abs(found["creationTime"] - now()) < 60_000
    assert found["storedBytes"] == 0
    assert found["metricFilterCount"] == 0
    assert found["logGroupClass"] == "STANDARD"
    assert "retentionInDays" not in found
    logs.put_retention_policy(logGroupName=group, retentionInDays=7)
    assert logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"][0]["retentionInDays"] == 7
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"made-by": "test"}


def test_what_is_missing_or_taken_is_said_in_awss_words(logs, group):
    assert error(logs.create_log_group, logGroupName=group) == (
        "ResourceAlreadyExistsException", "The specified log group already exists")
    assert error(logs.delete_log_group, logGroupName="/no/such") == (
        "ResourceNotFoundException", "The specified log group does not exist.")
    assert error(logs.get_log_events, logGroupName=group, logStreamName="s") == (
        "ResourceNotFoundException", "The specified log stream does not exist.")


@pytest.mark.parametrize("arguments", [
    {"logGroupName": "a b"}, {"logGroupName": ""}, {"logGroupName": "x" * 513}, {"logGroupName": 5}, {},
    {"logGroupName": "a", "logGroupClass": "OTHER"},
])
def test_a_group_that_cannot_be_is_refused(logs, arguments):
    code, message = error(logs.create_log_group, **arguments)
    assert code in {"InvalidParameterException", "SerializationException", "ValidationException"}
    assert message


def test_events_are_read_forward_backward_and_by_a_pattern(logs, group):
    logs.create_log_stream(logGroupName=group, logStreamName="s")
    answer = put(logs, group, "s", [f'{{"n": {i}, "level": "{"error" if i % 5 == 0 else "info"}"}}' for i in range(25)])
    assert "rejectedLogEventsInfo" not in answer
    assert answer["nextSequenceToken"]

    messages, token = [], None
    while True:
        page = logs.get_log_events(
            logGroupName=group, logStreamName="s", startFromHead=True, limit=10,
            **({"nextToken": token} if token else {}))
        messages += [event["message"] for event in page["events"]]
        if page["nextForwardToken"] == token:
            break
        token = page["nextForwardToken"]
    assert len(messages) == 25

    last = logs.get_log_events(logGroupName=group, logStreamName="s", limit=1)["events"]
    assert last[0]["message"] == messages[-1]

    found = [event for page in logs.get_paginator("filter_log_events").paginate(
        logGroupName=group, filterPattern='{ $.level = "error" && $.n >= 10 }', PaginationConfig={"PageSize": 1})
        for event in page["events"]]
    assert [event["message"] for event in found] == [messages[10], messages[15], messages[20]]
    assert len({event["eventId"] for event in found}) == 3
    code, message = error(logs.filter_log_events, logGroupName=group, filterPattern="a:b")
    assert (code, message) == ("InvalidParameterException", "Invalid character(s) in term ':'")


def test_bad_batches_are_refused_and_bad_events_left_out(logs, group):
    logs.create_log_stream(logGroupName=group, logStreamName="s")
    time_now, day = now(), 86_400_000
    events = [{"timestamp": time_now, "message": "b"}, {"timestamp": time_now - 1, "message": "a"}]
    assert error(logs.put_log_events, logGroupName=group, logStreamName="s", logEvents=events) == (
        "InvalidParameterException",
        "Log events in a single PutLogEvents request must be in chronological order.")
    events = [{"timestamp": time_now, "message": "x" * 600_000}] * 2
    code, message = error(logs.put_log_events, logGroupName=group, logStreamName="s", logEvents=events)
    assert code == "InvalidParameterException" and message.startswith("Upload too large")
    answer = logs.put_log_events(logGroupName=group, logStreamName="s", logEvents=[
        {"timestamp": time_now - 20 * day, "message": "too old"}, {"timestamp": time_now, "message": "good"},
        {"timestamp": time_now + day, "message": "too new"}])
    assert answer["rejectedLogEventsInfo"] == {"tooOldLogEventEndIndex": 1, "tooNewLogEventStartIndex": 2}
    [stream] = logs.describe_log_streams(logGroupName=group)["logStreams"]
    assert stream["firstEventTimestamp"] == stream["lastEventTimestamp"] == time_now


def test_thousands_of_events_a_second_are_taken(logs, group):
    logs.create_log_stream(logGroupName=group, logStreamName="s")
    start, count = time.perf_counter(), 20
    for _ in range(count):
        put(logs, group, "s", [f"event {i}" for i in range(1_000)])
    rate = count * 1_000 / (time.perf_counter() - start)
    assert rate > 2_000, f"{rate:.0f} events a second"
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
    assert sum(len(page["events"]) for page in pages) == count * 1_000


def test_events_survive_kill_9(new_server):
    server = new_server()
    logs = server.client("logs")
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    put(logs, "g", "s", ["acknowledged"])
    server.kill()
    server.start()
    assert [e["message"] for e in server.client("logs").filter_log_events(logGroupName="g")["events"]] == ["acknowledged"]
