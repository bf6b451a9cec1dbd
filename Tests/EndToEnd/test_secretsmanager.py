"""Secrets Manager as boto3 sees it."""

import uuid

import pytest
from botocore.exceptions import ClientError

ROTATOR = """
import boto3, os

def handler(event, context):
    secrets = boto3.client("secretsmanager", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    arn, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    if step == "createSecret":
        secrets.put_secret_value(SecretId=arn, ClientRequestToken=token, SecretString="rotated", VersionStages=["AWSPENDING"])
    if step == "finishSecret":
        stages = secrets.describe_secret(SecretId=arn)["VersionIdsToStages"]
        current = next(version for version, names in stages.items() if "AWSCURRENT" in names)
        secrets.update_secret_version_stage(
            SecretId=arn, VersionStage="AWSCURRENT", MoveToVersionId=token, RemoveFromVersionId=current)
"""


def code_of(failure):
    return failure.value.response["Error"]["Code"]


@pytest.fixture
def secrets(client):
    return client("secretsmanager")


@pytest.fixture
def name():
    return f"app/{uuid.uuid4().hex}"


def test_versions_and_stages(secrets, name):
    made = secrets.create_secret(Name=name, SecretString="v1")
    put = secrets.put_secret_value(SecretId=made["ARN"], SecretString="v2")
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "v2"
    assert secrets.get_secret_value(SecretId=made["ARN"][:-7], VersionStage="AWSPREVIOUS")["SecretString"] == "v1"
    assert secrets.describe_secret(SecretId=name)["VersionIdsToStages"] == {
        made["VersionId"]: ["AWSPREVIOUS"], put["VersionId"]: ["AWSCURRENT"]}
    secrets.update_secret_version_stage(
        SecretId=name, VersionStage="AWSCURRENT", MoveToVersionId=made["VersionId"], RemoveFromVersionId=put["VersionId"])
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "v1"
    assert len(secrets.list_secret_version_ids(SecretId=name)["Versions"]) == 2
    secrets.update_secret(SecretId=name, SecretBinary=b"\x00\x01", Description="bytes")
    assert secrets.get_secret_value(SecretId=name)["SecretBinary"] == b"\x00\x01"


def test_secrets_are_listed_and_read_in_batches(secrets, name):
    arn = secrets.create_secret(Name=name, SecretString="x", Tags=[{"Key": "name", "Value": name}])["ARN"]
    filters = [{"Key": "tag-value", "Values": [name]}]
    assert [s["ARN"] for s in secrets.list_secrets(Filters=filters)["SecretList"]] == [arn]
    batch = secrets.batch_get_secret_value(SecretIdList=[name, "none"])
    assert [s["SecretString"] for s in batch["SecretValues"]] == ["x"]
    assert [e["ErrorCode"] for e in batch["Errors"]] == ["ResourceNotFoundException"]
    secrets.untag_resource(SecretId=name, TagKeys=["name"])
    secrets.tag_resource(SecretId=name, Tags=[{"Key": "a", "Value": "b"}])
    assert secrets.describe_secret(SecretId=name)["Tags"] == [{"Key": "a", "Value": "b"}]


def test_deletion_and_restoring(secrets, name):
    secrets.create_secret(Name=name, SecretString="x")
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    with pytest.raises(ClientError) as failure:
        secrets.get_secret_value(SecretId=name)
    assert code_of(failure) == "InvalidRequestException"
    secrets.restore_secret(SecretId=name)
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "x"
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    with pytest.raises(ClientError) as failure:
        secrets.describe_secret(SecretId=name)
    assert code_of(failure) == "ResourceNotFoundException"


def test_a_lambda_function_rotates_by_the_clock(new_server, apus, zip_of):
    server = new_server("--ephemeral")
    functions, secrets = server.client("lambda"), server.client("secretsmanager")
    arn = functions.create_function(
        FunctionName="rotate", Runtime="python3.11", Role="arn:aws:iam::000000000000:role/r", Handler="app.handler",
        Timeout=60, Code={"ZipFile": zip_of({"app.py": ROTATOR})})["FunctionArn"]
    functions.add_permission(FunctionName="rotate", StatementId="secrets", Action="lambda:InvokeFunction",
                             Principal="secretsmanager.amazonaws.com")
    first = secrets.create_secret(Name="s", SecretString="v1")["VersionId"]
    token = secrets.rotate_secret(
        SecretId="s", RotationLambdaARN=arn, RotationRules={"AutomaticallyAfterDays": 10})["VersionId"]
    while "LastRotatedDate" not in (described := secrets.describe_secret(SecretId="s")):
        pass
    assert described["VersionIdsToStages"][first] == ["AWSPREVIOUS"]
    assert secrets.get_secret_value(SecretId="s", VersionId=token)["SecretString"] == "rotated"
    apus("clock", "advance", "10d", "--endpoint", server.endpoint)
    while secrets.get_secret_value(SecretId="s")["VersionId"] == token:
        pass
    secrets.cancel_rotate_secret(SecretId="s")
    assert not secrets.describe_secret(SecretId="s")["RotationEnabled"]


def test_replicas_follow(server, secrets, name):
    west = server.client("secretsmanager", region="eu-west-1")
    secrets.create_secret(Name=name, SecretString="v1", AddReplicaRegions=[{"Region": "eu-west-1"}])

    def wait():
        while secrets.describe_secret(SecretId=name)["ReplicationStatus"][0]["Status"] != "InSync":
            pass
    wait()
    assert west.get_secret_value(SecretId=name)["SecretString"] == "v1"
    secrets.put_secret_value(SecretId=name, SecretString="v2")
    wait()
    assert west.get_secret_value(SecretId=name)["SecretString"] == "v2"
    secrets.remove_regions_from_replication(SecretId=name, RemoveReplicaRegions=["eu-west-1"])
    secrets.replicate_secret_to_regions(SecretId=name, AddReplicaRegions=[{"Region": "eu-west-1"}])
    wait()
    west.stop_replication_to_replica(SecretId=name)
    assert "PrimaryRegion" not in west.describe_secret(SecretId=name)


def test_policies_and_passwords(secrets, name):
    secrets.create_secret(Name=name, SecretString="x")
    policy = ('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},'
              '"Action":"secretsmanager:GetSecretValue","Resource":"*"}]}')
    assert not secrets.validate_resource_policy(ResourcePolicy=policy)["PolicyValidationPassed"]
    secrets.put_resource_policy(SecretId=name, ResourcePolicy=policy)
    assert secrets.get_resource_policy(SecretId=name)["ResourcePolicy"] == policy
    secrets.delete_resource_policy(SecretId=name)
    assert "ResourcePolicy" not in secrets.get_resource_policy(SecretId=name)
    assert len(secrets.get_random_password(PasswordLength=20)["RandomPassword"]) == 20


def test_values_outlive_a_crash_and_are_nowhere_in_clear(new_server, database):
    server = new_server(*database, "--log-level", "trace")
    secrets = server.client("secretsmanager")
    name = uuid.uuid4().hex
    secrets.create_secret(Name=name, SecretString="marzipan-rose")
    with pytest.raises(ClientError) as failure:
        secrets.create_secret(Name=name, SecretString="marzipan-rose")
    assert "marzipan" not in str(failure.value)
    server.kill()
    server.start()
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "marzipan-rose"
    server.stop()
    for path in [path for path in server.data.rglob("*") if path.is_file()] + [server.log]:
        assert b"marzipan-rose" not in path.read_bytes(), path
