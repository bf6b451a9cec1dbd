import NIOCore
import Platform

@testable import Wire

/// A structure of whatever shape is current: what generated code does for one shape, done by the
/// schema for all.
///
/// Its values are documents: blobs are their text, timestamps are seconds since the epoch.
struct AnyStructure: Structure {
    /// The schema and the position of the shape that is read or written.
    struct Context: Sendable {
        let schema: ServiceSchema
        let position: Int
    }

    @TaskLocal static var context: Context?

    static var shape: Shape {
        guard let context else { preconditionFailure("no shape is current") }
        return context.schema.shapes[context.position]
    }

    private static var shapes: [Shape] { context?.schema.shapes ?? [] }

    var document: Document = .object([:])

    init() {}

    init(_ document: Document) { self.document = document }

    /// Runs `body` with the shape at `position` current.
    static func with<Result>(
        _ schema: ServiceSchema, _ position: Int?, _ body: () throws -> Result
    ) rethrows -> Result {
        let context = position.map { Context(schema: schema, position: $0) }
        return try $context.withValue(context, operation: body)
    }

    // MARK: - Reading

    mutating func read(from reader: ShapeReader) throws {
        document = try Self.readStructure(Self.shape, reader)
    }

    private static func readStructure(_ shape: Shape, _ reader: ShapeReader) throws -> Document {
        var members: [String: Document] = [:]
        try reader.beginStructure(shape)
        while let position = try reader.nextMember() {
            let member = shape.members[position]
            members[member.name] = try read(shapes[member.target], member, reader)
        }
        return .object(members)
    }

    private static func read(_ shape: Shape, _ member: Member, _ reader: ShapeReader) throws
        -> Document
    {
        switch shape.kind {
        case .structure, .union: return try readStructure(shape, reader)
        case .list:
            var elements: [Document] = []
            try reader.beginList()
            while try reader.nextElement() {
                elements.append(try read(shapes[shape.members[0].target], shape.members[0], reader))
            }
            return .array(elements)
        case .map:
            var members: [String: Document] = [:]
            try reader.beginMap()
            while let key = try reader.nextKey() {
                members[key] = try read(shapes[shape.members[1].target], shape.members[1], reader)
            }
            return .object(members)
        case .string: return .string(try reader.string())
        case .jsonText: return ["json": try Document(json: try reader.string())]
        case .integer, .long: return .integer(Int64(try reader.integer()))
        case .float, .double: return .number(try reader.double())
        case .boolean: return .boolean(try reader.boolean())
        case .timestamp: return .number(Double(try reader.timestamp().milliseconds) / 1000)
        case .document: return try reader.document()
        case .blob:
            guard shape.isStreaming || member.isStreaming else {
                return .string(String(decoding: try reader.blob(), as: UTF8.self))
            }
            guard case .bytes(let buffer) = try reader.body() else { return .null }
            return .string(String(buffer: buffer))
        }
    }

    // MARK: - Writing

    func write(to writer: ShapeWriter) { Self.writeStructure(document, Self.shape, writer) }

    private static func writeStructure(_ value: Document, _ shape: Shape, _ writer: ShapeWriter) {
        writer.beginStructure(shape)
        for (position, member) in shape.members.enumerated() {
            guard let value = value[member.name], value != .null else { continue }
            writer.member(position)
            write(value, shapes[member.target], member, writer)
        }
        writer.endStructure()
    }

    private static func write(
        _ value: Document, _ shape: Shape, _ member: Member, _ writer: ShapeWriter
    ) {
        switch shape.kind {
        case .structure, .union: writeStructure(value, shape, writer)
        case .list:
            guard case .array(let elements) = value else { return }
            writer.beginList(count: elements.count)
            for element in elements where element != .null {
                write(element, shapes[shape.members[0].target], shape.members[0], writer)
            }
            writer.endList()
        case .map:
            guard case .object(let members) = value else { return }
            writer.beginMap(count: members.count)
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                writer.key(key)
                write(value, shapes[shape.members[1].target], shape.members[1], writer)
            }
            writer.endMap()
        case .string: writer.string(value.stringValue ?? "")
        case .jsonText: writer.string((value["json"] ?? .null).jsonText)
        case .integer, .long: writer.integer(Int(value.integerValue ?? 0))
        case .float, .double: writer.double(value.doubleValue)
        case .boolean: writer.boolean(value.booleanValue ?? false)
        case .timestamp:
            writer.timestamp(Instant(milliseconds: Int64((value.doubleValue * 1000).rounded())))
        case .document: writer.document(value)
        case .blob:
            let bytes = Array((value.stringValue ?? "").utf8)
            if shape.isStreaming || member.isStreaming {
                writer.body(Body(bytes))
            } else {
                writer.blob(bytes)
            }
        }
    }
}

extension Document {
    /// The number, from the texts that stand for what is none, too.
    var doubleValue: Double {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string(let text): DoubleText.value(of: text) ?? 0
        default: 0
        }
    }

    /// Whether this value means the same as `other`, however its numbers are written.
    func means(_ other: Document) -> Bool {
        switch (self, other) {
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
        case (.object(let left), .object(let right)):
            return left.keys == right.keys
                && left.allSatisfy { key, value in right[key].map { value.means($0) } ?? false }
        case (.integer, .number), (.number, .integer), (.number, .number), (.number, .string),
            (.string, .number):
            let (left, right) = (doubleValue, other.doubleValue)
            return left == right || left.isNaN && right.isNaN
                || abs(left - right) <= 1e-6 * max(abs(left), abs(right))
        default: return self == other
        }
    }
}
