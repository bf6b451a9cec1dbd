"""S3 over the wire: boto3 against the real binary."""

import base64
import hashlib
import io
import os
import urllib.error
import urllib.request
import uuid

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError


@pytest.fixture
def s3(client):
    return client("s3")


@pytest.fixture
def bucket(s3):
    name = f"bucket-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=name)
    return name


def code(error):
    return error.value.response["Error"]["Code"]


def status(error):
    return error.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_buckets_are_made_listed_and_deleted(s3, bucket):
    assert bucket in [b["Name"] for b in s3.list_buckets()["Buckets"]]
    assert s3.head_bucket(Bucket=bucket)["BucketRegion"] == "us-east-1"
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    with pytest.raises(ClientError) as error:
        s3.delete_bucket(Bucket=bucket)
    assert code(error) == "BucketNotEmpty"
    s3.delete_object(Bucket=bucket, Key="k")
    s3.delete_bucket(Bucket=bucket)
    with pytest.raises(ClientError) as error:
        s3.head_bucket(Bucket=bucket)
    assert status(error) == 404


def test_buckets_are_listed_page_by_page(client):
    s3 = client("s3", account="222222222222")
    names = sorted(f"page-{uuid.uuid4().hex[:12]}" for _ in range(5))
    for name in names:
        s3.create_bucket(Bucket=name)
    first = s3.list_buckets(MaxBuckets=3)
    rest = s3.list_buckets(MaxBuckets=3, ContinuationToken=first["ContinuationToken"])
    assert [b["Name"] for b in first["Buckets"] + rest["Buckets"]] == names
    assert first["Buckets"][0]["BucketRegion"] == "us-east-1"
    assert "ContinuationToken" not in rest


def test_regions_of_buckets(client):
    west = client("s3", region="eu-west-1")
    name = f"west-{uuid.uuid4().hex[:12]}"
    with pytest.raises(ClientError) as error:
        west.create_bucket(Bucket=name)
    assert code(error) == "IllegalLocationConstraintException"
    west.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert west.get_bucket_location(Bucket=name)["LocationConstraint"] == "eu-west-1"
    with pytest.raises(ClientError) as error:
        west.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert code(error) == "BucketAlreadyOwnedByYou"
    with pytest.raises(ClientError) as error:
        client("s3", account="333333333333").create_bucket(Bucket=name)
    assert code(error) == "BucketAlreadyExists"
    with pytest.raises(ClientError) as error:
        client("s3").create_bucket(Bucket="Not_A_Name" + name)
    assert code(error) == "InvalidBucketName"


@pytest.mark.parametrize("size", [0, 1, 1000, 64 * 1024, 64 * 1024 + 1, 3_000_000])
def test_an_object_comes_back_as_it_was_put(s3, bucket, size):
    body = os.urandom(size)
    put = s3.put_object(Bucket=bucket, Key="k", Body=body, ContentType="text/x", Metadata={"A": "b c"},
                        CacheControl="no-cache", ContentEncoding="gzip", ContentDisposition="inline")
    assert put["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'
    got = s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == body
    assert got["ContentLength"] == size and got["ContentType"] == "text/x" and got["Metadata"] == {"a": "b c"}
    assert got["CacheControl"] == "no-cache" and got["ContentEncoding"] == "gzip"
    head = s3.head_object(Bucket=bucket, Key="k")
    assert head["ContentLength"] == size and head["ETag"] == put["ETag"]
    assert "x-amz-request-id" in head["ResponseMetadata"]["HTTPHeaders"]
    assert "x-amz-id-2" in head["ResponseMetadata"]["HTTPHeaders"]


AWKWARD = ["a b", "a+b", "ü/ö", "..", "../../etc/passwd", "./.", "a//b", "/", "//", "trailing/", "%41", "a?b#c&d=e",
           "\u0001\u001f", "emoji-\U0001f600", "x" * 1024, "é" * 512, "<&>\"'", "a\\b", "~*!()'", "null", " "]


@pytest.mark.parametrize("key", AWKWARD)
def test_any_key_is_a_key(s3, bucket, key):
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == key.encode()
    s3.delete_object(Bucket=bucket, Key=key)
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "copy"}, {"Key": "never"}]})
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_a_key_is_at_most_1024_bytes(s3, bucket):
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="x" * 1025)
    assert code(error) == "KeyTooLongError"


