"""KMS as boto3 sees it."""

import hashlib
import json
import subprocess
import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError


def code_of(failure):
    return failure.value.response["Error"]["Code"]


@pytest.fixture
def kms(client):
    return client("kms")


@pytest.fixture
def key(kms):
    return kms.create_key()["KeyMetadata"]["KeyId"]


def test_a_key_encrypts_under_its_alias_and_context(kms, key):
    alias = f"alias/{uuid.uuid4().hex}"
    kms.create_alias(AliasName=alias, TargetKeyId=key)
    blob = kms.encrypt(KeyId=alias, Plaintext=b"hello", EncryptionContext={"a": "b"})["CiphertextBlob"]
    answer = kms.decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"})
    assert answer["Plaintext"] == b"hello"
    assert answer["KeyId"] == f"arn:aws:kms:us-east-1:000000000000:key/{key}"
    with pytest.raises(ClientError) as failure:
        kms.decrypt(CiphertextBlob=blob)
    assert code_of(failure) == "InvalidCiphertextException"
    other = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.update_alias(AliasName=alias, TargetKeyId=other)
    assert kms.describe_key(KeyId=alias)["KeyMetadata"]["KeyId"] == other
    assert [a["AliasName"] for a in kms.list_aliases(KeyId=other)["Aliases"]] == [alias]
    kms.delete_alias(AliasName=alias)


