// Runs a Node.js function: loads its handler, then takes events from the Lambda Runtime API until the process is killed.
// Behaves as AWS's Node.js runtimes do: the same handlers, errors, log lines and context object.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { format, types } from "node:util";
import { RuntimeAPI } from "./runtime-api.mjs";
import { HttpResponseStream, ResponseStream } from "./response-stream.mjs";

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
let requestId;

// The log. A message is a frame on the telemetry descriptor, whatever its number of lines.

const logDescriptor = Number(process.env._LAMBDA_TELEMETRY_LOG_FD ?? 1);

function writeLog(message) {
  const body = Buffer.from(message);
  const frame = Buffer.alloc(16 + body.length);
  frame.writeUInt32BE(0xa55a0003, 0);
  frame.writeUInt32BE(body.length, 4);
  frame.writeBigUInt64BE(BigInt(Date.now()) * 1000n, 8);
  body.copy(frame, 16);
  for (let sent = 0; sent < frame.length; ) sent += fs.writeSync(logDescriptor, frame, sent);
}

// Where the log's format is JSON: the least level that is written.
const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
let jsonLevel;

/** A line of the log as a JSON document; an error among the values becomes fields of its own. */
function logJSON(level, values) {
  if (LEVELS.indexOf(level) < jsonLevel) return;
  const line = { timestamp: new Date().toISOString(), level, requestId, message: values[0] };
  if (values.length !== 1 || types.isNativeError(values[0])) line.message = format(...values);
  const error = values.find((value) => types.isNativeError(value));
  if (error) {
    line.errorType = error.name;
    line.errorMessage = error.message;
    line.stackTrace = stackOf(error);
  }
  try {
    writeLog(JSON.stringify(line));
  } catch {
    // What has no JSON is written as text would be.
    writeLog(JSON.stringify({ ...line, message: format(...values) }));
  }
}

function log(level, ...values) {
  if (jsonLevel !== undefined) return logJSON(level, values);
  writeLog(`${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}`);
}

function patchConsole() {
  const levels = { log: "INFO", info: "INFO", debug: "DEBUG", warn: "WARN", error: "ERROR" };
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...values) => log(level, ...values);
  }
  console.trace = (...values) => {
    const error = { name: "Trace", message: format(...values) };
    Error.captureStackTrace(error, console.trace);
    log("TRACE", error.stack);
  };
}

// Errors, in the form of AWS's runtimes.

class Fault extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

const stackOf = (error) => (error.stack ?? "").split("\n");

function describe(error) {
  if (!types.isNativeError(error) && !(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return { errorType: error.name, errorMessage: error.message, trace: stackOf(error) };
}

function logError(title, error) {
  const { errorType, errorMessage, trace } = describe(error);
  if (jsonLevel !== undefined) {
    const document = { timestamp: new Date().toISOString(), level: "ERROR", requestId };
    writeLog(JSON.stringify({ ...document, message: { errorType, errorMessage, stackTrace: trace } }));
    return;
  }
  log("ERROR", `${title} \t${JSON.stringify({ errorType, errorMessage, ...error, stack: trace })}`);
}

function unhandledRejection(reason, promise) {
  const error = new Fault("Runtime.UnhandledPromiseRejection", String(reason));
  if (reason?.stack) error.stack = `${error.name}: ${reason.stack}`;
  return Object.assign(error, { reason, promise });
}

// The handler.

function isFile(name) {
  return fs.statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether the nearest package.json says that .js files are ES modules. */
function isModulePackage(directory) {
  for (let at = directory; ; at = path.dirname(at)) {
    const description = path.join(at, "package.json");
    if (isFile(description)) return JSON.parse(fs.readFileSync(description, "utf8")).type === "module";
    if (at === path.dirname(at)) return false;
  }
}

async function loadModule(root, name) {
  const base = path.resolve(root, name);
  const require = createRequire(import.meta.url);
  for (const extension of ["", ".js", ".mjs", ".cjs"]) {
    const file = base + extension;
    if (!isFile(file)) continue;
    const isModule = extension === ".mjs" || (extension === ".js" && isModulePackage(path.dirname(file)));
    return isModule ? await import(pathToFileURL(file).href) : require(file);
  }
  return require(require.resolve(name, { paths: [root, path.dirname(base)] }));
}

async function loadHandler(root, name) {
  const match = /^([^.]*)\.(.*)$/.exec(path.basename(name));
  if (!match || name.includes("..")) {
    throw new Fault("Runtime.MalformedHandlerName", "Bad handler");
  }
  const module = path.join(path.dirname(name), match[1]);
  let exports;
  try {
    exports = await loadModule(root, module);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Fault("Runtime.UserCodeSyntaxError", String(error));
    const isMissing = error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND";
    throw isMissing ? new Fault("Runtime.ImportModuleError", String(error)) : error;
  }
  const find = (from) => match[2].split(".").reduce((value, key) => value?.[key], from);
  const handler = find(exports) ?? find(exports?.default);
  if (!handler) throw new Fault("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") {
    throw new Fault("Runtime.HandlerNotFound", `${name} is not a function`);
  }
  return handler;
}

// An event.

function makeContext([awsRequestId, deadline, invokedFunctionArn, , client, identity, tenant]) {
  const json = (text) => (text ? JSON.parse(text) : undefined);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: json(client),
    identity: json(identity),
    invokedFunctionArn,
    awsRequestId,
    tenantId: tenant || undefined,
    getRemainingTimeInMillis: () => Number(deadline) - Date.now(),
  };
}

let onEmptyLoop = () => {};
process.on("beforeExit", () => onEmptyLoop());

/** Runs the handler. The promise settles as the handler does, by whichever of its ways. */
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const settle = (error, result, waits) => {
      if (isDone) return;
      isDone = true;
      const finish = () => (error == null ? resolve(result) : reject(error));
      if (waits && error == null) onEmptyLoop = () => { onEmptyLoop = () => {}; finish(); };
      else finish();
    };
    const callback = (error, result) => settle(error, result, context.callbackWaitsForEmptyEventLoop);
    context.done = (error, result) => settle(error, result, false);
    context.succeed = (result) => settle(null, result, false);
    context.fail = (error) => settle(error ?? new Error("null"), null, false);
    // Nothing left to do and no answer: that is an answer.
    onEmptyLoop = () => settle(null, null, false);
    const result = handler(event, context, callback);
    if (typeof result?.then === "function") {
      result.then((value) => settle(null, value, false), (error) => settle(error ?? new Error(String(error)), null, false));
    }
  });
}