def test_ranges(s3, bucket):
    for body in (b"0123456789", os.urandom(300_000)):
        s3.put_object(Bucket=bucket, Key="k", Body=body)
        for header, part in [("bytes=0-3", body[:4]), ("bytes=5-", body[5:]), ("bytes=-3", body[-3:]),
                             ("bytes=2-999999", body[2:])]:
            got = s3.get_object(Bucket=bucket, Key="k", Range=header)
            assert got["Body"].read() == part
            assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
            assert got["ContentRange"].endswith(f"/{len(body)}")
        with pytest.raises(ClientError) as error:
            s3.get_object(Bucket=bucket, Key="k", Range="bytes=999999-")
        assert code(error) == "InvalidRange" and status(error) == 416
        assert s3.get_object(Bucket=bucket, Key="k", Range="lines=1-2")["Body"].read() == body


def test_conditions_of_reads(s3, bucket):
    tag = s3.put_object(Bucket=bucket, Key="k", Body=b"x")["ETag"]
    modified = s3.head_object(Bucket=bucket, Key="k")["LastModified"]
    assert s3.get_object(Bucket=bucket, Key="k", IfMatch=tag)["ETag"] == tag
    for condition, expected in [({"IfMatch": '"no"'}, 412), ({"IfNoneMatch": tag}, 304),
                                ({"IfModifiedSince": modified}, 304), ({"IfUnmodifiedSince": "2000-01-01"}, 412)]:
        for call in (s3.get_object, s3.head_object):
            with pytest.raises(ClientError) as error:
                call(Bucket=bucket, Key="k", **condition)
            assert status(error) == expected


def test_conditions_of_writes(s3, bucket):
    tag = s3.put_object(Bucket=bucket, Key="k", Body=b"x", IfNoneMatch="*")["ETag"]
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="k", Body=b"y", IfNoneMatch="*")
    assert code(error) == "PreconditionFailed"
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="k", Body=b"y", IfMatch='"no"')
    assert code(error) == "PreconditionFailed"
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="other", Body=b"y", IfMatch=tag)
    assert code(error) == "NoSuchKey"
    s3.put_object(Bucket=bucket, Key="k", Body=b"y", IfMatch=tag)
    with pytest.raises(ClientError) as error:
        s3.delete_object(Bucket=bucket, Key="k", IfMatch=tag)
    assert code(error) == "PreconditionFailed"


def test_listings_roll_up_and_go_on(s3, bucket):
    keys = [f"a/{i:03}" for i in range(30)] + ["b", "c/1", "c/2", "d"]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 7}))
    assert [o["Key"] for p in pages for o in p["Contents"]] == keys
    assert all(p["KeyCount"] <= 7 for p in pages)
    for operation in ("list_objects", "list_objects_v2"):
        seen = []
        for page in s3.get_paginator(operation).paginate(
                Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 1}):
            seen += [o["Key"] for o in page.get("Contents", [])]
            seen += [p["Prefix"] for p in page.get("CommonPrefixes", [])]
        assert seen == ["a/", "b", "c/", "d"]
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket, StartAfter="c/1")["Contents"]] == ["c/2", "d"]
    assert s3.list_objects_v2(Bucket=bucket, Prefix="a/", MaxKeys=0)["KeyCount"] == 0
    with pytest.raises(ClientError) as error:
        s3.list_objects_v2(Bucket=bucket, ContinuationToken="no")
    assert code(error) == "InvalidArgument"


