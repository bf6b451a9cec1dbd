"""Runs a Python function: loads its handler, then takes events from the Lambda Runtime API until the process is killed.

Behaves as AWS's Python runtimes do: the same errors, log lines and context object. Works with Python 3.8 and later.
"""

import importlib
import json
import logging
import os
import site
import socket
import struct
import sys
import time
import traceback
from types import SimpleNamespace


class RuntimeAPI:
    """The server's end of things: a connection that is kept open, over which events and answers go as frames.

    What is sent is a letter, the length of what follows, and that; an answer says at the same time that the next event is
    awaited. What is received is the lengths of an event's head and of its payload, and both.
    """

    LENGTHS = struct.Struct(">II")

    def __init__(self, address):
        descriptor = os.environ.pop("_APUS_RUNTIME_API_FD", None)
        if descriptor:
            # A connection that is there already, and costs less than one over TCP.
            os.set_inheritable(int(descriptor), False)
            self.socket = socket.socket(fileno=int(descriptor))
        else:
            host, port = address.rsplit(":", 1)
            self.socket = socket.create_connection((host, int(port)))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray(65536)
        self.view = memoryview(self.buffer)

    def next(self):
        """The fields of the first event's head, and its payload."""
        self._send(b"N", b"")
        return self._receive()

    def answer_and_next(self, body):
        """Answers an event and waits for the next one."""
        self._send(b"R", body)
        return self._receive()

    def fail_and_next(self, error):
        """Reports an event's error and waits for the next one."""
        self._send(b"E", error_body(error))
        return self._receive()

    def fail_init(self, error):
        self._send(b"I", error_body(error))
        self._receive()

    def _send(self, letter, body):
        head = letter + len(body).to_bytes(4, "big")
        if len(body) < 65536:
            self.socket.sendall(head + body)
        else:
            self.socket.sendall(head)
            self.socket.sendall(body)

    def _receive(self):
        buffer = self.buffer
        count = self._receive_into(self.view)
        while count < 8:
            count += self._receive_into(self.view[count:])
        head, payload = self.LENGTHS.unpack_from(buffer)
        end = 8 + head + payload
        if count < end:
            if end > len(buffer):
                buffer = buffer[:count] + bytearray(end - count)
            view = memoryview(buffer)
            while count < end:
                count += self._receive_into(view[count:end])
        return buffer[8 : 8 + head].decode().split("\n"), buffer[8 + head : end]

    def _receive_into(self, view):
        count = self.socket.recv_into(view)
        if not count:
            # The environment is being taken down.
            os._exit(0)
        return count


def error_body(error):
    """An error's type and its document."""
    return error["errorType"].replace("\n", " ").encode("utf-8", "replace") + b"\n" + dump(error).encode("utf-8", "replace")


def decimal(value):
    from decimal import Decimal

    if isinstance(value, Decimal):
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


# Made once: json.dumps makes an encoder a call where an option is not the default.
dump = json.JSONEncoder(ensure_ascii=False, default=decimal).encode


class CognitoIdentity:
    __slots__ = ["cognito_identity_id", "cognito_identity_pool_id"]

    def __init__(self, fields):
        self.cognito_identity_id = fields.get("cognitoIdentityId")
        self.cognito_identity_pool_id = fields.get("cognitoIdentityPoolId")

    def __repr__(self):
        return "CognitoIdentity([cognito_identity_id=%s,cognito_identity_pool_id=%s])" % (
            self.cognito_identity_id,
            self.cognito_identity_pool_id,
        )


CLIENT_FIELDS = [
    "installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name",
]


def client_context(fields):
    client = fields.get("client") or {}
    return SimpleNamespace(
        custom=fields.get("custom"),
        env=fields.get("env"),
        client=SimpleNamespace(**{name: client.get(name) for name in CLIENT_FIELDS}),
    )


# What does not change from event to event, and the variables that it comes from.
FUNCTION = {
    "function_name": "AWS_LAMBDA_FUNCTION_NAME",
    "function_version": "AWS_LAMBDA_FUNCTION_VERSION",
    "memory_limit_in_mb": "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "log_group_name": "AWS_LAMBDA_LOG_GROUP_NAME",
    "log_stream_name": "AWS_LAMBDA_LOG_STREAM_NAME",
}


class LambdaContext:
    """What a handler is told about its event besides the event."""

    def __init__(self, request_id, deadline, arn, client, identity, tenant):
        self.aws_request_id = request_id
        self.invoked_function_arn = arn
        self.__dict__.update(FUNCTION)
        self.client_context = client_context(json.loads(client)) if client else None
        self.identity = CognitoIdentity(json.loads(identity) if identity else {})
        self.tenant_id = tenant or None
        self._epoch_deadline_time_in_ms = int(deadline)

    def get_remaining_time_in_millis(self):
        return max(0, int(self._epoch_deadline_time_in_ms - time.time() * 1000))

    def log(self, message):
        write_frame(str(message))

    def __repr__(self):
        fields = ["%s=%s" % item for item in self.__dict__.items() if not item[0].startswith("_e")]
        return "LambdaContext([%s])" % ",".join(fields)


# What is written to the log as one message, whatever its number of lines: a frame on the telemetry descriptor.

FRAME_TYPE = b"\xa5\x5a\x00\x03"
LOG_DESCRIPTOR = int(os.environ.get("_LAMBDA_TELEMETRY_LOG_FD", "2"))


def write_frame(message):
    body = message.encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    if LOG_DESCRIPTOR == 2:
        os.write(2, body + b"\n")
        return
    now = int(time.time() * 1000000)
    data = FRAME_TYPE + len(body).to_bytes(4, "big") + now.to_bytes(8, "big") + body
    while data:
        data = data[os.write(LOG_DESCRIPTOR, data) :]


