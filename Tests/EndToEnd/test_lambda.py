"""Lambda, as boto3 and HTTP clients use it."""

import base64
import io
import json
import time
import urllib.error
import urllib.request
import uuid
import zipfile

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::000000000000:role/worker"
ECHO = """
    import os
    def handler(event, context):
        print("seen", event)
        if isinstance(event, dict) and event.get("fail"):
            raise ValueError("no " + str(event["fail"]))
        return {"event": event, "name": context.function_name, "id": context.aws_request_id,
                "arn": context.invoked_function_arn, "stage": os.environ.get("STAGE")}
"""
NODE = """
    export const handler = async (event, context) => ({ event, name: context.functionName });
"""


@pytest.fixture
def functions(client):
    return client("lambda")


@pytest.fixture
def make(functions, zip_of):
    """Makes functions, and deletes them after the test."""
    made = []

    def create(code=ECHO, file="app.py", runtime="python3.11", **options):
        name = f"fn-{uuid.uuid4().hex[:12]}"
        options = {"Runtime": runtime, "Handler": f"{file.split('.')[0]}.handler", "Role": ROLE,
                   "Code": {"ZipFile": zip_of({file: code})}, "Timeout": 10} | options
        answer = functions.create_function(FunctionName=name, **options)
        made.append(name)
        return answer

    yield create
    for name in made:
        try:
            functions.delete_function(FunctionName=name)
        except functions.exceptions.ResourceNotFoundException:
            pass


def error(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    response = caught.value.response
    return response["Error"]["Code"], response["Error"]["Message"], response["ResponseMetadata"]["HTTPStatusCode"]


def invoke(functions, name, event=None, **options):
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event if event is not None else {}), **options)
    return answer, json.loads(answer["Payload"].read() or "null")


def request(url, method="GET", body=None, headers=None):
    """Sends a request to a hosted name by its Host header, which works where such names do not resolve."""
    scheme, rest = url.split("://")
    host, _, path = rest.partition("/")
    port = host.rpartition(":")[2]
    sent = urllib.request.Request(f"{scheme}://127.0.0.1:{port}/{path}", data=body, method=method,
                                  headers={"Host": host} | (headers or {}))
    try:
        with urllib.request.urlopen(sent, timeout=20) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as response:
        return response.code, response.headers, response.read()


# --- functions -----------------------------------------------------------------------------------
def test_a_function_is_made_told_listed_and_deleted(functions, make):
    made = make(Environment={"Variables": {"STAGE": "test"}}, Tags={"team": "a"}, Description="d")
    name, arn = made["FunctionName"], made["FunctionArn"]
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert arn == f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    assert made["LastModified"].endswith("+0000") and made["Version"] == "$LATEST"
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    found = functions.get_function(FunctionName=arn)
    assert found["Configuration"]["RevisionId"] == made["RevisionId"]
    assert found["Tags"] == {"team": "a"} and found["Code"]["RepositoryType"] == "S3"
    assert name in [f["FunctionName"] for page in functions.get_paginator("list_functions").paginate(
        PaginationConfig={"PageSize": 1}) for f in page["Functions"]]
    functions.delete_function(FunctionName=name)
    assert error(functions.get_function, FunctionName=name) == (
        "ResourceNotFoundException", f"Function not found: {arn}", 404)


def test_the_code_can_be_downloaded(functions, make):
    name = make()["FunctionName"]
    status, _, body = request(functions.get_function(FunctionName=name)["Code"]["Location"])
    assert status == 200 and zipfile.ZipFile(io.BytesIO(body)).namelist() == ["app.py"]


@pytest.mark.parametrize("options,code,words", [
    ({"Runtime": "cobol85"}, "InvalidParameterValueException", "enum value set"),
    ({"Role": "me"}, "ValidationException", "regular expression"),
    ({"Timeout": 901}, "ValidationException", "less than or equal to 900"),
    ({"MemorySize": 127}, "ValidationException", "greater than or equal to 128"),
    ({"Code": {"ZipFile": b"no zip"}}, "InvalidParameterValueException", "Could not unzip"),
    ({"Code": {}}, "InvalidParameterValueException", "source for function code"),
    ({"Environment": {"Variables": {"AWS_REGION": "x"}}}, "InvalidParameterValueException", "Reserved keys"),
    ({"Layers": ["arn:aws:lambda:us-east-1:000000000000:layer:l:1"]}, "InvalidParameterValueException", "does not exist"),
])
def test_a_bad_function_is_refused(make, options, code, words):
    found, message, _ = error(make, **options)
    assert found == code and words in message


