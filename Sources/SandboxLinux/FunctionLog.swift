// Sources may be used from any thread; Dispatch does not say so on Linux.
@preconcurrency import Dispatch
import Glibc
import Platform
import Sandbox
import Synchronization

/// The log of one environment: what its processes write, and what Lambda writes around it.
final class FunctionLog: Sendable {
    private struct State {
        var assembler = LogAssembler()
        var tail = LogTail()
        /// The reading end of the processes' output, which does not block, while there is one.
        var output: (descriptor: Int32, source: any DispatchSourceRead)?
    }

    private let state = Mutex(State())
    private let deployment: FunctionDeployment
    private let logStream: String
    private let sink: any FunctionLogSink
    private let clock: any Clock

    init(
        deployment: FunctionDeployment, logStream: String, sink: any FunctionLogSink,
        clock: any Clock
    ) {
        self.deployment = deployment
        self.logStream = logStream
        self.sink = sink
        self.clock = clock
    }

    /// Reads `descriptor` from now on and closes it at its end.
    func follow(_ descriptor: Int32, queue: DispatchQueue) {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [weak self] in self?.drain() }
        source.setCancelHandler { Glibc.close(descriptor) }
        source.activate()
        state.withLock { $0.output = (descriptor, source) }
    }

    /// Writes lines of the platform's.
    func write(_ messages: [String]) {
        state.withLock { state in
            read(&state)
            emit(messages, &state)
        }
    }

    /// Writes the first lines of an event, after all that was logged before it.
    func begin(_ messages: [String]) {
        state.withLock { state in
            read(&state)
            _ = state.tail.take()
            emit(messages, &state)
        }
    }

    /// Writes the last lines of an event, after all that it logged, and returns the end of its log.
    func end(_ messages: [String]) -> [UInt8] {
        state.withLock { state in
            read(&state)
            emit(state.assembler.flush() + messages, &state)
            return state.tail.take()
        }
    }

    /// Takes what has been written so far.
    func drain() {
        state.withLock { read(&$0) }
    }

    /// Nothing more will be written.
    func close() {
        state.withLock { state in
            read(&state)
            emit(state.assembler.flush(), &state)
            Self.closeOutput(&state)
        }
    }

    /// Reads all that is there. An answer is read after what the function wrote before it, because both are
    /// read in the order of their writing: whoever handles an answer drains the log first.
    private func read(_ state: inout State) {
        withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 1) { buffer in
            while let descriptor = state.output?.descriptor {
                let count = Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
                guard count > 0 else {
                    if count == 0 { Self.closeOutput(&state) }
                    return
                }
                emit(state.assembler.append(buffer.prefix(count)), &state)
            }
        }
    }

    private static func closeOutput(_ state: inout State) {
        state.output?.source.cancel()
        state.output = nil
    }

    private func emit(_ messages: [String], _ state: inout State) {
        guard !messages.isEmpty else { return }
        for message in messages { state.tail.append(message) }
        let now = clock.now
        sink.write(messages.map { (now, $0) }, of: deployment, logStream: logStream)
    }
}