class LogHandler(logging.Handler):
    def emit(self, record):
        write_frame(self.format(record))


class RequestFilter(logging.Filter):
    request_id = ""

    def filter(self, record):
        record.aws_request_id = RequestFilter.request_id
        return True


class JSONFormatter(logging.Formatter):
    """Lines of the log as JSON documents."""

    STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id"}

    def format(self, record):
        document = {
            "timestamp": json_time(record.created),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[0]:
            kind, error, trace = record.exc_info
            document["stackTrace"] = traceback.format_tb(trace)
            document["errorType"] = kind.__name__
            document["errorMessage"] = str(error)
            document["location"] = "%s:%s:%d" % (record.pathname, record.funcName, record.lineno)
        for name, value in vars(record).items():
            if name not in self.STANDARD and name not in document:
                document[name] = value
        document["requestId"] = RequestFilter.request_id
        return json.dumps(document, ensure_ascii=False, default=str)


def json_time(seconds):
    return "%s.%03dZ" % (time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)), seconds % 1 * 1000)


# Set where the log's format is JSON.
LOG = {"json": False, "level": "INFO"}


def set_up_logging():
    LOG["json"] = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
    LOG["level"] = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "INFO")
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.stderr.reconfigure(line_buffering=True, errors="backslashreplace")
    formatter = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s\n",
        "%Y-%m-%dT%H:%M:%S",
    )
    formatter.converter = time.gmtime
    if LOG["json"]:
        formatter = JSONFormatter()
        # Lambda's levels are Python's, but for two names.
        level = {"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(LOG["level"], LOG["level"])
        logging.getLogger().setLevel(level)
    handler = LogHandler()
    handler.setFormatter(formatter)
    handler.addFilter(RequestFilter())
    logging.getLogger().addHandler(handler)


# Errors, in the form of AWS's runtimes.


class Fault(Exception):
    """An error of the function's packaging rather than of its code."""

    def __init__(self, error_type, message, frames=()):
        super().__init__(message)
        self.error = {"errorMessage": message, "errorType": error_type, "requestId": ""}
        self.error["stackTrace"] = list(frames)


def stack(exception):
    """The lines of an exception's trace without those of this file."""
    frames = traceback.extract_tb(exception.__traceback__)
    return traceback.format_list([f for f in frames if not f.filename.startswith("/var/runtime/")
                                  and not f.filename.startswith("<frozen importlib")])


def describe(exception, request_id):
    if isinstance(exception, Fault):
        return dict(exception.error, requestId=request_id)
    return {
        "errorMessage": str(exception),
        "errorType": type(exception).__name__,
        "requestId": request_id,
        "stackTrace": stack(exception),
    }


def log_error(error):
    if LOG["json"]:
        document = {"timestamp": json_time(time.time()), "log_level": "ERROR"}
        document.update(error)
        write_frame(json.dumps(document, ensure_ascii=False))
        return
    lines = ["[ERROR] %s: %s" % (error["errorType"], error["errorMessage"])]
    if error["stackTrace"]:
        lines += ["Traceback (most recent call last):"]
        lines += ["".join(error["stackTrace"]).rstrip("\n")]
    write_frame("\n".join(lines))


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot or not module_name:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        frames = ['  File "%s" Line %s\n    %s\n' % (error.filename, error.lineno, error.text)]
        raise Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), frames)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))


def set_up_path():
    """Puts the function before its layers, and these before the host's packages.

    Python is started with -S: what the host's .pth files run is not meant for functions, and it takes time.
    """
    site.setquit()
    site.sethelper()
    task = os.environ["LAMBDA_TASK_ROOT"]
    layers = ["/opt/python/lib/python%d.%d/site-packages" % sys.version_info[:2], "/opt/python"]
    sys.path[:] = [task] + layers + [e for e in sys.path if e not in ("", task)] + site.getsitepackages()


def serve(api, handler):
    head, body = api.next()
    while True:
        request_id, deadline, arn, trace, client, identity, tenant = head
        RequestFilter.request_id = request_id
        if trace:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        try:
            try:
                event = json.loads(body.decode())
            except ValueError as error:
                raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
            result = handler(event, LambdaContext(request_id, deadline, arn, client, identity, tenant))
            try:
                answer = dump(result).encode("utf-8")
            except (TypeError, ValueError) as error:
                raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)
            except UnicodeError as error:
                raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)
        except Exception as exception:
            error = describe(exception, request_id)
            log_error(error)
            head, body = api.fail_and_next(error)
        else:
            sys.stdout.flush()
            head, body = api.answer_and_next(answer)


def await_function():
    """Waits, where this process is started before its function is known, for the function's variables."""
    if not os.environ.pop("_APUS_AWAIT", None):
        return
    os.write(0, b"r")
    parts = []
    while True:
        part = os.read(0, 65536)
        if not part:
            break
        parts.append(part)
    if not parts:
        # The environment is being taken down.
        os._exit(0)
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for variable in b"".join(parts)[:-1].split(b"\0"):
        name, _, value = variable.partition(b"=")
        os.environb[name] = value
    # The function's code is shown over the directory that this process began in.
    os.chdir(os.environ["LAMBDA_TASK_ROOT"])


def main():
    await_function()
    FUNCTION.update((field, os.environ.get(name)) for field, name in list(FUNCTION.items()))
    os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD", None)
    set_up_path()
    set_up_logging()
    api = RuntimeAPI(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(os.environ.get("_HANDLER", ""))
    except Exception as exception:
        error = describe(exception, "")
        log_error(error)
        api.fail_init(error)
        sys.exit(1)
    serve(api, handler)


if __name__ == "__main__":
    # Under this name a function finds what it may know of the runtime, and a second import finds this module.
    sys.modules["bootstrap"] = sys.modules["__main__"]
    main()
