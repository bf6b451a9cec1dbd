"""IAM as boto3 sees it."""

import base64
import hashlib
import hmac
import json
import struct
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
POLICY = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::ü%/+ *"}}


@pytest.fixture
def iam(client):
    return client("iam")


@pytest.fixture
def name():
    return f"role-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def role(iam, name):
    return iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]


def error(call, **arguments):
    with pytest.raises(ClientError) as failure:
        call(**arguments)
    response = failure.value.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"], response["Error"]["Message"]


def test_a_role_lives(iam, role, name):
    assert role["Arn"] == f"arn:aws:iam::000000000000:role/{name}"
    assert role["AssumeRolePolicyDocument"] == TRUST
    assert "MaxSessionDuration" not in role

    iam.update_role(RoleName=name, Description="new", MaxSessionDuration=7200)
    iam.tag_role(RoleName=name, Tags=[{"Key": "team", "Value": ""}])
    read = iam.get_role(RoleName=name)["Role"]
    assert read["CreateDate"] == role["CreateDate"] and read["RoleId"] == role["RoleId"]
    assert read["Description"] == "new" and read["MaxSessionDuration"] == 7200
    assert read["Tags"] == [{"Key": "team", "Value": ""}]
    assert read["RoleLastUsed"] == {}

    iam.untag_role(RoleName=name, TagKeys=["team"])
    assert iam.list_role_tags(RoleName=name)["Tags"] == []
    changed = {**TRUST, "Statement": [{**TRUST["Statement"][0], "Principal": {"Service": "states.amazonaws.com"}}]}
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(changed))
    assert iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"] == changed

    iam.delete_role(RoleName=name)
    assert error(iam.get_role, RoleName=name) == (404, "NoSuchEntity", f"The role with name {name} cannot be found.")


def test_policies_live_in_a_role(iam, role, name):
    for policy in ["b", "a"]:
        iam.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=json.dumps(POLICY, ensure_ascii=False))
    assert iam.list_role_policies(RoleName=name)["PolicyNames"] == ["a", "b"]
    assert iam.get_role_policy(RoleName=name, PolicyName="a")["PolicyDocument"] == POLICY
    assert error(iam.delete_role, RoleName=name) == (
        409, "DeleteConflict", "Cannot delete entity, must delete policies first.")
    for policy in ["b", "a"]:
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
    assert error(iam.get_role_policy, RoleName=name, PolicyName="a") == (
        404, "NoSuchEntity", "The role policy with name a cannot be found.")
    assert iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"] == []
    assert iam.list_instance_profiles_for_role(RoleName=name)["InstanceProfiles"] == []
    iam.delete_role(RoleName=name)


