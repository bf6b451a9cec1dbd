"""What the gateway takes and refuses, whatever the service."""

import gzip
import json
import urllib.error
import urllib.request
import uuid

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

LOGS = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Logs_20140328.DescribeLogGroups"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def send(server, service, body, headers, secret="test"):
    """A signed request as it is, and the status and text of its answer."""
    request = AWSRequest(method="POST", url=f"{server.endpoint}/", data=body, headers=headers)
    SigV4Auth(Credentials("test", secret), service, "us-east-1").add_auth(request)
    return ask(server, "POST", "/", body, dict(request.headers))


def ask(server, method, path, body=None, headers=None):
    request = urllib.request.Request(f"{server.endpoint}{path}", data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_compressed_body_is_read(server):
    packed = gzip.compress(b'{"limit": 1}')
    status, text = send(server, "logs", packed, LOGS | {"Content-Encoding": "gzip"})
    assert status == 200 and "logGroups" in text
    packed = gzip.compress(b"Action=GetCallerIdentity&Version=2011-06-15")
    status, text = send(server, "sts", packed, FORM | {"Content-Encoding": "gzip"})
    assert status == 200 and "<Account>000000000000</Account>" in text


def test_a_compressed_body_has_the_limit_of_one_that_is_not(server):
    packed = gzip.compress(b" " * (64 << 20))
    status, text = send(server, "logs", packed, LOGS | {"Content-Encoding": "gzip"})
    assert status == 413 and "RequestEntityTooLargeException" in text
    status, text = send(server, "logs", packed[:-9], LOGS | {"Content-Encoding": "gzip"})
    assert status == 413
    status, text = send(server, "logs", b"{}", LOGS | {"Content-Encoding": "gzip"})
    assert status == 400 and "SerializationException" in text


def test_the_signature_covers_what_was_sent(server):
    status, text = send(server, "logs", gzip.compress(b"{}"), LOGS | {"Content-Encoding": "gzip"}, secret="other")
    assert status == 400 and "InvalidSignatureException" in text


@pytest.mark.parametrize("body,code", [
    (b"", 200), (b"{}", 200), (b"{", 400), (b"[]", 400), (b"null", 400), (b'{"limit":"1"}', 400), (b'{"limit":0}', 400),
    (b'{"logGroupNamePrefix":"\xff"}', 400), (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 200), (b" " * (7 << 20), 413),
])
def test_any_body_has_an_answer(server, body, code):
    assert send(server, "logs", body, LOGS)[0] == code


def test_an_operation_has_its_own_words_for_a_violated_constraint(client):
    with pytest.raises(ClientError) as raised:
        client("lambda").create_function(
            FunctionName=f"f-{uuid.uuid4().hex[:8]}", Role="arn:aws:iam::000000000000:role/r", Runtime="python1.0",
            Handler="app.handler", Code={"ZipFile": b""})
    error = raised.value.response["Error"]
    assert error["Code"] == "InvalidParameterValueException"
    assert error["Message"].startswith("Value python1.0 at 'runtime' failed to satisfy constraint: "
                                       "Member must satisfy enum value set: [")
    assert error["Message"].endswith("] or be a valid ARN")


def test_pages_of_other_origins_may_not_call(server):
    for origin, status in [("https://elsewhere.example", 403), ("http://localhost:3000", 204)]:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert ask(server, "OPTIONS", "/", headers=headers)[0] == status
        assert ask(server, "OPTIONS", "/", headers=headers | {"Host": f"logs.localhost:{server.port}"})[0] == status
        assert ask(server, "OPTIONS", "/2015-03-31/functions", headers=headers)[0] == status


def test_origins_can_be_allowed(new_server):
    running = new_server("--ephemeral", "--allowed-origin", "https://app.example.com")
    headers = {"Origin": "https://app.example.com"}
    assert ask(running, "GET", "/_apus/clock", headers=headers)[0] == 200
    assert ask(running, "GET", "/_apus/clock", headers={"Origin": "https://app.example.org"})[0] == 403
    assert json.loads(ask(running, "GET", "/_apus/health")[1])["status"] == "running"
