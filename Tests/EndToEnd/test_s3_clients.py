"""Programs that people use with S3, against the real binary."""

import filecmp
import os
import subprocess
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(server, tmp_path):
    # The machine's own certificates have nothing to say here, and rclone does not start with them.
    inherited = {name: value for name, value in os.environ.items() if name != "AWS_CA_BUNDLE"}
    return inherited | {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": server.endpoint, "AWS_CONFIG_FILE": "/dev/null", "HOME": str(tmp_path),
        "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.fixture
def files(tmp_path):
    """A folder of files: small, large enough for parts, and with awkward names."""
    folder = tmp_path / "files"
    for name, size in [("a.txt", 10), ("empty", 0), ("deep/er/b", 70_000), ("ü & b+c.txt", 1000), ("large", 20 << 20)]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(size))
        # S3 tells times to the second: a file of this second would look newer than its copy.
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture
def bucket(client):
    name = f"clients-{uuid.uuid4().hex[:12]}"
    client("s3", account="test").create_bucket(Bucket=name)
    return name


def run(environment, *command, **options):
    result = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True,
                            timeout=120, **options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def same(one, other):
    comparison = filecmp.dircmp(one, other)
    assert not comparison.left_only and not comparison.right_only and not comparison.diff_files
    for folder in comparison.common_dirs:
        same(one / folder, other / folder)


def test_the_aws_command_line(environment, files, bucket, tmp_path):
    aws = ROOT / ".venv" / "bin" / "aws"
    run(environment, aws, "s3", "sync", files, f"s3://{bucket}/x")
    assert not run(environment, aws, "s3", "sync", files, f"s3://{bucket}/x").strip()
    run(environment, aws, "s3", "sync", f"s3://{bucket}/x", tmp_path / "back")
    same(files, tmp_path / "back")
    run(environment, aws, "s3", "cp", f"s3://{bucket}/x/large", f"s3://{bucket}/copy")
    run(environment, aws, "s3", "mv", f"s3://{bucket}/copy", f"s3://{bucket}/moved")
    assert "PRE x/" in run(environment, aws, "s3", "ls", f"s3://{bucket}")
    url = run(environment, aws, "s3", "presign", f"s3://{bucket}/x/a.txt").strip()
    assert run(environment, "curl", "-sf", url, "-o", tmp_path / "a") == ""
    assert (tmp_path / "a").read_bytes() == (files / "a.txt").read_bytes()
    run(environment, aws, "s3", "rb", "--force", f"s3://{bucket}")


def test_s3cmd(environment, server, files, bucket, tmp_path):
    host = f"127.0.0.1:{server.port}"
    s3cmd = ["s3cmd", "--config=/dev/null", "--access_key=test", "--secret_key=test", f"--host={host}",
             f"--host-bucket={host}", "--no-ssl", "--region=us-east-1", "--multipart-chunk-size-mb=5"]
    run(environment, *s3cmd, "sync", f"{files}/", f"s3://{bucket}/")
    (tmp_path / "back").mkdir()
    run(environment, *s3cmd, "sync", f"s3://{bucket}/", f"{tmp_path}/back/")
    same(files, tmp_path / "back")
    assert "large" in run(environment, *s3cmd, "ls", f"s3://{bucket}")
    assert "MD5 sum" in run(environment, *s3cmd, "info", f"s3://{bucket}/a.txt")
    run(environment, *s3cmd, "cp", f"s3://{bucket}/a.txt", f"s3://{bucket}/copy.txt")
    run(environment, *s3cmd, "rm", "--recursive", "--force", f"s3://{bucket}")
    run(environment, *s3cmd, "rb", f"s3://{bucket}")


def test_rclone(environment, server, files, bucket, tmp_path):
    environment = environment | {
        "RCLONE_CONFIG": "/dev/null", "RCLONE_CONFIG_APUS_TYPE": "s3", "RCLONE_CONFIG_APUS_PROVIDER": "Other",
        "RCLONE_CONFIG_APUS_ENDPOINT": server.endpoint, "RCLONE_CONFIG_APUS_ACCESS_KEY_ID": "test",
        "RCLONE_CONFIG_APUS_SECRET_ACCESS_KEY": "test", "RCLONE_S3_CHUNK_SIZE": "5M", "RCLONE_S3_UPLOAD_CUTOFF": "6M"}
    run(environment, "rclone", "sync", files, f"apus:{bucket}/r")
    run(environment, "rclone", "check", files, f"apus:{bucket}/r")
    run(environment, "rclone", "copy", f"apus:{bucket}/r", tmp_path / "back")
    same(files, tmp_path / "back")
    (files / "a.txt").write_bytes(b"changed")
    run(environment, "rclone", "sync", files, f"apus:{bucket}/r")
    assert run(environment, "rclone", "cat", f"apus:{bucket}/r/a.txt") == "changed"
    run(environment, "rclone", "purge", f"apus:{bucket}/r")


def test_restic(environment, server, files, bucket, tmp_path):
    environment = environment | {
        "RESTIC_REPOSITORY": f"s3:{server.endpoint}/{bucket}", "RESTIC_PASSWORD": "secret",
        "RESTIC_CACHE_DIR": str(tmp_path / "cache")}
    run(environment, "restic", "init")
    run(environment, "restic", "backup", files)
    (files / "a.txt").write_bytes(b"changed")
    run(environment, "restic", "backup", files)
    run(environment, "restic", "check", "--read-data")
    run(environment, "restic", "restore", "latest", "--target", tmp_path / "back")
    same(files, tmp_path / "back" / files.relative_to("/"))
    run(environment, "restic", "forget", "--keep-last", "1", "--prune")