def test_paginators_find_every_role(client):
    iam = client("iam", account="777788889999")
    names = [f"r{number:02}" for number in range(25)]
    for name in names:
        iam.create_role(RoleName=name, Path="/many/", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.create_role(RoleName="other", AssumeRolePolicyDocument=json.dumps(TRUST))
    pages = list(iam.get_paginator("list_roles").paginate(PathPrefix="/many/", PaginationConfig={"PageSize": 10}))
    assert [len(page["Roles"]) for page in pages] == [10, 10, 5]
    assert [role["RoleName"] for page in pages for role in page["Roles"]] == names


@pytest.mark.parametrize("document, message", [
    ("{", "This policy contains invalid Json"),
    ('{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:Get"}}',
     "AssumeRole policy may only specify STS AssumeRole actions."),
    ('{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}',
     "Has prohibited field Resource"),
])
def test_a_trust_policy_that_is_none_is_refused(iam, name, document, message):
    assert error(iam.create_role, RoleName=name, AssumeRolePolicyDocument=document) == (
        400, "MalformedPolicyDocument", message)


@pytest.mark.parametrize("arguments", [
    {"RoleName": "a b"}, {"RoleName": "r" * 65}, {"Path": "no-slashes"}, {"MaxSessionDuration": 3599},
    {"Tags": [{"Key": f"k{number}", "Value": ""} for number in range(51)]}, {"Tags": [{"Key": "", "Value": ""}]},
    {"Description": "€"},
])
def test_what_the_model_forbids_is_refused(iam, name, arguments):
    request = {"RoleName": name, "AssumeRolePolicyDocument": json.dumps(TRUST)} | arguments
    status, code, message = error(iam.create_role, **request)
    assert (status, code) == (400, "ValidationError")
    assert message.startswith("1 validation error detected: ") or "validation errors detected" in message


def test_a_name_is_given_once(iam, role, name):
    assert error(iam.create_role, RoleName=name.upper(), AssumeRolePolicyDocument=json.dumps(TRUST)) == (
        409, "EntityAlreadyExists", f"Role with name {name.upper()} already exists.")


def test_users_groups_and_policies_live_together(client):
    iam = client("iam", account="555500001111")
    iam.create_group(GroupName="devs")
    for name in ["ann", "bob"]:
        iam.create_user(UserName=name, Path="/team/", Tags=[{"Key": "team", "Value": "blue"}])
        iam.add_user_to_group(GroupName="devs", UserName=name)
    assert [user["UserName"] for user in iam.get_group(GroupName="devs")["Users"]] == ["ann", "bob"]
    assert [group["GroupName"] for group in iam.list_groups_for_user(UserName="ann")["Groups"]] == ["devs"]
    policy = iam.create_policy(PolicyName="reads", PolicyDocument=json.dumps(POLICY))["Policy"]
    assert policy["Arn"] == "arn:aws:iam::555500001111:policy/reads" and policy["DefaultVersionId"] == "v1"
    iam.attach_group_policy(GroupName="devs", PolicyArn=policy["Arn"])
    iam.put_group_policy(GroupName="devs", PolicyName="more", PolicyDocument=json.dumps(POLICY))
    assert iam.get_policy(PolicyArn=policy["Arn"])["Policy"]["AttachmentCount"] == 1
    document = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId="v1")["PolicyVersion"]["Document"]
    assert document == POLICY
    details = iam.get_account_authorization_details()
    assert [user["GroupList"] for user in details["UserDetailList"]] == [["devs"], ["devs"]]
    assert details["GroupDetailList"][0]["AttachedManagedPolicies"][0]["PolicyName"] == "reads"
    assert iam.get_account_summary()["SummaryMap"]["Users"] == 2
    local = iam.list_policies(Scope="Local")["Policies"]
    assert [found["PolicyName"] for found in local] == ["reads"]


def test_policies_of_aws_are_there(iam):
    names = {policy["PolicyName"] for page in iam.get_paginator("list_policies").paginate(Scope="AWS")
             for policy in page["Policies"]}
    assert {"AdministratorAccess", "AWSLambdaBasicExecutionRole", "AmazonS3FullAccess", "ReadOnlyAccess"} <= names
    arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    document = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"]
    assert "logs:PutLogEvents" in document["Statement"][0]["Action"]


def test_simulations_answer_as_requests_are_decided(iam, role, name):
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps(POLICY))
    results = iam.simulate_principal_policy(
        PolicySourceArn=role["Arn"], ActionNames=["s3:GetObject", "sqs:SendMessage"],
        ResourceArns=[POLICY["Statement"]["Resource"]])["EvaluationResults"]
    assert [result["EvalDecision"] for result in results] == ["allowed", "implicitDeny"]


def test_providers_aliases_profiles_and_service_roles(client):
    iam = client("iam", account="555500002222")
    arn = iam.create_open_id_connect_provider(Url="https://id.example.com/a", ClientIDList=["app"])["OpenIDConnectProviderArn"]
    assert arn == "arn:aws:iam::555500002222:oidc-provider/id.example.com/a"
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="web")
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"] == ["app", "web"]
    iam.create_account_alias(AccountAlias="my-company-x")
    assert iam.list_account_aliases()["AccountAliases"] == ["my-company-x"]
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.create_instance_profile(InstanceProfileName="ip")
    iam.add_role_to_instance_profile(InstanceProfileName="ip", RoleName="r")
    assert iam.list_instance_profiles_for_role(RoleName="r")["InstanceProfiles"][0]["Roles"][0]["RoleName"] == "r"
    linked = iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com")["Role"]
    assert linked["RoleName"] == "AWSServiceRoleForAutoScaling"
    assert error(iam.delete_role, RoleName=linked["RoleName"])[1] == "UnmodifiableEntity"
    saml = iam.create_saml_provider(
        Name="idp", SAMLMetadataDocument="<EntityDescriptor><IDPSSODescriptor/></EntityDescriptor>" + " " * 1000)
    assert saml["SAMLProviderArn"] == "arn:aws:iam::555500002222:saml-provider/idp"
    iam.generate_credential_report()
    assert b"<root_account>" in iam.get_credential_report()["Content"]


