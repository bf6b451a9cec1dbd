"""S3 when the process is killed: what was acknowledged is there and whole, what was not is whole or absent."""

import hashlib
import threading
import time
import uuid

from botocore.exceptions import BotoCoreError, ClientError

SIZES = [100, 200_000]


def content(key, number):
    seed = hashlib.sha256(f"{key} {number}".encode()).digest()
    size = SIZES[number % len(SIZES)]
    return (seed * (size // len(seed) + 1))[:size]


class Writer(threading.Thread):
    """Puts, copies, completes uploads and deletes under a key of its own until the server is gone."""

    def __init__(self, server, bucket, key):
        super().__init__()
        self.s3, self.bucket, self.key = server.client("s3"), bucket, key
        # The numbers whose content may stand under the key: the last that was acknowledged, and the one under way.
        self.possible = {None}

    def run(self):
        for number in range(100_000):
            body = None if number % 5 == 4 else number
            self.possible = self.possible | {body}
            try:
                self.write(number, body)
            except (ClientError, BotoCoreError):
                return
            self.possible = {body}

    def write(self, number, body):
        place = {"Bucket": self.bucket, "Key": self.key}
        if body is None:
            self.s3.delete_object(**place)
        elif number % 5 == 2:
            upload = self.s3.create_multipart_upload(**place)["UploadId"]
            tag = self.s3.upload_part(**place, UploadId=upload, PartNumber=1, Body=content(self.key, number))["ETag"]
            self.s3.complete_multipart_upload(**place, UploadId=upload, MultipartUpload={
                "Parts": [{"PartNumber": 1, "ETag": tag}]})
        elif number % 5 == 3:
            self.s3.put_object(Bucket=self.bucket, Key=f"{self.key}-source", Body=content(self.key, number))
            self.s3.copy_object(**place, CopySource=f"{self.bucket}/{self.key}-source")
        else:
            self.s3.put_object(**place, Body=content(self.key, number))


def test_nothing_acknowledged_is_lost_and_nothing_is_torn(new_server, database):
    running = new_server(*database)
    bucket = f"crash-{uuid.uuid4().hex[:12]}"
    running.client("s3").create_bucket(Bucket=bucket)
    for turn in range(3):
        writers = [Writer(running, bucket, f"{turn}-{index}") for index in range(4)]
        for writer in writers:
            writer.start()
        time.sleep(0.5)
        running.kill()
        for writer in writers:
            writer.join()
        running.start()
        s3 = running.client("s3")
        for writer in writers:
            try:
                found = s3.get_object(Bucket=bucket, Key=writer.key)["Body"].read()
            except s3.exceptions.NoSuchKey:
                assert None in writer.possible, (writer.key, writer.possible)
                continue
            assert found in [content(writer.key, n) for n in writer.possible if n is not None], writer.possible
