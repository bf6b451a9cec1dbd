"""Runtimes that others wrote, unmodified."""

import base64
import importlib.util
import io
import json
import sys
import uuid
import zipfile
from pathlib import Path

import pytest

ROLE = "arn:aws:iam::000000000000:role/worker"
CODE = """
import os
def handler(event, context):
    if event.get("fail"):
        raise ValueError("no " + event["fail"])
    print("seen", event)
    return {"event": event, "name": context.function_name, "left": 0 < context.get_remaining_time_in_millis() <= 10000,
            "client": __import__("awslambdaric").__name__}
"""
# The interpreter that would run our bootstrap runs AWS's runtime interface client instead.
WRAPPER = """#!/bin/sh
PYTHONPATH=/var/task exec "$1" -m awslambdaric "$_HANDLER"
"""


def package(*modules):
    """A deployment package with Python packages of this environment, the function, and the wrapper."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for module in modules:
            origin = Path(importlib.util.find_spec(module).origin)
            root = origin.parent if origin.name == "__init__.py" else None
            for file in sorted(root.rglob("*")) if root else [origin]:
                if file.is_file() and "__pycache__" not in file.parts:
                    archive.write(file, file.relative_to((root or origin).parent))
        archive.writestr("app.py", CODE)
        wrapper = zipfile.ZipInfo("wrapper")
        wrapper.external_attr = 0o755 << 16
        archive.writestr(wrapper, WRAPPER)
    return buffer.getvalue()


@pytest.fixture
def function(client):
    functions = client("lambda")
    name = f"fn-{uuid.uuid4().hex[:12]}"
    version = f"python3.{sys.version_info.minor}"
    functions.create_function(
        FunctionName=name, Runtime=version, Role=ROLE, Handler="app.handler", Timeout=10,
        Code={"ZipFile": package("awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py")},
        Environment={"Variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/wrapper"}})

    def invoke(event):
        answer = functions.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
        return answer, json.loads(answer["Payload"].read())

    yield invoke
    functions.delete_function(FunctionName=name)


def test_the_runtime_interface_client_of_aws_runs_a_function(function):
    for number in range(3):
        answer, result = function({"number": number})
        assert "FunctionError" not in answer, result
        assert result["event"] == {"number": number}
        assert result["left"] and result["name"].startswith("fn-") and result["client"] == "awslambdaric"


def test_an_error_that_the_runtime_interface_client_reports_is_the_functions(function):
    answer, result = function({"fail": "way"})
    assert answer["FunctionError"] == "Unhandled"
    assert (result["errorType"], result["errorMessage"]) == ("ValueError", "no way")


PYTHON = """
import logging
def handler(event, context):
    logging.getLogger().info("quiet")
    logging.getLogger("mine").warning("loud %s", 1, extra={"order": 7})
    try:
        raise ValueError("no")
    except ValueError:
        logging.exception("failed")
    print("as it is")
"""
NODE = """
export const handler = async () => {
  console.info("quiet");
  console.warn({ order: 7 });
  console.error("failed:", new RangeError("no"));
};
"""


@pytest.mark.parametrize("runtime, file, code", [("python3.11", "app.py", PYTHON), ("nodejs18.x", "app.mjs", NODE)])
def test_a_log_in_json_is_documents_from_its_level_on(client, zip_of, runtime, file, code):
    functions = client("lambda")
    name = f"fn-{uuid.uuid4().hex[:12]}"
    made = functions.create_function(
        FunctionName=name, Runtime=runtime, Role=ROLE, Handler="app.handler", Code={"ZipFile": zip_of({file: code})},
        LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "WARN"})
    assert made["LoggingConfig"]["SystemLogLevel"] == "INFO"
    answer = functions.invoke(FunctionName=name, LogType="Tail")
    assert "FunctionError" not in answer
    lines = base64.b64decode(answer["LogResult"]).decode().splitlines()
    documents = [json.loads(line) for line in lines if line != "as it is"]
    assert (len(documents) == len(lines)) == (runtime != "python3.11")
    started, warning, error, report = documents
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    assert started["type"] == "platform.start" and started["record"] == {"requestId": request, "version": "$LATEST"}
    assert report["type"] == "platform.report" and report["record"]["status"] == "success"
    assert report["record"]["metrics"]["memorySizeMB"] == 128
    assert warning["requestId"] == error["requestId"] == request
    assert warning["level"] in ("WARN", "WARNING") and error["level"] == "ERROR"
    assert error["errorMessage"] == "no" and error["errorType"] in ("ValueError", "RangeError") and error["stackTrace"]
    if runtime == "python3.11":
        assert (warning["message"], warning["logger"], warning["order"]) == ("loud 1", "mine", 7)
        assert error["location"].startswith("/var/task/app.py:handler:")
    else:
        assert warning["message"] == {"order": 7}
    functions.delete_function(FunctionName=name)
