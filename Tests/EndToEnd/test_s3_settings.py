"""The settings of buckets, and what they do, over the wire."""

import base64
import hashlib
import hmac
import io
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zipfile

import pytest
import requests
from botocore.exceptions import ClientError


@pytest.fixture
def s3(client):
    return client("s3", account="test")


@pytest.fixture
def bucket(s3):
    name = f"bucket-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture
def open_bucket(s3, bucket):
    """A bucket whose public access nothing blocks, and whose access control lists count."""
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    return bucket


def refused(expected, call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    assert error.value.response["Error"]["Code"] == expected
    return error.value.response["Error"]


def test_a_new_bucket_has_todays_defaults(s3, bucket):
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerEnforced"}]
    rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "BucketOwner"
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=bucket)
    assert "Status" not in s3.get_bucket_accelerate_configuration(Bucket=bucket)
    assert "LambdaFunctionConfigurations" not in s3.get_bucket_notification_configuration(Bucket=bucket)
    for code, call in [
            ("NoSuchBucketPolicy", s3.get_bucket_policy), ("NoSuchBucketPolicy", s3.get_bucket_policy_status),
            ("NoSuchCORSConfiguration", s3.get_bucket_cors),
            ("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration),
            ("NoSuchTagSet", s3.get_bucket_tagging), ("NoSuchWebsiteConfiguration", s3.get_bucket_website),
            ("ReplicationConfigurationNotFoundError", s3.get_bucket_replication),
            ("ObjectLockConfigurationNotFoundError", s3.get_object_lock_configuration)]:
        refused(code, call, Bucket=bucket)


def test_settings_come_back_as_they_were_put(s3, bucket):
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "a", "Value": "b"}]
    s3.delete_bucket_tagging(Bucket=bucket)
    refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket=bucket)
    s3.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration={"Status": "Enabled"})
    assert s3.get_bucket_accelerate_configuration(Bucket=bucket)["Status"] == "Enabled"
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "Requester"})
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "Requester"
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={
        "LoggingEnabled": {"TargetBucket": bucket, "TargetPrefix": "log/"}})
    assert s3.get_bucket_logging(Bucket=bucket)["LoggingEnabled"] == {"TargetBucket": bucket, "TargetPrefix": "log/"}
    refused("InvalidTargetBucketForLogging", s3.put_bucket_logging, Bucket=bucket, BucketLoggingStatus={
        "LoggingEnabled": {"TargetBucket": "no-such-bucket-here", "TargetPrefix": ""}})
    encryption = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"},
                             "BucketKeyEnabled": True}]}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=encryption)
    assert s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"] == encryption
    s3.delete_bucket_encryption(Bucket=bucket)
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={"BlockPublicAcls": True})
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]["BlockPublicAcls"] is True
    s3.delete_bucket_ownership_controls(Bucket=bucket)
    refused("OwnershipControlsNotFoundError", s3.get_bucket_ownership_controls, Bucket=bucket)


@pytest.mark.parametrize("put,get,delete,listing,member,value", [
    ("put_bucket_metrics_configuration", "get_bucket_metrics_configuration", "delete_bucket_metrics_configuration",
     "list_bucket_metrics_configurations", "MetricsConfiguration", {"Filter": {"Prefix": "a"}}),
    ("put_bucket_analytics_configuration", "get_bucket_analytics_configuration", "delete_bucket_analytics_configuration",
     "list_bucket_analytics_configurations", "AnalyticsConfiguration", {"StorageClassAnalysis": {}}),
    ("put_bucket_inventory_configuration", "get_bucket_inventory_configuration", "delete_bucket_inventory_configuration",
     "list_bucket_inventory_configurations", "InventoryConfiguration", {
         "IsEnabled": True, "IncludedObjectVersions": "All", "Schedule": {"Frequency": "Daily"},
         "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::b", "Format": "CSV"}}}),
    ("put_bucket_intelligent_tiering_configuration", "get_bucket_intelligent_tiering_configuration",
     "delete_bucket_intelligent_tiering_configuration", "list_bucket_intelligent_tiering_configurations",
     "IntelligentTieringConfiguration", {
         "Status": "Enabled", "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}]}),
])
def test_configurations_with_names(s3, bucket, put, get, delete, listing, member, value):
    getattr(s3, put)(Bucket=bucket, Id="one", **{member: {"Id": "one", **value}})
    assert getattr(s3, get)(Bucket=bucket, Id="one")[member] == {"Id": "one", **value}
    assert [c["Id"] for c in getattr(s3, listing)(Bucket=bucket)[f"{member}List"]] == ["one"]
    getattr(s3, delete)(Bucket=bucket, Id="one")
    refused("NoSuchConfiguration", getattr(s3, get), Bucket=bucket, Id="one")


