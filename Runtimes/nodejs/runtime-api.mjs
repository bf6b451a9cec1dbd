// A connection to the Lambda Runtime API: one socket, kept open; an answer and the next question leave together.

import net from "node:net";

const END_OF_HEAD = Buffer.from("\r\n\r\n");

const headerValue = (text) => String(text).replace(/[^\x20-\x7e]/g, "?");

export class RuntimeAPI {
  #socket;
  #address;
  #parts = [];
  #received = 0;
  /** How many bytes there must be before it is worth looking again. */
  #needed = 0;
  #waiting = [];

  static connect(address) {
    const descriptor = process.env._APUS_RUNTIME_API_FD;
    if (descriptor) {
      // A connection that is there already, and costs less than one over TCP.
      delete process.env._APUS_RUNTIME_API_FD;
      return new RuntimeAPI(new net.Socket({ fd: Number(descriptor), readable: true, writable: true }), address);
    }
    return new Promise((resolve) => {
      const [host, port] = address.split(":");
      const socket = net.connect({ host, port: Number(port), noDelay: true }, () =>
        resolve(new RuntimeAPI(socket, address)));
    });
  }

  constructor(socket, address) {
    this.#socket = socket;
    this.#address = address;
    socket.on("data", (data) => this.#receive(data));
    // The environment is being taken down.
    socket.on("close", () => process.exit(0));
    socket.on("error", () => process.exit(0));
  }

  next() {
    return this.#send(this.#nextRequest);
  }

  answerAndNext(requestId, json) {
    return this.#postAndNext(`invocation/${requestId}/response`, json, "");
  }

  failAndNext(requestId, error) {
    return this.#postAndNext(`invocation/${requestId}/error`, JSON.stringify(error), this.#errorHeader(error));
  }

  /** Reports an error of an event, or of the start where there is no event. */
  fail(requestId, error) {
    const path = requestId ? `invocation/${requestId}/error` : "init/error";
    return this.#send(this.#post(path, JSON.stringify(error), this.#errorHeader(error)));
  }

  /** Begins a streamed answer. */
  begin(requestId, contentType) {
    this.#socket.write(
      `POST /2018-06-01/runtime/invocation/${requestId}/response HTTP/1.1\r\nHost: ${this.#address}\r\n` +
        `Content-Type: ${headerValue(contentType)}\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n` +
        "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n" +
        "Transfer-Encoding: chunked\r\n\r\n");
  }

  chunk(bytes, done) {
    if (bytes.length === 0) return done();
    this.#socket.write(`${bytes.length.toString(16)}\r\n`);
    this.#socket.write(bytes);
    this.#socket.write("\r\n", done);
  }

  /** Ends a streamed answer, with an error when there is one. */
  end(error) {
    const trailers = error
      ? this.#errorHeader(error) +
        `Lambda-Runtime-Function-Error-Body: ${Buffer.from(JSON.stringify(error)).toString("base64")}\r\n`
      : "";
    return this.#send(`0\r\n${trailers}\r\n`);
  }

  get #nextRequest() {
    return `GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: ${this.#address}\r\n\r\n`;
  }

  #errorHeader(error) {
    return `Lambda-Runtime-Function-Error-Type: ${headerValue(error.errorType)}\r\n`;
  }

  #post(path, json, headers) {
    return (
      `POST /2018-06-01/runtime/${path} HTTP/1.1\r\nHost: ${this.#address}\r\n` +
      `Content-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  }

  #postAndNext(path, json, headers) {
    this.#expect();
    return this.#send(this.#post(path, json, headers) + this.#nextRequest);
  }

  /** Sends, and resolves with the response that belongs to it. The process lives as long as one is awaited. */
  #send(text) {
    this.#socket.ref();
    this.#socket.write(text);
    return this.#expect();
  }

  #expect() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #receive(data) {
    this.#parts.push(data);
    this.#received += data.length;
    if (this.#received < this.#needed) return;
    let rest = this.#parts.length === 1 ? data : Buffer.concat(this.#parts);
    for (let taken; (taken = this.#take(rest)); rest = taken.rest) {
      const resolve = this.#waiting.shift();
      // While a handler runs, only its own work keeps the process alive.
      if (this.#waiting.length === 0) this.#socket.unref();
      resolve?.(taken);
    }
    this.#parts = rest.length ? [rest] : [];
    this.#received = rest.length;
  }

  /** The first response in `data` and what comes after it, when it is there as a whole. */
  #take(data) {
    this.#needed = 0;
    const end = data.indexOf(END_OF_HEAD);
    if (end < 0) return undefined;
    const headers = {};
    for (const line of data.toString("utf8", 0, end).split("\r\n").slice(1)) {
      const colon = line.indexOf(":");
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const start = end + END_OF_HEAD.length;
    const stop = start + Number(headers["content-length"] ?? 0);
    if (data.length < stop) {
      this.#needed = stop;
      return undefined;
    }
    return { headers, body: data.toString("utf8", start, stop), rest: data.subarray(stop) };
  }
}
