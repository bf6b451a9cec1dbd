"""IAM as boto3 sees it."""

import json
import uuid

import pytest
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


def test_what_is_not_served_says_so(iam, role, name):
    status, _, message = error(
        iam.attach_role_policy, RoleName=name, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    assert status == 501 and "AttachRolePolicy" in message
