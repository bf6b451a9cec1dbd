"""The command line against a running Apus."""

import json
import os
import signal
import subprocess
import time
import urllib.request
import uuid

import pytest

HANDLER = """\
import json, os

def handler(event, context):
    print("hello from", context.function_name)
    if event.get("fail"):
        raise ValueError("as asked")
    if "requestContext" in event:
        return {"statusCode": 200, "body": "over HTTP"}
    return {"event": event, "greeting": os.environ.get("GREETING")}
"""
BOOTSTRAP = """\
#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
    headers=$(mktemp)
    event=$(curl -sS -D "$headers" "$api/next")
    id=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\\([^\\r]*\\)\\r*$/\\1/p' "$headers")
    curl -sS -X POST -d '"from a shell"' "$api/$id/response" >/dev/null
done
"""


@pytest.fixture(scope="module")
def function(apus, tmp_path_factory):
    """A function that the command line deployed, and its URL."""
    folder = tmp_path_factory.mktemp("function")
    (folder / "app.py").write_text(HANDLER)
    name = f"cli-{uuid.uuid4().hex[:8]}"
    done = apus("deploy", str(folder), "--name", name, "--runtime", "python3.11", "--handler", "app.handler",
                "--env", "GREETING=a=b c", "--timeout", "10", "--memory", "256", "--url")
    return name, done.stdout.strip(), folder


def test_status_tells_what_runs(apus, server):
    text = apus("status").stdout
    assert f"running at {server.endpoint}" in text and "Lambda" in text
    assert "\x1b" not in text
    assert json.loads(apus("status", "--json").stdout)["status"] == "running"