def test_policies(s3, bucket):
    def policy(**changes):
        return json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*",
            **changes}]})
    refused("AccessDenied", s3.put_bucket_policy, Bucket=bucket, Policy=policy())
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=policy())
    assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"]) == json.loads(policy())
    assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"] is True
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(Principal={"AWS": "arn:aws:iam::111122223333:root"}))
    assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"] is False
    refused("MissingRequestBodyError", s3.put_bucket_policy, Bucket=bucket, Policy="")
    for broken in ("no", "[]", "{}", policy(Resource="arn:aws:s3:::other/*"), policy(Effect="Maybe")):
        refused("MalformedPolicy", s3.put_bucket_policy, Bucket=bucket, Policy=broken)
    s3.delete_bucket_policy(Bucket=bucket)
    refused("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=bucket)


def test_access_control_lists(s3, bucket):
    refused("AccessControlListNotSupported", s3.put_object, Bucket=bucket, Key="k", ACL="public-read")
    refused("AccessControlListNotSupported", s3.put_bucket_acl, Bucket=bucket, ACL="public-read")
    s3.put_object(Bucket=bucket, Key="k", ACL="bucket-owner-full-control")
    assert [g["Permission"] for g in s3.get_object_acl(Bucket=bucket, Key="k")["Grants"]] == ["FULL_CONTROL"]
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    refused("AccessDenied", s3.put_object_acl, Bucket=bucket, Key="k", ACL="public-read")
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_object_acl(Bucket=bucket, Key="k", ACL="public-read")
    grants = s3.get_object_acl(Bucket=bucket, Key="k")["Grants"]
    assert {g["Grantee"].get("URI") for g in grants} == {None, "http://acs.amazonaws.com/groups/global/AllUsers"}
    s3.put_bucket_acl(Bucket=bucket, ACL="log-delivery-write")
    assert len(s3.get_bucket_acl(Bucket=bucket)["Grants"]) == 3
    acl = s3.get_bucket_acl(Bucket=bucket)
    s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy={"Owner": acl["Owner"], "Grants": acl["Grants"][:1]})
    assert s3.get_bucket_acl(Bucket=bucket)["Grants"] == acl["Grants"][:1]


def test_the_world_sees_what_it_is_let_see(s3, open_bucket, server):
    bucket, url = open_bucket, f"{server.endpoint}/{open_bucket}"
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    answer = requests.get(f"{url}/k")
    assert answer.status_code == 403 and "<Code>AccessDenied</Code>" in answer.text
    assert requests.get(url).status_code == 403 and requests.put(f"{url}/new", data=b"x").status_code == 403
    s3.put_object_acl(Bucket=bucket, Key="k", ACL="public-read")
    assert requests.get(f"{url}/k").text == "x"
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read-write")
    assert "<Key>k</Key>" in requests.get(url).text
    assert requests.put(f"{url}/new", data=b"y").status_code == 200
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={"IgnorePublicAcls": True})
    assert requests.get(f"{url}/k").status_code == 403
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/k"}]}))
    assert requests.get(f"{url}/k").text == "x" and requests.get(f"{url}/new").status_code == 403
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={
        "IgnorePublicAcls": True, "RestrictPublicBuckets": True})
    assert requests.get(f"{url}/k").status_code == 403