def test_data_keys_are_opened_again(kms, key):
    made = kms.generate_data_key(KeyId=key, KeySpec="AES_256")
    assert kms.decrypt(CiphertextBlob=made["CiphertextBlob"])["Plaintext"] == made["Plaintext"]
    assert len(made["Plaintext"]) == 32
    blind = kms.generate_data_key_without_plaintext(KeyId=key, NumberOfBytes=20)
    assert len(kms.decrypt(CiphertextBlob=blind["CiphertextBlob"])["Plaintext"]) == 20
    moved = kms.re_encrypt(CiphertextBlob=blind["CiphertextBlob"], DestinationKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    assert kms.decrypt(CiphertextBlob=moved["CiphertextBlob"], KeyId=moved["KeyId"])["Plaintext"]
    assert len(kms.generate_random(NumberOfBytes=9)["Plaintext"]) == 9


def openssl(tmp_path, *arguments, **files):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return subprocess.run(["openssl", *arguments], cwd=tmp_path, capture_output=True)


@pytest.mark.parametrize("spec, algorithm, options", [
    ("RSA_3072", "RSASSA_PKCS1_V1_5_SHA_256", []),
    ("RSA_2048", "RSASSA_PSS_SHA_256", ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"]),
    ("ECC_NIST_P256", "ECDSA_SHA_256", []),
])
def test_openssl_verifies_what_is_signed(kms, tmp_path, spec, algorithm, options):
    key = kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    digest = hashlib.sha256(b"message").digest()
    signature = kms.sign(KeyId=key, Message=digest, MessageType="DIGEST", SigningAlgorithm=algorithm)["Signature"]
    result = openssl(
        tmp_path, "dgst", "-sha256", "-verify", "key", "-keyform", "DER", *options, "-signature", "signature", "message",
        key=kms.get_public_key(KeyId=key)["PublicKey"], signature=signature, message=b"message")
    assert result.returncode == 0, result.stderr
    assert kms.verify(KeyId=key, Message=b"message", Signature=signature, SigningAlgorithm=algorithm)["SignatureValid"]
    with pytest.raises(ClientError) as failure:
        kms.verify(KeyId=key, Message=b"other", Signature=signature, SigningAlgorithm=algorithm)
    assert code_of(failure) == "KMSInvalidSignatureException"


def test_openssl_encrypts_for_an_rsa_key(kms, tmp_path):
    key = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["KeyId"]
    result = openssl(
        tmp_path, "pkeyutl", "-encrypt", "-pubin", "-inkey", "key", "-keyform", "DER", "-in", "plain",
        "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha256",
        key=kms.get_public_key(KeyId=key)["PublicKey"], plain=b"hello")
    assert result.returncode == 0, result.stderr
    answer = kms.decrypt(KeyId=key, CiphertextBlob=result.stdout, EncryptionAlgorithm="RSAES_OAEP_SHA_256")
    assert answer["Plaintext"] == b"hello"


def test_codes_and_shared_secrets(kms):
    key = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["KeyId"]
    mac = kms.generate_mac(KeyId=key, Message=b"m", MacAlgorithm="HMAC_SHA_256")["Mac"]
    assert kms.verify_mac(KeyId=key, Message=b"m", MacAlgorithm="HMAC_SHA_256", Mac=mac)["MacValid"]
    one, two = (kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT")["KeyMetadata"]["KeyId"] for _ in "ab")
    secrets = {
        kms.derive_shared_secret(KeyId=own, KeyAgreementAlgorithm="ECDH",
                                 PublicKey=kms.get_public_key(KeyId=other)["PublicKey"])["SharedSecret"]
        for own, other in [(one, two), (two, one)]}
    assert len(secrets) == 1


def test_a_key_rotates_and_dies_by_the_clock(new_server, apus):
    server = new_server("--ephemeral")
    kms = server.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    blob = kms.encrypt(KeyId=key, Plaintext=b"old")["CiphertextBlob"]
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=90)
    apus("clock", "advance", "90d", "--endpoint", server.endpoint)
    while not kms.list_key_rotations(KeyId=key)["Rotations"]:
        pass
    assert kms.list_key_rotations(KeyId=key)["Rotations"][0]["RotationType"] == "AUTOMATIC"
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"old"
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    apus("clock", "advance", "7d", "--endpoint", server.endpoint)
    while kms.list_keys()["Keys"]:
        pass
    with pytest.raises(ClientError) as failure:
        kms.decrypt(CiphertextBlob=blob)
    assert code_of(failure) == "AccessDeniedException"


def test_keys_outlive_a_crash_and_need_their_root_key(new_server, database):
    server = new_server(*database)
    kms = server.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    blob = kms.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
    server.kill()
    server.start()
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"hello"
    server.kill()
    root_key = server.data.parent / "other.key"
    root_key.write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    server.arguments = (*server.arguments, "--root-key", str(root_key))
    with pytest.raises(RuntimeError, match="sealed with another root key"):
        server.start()


def test_secrets_are_nowhere_in_clear(new_server, database):
    server = new_server(*database, "--log-level", "trace")
    kms = server.client("kms")
    plaintext = b"correct-horse-battery-staple"
    key = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]["KeyId"]
    parameters = kms.get_parameters_for_import(
        KeyId=key, WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048")
    material = b"0123456789abcdefFEDCBA9876543210"
    wrapped = openssl(
        server.data.parent, "pkeyutl", "-encrypt", "-pubin", "-inkey", "key", "-keyform", "DER", "-in", "plain",
        "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha256",
        key=parameters["PublicKey"], plain=material).stdout
    (server.data.parent / "plain").unlink()
    kms.import_key_material(KeyId=key, ImportToken=parameters["ImportToken"], EncryptedKeyMaterial=wrapped,
                            ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE")
    blob = kms.encrypt(KeyId=key, Plaintext=plaintext)["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == plaintext
    with pytest.raises(ClientError):
        kms.encrypt(KeyId="alias/none", Plaintext=plaintext)
    data_key = kms.generate_data_key(KeyId=key, KeySpec="AES_256")["Plaintext"]
    server.stop()
    files = [path for path in server.data.rglob("*") if path.is_file()] + [server.log]
    assert database or any(path.name.startswith("kms") for path in files)
    for path in files:
        content = path.read_bytes()
        for secret in [plaintext, material, data_key, material.hex().encode()]:
            assert secret not in content, path
    if not database:
        assert (server.data / "root.key").stat().st_mode & 0o777 == 0o600


def test_regions_share_a_key(server, kms):
    key = kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    kms.replicate_key(KeyId=key, ReplicaRegion="eu-west-1")
    blob = kms.encrypt(KeyId=key, Plaintext=b"far")["CiphertextBlob"]
    assert server.client("kms", region="eu-west-1").decrypt(CiphertextBlob=blob)["Plaintext"] == b"far"


def test_what_is_not_served_says_so(kms):
    with pytest.raises(ClientError) as failure:
        kms.describe_custom_key_stores()
    assert failure.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501


@pytest.fixture(scope="module")
def guarded(new_server):
    """A server on which policies are enforced."""
    return new_server("--ephemeral", "--iam", "enforce")


def user_of(server, *actions):
    """Makes a user who may do `actions`: his ARN, and a function that makes his clients."""
    iam, name = server.client("iam"), f"user-{uuid.uuid4().hex[:8]}"
    arn = iam.create_user(UserName=name)["User"]["Arn"]
    if actions:
        statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [statement]}))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return arn, lambda service: boto3.client(
        service, endpoint_url=server.endpoint, region_name="us-east-1", aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"], config=Config(retries={"max_attempts": 0}))


def is_denied(call, **arguments):
    with pytest.raises(ClientError) as failure:
        call(**arguments)
    return code_of(failure) == "AccessDeniedException"


def test_the_key_policy_and_grants_decide(guarded):
    admin = guarded.client("kms")
    key = admin.create_key()["KeyMetadata"]["KeyId"]
    arn, nobody = user_of(guarded)
    _, somebody = user_of(guarded, "kms:Encrypt", "kms:Decrypt")
    assert is_denied(nobody("kms").encrypt, KeyId=key, Plaintext=b"x")
    blob = somebody("kms").encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"a": "b"})["CiphertextBlob"]
    # The policy no longer leaves the decision to IAM.
    root = "arn:aws:iam::000000000000:root"
    statement = {"Effect": "Allow", "Principal": {"AWS": root}, "Resource": "*", "Action": [
        "kms:PutKeyPolicy", "kms:CreateGrant", "kms:RevokeGrant", "kms:Describe*"]}
    admin.put_key_policy(KeyId=key, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    assert is_denied(somebody("kms").decrypt, CiphertextBlob=blob, EncryptionContext={"a": "b"})
    grant = admin.create_grant(KeyId=key, GranteePrincipal=arn, Operations=["Decrypt"],
                               Constraints={"EncryptionContextEquals": {"a": "b"}})
    assert nobody("kms").decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"})["Plaintext"] == b"x"
    assert is_denied(nobody("kms").encrypt, KeyId=key, Plaintext=b"x")
    admin.revoke_grant(KeyId=key, GrantId=grant["GrantId"])
    assert is_denied(nobody("kms").decrypt, CiphertextBlob=blob, EncryptionContext={"a": "b"})


def test_the_keys_of_services_serve_through_them_alone(guarded):
    _, user = user_of(guarded, "ssm:PutParameter", "ssm:GetParameter", "secretsmanager:*")
    user("ssm").put_parameter(Name="/guarded", Value="x", Type="SecureString")
    assert user("ssm").get_parameter(Name="/guarded", WithDecryption=True)["Parameter"]["Value"] == "x"
    user("secretsmanager").create_secret(Name="guarded", SecretString="x")
    assert user("secretsmanager").get_secret_value(SecretId="guarded")["SecretString"] == "x"
    assert is_denied(user("kms").encrypt, KeyId="alias/aws/ssm", Plaintext=b"x")
    _, other = user_of(guarded, "kms:*")
    assert is_denied(other("ssm").get_parameter, Name="/guarded", WithDecryption=True)