def test_a_name_is_taken_once(functions, make, zip_of):
    name = make()["FunctionName"]
    assert error(functions.create_function, FunctionName=name, Runtime="python3.11", Handler="a.b", Role=ROLE,
                 Code={"ZipFile": zip_of({"a.py": ""})}) == (
        "ResourceConflictException", f"Function already exist: {name}", 409)


def test_updates_show_in_the_next_event(functions, make, zip_of):
    made = make()
    name = made["FunctionName"]
    assert invoke(functions, name)[1]["stage"] is None
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": {"STAGE": "new"}})
    functions.get_waiter("function_updated_v2").wait(FunctionName=name)
    assert invoke(functions, name)[1]["stage"] == "new"
    code = zip_of({"app.py": "def handler(event, context): return 'other'"})
    changed = functions.update_function_code(FunctionName=name, ZipFile=code)
    assert changed["CodeSha256"] != made["CodeSha256"]
    assert invoke(functions, name)[1] == "other"
    assert error(functions.update_function_code, FunctionName=name, ZipFile=code,
                 RevisionId=made["RevisionId"])[0] == "PreconditionFailedException"


# --- invoking ------------------------------------------------------------------------------------
def test_a_python_function_answers(functions, make):
    made = make(Environment={"Variables": {"STAGE": "test"}})
    answer, result = invoke(functions, made["FunctionName"], {"a": [1, "é"]})
    assert answer["StatusCode"] == 200 and answer["ExecutedVersion"] == "$LATEST"
    assert "FunctionError" not in answer
    assert result == {"event": {"a": [1, "é"]}, "name": made["FunctionName"], "arn": made["FunctionArn"],
                      "id": answer["ResponseMetadata"]["RequestId"], "stage": "test"}


def test_a_node_function_answers(functions, make):
    name = make(NODE, "index.mjs", "nodejs20.x")["FunctionName"]
    assert invoke(functions, name, [1])[1] == {"event": [1], "name": name}


def test_an_error_is_an_answer_and_the_log_has_it(functions, make):
    name = make()["FunctionName"]
    answer, result = invoke(functions, name, {"fail": 7}, LogType="Tail")
    assert answer["StatusCode"] == 200 and answer["FunctionError"] == "Unhandled"
    assert result["errorType"] == "ValueError" and result["errorMessage"] == "no 7"
    log = base64.b64decode(answer["LogResult"]).decode()
    assert log.startswith("START RequestId: ") and "seen {'fail': 7}" in log and "REPORT RequestId: " in log


def test_a_function_that_takes_too_long_is_ended(functions, make):
    name = make("import time\ndef handler(e, c): time.sleep(60)", Timeout=1)["FunctionName"]
    answer, result = invoke(functions, name)
    assert answer["FunctionError"] == "Unhandled" and "Task timed out after 1.00 seconds" in result["errorMessage"]


def test_bad_events_are_refused(functions, make):
    name = make()["FunctionName"]
    code, message, status = error(functions.invoke, FunctionName=name, Payload=b"{")
    assert (code, status) == ("InvalidRequestContentException", 400)
    assert message.startswith("Could not parse request body into json")
    large = json.dumps("x" * 6_291_456).encode()
    assert error(functions.invoke, FunctionName=name, Payload=large)[2] == 413
    assert error(functions.invoke, FunctionName="nobody")[0] == "ResourceNotFoundException"
    assert invoke(functions, name, InvocationType="DryRun")[0]["StatusCode"] == 204


def test_an_event_is_worked_on_later(functions, client, make):
    name = make()["FunctionName"]
    answer = functions.invoke(FunctionName=name, InvocationType="Event", Payload=b'{"later": true}')
    assert answer["StatusCode"] == 202
    assert any("later" in line for line in logged(client("logs"), name))


def test_lines_reach_cloudwatch_logs(functions, client, make):
    name = make()["FunctionName"]
    invoke(functions, name, {"marker": 42})
    lines = logged(client("logs"), name)
    assert any("seen {'marker': 42}" in line for line in lines)


