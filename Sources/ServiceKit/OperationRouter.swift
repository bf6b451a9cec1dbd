package import Wire

/// The operations that are served, by service: the table that every request and every call between services goes through.
package struct OperationRouter: Sendable {
    private var services: [String: ServedService] = [:]

    package init() {}

    /// Serves `handler`'s operation.
    package mutating func register<Handler: OperationHandler>(_ handler: Handler) {
        let operation = Handler.operation
        let name = operation.service.name
        services[name, default: ServedService(description: operation.service)]
            .add(ServedOperation(handler))
    }

    /// Every service that has an operation, by name.
    package var all: [ServedService] {
        services.values.sorted { $0.description.name < $1.description.name }
    }

    /// The service whose module is called `name`.
    package func service(named name: String) -> ServedService? { services[name] }
}

/// A service and its operations' handlers.
package struct ServedService: Sendable {
    package let description: ServiceDescription
    private var operations: [String: ServedOperation] = [:]

    init(description: ServiceDescription) {
        self.description = description
    }

    mutating func add(_ operation: ServedOperation) {
        precondition(operations[operation.name] == nil, "\(operation.name) is registered twice")
        operations[operation.name] = operation
    }

    /// The handler of an operation; `nil` where the model has it and nobody serves it.
    package func operation(named name: String) -> ServedOperation? { operations[name] }

    /// The names of the operations that are served, sorted.
    package var operationNames: [String] { operations.keys.sorted() }
}

/// An operation's handler with its types erased.
package struct ServedOperation: Sendable {
    package let name: String
    /// The bytes that a request may have where it does not flow.
    package let requestLimitBytes: Int
    /// Reads the input from a request.
    package let decode:
        @Sendable (WireRequest, OperationSchema, ServiceSchema, any WireCodec) throws ->
            any Structure
    /// Says what the caller must be allowed to do.
    package let access: @Sendable (any Structure, RequestContext) async throws -> [AccessRequest]
    /// Does it.
    package let handle: @Sendable (any Structure, RequestContext) async throws -> any Structure

    init<Handler: OperationHandler>(_ handler: Handler) {
        name = Handler.operation.name
        requestLimitBytes = Handler.requestLimitBytes
        decode = { request, operation, service, codec in
            do {
                return try codec.decode(
                    Handler.Input.self, of: operation, in: service, from: request)
            } catch let error as AWSError where !error.violations.isEmpty {
                throw Handler.error(for: error.violations) ?? error
            }
        }
        access = { input, context in
            try await handler.access(for: Self.cast(input), in: context)
        }
        handle = { input, context in
            try await handler.handle(Self.cast(input), in: context)
        }
    }

    private static func cast<Input: Structure>(_ input: any Structure) -> Input {
        guard let input = input as? Input else {
            preconditionFailure("\(type(of: input)) is not \(Input.self)")
        }
        return input
    }
}