def test_cross_origin_rules(s3, bucket, server):
    url = f"{server.endpoint}/{bucket}/k"
    ask = {"Origin": "https://a.example.com", "Access-Control-Request-Method": "PUT",
           "Access-Control-Request-Headers": "x-amz-meta-a"}
    answer = requests.options(url, headers=ask)
    assert answer.status_code == 403 and "CORS is not enabled" in answer.text
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [{
        "AllowedOrigins": ["https://*.example.com"], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["x-amz-*"],
        "ExposeHeaders": ["ETag"], "MaxAgeSeconds": 60}]})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"][0]["MaxAgeSeconds"] == 60
    answer = requests.options(url, headers=ask)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "https://a.example.com"
    assert answer.headers["Access-Control-Allow-Headers"] == "x-amz-meta-a"
    assert answer.headers["Access-Control-Max-Age"] == "60"
    assert requests.options(url, headers={**ask, "Origin": "https://other.org"}).status_code == 403
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    signed = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})
    answer = requests.get(signed, headers={"Origin": "https://a.example.com"})
    assert answer.text == "x" and answer.headers["Access-Control-Expose-Headers"] == "ETag"
    assert "Access-Control-Allow-Origin" not in requests.get(signed, headers={"Origin": "https://other.org"}).headers
    s3.delete_bucket_cors(Bucket=bucket)
    refused("NoSuchCORSConfiguration", s3.get_bucket_cors, Bucket=bucket)


def website(server, bucket, path="/", **headers):
    host = f"{bucket}.s3-website.localhost:{server.port}"
    return requests.get(f"{server.endpoint}{path}", headers={"Host": host, **headers}, allow_redirects=False)


def test_websites(s3, open_bucket, server):
    bucket = open_bucket
    assert "NoSuchWebsiteConfiguration" in website(server, bucket).text
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}]}))
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration={
        "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"},
        "RoutingRules": [
            {"Condition": {"KeyPrefixEquals": "old/"}, "Redirect": {"ReplaceKeyPrefixWith": "new/"}},
            {"Condition": {"HttpErrorCodeReturnedEquals": "404", "KeyPrefixEquals": "spa/"},
             "Redirect": {"ReplaceKeyWith": "index.html", "HttpRedirectCode": "302"}}]})
    assert s3.get_bucket_website(Bucket=bucket)["IndexDocument"] == {"Suffix": "index.html"}
    for key in ("index.html", "docs/index.html", "error.html"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode(), ContentType="text/html")
    s3.put_object(Bucket=bucket, Key="moved", WebsiteRedirectLocation="/docs/")
    answer = website(server, bucket)
    assert (answer.status_code, answer.text, answer.headers["Content-Type"]) == (200, "index.html", "text/html")
    assert website(server, bucket, "/docs/").text == "docs/index.html"
    answer = website(server, bucket, "/docs")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/docs/")
    answer = website(server, bucket, "/nothing")
    assert (answer.status_code, answer.text) == (404, "error.html")
    answer = website(server, bucket, "/old/a")
    assert answer.status_code == 301 and answer.headers["Location"].endswith("/new/a")
    answer = website(server, bucket, "/spa/a")
    assert answer.status_code == 302 and answer.headers["Location"].endswith("/index.html")
    assert website(server, bucket, "/moved").headers["Location"] == "/docs/"
    tag = website(server, bucket).headers["ETag"]
    assert website(server, bucket, **{"If-None-Match": tag}).status_code == 304
    s3.delete_bucket_website(Bucket=bucket)
    assert website(server, bucket).status_code == 404


def test_object_lock(s3):
    bucket = f"locked-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration={
        "ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}})
    assert s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]["Rule"][
        "DefaultRetention"]["Days"] == 1
    version = s3.put_object(Bucket=bucket, Key="k", Body=b"x")["VersionId"]
    assert s3.get_object_retention(Bucket=bucket, Key="k")["Retention"]["Mode"] == "GOVERNANCE"
    assert s3.head_object(Bucket=bucket, Key="k")["ObjectLockMode"] == "GOVERNANCE"
    refused("AccessDenied", s3.delete_object, Bucket=bucket, Key="k", VersionId=version)
    s3.put_object_legal_hold(Bucket=bucket, Key="k", LegalHold={"Status": "ON"})
    assert s3.get_object_legal_hold(Bucket=bucket, Key="k")["LegalHold"]["Status"] == "ON"
    refused("AccessDenied", s3.delete_object, Bucket=bucket, Key="k", VersionId=version, BypassGovernanceRetention=True)
    s3.put_object_legal_hold(Bucket=bucket, Key="k", LegalHold={"Status": "OFF"})
    refused("AccessDenied", s3.put_object_retention, Bucket=bucket, Key="k", Retention={
        "Mode": "GOVERNANCE", "RetainUntilDate": time.time() + 60})
    s3.put_object_retention(Bucket=bucket, Key="k", Retention={
        "Mode": "GOVERNANCE", "RetainUntilDate": time.time() + 60}, BypassGovernanceRetention=True)
    s3.delete_object(Bucket=bucket, Key="k", VersionId=version, BypassGovernanceRetention=True)
    s3.put_object(Bucket=bucket, Key="c", Body=b"x", ObjectLockMode="COMPLIANCE",
                  ObjectLockRetainUntilDate=time.time() + 3600)
    version = s3.head_object(Bucket=bucket, Key="c")["VersionId"]
    refused("AccessDenied", s3.delete_object, Bucket=bucket, Key="c", VersionId=version, BypassGovernanceRetention=True)
    assert s3.delete_object(Bucket=bucket, Key="c")["DeleteMarker"] is True