# --- enforced ----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def guarded(new_server, database):
    """A server on which policies are enforced."""
    return new_server(*database, "--iam", "enforce")


def acting(server, service, credentials, **options):
    """A client with given keys."""
    return boto3.client(
        service, endpoint_url=server.endpoint, region_name="us-east-1",
        aws_access_key_id=credentials["AccessKeyId"], aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials.get("SessionToken"), config=Config(retries={"max_attempts": 0}, **options))


@pytest.fixture
def admin(guarded):
    return guarded.client("iam")


@pytest.fixture
def user(admin):
    """A user without rights, and a key of his."""
    user_name = f"user-{uuid.uuid4().hex[:8]}"
    made = admin.create_user(UserName=user_name)["User"]
    return made | {"Key": admin.create_access_key(UserName=user_name)["AccessKey"]}


def may(admin, user, *statements):
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    admin.put_user_policy(UserName=user["UserName"], PolicyName="rights", PolicyDocument=json.dumps(document))


def allow(*actions, resource="*", **more):
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def test_nobody_may_what_no_policy_allows(guarded, admin, user):
    mine = acting(guarded, "iam", user["Key"])
    status, code, message = error(mine.list_users)
    assert (status, code) == (403, "AccessDenied")
    assert message == (
        f"User: {user['Arn']} is not authorized to perform: iam:ListUsers on resource: "
        "arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action")
    may(admin, user, allow("iam:ListUsers"))
    assert mine.list_users()["Users"]
    may(admin, user, allow("iam:*"), {"Effect": "Deny", "Action": "iam:List*", "Resource": "*", "Sid": "NoLists"})
    assert error(mine.list_users)[2].endswith("with an explicit deny in an identity-based policy")
    logs = acting(guarded, "logs", user["Key"])
    assert error(logs.describe_log_groups)[:2] == (400, "AccessDeniedException")
    functions = acting(guarded, "lambda", user["Key"])
    assert error(functions.list_functions)[:2] == (403, "AccessDeniedException")


