"""Runtimes that others wrote, unmodified."""

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
        Code={"ZipFile": package("awslambdaric", "runtime_client", "snapshot_restore_py")},
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