def logged(logs, name):
    """The lines of a function's log group, once the REPORT of an event is among them."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            lines = [e["message"] for e in logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]]
        except logs.exceptions.ResourceNotFoundException:
            lines = []
        if any(line.startswith("REPORT") for line in lines):
            return lines
        time.sleep(0.05)
    raise AssertionError("nothing was logged")


def test_a_streamed_answer_comes_in_chunks(functions, make):
    name = make("""
        export const handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('one ');
          await new Promise(resolve => setTimeout(resolve, 20));
          stream.write('two');
          stream.end();
        });
    """, "index.mjs", "nodejs20.x")["FunctionName"]
    events = list(functions.invoke_with_response_stream(FunctionName=name)["EventStream"])
    chunks = [e["PayloadChunk"]["Payload"] for e in events if "PayloadChunk" in e]
    assert b"".join(chunks) == b"one two" and "InvokeComplete" in events[-1]


# --- permissions, tags, settings -------------------------------------------------------------------
def test_permissions(functions, make):
    name = make()["FunctionName"]
    statement = {"FunctionName": name, "StatementId": "s1", "Action": "lambda:InvokeFunction",
                 "Principal": "s3.amazonaws.com", "SourceArn": "arn:aws:s3:::b"}
    added = json.loads(functions.add_permission(**statement)["Statement"])
    assert added["Principal"] == {"Service": "s3.amazonaws.com"}
    assert json.loads(functions.get_policy(FunctionName=name)["Policy"])["Statement"] == [added]
    assert error(functions.add_permission, **statement)[0] == "ResourceConflictException"
    functions.remove_permission(FunctionName=name, StatementId="s1")
    assert error(functions.get_policy, FunctionName=name)[0] == "ResourceNotFoundException"
    assert error(functions.add_permission, **statement | {"Principal": "nobody"})[0] == "InvalidParameterValueException"


def test_tags(functions, make):
    arn = make(Tags={"a": "1"})["FunctionArn"]
    functions.tag_resource(Resource=arn, Tags={"b": "2"})
    functions.untag_resource(Resource=arn, TagKeys=["a"])
    assert functions.list_tags(Resource=arn)["Tags"] == {"b": "2"}


def test_account_settings(functions, make):
    make()
    settings = functions.get_account_settings()
    assert settings["AccountUsage"]["FunctionCount"] >= 1
    assert settings["AccountLimit"]["ConcurrentExecutions"] == 1000


# --- function URLs ---------------------------------------------------------------------------------
def make_url(functions, name, open=True, **options):
    url = functions.create_function_url_config(FunctionName=name, AuthType="NONE", **options)["FunctionUrl"]
    if open:
        functions.add_permission(FunctionName=name, StatementId="open", Action="lambda:InvokeFunctionUrl",
                                 Principal="*", FunctionUrlAuthType="NONE")
    return url


def test_a_url_answers(functions, make):
    name = make("""
        def handler(event, context):
            return {"statusCode": 201, "headers": {"x-path": event["rawPath"]}, "cookies": ["a=1", "b=2"],
                    "body": event["requestContext"]["http"]["method"] + event.get("body", "")}
    """)["FunctionName"]
    url = make_url(functions, name)
    status, headers, body = request(url + "a/b?x=1", "POST", b"hi", {"Content-Type": "text/plain"})
    assert (status, headers["x-path"], body) == (201, "/a/b", b"POSThi")
    assert headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_a_url_needs_its_permission(functions, make):
    name = make()["FunctionName"]
    url = make_url(functions, name, open=False)
    assert request(url)[0] == 403
    functions.update_function_url_config(FunctionName=name, AuthType="AWS_IAM")
    assert request(url)[0] == 403
    functions.delete_function_url_config(FunctionName=name)
    assert error(functions.get_function_url_config, FunctionName=name)[0] == "ResourceNotFoundException"


def test_a_failing_url_is_a_bad_gateway(functions, make):
    name = make("def handler(e, c): raise ValueError()")["FunctionName"]
    status, _, body = request(make_url(functions, name))
    assert (status, body) == (502, b"Internal Server Error")


def test_a_preflight_is_answered_by_the_url(functions, make):
    name = make()["FunctionName"]
    url = make_url(functions, name, Cors={"AllowOrigins": ["https://a.example"], "AllowMethods": ["GET"], "MaxAge": 9})
    status, headers, _ = request(url, "OPTIONS", headers={
        "Origin": "https://a.example", "Access-Control-Request-Method": "GET"})
    assert status == 200 and headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert headers["Access-Control-Max-Age"] == "9"


def test_a_streamed_url_flows(functions, make):
    name = make("""
        export const handler = awslambda.streamifyResponse(async (event, stream) => {
          stream = awslambda.HttpResponseStream.from(stream, { statusCode: 203, headers: { 'x-a': '1' } });
          for (let i = 0; i < 5; i++) stream.write(`part ${i}\\n`);
          stream.end();
        });
    """, "index.mjs", "nodejs20.x")["FunctionName"]
    status, headers, body = request(make_url(functions, name, InvokeMode="RESPONSE_STREAM"))
    assert status == 203 and headers["x-a"] == "1"
    assert body.decode().splitlines() == [f"part {i}" for i in range(5)]
