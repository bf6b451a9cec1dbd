// The server's end of things: a connection that is kept open, over which events and answers go as frames.
//
// What is sent is a letter, the length of what follows, and that; an answer says at the same time that the next event is
// awaited. What is received is the lengths of an event's head and of its payload, and both.

import net from "node:net";

export class RuntimeAPI {
  #socket;
  #parts = [];
  #received = 0;
  /** How many bytes there must be before it is worth looking again. */
  #needed = 8;
  #resolve;

  static connect(address) {
    const descriptor = process.env._APUS_RUNTIME_API_FD;
    if (descriptor) {
      // A connection that is there already, and costs less than one over TCP.
      delete process.env._APUS_RUNTIME_API_FD;
      return new RuntimeAPI(new net.Socket({ fd: Number(descriptor), readable: true, writable: true }));
    }
    return new Promise((resolve) => {
      const [host, port] = address.split(":");
      const socket = net.connect({ host, port: Number(port), noDelay: true }, () => resolve(new RuntimeAPI(socket)));
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on("data", (data) => this.#receive(data));
    // The environment is being taken down.
    socket.on("close", () => process.exit(0));
    socket.on("error", () => process.exit(0));
  }

  /** The fields of an event's head, and its payload. */
  next() {
    return this.#ask("N", "");
  }

  answerAndNext(json) {
    return this.#ask("R", json);
  }

  failAndNext(error) {
    return this.#ask("E", errorBody(error));
  }

  /** Reports an error after which the process ends: of an event, or of the start where there is none. */
  fail(isEvent, error) {
    return this.#ask(isEvent ? "U" : "I", errorBody(error));
  }

  /** Begins a streamed answer. */
  begin(contentType) {
    this.#send("S", Buffer.from(String(contentType)));
  }

  chunk(bytes, done) {
    this.#send("C", bytes, done);
  }

  /** Ends a streamed answer, with an error when there is one. */
  end(error, done) {
    this.#send(error ? "X" : "F", Buffer.from(error ? errorBody(error) : ""), done);
  }

  /** Sends, and resolves with what the server says to it. The process lives as long as that is awaited. */
  #ask(letter, text) {
    this.#socket.ref();
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#send(letter, Buffer.from(text));
    });
  }

  #send(letter, bytes, done) {
    const head = Buffer.allocUnsafe(5);
    head.write(letter, 0, "latin1");
    head.writeUInt32BE(bytes.length, 1);
    if (bytes.length < 65536) {
      this.#socket.write(Buffer.concat([head, bytes]), done);
    } else {
      this.#socket.write(head);
      this.#socket.write(bytes, done);
    }
  }

  #receive(data) {
    this.#parts.push(data);
    this.#received += data.length;
    if (this.#received < this.#needed) return;
    const all = this.#parts.length === 1 ? data : Buffer.concat(this.#parts);
    const payload = 8 + all.readUInt32BE(0);
    this.#needed = payload + all.readUInt32BE(4);
    this.#parts = [all];
    if (all.length < this.#needed) return;
    this.#parts = [];
    this.#received = 0;
    this.#needed = 8;
    // While a handler runs, only its own work keeps the process alive.
    this.#socket.unref();
    this.#resolve({ head: all.toString("utf8", 8, payload).split("\n"), body: all.toString("utf8", payload) });
  }
}

/** An error's type and its document. */
function errorBody(error) {
  return `${String(error.errorType).replaceAll("\n", " ")}\n${JSON.stringify(error)}`;
}
