"""Starts the real binary and hands out real clients."""

import base64
import contextlib
import io
import os
import socket
import subprocess
import textwrap
import time
import urllib.request
import zipfile
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[2]
# Which storage engine the servers use: sqlite, or postgres, for which the tests start a server of their own.
ENGINE = os.environ.get("APUS_TEST_ENGINE", "sqlite")
BINARY = Path(os.environ.get("APUS_BINARY", ROOT / ".build" / "debug" / "apus"))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """One Apus process and its data directory."""

    def __init__(self, data, *arguments):
        self.data, self.arguments = data, arguments
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.log = Path(data).parent / "apus.log"
        self.process = None

    def start(self):
        data = [] if "--ephemeral" in self.arguments else ["--data", str(self.data)]
        command = [BINARY, "start", "--port", str(self.port), *data, *self.arguments]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 120
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"apus ended with {self.process.returncode}: {self.log.read_text()[-2000:]}")
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.endpoint}/_apus/health", timeout=1):
                return self
            if time.monotonic() > deadline:
                raise RuntimeError("apus did not answer within two minutes")
            time.sleep(0.01)

    def stop(self):
        self.process.terminate()
        assert self.process.wait(60) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()

    def client(self, service, account="000000000000", region="us-east-1", **options):
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=region, aws_access_key_id=account,
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}, parameter_validation=False, **options))


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    """The arguments that choose the storage engine. Servers that share one share a root key."""
    if ENGINE == "sqlite":
        yield []
        return
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    # PostgreSQL refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    directory = Path(subprocess.check_output([*user, "mktemp", "-d", "/tmp/apus-postgres.XXXXXX"], text=True).strip())
    port = free_port()
    subprocess.run([*user, binaries / "initdb", "-D", directory / "data", "-U", "postgres", "-A", "trust",
                    "--locale=C.UTF-8", "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd="/tmp")
    postgres = subprocess.Popen([*user, binaries / "postgres", "-D", directory / "data", "-k", directory, "-p", str(port),
                                 "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp")
    while subprocess.run([binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode:
        assert postgres.poll() is None, "PostgreSQL did not start"
        time.sleep(0.02)
    root_key = tmp_path_factory.mktemp("root") / "root.key"
    root_key.write_bytes(base64.b64encode(os.urandom(32)))
    os.environ["APUS_ROOT_KEY"] = str(root_key)
    yield ["--database", f"postgres://postgres@127.0.0.1:{port}/postgres"]
    subprocess.run([*user, binaries / "pg_ctl", "stop", "-D", directory / "data", "-m", "immediate"], check=True,
                   stdout=subprocess.DEVNULL, cwd="/tmp")
    postgres.wait()
    subprocess.run(["rm", "-rf", directory], check=True)


@pytest.fixture(scope="session")
def server(tmp_path_factory, database):
    """The Apus of the whole session; tests keep apart by names or accounts."""
    running = Server(tmp_path_factory.mktemp("apus") / "data", *database).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def client(server):
    """Makes a boto3 client: `client("lambda")`, `client("sts", account="111111111111")`."""
    return server.client


@pytest.fixture(scope="session")
def apus(server):
    """Runs the command line against the server and returns the finished process."""
    def run(*arguments, check=True, **options):
        environment = os.environ | {"APUS_ENDPOINT": server.endpoint}
        return subprocess.run([BINARY, *arguments], env=environment, check=check, capture_output=True,
                              text=True, timeout=180, **options)
    return run


@pytest.fixture(scope="session")
def new_server(tmp_path_factory):
    """Makes servers of a test's own: `new_server("--ephemeral")`."""
    started = []

    def make(*arguments):
        running = Server(tmp_path_factory.mktemp("apus") / "data", *arguments).start()
        started.append(running)
        return running

    yield make
    for running in started:
        if running.process.poll() is None:
            running.kill()


def zipped(files):
    """A zip archive of `{name: text or bytes}`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o755 << 16
            archive.writestr(info, textwrap.dedent(content) if isinstance(content, str) else content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def zip_of():
    return zipped
