// What a streaming handler writes its answer to.

import { Writable } from "node:stream";

const HTTP_INTEGRATION = "application/vnd.awslambda.http-integration-response";

export class ResponseStream extends Writable {
  hasStarted = false;
  #api;
  #contentType = "application/octet-stream";
  #beforeFirst;

  constructor(api) {
    super({ highWaterMark: 64 * 1024 });
    this.#api = api;
    /** Resolves when the whole answer is taken. */
    this.done = new Promise((resolve, reject) => this.once("finish", resolve).once("error", reject));
    this.done.catch(() => {});
  }

  setContentType(contentType) {
    if (this.hasStarted) throw new Error("Cannot set content-type, too late.");
    this.#contentType = contentType;
  }

  _onBeforeFirstWrite(write) {
    this.#beforeFirst = write;
  }

  fail(error) {
    this.destroy();
    this.#api.end(error);
  }

  #start() {
    if (this.hasStarted) return;
    this.hasStarted = true;
    this.#api.begin(this.#contentType);
    this.#beforeFirst?.((bytes) => this.#api.chunk(Buffer.from(bytes), () => {}));
  }

  _write(chunk, encoding, done) {
    this.#start();
    this.#api.chunk(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, encoding), done);
  }

  _final(done) {
    this.#start();
    this.#api.end(undefined, done);
  }
}

export class HttpResponseStream {
  /** Puts the status and headers of an HTTP response before the stream's bytes. */
  static from(stream, prelude) {
    stream.setContentType(HTTP_INTEGRATION);
    stream._onBeforeFirstWrite((write) => {
      write(JSON.stringify(prelude));
      write(new Uint8Array(8));
    });
    return stream;
  }
}
