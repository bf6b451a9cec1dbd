"""Programs that others wrote run as functions, unmodified: their packages come from PyPI."""

import importlib.metadata
import io
import json
import re
import uuid
import zipfile
from pathlib import Path

import pytest

ROLE = "arn:aws:iam::000000000000:role/worker"


def with_requirements(*distributions):
    """The distributions and, as far as they are installed, what they need."""
    found, rest = [], list(distributions)
    while rest:
        name = rest.pop()
        try:
            requirements = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform
        if name.lower() in found:
            continue
        found.append(name.lower())
        rest += [re.match(r"[\w.-]+", line)[0] for line in requirements if "extra ==" not in line]
    return found


def packed(code, *distributions, prefix="", skip=()):
    """A zip archive of `code` and of installed distributions with what they need."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in code.items():
            archive.writestr(name, text)
        seen = set()
        for distribution in with_requirements(*distributions):
            for file in importlib.metadata.files(distribution):
                path, name = Path(file.locate()), str(file)
                if name.startswith("..") or "__pycache__" in name or name in seen or not path.is_file():
                    continue
                if any(part in name for part in skip):
                    continue
                seen.add(name)
                archive.write(path, prefix + name)
    return buffer.getvalue()


@pytest.fixture
def functions(client):
    return client("lambda")


@pytest.fixture
def make(functions):
    made = []

    def create(zip_file, **options):
        name = f"real-{uuid.uuid4().hex[:12]}"
        options = {"Runtime": "python3.11", "Handler": "app.handler", "Timeout": 60, "MemorySize": 512} | options
        functions.create_function(FunctionName=name, Role=ROLE, Code={"ZipFile": zip_file}, **options)
        made.append(name)
        return name

    yield create
    for name in made:
        functions.delete_function(FunctionName=name)


def invoke(functions, name, event):
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
    result = json.loads(answer["Payload"].read() or "null")
    assert "FunctionError" not in answer, result
    return result


def test_powertools(functions, make):
    code = """
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

logger = Logger(service="orders")
app = APIGatewayHttpResolver()
processor = BatchProcessor(event_type=EventType.SQS)

@app.get("/orders/<order_id>")
def get_order(order_id):
    return {"order": order_id}

def one(record):
    if record.json_body["n"] == 2:
        raise ValueError("no")

@logger.inject_lambda_context
def handler(event, context):
    logger.info("seen")
    if "Records" in event:
        return process_partial_response(event=event, record_handler=one, processor=processor, context=context)
    return app.resolve(event, context)
"""
    name = make(packed({"app.py": code}, "aws-lambda-powertools"),
                Environment={"Variables": {"POWERTOOLS_SERVICE_NAME": "orders"}})
    event = {"version": "2.0", "rawPath": "/orders/7", "headers": {}, "isBase64Encoded": False,
             "requestContext": {"http": {"method": "GET", "path": "/orders/7"}, "stage": "$default"}}
    answer = invoke(functions, name, event)
    assert answer["statusCode"] == 200 and json.loads(answer["body"]) == {"order": "7"}
    records = [{"messageId": f"m{n}", "receiptHandle": "r", "body": json.dumps({"n": n}), "attributes": {},
                "messageAttributes": {}, "md5OfBody": "", "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:q", "awsRegion": "us-east-1"} for n in (1, 2, 3)]
    assert invoke(functions, name, {"Records": records}) == {"batchItemFailures": [{"itemIdentifier": "m2"}]}


def test_fastapi_behind_mangum(functions, make):
    code = """
from fastapi import FastAPI
from mangum import Mangum
from pydantic import BaseModel

app = FastAPI()

class Item(BaseModel):
    name: str
    price: float

@app.post("/items/{item_id}")
async def put(item_id: int, item: Item):
    return {"id": item_id, "name": item.name, "total": item.price * 2}

handler = Mangum(app, lifespan="off")
"""
    name = make(packed({"app.py": code}, "fastapi", "mangum"))
    event = {"version": "2.0", "routeKey": "$default", "rawPath": "/items/3", "rawQueryString": "",
             "headers": {"content-type": "application/json", "host": "x"}, "isBase64Encoded": False,
             "requestContext": {"http": {"method": "POST", "path": "/items/3", "sourceIp": "127.0.0.1",
                                         "protocol": "HTTP/1.1"}, "stage": "$default"}}
    answer = invoke(functions, name, event | {"body": json.dumps({"name": "a", "price": 1.5})})
    assert answer["statusCode"] == 200 and json.loads(answer["body"]) == {"id": 3, "name": "a", "total": 3.0}
    assert invoke(functions, name, event | {"body": json.dumps({"name": "a"})})["statusCode"] == 422


def test_a_function_calls_another_with_boto3(functions, make):
    # botocore's data of all services would be most of the package.
    others = [f"botocore/data/{path.name}/" for path in (Path(importlib.metadata.distribution("botocore").locate_file(
        "botocore/data"))).iterdir() if path.is_dir() and path.name not in ("lambda", "sts")]
    layer = functions.publish_layer_version(
        LayerName=f"boto3-{uuid.uuid4().hex[:8]}",
        Content={"ZipFile": packed({}, "boto3", prefix="python/", skip=others)})["LayerVersionArn"]
    callee = make(packed({"app.py": "def handler(event, context): return event['n'] + 1"}))
    code = """
import json, os, boto3
client = boto3.client("lambda")

def handler(event, context):
    answer = client.invoke(FunctionName=os.environ["CALLEE"], Payload=json.dumps({"n": event["n"]}))
    return json.loads(answer["Payload"].read()) * 10
"""
    caller = make(packed({"app.py": code}), Layers=[layer], Environment={"Variables": {"CALLEE": callee}})
    assert invoke(functions, caller, {"n": 4}) == 50