def test_versions_and_markers(s3, bucket):
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"0")
    assert "VersionId" not in first
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    one = s3.put_object(Bucket=bucket, Key="k", Body=b"1")["VersionId"]
    two = s3.put_object(Bucket=bucket, Key="k", Body=b"2")["VersionId"]
    marker = s3.delete_object(Bucket=bucket, Key="k")
    assert marker["DeleteMarker"] is True
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=bucket, Key="k")
    assert code(error) == "NoSuchKey"
    assert error.value.response["ResponseMetadata"]["HTTPHeaders"]["x-amz-delete-marker"] == "true"
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=bucket, Key="k", VersionId=marker["VersionId"])
    assert code(error) == "MethodNotAllowed"
    for version, body in [("null", b"0"), (one, b"1"), (two, b"2")]:
        assert s3.get_object(Bucket=bucket, Key="k", VersionId=version)["Body"].read() == body
    pages = list(s3.get_paginator("list_object_versions").paginate(Bucket=bucket, PaginationConfig={"PageSize": 1}))
    assert [v["VersionId"] for p in pages for v in p.get("Versions", [])] == [two, one, "null"]
    assert [m["IsLatest"] for p in pages for m in p.get("DeleteMarkers", [])] == [True]
    s3.delete_object(Bucket=bucket, Key="k", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"2"
    s3.delete_object(Bucket=bucket, Key="k", VersionId=two)
    assert s3.get_object(Bucket=bucket, Key="k")["VersionId"] == one
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    assert s3.put_object(Bucket=bucket, Key="k", Body=b"3")["VersionId"] == "null"
    versions = s3.list_object_versions(Bucket=bucket)["Versions"]
    assert [v["VersionId"] for v in versions] == ["null", one]
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=bucket, Key="k", VersionId="nonsense")
    assert code(error) == "InvalidArgument"


def test_copies(s3, bucket):
    body = os.urandom(200_000)
    s3.put_object(Bucket=bucket, Key="a", Body=body, Metadata={"k": "v"}, ContentType="text/x", Tagging="t=1")
    copy = s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/a")
    assert copy["CopyObjectResult"]["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'
    s3.delete_object(Bucket=bucket, Key="a")
    got = s3.get_object(Bucket=bucket, Key="b")
    assert got["Body"].read() == body and got["Metadata"] == {"k": "v"} and got["ContentType"] == "text/x"
    assert s3.get_object_tagging(Bucket=bucket, Key="b")["TagSet"] == [{"Key": "t", "Value": "1"}]
    with pytest.raises(ClientError) as error:
        s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/b")
    assert code(error) == "InvalidRequest"
    s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/b", MetadataDirective="REPLACE",
                   Metadata={"n": "w"}, TaggingDirective="REPLACE", Tagging="")
    assert s3.head_object(Bucket=bucket, Key="b")["Metadata"] == {"n": "w"}
    assert s3.get_object_tagging(Bucket=bucket, Key="b")["TagSet"] == []


def test_tags(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Tagging="a=1&b=x%20y")
    assert s3.get_object(Bucket=bucket, Key="k")["TagCount"] == 2
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [
        {"Key": "a", "Value": "1"}, {"Key": "b", "Value": "x y"}]
    s3.put_object_tagging(Bucket=bucket, Key="k", Tagging={"TagSet": [{"Key": "c", "Value": "3"}]})
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [{"Key": "c", "Value": "3"}]
    s3.delete_object_tagging(Bucket=bucket, Key="k")
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == []
    with pytest.raises(ClientError) as error:
        s3.put_object_tagging(Bucket=bucket, Key="k", Tagging={
            "TagSet": [{"Key": "c", "Value": "3"}, {"Key": "c", "Value": "4"}]})
    assert code(error) == "InvalidTag"


