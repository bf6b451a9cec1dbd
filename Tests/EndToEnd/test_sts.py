"""STS as boto3 sees it."""

import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

TRUST = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}'


def session_client(server, service, credentials, **changes):
    keys = credentials | changes
    return boto3.client(
        service, endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"],
        config=Config(retries={"max_attempts": 0}))


def code_of(failure):
    return failure.value.response["Error"]["Code"]


@pytest.fixture
def sts(client):
    return client("sts")


@pytest.fixture
def assumed(sts):
    return sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/made-up", RoleSessionName="me")


@pytest.mark.parametrize("account", ["000000000000", "123456789012"])
def test_the_caller_is_told_who_he_is(client, account):
    identity = client("sts", account=account).get_caller_identity()
    assert identity["Account"] == identity["UserId"] == account
    assert identity["Arn"] == f"arn:aws:iam::{account}:root"


def test_credentials_of_a_session_sign_requests(server, assumed):
    identity = session_client(server, "sts", assumed["Credentials"]).get_caller_identity()
    assert identity["Arn"] == "arn:aws:sts::000000000000:assumed-role/made-up/me"
    assert identity["UserId"] == assumed["AssumedRoleUser"]["AssumedRoleId"]
    assert identity["Account"] == "000000000000"


def test_a_session_of_a_role_in_iam_has_its_identifier(client, sts):
    name = f"role-{uuid.uuid4().hex[:8]}"
    role = client("iam").create_role(RoleName=name, Path="/app/", AssumeRolePolicyDocument=TRUST)["Role"]
    answer = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="me", DurationSeconds=900)
    assert answer["AssumedRoleUser"] == {
        "AssumedRoleId": f"{role['RoleId']}:me", "Arn": f"arn:aws:sts::000000000000:assumed-role/{name}/me"}
    assert "PackedPolicySize" not in answer


def test_a_wrong_secret_or_token_is_refused(server, assumed):
    credentials = assumed["Credentials"]
    token = credentials["SessionToken"]
    mangled = token[:50] + ("A" if token[50] != "A" else "B") + token[51:]
    with pytest.raises(ClientError) as failure:
        session_client(server, "sts", credentials, SecretAccessKey="wrong").get_caller_identity()
    assert code_of(failure) == "SignatureDoesNotMatch"
    for wrong in [mangled, "test"]:
        with pytest.raises(ClientError) as failure:
            session_client(server, "sts", credentials, SessionToken=wrong).get_caller_identity()
        assert code_of(failure) == "InvalidClientTokenId"


def test_credentials_end(new_server, apus):
    server = new_server("--ephemeral")
    sts = server.client("sts")
    answer = sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/r", RoleSessionName="me", DurationSeconds=900)
    session = session_client(server, "sts", answer["Credentials"])
    session.get_caller_identity()
    apus("clock", "advance", "15m", "--endpoint", server.endpoint)
    with pytest.raises(ClientError) as failure:
        session.get_caller_identity()
    assert code_of(failure).startswith("ExpiredToken")


def test_sessions_outlive_a_restart(new_server):
    server = new_server()
    answer = server.client("sts").assume_role(RoleArn="arn:aws:iam::000000000000:role/r", RoleSessionName="me")
    server.kill()
    server.start()
    assert session_client(server, "sts", answer["Credentials"]).get_caller_identity()["Account"] == "000000000000"


@pytest.mark.parametrize("arguments, message", [
    ({"RoleSessionName": "a:b"}, "1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy "
     r"constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*"),
    ({"RoleSessionName": "s" * 65}, f"1 validation error detected: Value '{'s' * 65}' at 'roleSessionName' failed to "
     "satisfy constraint: Member must have length less than or equal to 64"),
    ({"RoleArn": "nothing-valid-in-here"}, "nothing-valid-in-here is invalid"),
    ({"RoleArn": "arn:a::::something/test-role"}, "arn:a::::something/test-role is invalid"),
    ({"DurationSeconds": 899}, None),
    ({"DurationSeconds": 43201}, None),
])
def test_bad_input_gets_the_words_of_aws(sts, arguments, message):
    request = {"RoleArn": "arn:aws:iam::000000000000:role/r", "RoleSessionName": "me"} | arguments
    with pytest.raises(ClientError) as failure:
        sts.assume_role(**request)
    error = failure.value.response["Error"]
    assert error["Code"] == "ValidationError"
    if message:
        assert error["Message"] == message


def test_get_session_token(server, sts):
    credentials = sts.get_session_token()["Credentials"]
    session = session_client(server, "sts", credentials)
    assert session.get_caller_identity()["Arn"] == "arn:aws:iam::000000000000:root"
    with pytest.raises(ClientError) as failure:
        session.get_session_token()
    assert code_of(failure) == "AccessDenied"


def test_get_access_key_info(client, assumed):
    key = assumed["Credentials"]["AccessKeyId"]
    assert client("sts").get_access_key_info(AccessKeyId=key)["Account"] == "000000000000"


def test_a_federated_user_is_whom_the_caller_vouches_for(server, sts):
    answer = sts.get_federation_token(Name="fred", DurationSeconds=900)
    assert answer["FederatedUser"]["Arn"] == "arn:aws:sts::000000000000:federated-user/fred"
    identity = session_client(server, "sts", answer["Credentials"]).get_caller_identity()
    assert identity["Arn"] == answer["FederatedUser"]["Arn"] and identity["UserId"] == "000000000000:fred"


@pytest.mark.parametrize("call, arguments, code", [
    ("decode_authorization_message", {"EncodedMessage": "x"}, "InvalidAuthorizationMessageException"),
    ("assume_role_with_web_identity", {
        "RoleArn": "arn:aws:iam::000000000000:role/r", "RoleSessionName": "me", "WebIdentityToken": "a.b.c"},
     "InvalidIdentityToken"),
    ("assume_role_with_saml", {
        "RoleArn": "arn:aws:iam::000000000000:role/r", "PrincipalArn": "arn:aws:iam::000000000000:saml-provider/p",
        "SAMLAssertion": "abcd"}, "InvalidIdentityToken"),
])
def test_what_nobody_made_is_refused(sts, call, arguments, code):
    with pytest.raises(ClientError) as failure:
        getattr(sts, call)(**arguments)
    assert code_of(failure) == code


def test_what_is_not_served_says_so(sts):
    with pytest.raises(ClientError) as failure:
        sts.assume_root(TargetPrincipal="000000000000", TaskPolicyArn={"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"})
    assert failure.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert "AssumeRoot" in failure.value.response["Error"]["Message"]
