import HTTPTypes

/// Finds the operation of a REST service that a request is for.
///
/// Operations stand in a tree of path segments. Where several have the same path, what else they
/// ask for decides: the parameters that their templates name, then the parameters and headers that
/// their inputs require.
package struct RouteTable: Sendable {
    private struct Route: Sendable {
        let operation: OperationSchema
        let isServed: Bool
        let method: String
        let query: [(name: String, value: String?)]
        let requiredParameters: [String]
        let requiredHeaders: [HTTPField.Name]
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var label: Int?
        /// The child that takes the rest of the path, but for the `count` segments that follow it.
        var greedy: Int?
        var routes: [Route] = []
    }

    /// What a request is for.
    enum Found {
        case served(OperationSchema)
        case unserved(OperationSchema)
    }

    private var nodes: [Node] = [Node()]

    init(operations: [OperationSchema], unserved: [OperationSchema], shapes: [Shape]) {
        for operation in operations { add(operation, isServed: true, shapes: shapes) }
        for operation in unserved { add(operation, isServed: false, shapes: shapes) }
        for index in nodes.indices {
            // The more a route asks for, the earlier it is tried.
            nodes[index].routes.sort { Self.weight($0) > Self.weight($1) }
        }
    }

    private static func weight(_ route: Route) -> Int {
        route.query.reduce(0) { $0 + ($1.value == nil ? 100 : 101) }
            + route.requiredParameters.count + route.requiredHeaders.count
    }

    private mutating func add(_ operation: OperationSchema, isServed: Bool, shapes: [Shape]) {
        var node = 0
        for segment in operation.template.segments {
            switch segment {
            case .literal(let text): node = child(of: node, at: \.literals[text])
            case .label: node = child(of: node, at: \.label)
            case .greedy: node = child(of: node, at: \.greedy)
            }
        }
        let required = operation.input.map { shapes[$0].members.filter(\.isRequired) } ?? []
        nodes[node].routes.append(
            Route(
                operation: operation, isServed: isServed, method: operation.method,
                query: operation.template.query.filter { $0.name != "x-id" },
                requiredParameters: required.filter { $0.location == .querystring }.map(\.wireName),
                requiredHeaders: required.filter { $0.location == .header }
                    .compactMap { HTTPField.Name($0.wireName) }))
    }

    private mutating func child(of node: Int, at path: WritableKeyPath<Node, Int?>) -> Int {
        if let child = nodes[node][keyPath: path] { return child }
        nodes.append(Node())
        nodes[node][keyPath: path] = nodes.count - 1
        return nodes.count - 1
    }

    /// The operation that `request` is for; `nil` where the service has none with this method and
    /// path.
    ///
    /// - Throws: `AWSError` `SerializationException` where the query is malformed.
    func find(_ request: WireRequest) throws -> Found? {
        let query = try QueryParameters(request.query)
        var segments = URITemplate.segments(ofPath: request.resourcePath)
        if let route = find(segments[...], in: 0, request, query) { return route }
        // A slash at the end is forgiven where it is part of no label.
        guard segments.last == "" else { return nil }
        segments.removeLast()
        return find(segments[...], in: 0, request, query)
    }

    private func find(
        _ segments: ArraySlice<Substring>, in index: Int, _ request: WireRequest,
        _ query: QueryParameters
    ) -> Found? {
        let node = nodes[index]
        guard let segment = segments.first else { return choose(node.routes, request, query) }
        let rest = segments.dropFirst()
        let text = PercentEncoding.decode(segment) ?? String(segment)
        if let child = node.literals[text], let found = find(rest, in: child, request, query) {
            return found
        }
        if let child = node.label, !segment.isEmpty,
            let found = find(rest, in: child, request, query)
        {
            return found
        }
        // A slash at the end of the path is no segment for a greedy label to take.
        guard let child = node.greedy, segments.count > 1 || !segment.isEmpty else { return nil }
        // A greedy label takes at least one segment; what follows it takes the last ones.
        for count in stride(from: segments.count, through: max(1, segments.count - 3), by: -1) {
            if let found = find(segments.dropFirst(count), in: child, request, query) {
                return found
            }
        }
        return nil
    }

    private func choose(
        _ routes: [Route], _ request: WireRequest, _ query: QueryParameters
    ) -> Found? {
        let candidates = routes.filter { route in
            route.method == request.method.rawValue
                && route.query.allSatisfy { query.contains($0.name, $0.value) }
        }
        let complete = candidates.first { route in
            route.requiredParameters.allSatisfy { query.contains($0) }
                && route.requiredHeaders.allSatisfy { request.headers[$0] != nil }
        }
        // Where none is complete, the one that asks for least says what is missing.
        guard let route = complete ?? candidates.last else { return nil }
        return route.isServed ? .served(route.operation) : .unserved(route.operation)
    }
}