def crc(data, polynomial, bits):
    """A reflected check, bit by bit: botocore computes some of them only with a library of its own."""
    register = (1 << bits) - 1
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (polynomial if register & 1 else 0)
    return base64.b64encode((register ^ (1 << bits) - 1).to_bytes(bits // 8, "big")).decode()


def checksum(algorithm, data):
    match algorithm:
        case "CRC32": return crc(data, 0xEDB88320, 32)
        case "CRC32C": return crc(data, 0x82F63B78, 32)
        case "CRC64NVME": return crc(data, 0x9A6C9329AC4BC9B5, 64)
        case _: return base64.b64encode(hashlib.new(algorithm, data).digest()).decode()


@pytest.mark.parametrize("algorithm", ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"])
def test_checksums(s3, bucket, algorithm):
    member = f"Checksum{algorithm}"
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"123456789", **{member: checksum(algorithm, b"123456789")})
    assert put[member] == checksum(algorithm, b"123456789")
    head = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert head[member] == put[member] and head["ChecksumType"] == "FULL_OBJECT"
    attributes = s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["ETag", "Checksum", "ObjectSize"])
    assert attributes["Checksum"][member] == put[member] and attributes["ObjectSize"] == 9
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="k", Body=b"12345678", **{member: put[member]})
    assert code(error) == "BadDigest"


def test_multipart(s3, bucket):
    parts = [os.urandom(5 << 20), os.urandom(5 << 20), os.urandom(1000)]
    upload = s3.create_multipart_upload(Bucket=bucket, Key="k", ContentType="text/x", Metadata={"a": "b"})["UploadId"]
    done = [{"PartNumber": n, "ETag": s3.upload_part(
        Bucket=bucket, Key="k", UploadId=upload, PartNumber=n, Body=part)["ETag"]} for n, part in enumerate(parts, 1)]
    assert [p["Size"] for p in s3.list_parts(Bucket=bucket, Key="k", UploadId=upload)["Parts"]] == [
        len(p) for p in parts]
    assert s3.list_multipart_uploads(Bucket=bucket)["Uploads"][0]["UploadId"] == upload
    with pytest.raises(ClientError) as error:
        s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload,
                                     MultipartUpload={"Parts": done[::-1]})
    assert code(error) == "InvalidPartOrder"
    complete = s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload={"Parts": done})
    digests = b"".join(hashlib.md5(p).digest() for p in parts)
    assert complete["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-3"'
    got = s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == b"".join(parts) and got["Metadata"] == {"a": "b"}
    two = s3.get_object(Bucket=bucket, Key="k", PartNumber=2)
    assert two["Body"].read() == parts[1] and two["PartsCount"] == 3
    across = s3.get_object(Bucket=bucket, Key="k", Range=f"bytes={(5 << 20) - 10}-{(5 << 20) + 9}")["Body"].read()
    assert across == parts[0][-10:] + parts[1][:10]
    copy = s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k")
    assert copy["CopyObjectResult"]["ETag"] == f'"{hashlib.md5(b"".join(parts)).hexdigest()}"'
    with pytest.raises(ClientError) as error:
        s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=upload)
    assert code(error) == "NoSuchUpload"


def test_small_parts_and_aborted_uploads(s3, bucket):
    upload = s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    tags = [s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=n, Body=b"x")["ETag"] for n in (1, 2)]
    with pytest.raises(ClientError) as error:
        s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload={
            "Parts": [{"PartNumber": n, "ETag": tag} for n, tag in enumerate(tags, 1)]})
    assert code(error) == "EntityTooSmall"
    s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=upload)
    with pytest.raises(ClientError) as error:
        s3.list_parts(Bucket=bucket, Key="k", UploadId=upload)
    assert code(error) == "NoSuchUpload"


# Those of 5 MiB of zeros, and of nine digits.
PART_CHECKSUMS = {(algorithm, number): checksum(algorithm, b"123456789")
                  for algorithm in ("CRC32", "CRC32C", "CRC64NVME", "SHA256") for number in (2,)}
PART_CHECKSUMS |= {("CRC32", 1): "yTuzdQ==", ("CRC32C", 1): "zqsFQg==", ("CRC64NVME", 1): "vqf3hRLTlJw=",
                   ("SHA256", 1): checksum("SHA256", bytes(5 << 20))}


