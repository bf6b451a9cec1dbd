import HTTPTypes
import NIOCore

/// Takes the members of an input that stand outside the body's syntax from a request.
package struct HTTPRequestBinding {
    private let request: WireRequest
    private let operation: OperationSchema
    private let schema: ServiceSchema
    private let query: QueryParameters
    private let labels: [String: String]

    /// Takes `request` apart.
    ///
    /// - Throws: `AWSError` `SerializationException` where its path or query is malformed.
    package init(
        _ request: WireRequest, for operation: OperationSchema, in schema: ServiceSchema
    ) throws {
        self.request = request
        self.operation = operation
        self.schema = schema
        self.query = try QueryParameters(request.query)
        self.labels = try operation.template.labels(in: request.resourcePath)
    }

    /// The members that are there.
    package func members() -> [BoundMember] {
        guard let shape = operation.input.map({ schema.shapes[$0] }) else { return [] }
        return shape.members.indices.compactMap { position in
            value(of: position, in: shape).map { BoundMember(position, $0) }
        }
    }

    /// The body, where it is in the protocol's format; `nil` where it is empty or the value of a member as it is.
    var content: ByteBuffer? {
        guard case .bytes(let buffer) = request.body, buffer.readableBytes > 0 else { return nil }
        if let shape = operation.input.map({ schema.shapes[$0] }), let payload = shape.payload,
            isRaw(shape.members[payload])
        {
            return nil
        }
        return buffer
    }

    private func value(of position: Int, in shape: Shape) -> BoundValue? {
        let member = shape.members[position]
        let target = schema.shapes[member.target]
        switch member.location {
        case .uri: return labels[member.wireName].map { .text($0) }
        case .querystring: return parameter(member, target)
        case .header: return header(member, target)
        case .headers: return prefixedHeaders(member.wireName)
        case .statusCode: return nil
        case .body: return position == shape.payload ? rawPayload(member, target) : nil
        }
    }

    // MARK: - The query

    private func parameter(_ member: Member, _ target: Shape) -> BoundValue? {
        switch target.kind {
        case .map:
            return allParameters(
                valuesAreLists: schema.shapes[target.members[1].target].kind == .list)
        case .list:
            let values = query.values(of: member.wireName)
            return values.isEmpty ? nil : .list(values)
        default:
            guard let value = query.values(of: member.wireName).first else { return nil }
            return Self.scalar(value, target)
        }
    }

    /// All parameters but those of the operation's template; other members may have some of them,
    /// too.
    private func allParameters(valuesAreLists: Bool) -> BoundValue? {
        let taken = Set(operation.template.query.map(\.name))
        var (names, values): ([String], [String: [String]]) = ([], [:])
        for (name, value) in query.items where !taken.contains(name) {
            if values[name] == nil { names.append(name) }
            values[name, default: []].append(value)
        }
        if names.isEmpty { return nil }
        return .map(
            names.map {
                ($0, valuesAreLists ? .list(values[$0] ?? []) : .text(values[$0]?.first ?? ""))
            })
    }

    /// A value that is no text is not there where it is empty.
    private static func scalar(_ text: String, _ target: Shape) -> BoundValue? {
        text.isEmpty && target.kind != .string ? nil : .text(text)
    }

    // MARK: - Headers

    private func header(_ member: Member, _ target: Shape) -> BoundValue? {
        guard let name = HTTPField.Name(member.wireName) else { return nil }
        let values = request.headers[values: name]
        guard !values.isEmpty else { return nil }
        guard target.kind == .list else {
            return Self.scalar(values.joined(separator: ","), target)
        }
        let element = schema.shapes[target.members[0].target]
        let format = target.members[0].timestampFormat ?? element.timestampFormat ?? .httpDate
        let holdsDates = element.kind == .timestamp && format == .httpDate
        return .list(values.flatMap { HeaderList.split($0, holdsDates: holdsDates) })
    }

    private func prefixedHeaders(_ prefix: String) -> BoundValue? {
        let lowered = prefix.lowercased()
        let found: [(key: String, value: BoundValue)] = request.headers.compactMap { field in
            guard field.name.canonicalName.hasPrefix(lowered) else { return nil }
            return (String(field.name.rawName.dropFirst(prefix.count)), .text(field.value))
        }
        return found.isEmpty ? nil : .map(found)
    }

    // MARK: - The payload

    /// Whether a payload is the body as it came: bytes, text or an event stream.
    private func isRaw(_ member: Member) -> Bool {
        let target = schema.shapes[member.target]
        switch target.kind {
        case .blob, .string: return true
        case .union: return target.isStreaming
        default: return false
        }
    }

    private func rawPayload(_ member: Member, _ target: Shape) -> BoundValue? {
        guard isRaw(member) else { return nil }
        if !member.isStreaming, !target.isStreaming, case .bytes(let buffer) = request.body,
            buffer.readableBytes == 0
        {
            return nil
        }
        return .body(request.body)
    }
}
