"""HTTP APIs, made by boto3 and used by a plain HTTP client."""

import base64
import http.client
import json
import uuid

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::000000000000:role/test-apigatewayv2"
# Answers with the event it was given, or as the query says.
ECHO = """
    import base64, json

    def handler(event, context):
        ask = (event.get("queryStringParameters") or {}).get("ask")
        if ask == "fail":
            raise ValueError("asked to")
        if ask == "malformed":
            return {"statusCode": "many"}
        if ask == "plain":
            return {"no": "status"}
        if ask == "binary":
            return {"statusCode": 200, "isBase64Encoded": True, "body": base64.b64encode(bytes(range(256))).decode(),
                    "headers": {"content-type": "application/octet-stream"}}
        if ask == "cookies":
            return {"statusCode": 302, "headers": {"location": "/x"}, "cookies": ["a=1", "b=2"]}
        return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}
"""


@pytest.fixture(scope="module")
def apis(client):
    return client("apigatewayv2")


@pytest.fixture(scope="module")
def function(client, zip_of):
    iam, functions = client("iam"), client("lambda")
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}
    iam.create_role(RoleName=ROLE.split("/")[1], AssumeRolePolicyDocument=json.dumps(trust))
    name = f"echo-{uuid.uuid4().hex[:8]}"
    arn = functions.create_function(
        FunctionName=name, Runtime="python3.11", Handler="app.handler", Role=ROLE,
        Code={"ZipFile": zip_of({"app.py": ECHO})})["FunctionArn"]
    functions.add_permission(
        FunctionName=name, StatementId="gateway", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com")
    yield arn
    functions.delete_function(FunctionName=name)
    iam.delete_role(RoleName=ROLE.split("/")[1])


@pytest.fixture
def send(server):
    """Sends one request to an API by its host name and answers the status, the headers and the body."""
    def request(api, method, target, headers=None, body=None, host=True):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        headers = dict(headers or {})
        if host:
            headers["Host"] = f"{api}.execute-api.us-east-1.localhost:{server.port}"
        connection.request(method, target, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content
    return request


@pytest.fixture
def quick(apis, function):
    """An API made by quick create."""
    made = apis.create_api(Name="quick", ProtocolType="HTTP", Target=function)
    yield made
    apis.delete_api(ApiId=made["ApiId"])


def error(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_quick_create_is_served_at_once(quick, send, server):
    api = quick["ApiId"]
    assert quick["ApiEndpoint"] == f"http://{api}.execute-api.us-east-1.localhost:{server.port}" or \
        quick["ApiEndpoint"].startswith(f"http://{api}.execute-api.us-east-1.")
    status, headers, body = send(api, "POST", "/a/b?x=1&x=2", {"Cookie": "c=1; d=2", "X-Own": "v"}, "text")
    event = json.loads(body)
    assert status == 200
    assert headers["apigw-requestid"] == event["requestContext"]["requestId"]
    assert event["version"] == "2.0"
    assert event["routeKey"] == "$default"
    assert event["rawPath"] == "/a/b"
    assert event["queryStringParameters"] == {"x": "1,2"}
    assert event["cookies"] == ["c=1", "d=2"]
    assert event["headers"]["x-own"] == "v"
    assert event["requestContext"]["http"]["method"] == "POST"


def test_the_path_form_reaches_the_same_api(quick, send):
    api = quick["ApiId"]
    status, _, body = send(api, "GET", f"/_aws/execute-api/{api}/$default/a", host=False)
    assert status == 200
    assert json.loads(body)["rawPath"] == "/a"


def test_routes_stages_and_payload_format_1(apis, function, send):
    api = apis.create_api(Name="routes", ProtocolType="HTTP")["ApiId"]
    integration = apis.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion="1.0")["IntegrationId"]
    for key in ["GET /pets/{id}", "ANY /{proxy+}"]:
        apis.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration}")
    apis.create_stage(ApiId=api, StageName="dev", AutoDeploy=True, StageVariables={"k": "v"})
    status, _, body = send(api, "GET", "/dev/pets/7?a=1&a=2")
    event = json.loads(body)
    assert status == 200
    assert event["version"] == "1.0"
    assert event["resource"] == "/pets/{id}"
    assert event["pathParameters"] == {"id": "7"}
    assert event["stageVariables"] == {"k": "v"}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"]}
    assert json.loads(send(api, "PUT", "/dev/x/y")[2])["pathParameters"] == {"proxy": "x/y"}
    assert send(api, "GET", "/pets/7")[0] == 404
    assert send(api, "GET", "/dev")[0] == 404
    assert [stage["StageName"] for stage in apis.get_stages(ApiId=api)["Items"]] == ["dev"]
    apis.delete_api(ApiId=api)
    assert send(api, "GET", "/dev/pets/7")[0] == 404


@pytest.mark.parametrize("ask, status, body", [
    ("fail", 500, b'{"message":"Internal Server Error"}'),
    ("malformed", 500, b'{"message":"Internal Server Error"}'),
    ("plain", 200, b'{"no": "status"}'),
    ("binary", 200, bytes(range(256))),
], ids=["fail", "malformed", "plain", "binary"])
def test_answers_are_read_as_aws_reads_them(quick, send, ask, status, body):
    assert send(quick["ApiId"], "GET", f"/?ask={ask}")[::2] == (status, body)


def test_redirects_and_cookies(quick, send):
    status, headers, _ = send(quick["ApiId"], "GET", "/?ask=cookies")
    assert (status, headers["location"]) == (302, "/x")
    assert headers.get_all("set-cookie") == ["a=1", "b=2"]


def test_a_body_may_be_binary(quick, send):
    content = bytes(range(256))
    _, _, body = send(quick["ApiId"], "POST", "/", {"Content-Type": "application/octet-stream"}, content)
    event = json.loads(body)
    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == content


def test_pages_of_other_origins(apis, quick, send):
    api = quick["ApiId"]
    apis.update_api(ApiId=api, CorsConfiguration={
        "AllowOrigins": ["https://good.example"], "AllowMethods": ["GET"], "AllowHeaders": ["x-a"], "MaxAge": 5})
    ask = {"Origin": "https://good.example", "Access-Control-Request-Method": "GET"}
    status, headers, _ = send(api, "OPTIONS", "/a", ask)
    assert status == 204
    assert headers["access-control-allow-origin"] == "https://good.example"
    assert headers["access-control-allow-methods"] == "GET"
    assert headers["access-control-max-age"] == "5"
    assert send(api, "GET", "/a", {"Origin": "https://good.example"})[1]["access-control-allow-origin"]
    assert send(api, "GET", "/a", {"Origin": "https://bad.example"})[1]["access-control-allow-origin"] is None


def test_errors_are_awss(apis, quick):
    api = quick["ApiId"]
    assert error(apis.get_api, ApiId="nothere123") == (
        "NotFoundException", "Invalid API identifier specified 000000000000:nothere123")
    code, message = error(apis.create_route, ApiId=api, RouteKey="GET pets")
    assert code == "BadRequestException" and message.startswith("The provided route key is not formatted properly")
    assert error(apis.create_route, ApiId=api, RouteKey="$default") == (
        "ConflictException", "Route with key $default already exists for this API")
    code, message = error(apis.create_api, Name="w", ProtocolType="WEBSOCKET")
    assert "WEBSOCKET" in message
    code, message = error(
        apis.create_integration, ApiId=api, IntegrationType="HTTP_PROXY", IntegrationUri="https://example.com",
        IntegrationMethod="ANY", PayloadFormatVersion="1.0")
    assert "HTTP_PROXY" in message