def test_nobody_makes_himself_an_administrator(guarded, admin, user):
    mine = acting(guarded, "iam", user["Key"])
    administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
    may(admin, user, allow("iam:GetUser"))
    assert error(mine.attach_user_policy, UserName=user["UserName"], PolicyArn=administrator)[1] == "AccessDenied"
    harmless = {"ArnNotEquals": {"iam:PolicyARN": administrator}}
    may(admin, user, allow("iam:AttachUserPolicy", Condition=harmless))
    assert error(mine.attach_user_policy, UserName=user["UserName"], PolicyArn=administrator)[1] == "AccessDenied"
    mine.attach_user_policy(UserName=user["UserName"], PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    assert mine.list_users()["Users"]


def test_a_boundary_bounds_whatever_is_attached(guarded, admin, user):
    mine = acting(guarded, "iam", user["Key"])
    admin.attach_user_policy(UserName=user["UserName"], PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    assert mine.list_roles()
    admin.put_user_permissions_boundary(
        UserName=user["UserName"], PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    assert "because no permissions boundary allows the iam:ListRoles action" in error(mine.list_roles)[2]


def test_a_session_has_what_role_and_session_policy_allow_both(guarded, admin, user, name):
    trust = {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": user["Arn"]}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "secret-word"}}}}
    role = admin.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    admin.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": allow("iam:ListUsers", "iam:ListRoles")}))
    sts = acting(guarded, "sts", user["Key"])
    wrong = error(sts.assume_role, RoleArn=role["Arn"], RoleSessionName="s1", ExternalId="guess")
    assert wrong[:2] == (403, "AccessDenied")
    assert wrong[2] == f"User: {user['Arn']} is not authorized to perform: sts:AssumeRole on resource: {role['Arn']}"
    narrow = json.dumps({"Version": "2012-10-17", "Statement": allow("iam:ListUsers")})
    session = sts.assume_role(
        RoleArn=role["Arn"], RoleSessionName="s1", ExternalId="secret-word", Policy=narrow)["Credentials"]
    mine = acting(guarded, "iam", session)
    assert mine.list_users()["Users"]
    assert "because no session policy allows the iam:ListRoles action" in error(mine.list_roles)[2]
    assert error(mine.list_groups)[1] == "AccessDenied"


def test_roles_that_do_not_exist_are_refused_where_policies_are_enforced(guarded, client):
    role = "arn:aws:iam::000000000000:role/made-up"
    assert error(guarded.client("sts").assume_role, RoleArn=role, RoleSessionName="me")[1] == "AccessDenied"
    assert client("sts").assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]


def test_another_accounts_token_reaches_nothing_here(guarded, admin, user):
    stranger = guarded.client("sts", account="999988887777").get_session_token()["Credentials"]
    theirs = acting(guarded, "iam", stranger)
    assert error(theirs.get_user, UserName=user["UserName"])[1] == "NoSuchEntity"
    mixed = stranger | {"AccessKeyId": user["Key"]["AccessKeyId"], "SecretAccessKey": user["Key"]["SecretAccessKey"]}
    assert error(acting(guarded, "sts", mixed | {"AccessKeyId": "ASIA" + "A" * 16}).get_caller_identity)[1] == (
        "InvalidClientTokenId")


def test_a_wrong_secret_a_changed_request_and_an_inactive_key_are_refused(guarded, admin, user):
    key = user["Key"]
    wrong = acting(guarded, "sts", key | {"SecretAccessKey": "x" * 40})
    assert error(wrong.get_caller_identity)[:2] == (403, "SignatureDoesNotMatch")

    def send(change):
        request = AWSRequest(
            "POST", guarded.endpoint + "/", data="Action=GetCallerIdentity&Version=2011-06-15",
            headers={"content-type": "application/x-www-form-urlencoded", "x-amz-meta-a": "1"})
        SigV4Auth(Credentials(key["AccessKeyId"], key["SecretAccessKey"]), "sts", "us-east-1").add_auth(request)
        headers, body = dict(request.headers), request.body
        headers, body = change(headers, body)
        with urllib.request.urlopen(urllib.request.Request(
                guarded.endpoint + "/", body, headers, method="POST")) as answer:
            return answer.status

    assert send(lambda headers, body: (headers, body)) == 200
    for change in [lambda headers, body: (headers | {"x-amz-meta-a": "2"}, body),
                   lambda headers, body: (headers, body.replace(b"GetCaller", b"GetKaller") + b"&x=1")]:
        with pytest.raises(urllib.error.HTTPError) as failure:
            send(change)
        assert failure.value.code in (400, 403)
    admin.update_access_key(UserName=user["UserName"], AccessKeyId=key["AccessKeyId"], Status="Inactive")
    mine = acting(guarded, "sts", key)
    assert error(mine.get_caller_identity)[:2] == (403, "InvalidClientTokenId")
    admin.delete_access_key(UserName=user["UserName"], AccessKeyId=key["AccessKeyId"])
    assert error(mine.get_caller_identity)[:2] == (403, "InvalidClientTokenId")


def test_a_presigned_url_ends(guarded, user):
    sts = acting(guarded, "sts", user["Key"])
    url = sts.generate_presigned_url("get_caller_identity", ExpiresIn=3, HttpMethod="GET")
    with urllib.request.urlopen(url) as answer:
        assert user["Arn"].encode() in answer.read()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url)
        except urllib.error.HTTPError as failure:
            assert failure.code == 403 and b"Signature expired" in failure.read()
            return
        time.sleep(0.2)
    pytest.fail("the URL does not end")


def test_a_session_ends_by_the_clock_of_apus(guarded, user):
    session = acting(guarded, "sts", user["Key"]).get_session_token(DurationSeconds=900)["Credentials"]
    mine = acting(guarded, "sts", session)
    assert mine.get_caller_identity()["Arn"] == user["Arn"]
    body = json.dumps({"advance": "16m"}).encode()
    urllib.request.urlopen(urllib.request.Request(guarded.endpoint + "/_apus/clock", body, method="POST"))
    assert error(mine.get_caller_identity)[:2] == (403, "ExpiredToken")


def code(seed, moment):
    digest = hmac.new(base64.b32decode(seed), struct.pack(">Q", int(moment // 30)), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


def apus_now(server):
    with urllib.request.urlopen(server.endpoint + "/_apus/clock") as answer:
        return json.load(answer)["epochMilliseconds"] / 1000


def test_a_role_that_wants_a_second_factor_gets_one(guarded, admin, user, name):
    device = admin.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
    seed, serial, now = device["Base32StringSeed"], device["SerialNumber"], apus_now(guarded)
    admin.enable_mfa_device(UserName=user["UserName"], SerialNumber=serial, AuthenticationCode1=code(seed, now - 30),
                            AuthenticationCode2=code(seed, now))
    trust = {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": user["Arn"]}, "Action": "sts:AssumeRole",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}}
    role = admin.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    sts = acting(guarded, "sts", user["Key"])
    assert error(sts.assume_role, RoleArn=role, RoleSessionName="me")[1] == "AccessDenied"
    assert error(sts.assume_role, RoleArn=role, RoleSessionName="me", SerialNumber=serial, TokenCode="000000")[1] == (
        "AccessDenied")
    body = json.dumps({"advance": 60}).encode()
    urllib.request.urlopen(urllib.request.Request(guarded.endpoint + "/_apus/clock", body, method="POST"))
    token = code(seed, apus_now(guarded))
    assert sts.assume_role(RoleArn=role, RoleSessionName="me", SerialNumber=serial, TokenCode=token)["Credentials"]
    assert error(sts.assume_role, RoleArn=role, RoleSessionName="me", SerialNumber=serial, TokenCode=token)[1] == (
        "AccessDenied")


def test_an_api_needs_the_functions_permission(guarded, admin, name, zip_of):
    role = admin.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    functions, apis = guarded.client("lambda"), guarded.client("apigatewayv2")
    code_zip = zip_of({"app.py": "def handler(event, context):\n    return {'statusCode': 200, 'body': 'in'}\n"})
    function = functions.create_function(
        FunctionName=name, Runtime="python3.13", Handler="app.handler", Role=role, Code={"ZipFile": code_zip})
    api = apis.create_api(Name=name, ProtocolType="HTTP", Target=function["FunctionArn"])["ApiId"]
    url = f"{guarded.endpoint}/_aws/execute-api/{api}/$default/"

    def status():
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.status
        except urllib.error.HTTPError as failure:
            return failure.code

    assert status() == 500
    functions.add_permission(
        FunctionName=name, StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:us-east-1:000000000000:{api}/*")
    assert status() == 200


def test_explain_names_the_policy_and_the_statement(guarded, admin, user, apus):
    may(admin, user, allow("iam:*"), {"Effect": "Deny", "Action": "iam:List*", "Resource": "*", "Sid": "NoLists"})
    mine = acting(guarded, "iam", user["Key"])
    with pytest.raises(ClientError) as failure:
        mine.list_users()
    request = failure.value.response["ResponseMetadata"]["RequestId"]
    told = apus("iam", "explain", request, "--endpoint", guarded.endpoint).stdout
    assert "denied" in told and user["Arn"] in told and "iam:ListUsers" in told
    assert 'statement 2, "NoLists" of the identity-based policy rights denies it' in told


def test_advice_tells_what_would_have_been_denied_and_what_allows_it(client, server, apus, name):
    iam = client("iam")
    trust = json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": "sts:AssumeRole"}})
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]
    session = client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="me")["Credentials"]
    mine = acting(server, "iam", session)
    request = mine.list_users()["ResponseMetadata"]["RequestId"]
    mine.get_role(RoleName=name)
    told = apus("iam", "explain", request).stdout
    assert "would be denied" in told and "no identity-based policy allows it" in told
    policy = json.loads(apus("iam", "advise", name).stdout)
    assert {json.dumps(statement["Action"]): statement["Resource"] for statement in policy["Statement"]} == {
        '"iam:GetRole"': role["Arn"], '"iam:ListUsers"': "arn:aws:iam::000000000000:user/"}
    assert error(mine.simulate_custom_policy, PolicyInputList=["{"], ActionNames=["iam:ListUsers"])[1] == "InvalidInput"
    iam.put_role_policy(RoleName=name, PolicyName="advised", PolicyDocument=json.dumps(policy))
    request = mine.list_users()["ResponseMetadata"]["RequestId"]
    assert "allowed" in apus("iam", "explain", request).stdout


def test_secrets_lie_nowhere_in_clear(guarded, admin, user):
    admin.create_login_profile(UserName=user["UserName"], Password="Correct-Horse-7")
    seed = admin.create_virtual_mfa_device(VirtualMFADeviceName=user["UserName"])["VirtualMFADevice"]["Base32StringSeed"]
    session = acting(guarded, "sts", user["Key"]).get_session_token()["Credentials"]
    secrets = [user["Key"]["SecretAccessKey"].encode(), b"Correct-Horse-7", seed, base64.b32decode(seed),
               session["SecretAccessKey"].encode(), session["SessionToken"].encode()]
    files = [path for path in Path(guarded.data).parent.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret in content], path