def test_nothing_answers(apus):
    done = apus("status", "--endpoint", "http://127.0.0.1:9", check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert "Nothing answers at http://127.0.0.1:9" in done.stderr and "apus start" in done.stderr


@pytest.mark.parametrize("arguments", [
    ["nonsense"], ["invoke"], ["clock", "advance", "soon"], ["logs", "x", "--since", "later"],
    ["deploy", ".", "--name", "x", "--env", "novalue"],
])
def test_wrong_usage_ends_with_64(apus, arguments):
    done = apus(*arguments, check=False)
    assert done.returncode == 64 and done.stdout == "" and done.stderr


@pytest.mark.parametrize("arguments", [
    ["start", "--port", "x"], ["start", "--host", "0.0.0.0"], ["start", "--ephemeral", "--data", "/tmp/x"],
])
def test_apus_does_not_start_with_settings_that_cannot_be(apus, arguments):
    done = apus(*arguments, check=False)
    assert done.returncode != 0 and done.stderr.startswith("Error: ")


def test_a_deployed_function_answers(apus, function):
    name, url, _ = function
    done = apus("invoke", name, "--payload", '{"a": [1]}')
    assert json.loads(done.stdout) == {"event": {"a": [1]}, "greeting": "a=b c"}
    assert fetch(url) == b"over HTTP"


def test_a_payload_comes_from_a_file_or_standard_input(apus, function, tmp_path):
    name, _, _ = function
    (tmp_path / "event.json").write_text('{"from": "file"}')
    done = apus("invoke", name, "--payload", f"@{tmp_path / 'event.json'}")
    assert json.loads(done.stdout)["event"] == {"from": "file"}
    done = apus("invoke", name, "--payload", "-", input='{"from": "stdin"}')
    assert json.loads(done.stdout)["event"] == {"from": "stdin"}


def test_a_function_that_fails_fails_the_command(apus, function):
    name, _, _ = function
    done = apus("invoke", name, "--payload", '{"fail": true}', "--log", check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["errorMessage"] == "as asked"
    assert "hello from" in done.stderr and "REPORT" in done.stderr and "Unhandled" in done.stderr
    answer = json.loads(apus("invoke", name, "--payload", '{"fail": true}', "--json", check=False).stdout)
    assert answer["functionError"] == "Unhandled" and answer["payload"]["errorType"] == "ValueError"


def test_functions_are_listed(apus, function):
    name, _, _ = function
    lines = apus("functions").stdout.splitlines()
    assert lines[0].split() == ["NAME", "RUNTIME", "MEMORY", "TIMEOUT", "MODIFIED"]
    assert any(line.split()[:4] == [name, "python3.11", "256", "MB"] for line in lines[1:])
    assert name in [item["FunctionName"] for item in json.loads(apus("functions", "--json").stdout)]


def test_deploying_again_updates(apus, function):
    name, url, folder = function
    (folder / "app.py").write_text(HANDLER.replace("over HTTP", "again"))
    assert apus("deploy", str(folder), "--name", name, "--url", "--env", "GREETING=new").stdout.strip() == url
    assert fetch(url) == b"again"
    assert json.loads(apus("invoke", name).stdout)["greeting"] == "new"


def test_a_new_function_needs_a_runtime(apus, tmp_path):
    (tmp_path / "app.py").write_text(HANDLER)
    done = apus("deploy", str(tmp_path), "--name", "without-runtime", check=False)
    assert done.returncode == 64 and "--runtime" in done.stderr


def test_an_executable_bootstrap_keeps_its_permission(apus, tmp_path):
    bootstrap = tmp_path / "bootstrap"
    bootstrap.write_text(BOOTSTRAP)
    bootstrap.chmod(0o755)
    name = f"cli-{uuid.uuid4().hex[:8]}"
    apus("deploy", str(tmp_path), "--name", name, "--runtime", "provided.al2023", "--handler", "bootstrap")
    assert apus("invoke", name).stdout.strip() == '"from a shell"'


def test_logs_are_printed_and_followed(apus, server, function):
    name, _, _ = function
    apus("invoke", name, "--payload", '{"mark": 1}')
    assert "hello from " + name in until(lambda: apus("logs", name).stdout, "REPORT")
    assert "START" not in apus("logs", name, "--filter", "hello").stdout
    event = json.loads(apus("logs", name, "--json").stdout.splitlines()[0])
    assert {"eventId", "timestamp", "message", "logStreamName"} <= event.keys()

    binary = os.environ.get("APUS_BINARY") or apus("version").args[0]
    following = subprocess.Popen(
        [binary, "logs", name, "--follow", "--since", "1s", "--endpoint", server.endpoint, "--filter", "hello"],
        stdout=subprocess.PIPE, text=True)
    time.sleep(1)
    apus("invoke", name)
    assert "hello from " + name in following.stdout.readline()
    following.send_signal(signal.SIGINT)
    assert following.wait(5) == 0


def test_no_logs_are_an_error(apus):
    done = apus("logs", "nobody", check=False)
    assert done.returncode == 1 and "/aws/lambda/nobody" in done.stderr


def test_the_clock_moves_and_a_reset_empties(apus, new_server):
    other = new_server("--ephemeral")
    at = ["--endpoint", other.endpoint]
    before = json.loads(apus("clock", "show", "--json", *at).stdout)["epochMilliseconds"]
    assert "1d" in apus("clock", "advance", "1d", *at).stdout
    after = json.loads(apus("clock", "--json", *at).stdout)["epochMilliseconds"]
    assert after - before >= 86_400_000

    iam = other.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument='{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}')
    apus("reset", *at)
    assert iam.list_roles()["Roles"] == []


def test_env_points_a_shell_at_apus(apus, server):
    script = apus("env", "--region", "eu-west-1").stdout + 'echo "$AWS_ENDPOINT_URL $AWS_REGION $AWS_ACCESS_KEY_ID"'
    printed = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
    assert printed.split() == [server.endpoint, "eu-west-1", "test"]
    variables = json.loads(apus("env", "--shell", "json", "--account", "111122223333").stdout)
    assert variables["AWS_ACCESS_KEY_ID"] == "111122223333"


def test_help_is_there_for_every_command(apus):
    for command in ["start", "status", "deploy", "invoke", "logs", "functions", "clock", "reset", "env", "version"]:
        assert "USAGE: apus " + command in apus("help", command).stdout


def fetch(url):
    """What a hosted name answers, found by its Host header where such names do not resolve."""
    host = url.split("/")[2]
    address = f"http://127.0.0.1:{host.rpartition(':')[2]}/"
    return urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=20).read()


def until(read, text):
    deadline = time.monotonic() + 10
    while text not in (found := read()):
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found