@pytest.mark.parametrize("algorithm,kind", [("CRC32", "FULL_OBJECT"), ("CRC32C", "COMPOSITE"), ("SHA256", "COMPOSITE"),
                                            ("CRC64NVME", "FULL_OBJECT")])
def test_checksums_of_uploads(s3, bucket, algorithm, kind):
    parts = [bytes(5 << 20), b"123456789"]
    member = f"Checksum{algorithm}"
    upload = s3.create_multipart_upload(Bucket=bucket, Key="k", ChecksumAlgorithm=algorithm, ChecksumType=kind)
    done = []
    for number, part in enumerate(parts, 1):
        answer = s3.upload_part(Bucket=bucket, Key="k", UploadId=upload["UploadId"], PartNumber=number, Body=part,
                                **{member: PART_CHECKSUMS[algorithm, number]})
        done.append({"PartNumber": number, "ETag": answer["ETag"], member: answer[member]})
    complete = s3.complete_multipart_upload(
        Bucket=bucket, Key="k", UploadId=upload["UploadId"], MultipartUpload={"Parts": done})
    assert complete["ChecksumType"] == kind
    if kind == "COMPOSITE":
        assert complete[member].endswith("-2")
    else:
        whole = s3.put_object(Bucket=bucket, Key="whole", Body=b"".join(parts), **{member: complete[member]})
        assert whole[member] == complete[member]


def test_parts_are_copied(s3, bucket):
    body = os.urandom(6 << 20)
    s3.put_object(Bucket=bucket, Key="source", Body=body)
    upload = s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    done = []
    for number, (first, last) in enumerate([(0, (5 << 20) - 1), (5 << 20, len(body) - 1)], 1):
        answer = s3.upload_part_copy(Bucket=bucket, Key="k", UploadId=upload, PartNumber=number,
                                     CopySource=f"{bucket}/source", CopySourceRange=f"bytes={first}-{last}")
        done.append({"PartNumber": number, "ETag": answer["CopyPartResult"]["ETag"]})
    s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload={"Parts": done})
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == body


def test_the_transfer_manager(s3, bucket):
    body = os.urandom(20 << 20)
    config = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20, max_concurrency=4)
    s3.upload_fileobj(io.BytesIO(body), bucket, "big", Config=config)
    got = io.BytesIO()
    s3.download_fileobj(bucket, "big", got, Config=config)
    assert got.getvalue() == body
    s3.copy({"Bucket": bucket, "Key": "big"}, bucket, "copied", Config=config)
    assert s3.head_object(Bucket=bucket, Key="copied")["ContentLength"] == len(body)


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_presigned_urls(server, bucket, client, version):
    s3 = client("s3", account="test", signature_version=version)
    put = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "ü p"})
    with urllib.request.urlopen(urllib.request.Request(put, data=b"hello", method="PUT", headers={
            "Content-Type": ""})) as answer:
        assert answer.status == 200
    get = s3.generate_presigned_url("get_object", Params={
        "Bucket": bucket, "Key": "ü p", "ResponseContentType": "text/special"})
    with urllib.request.urlopen(get) as answer:
        assert answer.read() == b"hello" and answer.headers["Content-Type"] == "text/special"
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(get.replace("special", "other"))
    assert error.value.code == 403 and b"SignatureDoesNotMatch" in error.value.read()
    old = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "ü p"}, ExpiresIn=-10)
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(old)
    assert error.value.code in (400, 403)


def test_virtual_hosts(server, bucket, s3):
    s3.put_object(Bucket=bucket, Key="a/b", Body=b"x")
    for host in (f"{bucket}.s3.localhost", f"{bucket}.s3.us-east-1.localhost", f"{bucket}.localhost",
                 f"{bucket}.s3.amazonaws.com"):
        virtual = client_through(server, host, bucket)
        assert virtual == b"x"