def test_archived_objects_are_restored(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", StorageClass="GLACIER")
    refused("InvalidObjectState", s3.get_object, Bucket=bucket, Key="k")
    s3.restore_object(Bucket=bucket, Key="k", RestoreRequest={"Days": 2})
    assert 'ongoing-request="false"' in s3.head_object(Bucket=bucket, Key="k")["Restore"]
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"
    refused("InvalidStorageClass", s3.put_object, Bucket=bucket, Key="k", StorageClass="NONE")


KEY = os.urandom(32)


@pytest.mark.parametrize("size", [0, 10, 70_000, 300_000])
def test_keys_of_the_customers(s3, bucket, size):
    body = os.urandom(size)
    customer = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
    put = s3.put_object(Bucket=bucket, Key="k", Body=body, **customer)
    assert put["SSECustomerKeyMD5"] == base64.b64encode(hashlib.md5(KEY).digest()).decode()
    assert s3.get_object(Bucket=bucket, Key="k", **customer)["Body"].read() == body
    refused("InvalidRequest", s3.get_object, Bucket=bucket, Key="k")
    with pytest.raises(ClientError):
        s3.head_object(Bucket=bucket, Key="k")
    refused("AccessDenied", s3.get_object, Bucket=bucket, Key="k", SSECustomerAlgorithm="AES256",
            SSECustomerKey=os.urandom(32))
    s3.copy_object(Bucket=bucket, Key="plain", CopySource=f"{bucket}/k", CopySourceSSECustomerAlgorithm="AES256",
                   CopySourceSSECustomerKey=KEY)
    assert s3.get_object(Bucket=bucket, Key="plain")["Body"].read() == body
    if size:
        assert s3.get_object(Bucket=bucket, Key="k", Range="bytes=1-5", **customer)["Body"].read() == body[1:6]


def test_keys_of_kms(s3, bucket, client):
    kms = client("kms", account="test")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"secret", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    assert put["SSEKMSKeyId"] == key
    got = s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == b"secret" and got["ServerSideEncryption"] == "aws:kms"
    s3.put_object(Bucket=bucket, Key="managed", Body=b"x", ServerSideEncryption="aws:kms")
    assert s3.get_object(Bucket=bucket, Key="managed")["Body"].read() == b"x"
    upload = s3.create_multipart_upload(Bucket=bucket, Key="m", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    tag = s3.upload_part(Bucket=bucket, Key="m", UploadId=upload["UploadId"], PartNumber=1, Body=b"part")["ETag"]
    s3.complete_multipart_upload(Bucket=bucket, Key="m", UploadId=upload["UploadId"], MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": tag}]})
    assert s3.get_object(Bucket=bucket, Key="m")["Body"].read() == b"part"
    kms.disable_key(KeyId=key)
    refused("KMS.DisabledException", s3.get_object, Bucket=bucket, Key="k")
    refused("KMS.NotFoundException", s3.put_object, Bucket=bucket, Key="k", ServerSideEncryption="aws:kms",
            SSEKMSKeyId=str(uuid.uuid4()))


def test_bytes_on_disk_are_sealed(new_server, database):
    running = new_server(*database)
    s3 = running.client("s3")
    s3.create_bucket(Bucket="sealed-bucket")
    s3.put_object(Bucket="sealed-bucket", Key="small", Body=b"a word in clear")
    s3.put_object(Bucket="sealed-bucket", Key="large", Body=b"a word in clear" * 10_000)
    files = [path for path in running.data.rglob("*") if path.is_file()]
    assert not any(b"word in clear" in path.read_bytes() for path in files)
    blob = max((path for path in (running.data / "objects").rglob("*") if path.is_file()), key=lambda p: p.stat().st_size)
    damaged = bytearray(blob.read_bytes())
    damaged[100] ^= 1
    blob.write_bytes(damaged)
    with pytest.raises(Exception):
        s3.get_object(Bucket="sealed-bucket", Key="large")["Body"].read()


def test_forms_of_browsers(s3, bucket, server):
    post = s3.generate_presigned_post(bucket, "up/${filename}", Fields={"acl": "private", "x-amz-meta-a": "b"}, Conditions=[
        {"acl": "private"}, {"x-amz-meta-a": "b"}, ["content-length-range", 1, 100_000]])
    answer = requests.post(post["url"], data=post["fields"], files={"file": ("a.txt", b"hello")})
    assert answer.status_code == 204, answer.text
    got = s3.get_object(Bucket=bucket, Key="up/a.txt")
    assert got["Body"].read() == b"hello" and got["Metadata"] == {"a": "b"}
    assert requests.post(post["url"], data=post["fields"], files={"file": ("a.txt", b"")}).status_code == 400
    large = os.urandom(100_001)
    assert "EntityTooLarge" in requests.post(post["url"], data=post["fields"], files={"file": ("a.txt", large)}).text
    body = os.urandom(99_000)
    assert requests.post(post["url"], data=post["fields"], files={"file": ("big", body)}).status_code == 204
    assert s3.get_object(Bucket=bucket, Key="up/big")["Body"].read() == body
    answer = requests.post(post["url"], data={**post["fields"], "key": "other"}, files={"file": ("a", b"x")})
    assert answer.status_code == 403 and "Policy Condition failed" in answer.text
    answer = requests.post(post["url"], data={**post["fields"], "extra": "1"}, files={"file": ("a", b"x")})
    assert answer.status_code == 403 and "Extra input fields: extra" in answer.text
    signature = "x-amz-signature" if "x-amz-signature" in post["fields"] else "signature"
    answer = requests.post(post["url"], data={**post["fields"], signature: "0" * 64}, files={"file": ("a", b"x")})
    assert answer.status_code == 403 and "SignatureDoesNotMatch" in answer.text
    expired = s3.generate_presigned_post(bucket, "k", ExpiresIn=-10)
    assert "Policy expired" in requests.post(expired["url"], data=expired["fields"], files={"file": b"x"}).text
    post = s3.generate_presigned_post(bucket, "k", Fields={"success_action_status": "201"}, Conditions=[
        {"success_action_status": "201"}])
    answer = requests.post(post["url"], data=post["fields"], files={"file": b"x"})
    assert answer.status_code == 201 and "<PostResponse><Location>" in answer.text


def test_replication(s3):
    source, target = (f"{kind}-{uuid.uuid4().hex[:12]}" for kind in ("source", "target"))
    for name in (source, target):
        s3.create_bucket(Bucket=name)
    rules = {"Role": "arn:aws:iam::000000000000:role/r", "Rules": [{
        "ID": "all", "Priority": 1, "Status": "Enabled", "Filter": {"Prefix": "a/"},
        "DeleteMarkerReplication": {"Status": "Enabled"}, "Destination": {"Bucket": f"arn:aws:s3:::{target}"}}]}
    refused("InvalidRequest", s3.put_bucket_replication, Bucket=source, ReplicationConfiguration=rules)
    for name in (source, target):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_replication(Bucket=source, ReplicationConfiguration=rules)
    assert s3.get_bucket_replication(Bucket=source)["ReplicationConfiguration"]["Rules"][0]["ID"] == "all"
    body = os.urandom(100_000)
    version = s3.put_object(Bucket=source, Key="a/k", Body=body)["VersionId"]
    s3.put_object(Bucket=source, Key="b/k", Body=b"x")
    assert until(lambda: s3.head_object(Bucket=source, Key="a/k")["ReplicationStatus"] == "COMPLETED")
    got = s3.get_object(Bucket=target, Key="a/k")
    assert got["Body"].read() == body and got["VersionId"] == version and got["ReplicationStatus"] == "REPLICA"
    s3.delete_object(Bucket=source, Key="a/k")
    assert until(lambda: "DeleteMarkers" in s3.list_object_versions(Bucket=target))
    assert "ReplicationStatus" not in s3.head_object(Bucket=source, Key="b/k")
    s3.delete_bucket_replication(Bucket=source)


def until(condition, seconds=20):
    """Whether `condition` comes true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_functions_are_told(s3, bucket, client, zip_of):
    functions = client("lambda", account="test")
    name = f"told-{uuid.uuid4().hex[:8]}"
    arn = functions.create_function(
        FunctionName=name, Runtime="python3.11", Handler="f.handler", Role="arn:aws:iam::000000000000:role/r",
        Code={"ZipFile": zip_of({"f.py": """
            import json
            def handler(event, context):
                print("told", json.dumps(event["Records"][0]))
        """})})["FunctionArn"]
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
        "LambdaFunctionConfigurations": [{
            "Id": "one", "LambdaFunctionArn": arn, "Events": ["s3:ObjectCreated:*"],
            "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".txt"}]}}}]})
    found = s3.get_bucket_notification_configuration(Bucket=bucket)["LambdaFunctionConfigurations"]
    assert found[0]["Id"] == "one" and found[0]["LambdaFunctionArn"] == arn
    s3.put_object(Bucket=bucket, Key="out.txt", Body=b"x")
    s3.put_object(Bucket=bucket, Key="in/a b.txt", Body=b"hello")
    logs = client("logs", account="test")

    def told():
        try:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}", filterPattern="told")["events"]
        except ClientError:
            return []
        return [json.loads(e["message"].split("told ", 1)[1]) for e in events]
    assert until(lambda: told())
    record, = told()
    assert record["eventName"] == "ObjectCreated:Put" and record["eventSource"] == "aws:s3"
    assert record["s3"]["bucket"]["name"] == bucket and record["s3"]["configurationId"] == "one"
    assert record["s3"]["object"]["key"] == "in/a+b.txt" and record["s3"]["object"]["size"] == 5
    assert record["s3"]["object"]["eTag"] == hashlib.md5(b"hello").hexdigest()
    refused("InvalidArgument", s3.put_bucket_notification_configuration, Bucket=bucket, NotificationConfiguration={
        "LambdaFunctionConfigurations": [{"LambdaFunctionArn": arn, "Events": ["s3:Nothing:*"]}]})


def test_lifecycles(new_server, database):
    running = new_server(*database)
    s3 = running.client("s3")
    bucket = "living-bucket"
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    refused("InvalidArgument", s3.put_bucket_lifecycle_configuration, Bucket=bucket, LifecycleConfiguration={
        "Rules": [{"Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 0}}]})
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [
        {"ID": "gone", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 2},
         "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
         "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}},
        {"ID": "cold", "Status": "Enabled", "Filter": {"Tag": {"Key": "cold", "Value": "yes"}},
         "Transitions": [{"Days": 1, "StorageClass": "GLACIER"}]},
        {"ID": "off", "Status": "Disabled", "Filter": {"Prefix": "kept"}, "Expiration": {"Days": 1}}]})
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert [r["ID"] for r in rules] == ["gone", "cold", "off"]
    s3.put_object(Bucket=bucket, Key="tmp/a", Body=b"1")
    s3.put_object(Bucket=bucket, Key="kept", Body=b"1")
    s3.put_object(Bucket=bucket, Key="ice", Body=b"1", Tagging="cold=yes")
    upload = s3.create_multipart_upload(Bucket=bucket, Key="tmp/m")["UploadId"]
    assert 'rule-id="gone"' in s3.head_object(Bucket=bucket, Key="tmp/a")["Expiration"]
    advance(running, "4d")
    assert until(lambda: "DeleteMarkers" in s3.list_object_versions(Bucket=bucket, Prefix="tmp/"))
    assert s3.head_object(Bucket=bucket, Key="ice")["StorageClass"] == "GLACIER"
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["ice", "kept"]
    with pytest.raises(ClientError):
        s3.list_parts(Bucket=bucket, Key="tmp/m", UploadId=upload)
    advance(running, "3d")
    # The version that the marker hides goes, and then the marker, which hides nothing any more.
    assert until(lambda: "Versions" not in s3.list_object_versions(Bucket=bucket, Prefix="tmp/"))
    advance(running, "3d")
    assert until(lambda: "DeleteMarkers" not in s3.list_object_versions(Bucket=bucket, Prefix="tmp/"))
    s3.delete_bucket_lifecycle(Bucket=bucket)


def advance(running, duration):
    request = urllib.request.Request(f"{running.endpoint}/_apus/clock", method="POST",
                                     data=json.dumps({"advance": duration}).encode(),
                                     headers={"Content-Type": "application/json"})
    urllib.request.urlopen(request)