async function serveStreaming(api, handler, event, context) {
  const stream = new ResponseStream(api);
  try {
    await handler(event, stream, context);
    if (!stream.writableEnded) stream.end();
    await stream.done;
    return api.next();
  } catch (error) {
    logError("Invoke Error", error);
    if (!stream.hasStarted) return api.failAndNext(describe(error));
    stream.fail(describe(error));
    return api.next();
  }
}

async function serveBuffered(api, handler, event, context) {
  let body;
  try {
    const result = await run(handler, event, context);
    try {
      body = JSON.stringify(result === undefined ? null : result);
    } catch (error) {
      throw new Fault("Runtime.MarshalError", `Unable to stringify response body: ${error.message}`);
    }
  } catch (error) {
    logError("Invoke Error", error);
    return api.failAndNext(describe(error));
  }
  return api.answerAndNext(body ?? "null");
}

/** An error that no handler catches ends the process, once it is reported. */
function reportFatal(api, title, toError, status) {
  return async (reason, promise) => {
    const error = toError(reason, promise);
    logError(title, error);
    await api.fail(requestId !== undefined, describe(error));
    process.exit(status);
  };
}

/** Waits, where this process is started before its function is known, for the function's variables. */
function awaitFunction() {
  if (!process.env._APUS_AWAIT) return;
  delete process.env._APUS_AWAIT;
  fs.writeSync(0, "r");
  const parts = [];
  const part = Buffer.alloc(65536);
  for (let count; (count = fs.readSync(0, part)) > 0; ) parts.push(Buffer.from(part.subarray(0, count)));
  // The environment is being taken down.
  if (parts.length === 0) process.exit(0);
  fs.closeSync(0);
  fs.openSync("/dev/null");
  for (const variable of Buffer.concat(parts).toString().slice(0, -1).split("\0")) {
    const equals = variable.indexOf("=");
    process.env[variable.slice(0, equals)] = variable.slice(equals + 1);
  }
  // The function's code is shown over the directory that this process began in.
  process.chdir(process.env.LAMBDA_TASK_ROOT);
}

async function main() {
  awaitFunction();
  delete process.env._LAMBDA_TELEMETRY_LOG_FD;
  if (process.env.AWS_LAMBDA_LOG_FORMAT === "JSON") {
    jsonLevel = Math.max(0, LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? "INFO"));
  }
  patchConsole();
  const api = await RuntimeAPI.connect(process.env.AWS_LAMBDA_RUNTIME_API);
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: true }),
    HttpResponseStream,
  };
  process.on("uncaughtException", reportFatal(api, "Uncaught Exception", (error) => error, 129));
  process.on("unhandledRejection", reportFatal(api, "Unhandled Promise Rejection", unhandledRejection, 128));
  let handler;
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER ?? "");
  } catch (error) {
    logError("Uncaught Exception", error);
    await api.fail(false, describe(error));
    process.exit(1);
  }
  const serve = handler[STREAMING] ? serveStreaming : serveBuffered;
  for (let incoming = await api.next(); ; ) {
    const { head, body } = incoming;
    requestId = head[0];
    const trace = head[3];
    if (trace) process.env._X_AMZN_TRACE_ID = trace;
    else delete process.env._X_AMZN_TRACE_ID;
    incoming = await serve(api, handler, JSON.parse(body), makeContext(head));
  }
}

await main();
