"""Parameter Store as boto3 sees it."""

import json
import uuid
from datetime import datetime, timedelta, timezone

import pytest
from botocore.exceptions import ClientError


def code_of(failure):
    return failure.value.response["Error"]["Code"]


@pytest.fixture
def ssm(client):
    return client("ssm")


@pytest.fixture
def base():
    return f"/{uuid.uuid4().hex}"


def test_parameters_have_versions_and_labels(ssm, base):
    name = f"{base}/url"
    assert ssm.put_parameter(Name=name, Value="a", Type="String")["Version"] == 1
    assert ssm.put_parameter(Name=name, Value="b", Overwrite=True)["Version"] == 2
    ssm.label_parameter_version(Name=name, ParameterVersion=1, Labels=["stable"])
    assert ssm.get_parameter(Name=name)["Parameter"]["Value"] == "b"
    assert ssm.get_parameter(Name=f"{name}:1")["Parameter"]["Value"] == "a"
    assert ssm.get_parameter(Name=f"{name}:stable")["Parameter"]["Value"] == "a"
    history = ssm.get_parameter_history(Name=name)["Parameters"]
    assert [(p["Version"], p["Value"], p["Labels"]) for p in history] == [(1, "a", ["stable"]), (2, "b", [])]
    ssm.unlabel_parameter_version(Name=name, ParameterVersion=1, Labels=["stable"])
    found = ssm.get_parameters(Names=[name, f"{name}:stable", f"{base}/none"])
    assert [p["Name"] for p in found["Parameters"]] == [name]
    assert found["InvalidParameters"] == [f"{name}:stable", f"{base}/none"]
    ssm.delete_parameter(Name=name)
    with pytest.raises(ClientError) as failure:
        ssm.get_parameter(Name=name)
    assert code_of(failure) == "ParameterNotFound"


@pytest.mark.parametrize("tier, size", [("Standard", 4096), ("Advanced", 8192)])
def test_secure_strings_go_through_kms(ssm, client, base, tier, size):
    kms = client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    name, value = f"{base}/secret", "s" * size
    ssm.put_parameter(Name=name, Value=value, Type="SecureString", KeyId=key, Tier=tier)
    assert ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"] == value
    assert value not in ssm.get_parameter(Name=name)["Parameter"]["Value"]
    kms.disable_key(KeyId=key)
    with pytest.raises(ClientError) as failure:
        ssm.get_parameter(Name=name, WithDecryption=True)
    assert code_of(failure) == "InvalidKeyId"
    assert "is disabled" in failure.value.response["Error"]["Message"]


def test_paths_and_filters(ssm, base):
    for name in ["a", "b", "db/user"]:
        ssm.put_parameter(Name=f"{base}/{name}", Value=name, Type="String", Tags=[{"Key": "base", "Value": base}])
    below = ssm.get_parameters_by_path(Path=base)["Parameters"]
    assert [p["Value"] for p in below] == ["a", "b"]
    pages = ssm.get_paginator("get_parameters_by_path").paginate(
        Path=base, Recursive=True, PaginationConfig={"PageSize": 1})
    assert [p["Value"] for page in pages for p in page["Parameters"]] == ["a", "b", "db/user"]
    described = ssm.describe_parameters(ParameterFilters=[{"Key": "tag:base", "Values": [base]}])["Parameters"]
    assert [p["Name"] for p in described] == [f"{base}/a", f"{base}/b", f"{base}/db/user"]
    deleted = ssm.delete_parameters(Names=[f"{base}/a", f"{base}/none"])
    assert deleted["DeletedParameters"] == [f"{base}/a"]


def test_tags_and_settings(ssm, base):
    ssm.put_parameter(Name=base, Value="x", Type="String")
    ssm.add_tags_to_resource(ResourceType="Parameter", ResourceId=base, Tags=[{"Key": "a", "Value": "b"}])
    assert ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=base)["TagList"] == [
        {"Key": "a", "Value": "b"}]
    ssm.remove_tags_from_resource(ResourceType="Parameter", ResourceId=base, TagKeys=["a"])
    other = "/ssm/parameter-store/high-throughput-enabled"
    ssm.update_service_setting(SettingId=other, SettingValue="true")
    assert ssm.get_service_setting(SettingId=other)["ServiceSetting"]["Status"] == "Customized"
    assert ssm.reset_service_setting(SettingId=other)["ServiceSetting"]["SettingValue"] == "false"


def test_a_secret_is_a_parameter_too(ssm, client):
    name = uuid.uuid4().hex
    client("secretsmanager").create_secret(Name=name, SecretString="tulip")
    parameter = ssm.get_parameter(Name=f"/aws/reference/secretsmanager/{name}", WithDecryption=True)["Parameter"]
    assert parameter["Value"] == "tulip"
    with pytest.raises(ClientError) as failure:
        ssm.get_parameter(Name=f"/aws/reference/secretsmanager/{name}")
    assert code_of(failure) == "ValidationException"


def test_parameters_expire_by_the_clock(new_server, apus):
    server = new_server("--ephemeral")
    ssm = server.client("ssm")
    end = (datetime.now(timezone.utc) + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
    policy = [{"Type": "Expiration", "Version": "1.0", "Attributes": {"Timestamp": end}}]
    ssm.put_parameter(Name="p", Value="x", Type="String", Tier="Advanced", Policies=json.dumps(policy))
    apus("clock", "advance", "20d", "--endpoint", server.endpoint)
    while ssm.describe_parameters()["Parameters"]:
        pass


def test_values_outlive_a_crash_and_are_nowhere_in_clear(new_server, database):
    server = new_server(*database, "--log-level", "trace")
    ssm = server.client("ssm")
    ssm.put_parameter(Name="/crash/secret", Value="marzipan-tulip", Type="SecureString", Overwrite=True)
    server.kill()
    server.start()
    assert ssm.get_parameter(Name="/crash/secret", WithDecryption=True)["Parameter"]["Value"] == "marzipan-tulip"
    server.stop()
    for path in [path for path in server.data.rglob("*") if path.is_file()] + [server.log]:
        assert b"marzipan-tulip" not in path.read_bytes(), path


def test_what_is_not_served_says_so(ssm):
    with pytest.raises(ClientError) as failure:
        ssm.list_documents()
    assert failure.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