def client_through(server, host, bucket):
    """Gets `a/b` by a signed request to `host`, sent to the server."""
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    request = AWSRequest("GET", f"http://{host}:{server.port}/a/b")
    S3SigV4Auth(Credentials("test", "test"), "s3", "us-east-1").add_auth(request)
    plain = urllib.request.Request(f"{server.endpoint}/a/b", headers={
        **dict(request.headers.items()), "Host": f"{host}:{server.port}"})
    with urllib.request.urlopen(plain) as answer:
        return answer.read()


def test_what_is_missing_is_said_in_s3s_words(s3, bucket, server):
    with pytest.raises(ClientError) as error:
        s3.get_object(Bucket=bucket, Key="none")
    details = error.value.response["Error"]
    assert (details["Code"], details["Message"], details["Key"]) == (
        "NoSuchKey", "The specified key does not exist.", "none")
    with pytest.raises(ClientError) as error:
        s3.list_objects_v2(Bucket="nothing-of-the-kind")
    details = error.value.response["Error"]
    assert (details["Code"], details["BucketName"]) == ("NoSuchBucket", "nothing-of-the-kind")
    with pytest.raises(ClientError) as error:
        s3.get_bucket_abac(Bucket=bucket)
    assert code(error) == "NotImplemented" and status(error) == 501


def test_objects_outlive_the_process(new_server, database, tmp_path_factory):
    running = new_server(*database)
    s3 = running.client("s3")
    bucket = f"kept-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=bucket)
    bodies = {"small": b"x" * 10, "large": os.urandom(1 << 20)}
    for key, body in bodies.items():
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    running.kill()
    running.start()
    for key, body in bodies.items():
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == body


def test_records_are_selected(s3, bucket):
    rows = "name,age,city\nAnna,30,Bern\nBen,25,\"Basel, BS\"\nCleo,41,Bern\n"
    s3.put_object(Bucket=bucket, Key="people.csv", Body=rows.encode())

    def select(expression, key="people.csv", source=None, target=None):
        events = s3.select_object_content(
            Bucket=bucket, Key=key, ExpressionType="SQL", Expression=expression,
            InputSerialization=source or {"CSV": {"FileHeaderInfo": "USE"}},
            OutputSerialization=target or {"CSV": {}})["Payload"]
        events = list(events)
        assert "End" in events[-1] and events[-2]["Stats"]["Details"]["BytesScanned"] > 0
        return b"".join(e["Records"]["Payload"] for e in events if "Records" in e).decode()
    assert select("SELECT name FROM S3Object WHERE city = 'Bern'") == "Anna\nCleo\n"
    assert select("SELECT s.name, s.city FROM S3Object s WHERE CAST(s.age AS INT) < 30") == 'Ben,"Basel, BS"\n'
    assert select("SELECT COUNT(*), MAX(CAST(age AS INT)) FROM S3Object") == "3,41\n"
    assert select("SELECT * FROM S3Object LIMIT 1", target={"JSON": {}}) == '{"name":"Anna","age":"30","city":"Bern"}\n'
    s3.put_object(Bucket=bucket, Key="lines", Body=b'{"a":{"b":1}}\n{"a":{"b":2}}\n')
    lines = {"JSON": {"Type": "LINES"}}
    assert select("SELECT s.a.b FROM S3Object s WHERE s.a.b > 1", "lines", lines, {"JSON": {}}) == '{"b":2}\n'
    with pytest.raises(ClientError) as error:
        select("SELECT FROM")
    assert code(error) == "ParseUnexpectedToken"


def test_a_slash_after_a_bucket_is_part_of_no_key(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="/", Body=b"slash")
    url = s3.generate_presigned_url("list_objects_v2", Params={"Bucket": bucket})
    path, query = url.split("?")
    with urllib.request.urlopen(f"{path}?{query}") as answer:
        assert b"<Key>/</Key>" in answer.read()
    assert s3.get_object(Bucket=bucket, Key="/")["Body"].read() == b"slash"
