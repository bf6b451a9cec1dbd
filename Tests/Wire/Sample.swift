import Platform

@testable import Wire

/// A structure with a member of every kind, as modelgen would write it.
struct Sample: Structure, Equatable {
    static var shape: Shape { SampleService.schema.shapes[0] }

    var name = ""
    var count: Int?
    var ratio: Double?
    var flag: Bool?
    var data: [UInt8]?
    var time: Instant?
    var tags: [String]?
    var flat: [String]?
    var attributes: [String: String]?
    var flatAttributes: [String: String]?
    var children: [Sample]?
    var big: Int?

    init() {}

    init(_ name: String, _ change: (inout Sample) -> Void = { _ in }) {
        self.name = name
        change(&self)
    }

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while let member = try reader.nextMember() {
            switch member {
            case 0: name = try reader.string()
            case 1: count = try reader.integer()
            case 2: ratio = try reader.double()
            case 3: flag = try reader.boolean()
            case 4: data = try reader.blob()
            case 5: time = try reader.timestamp()
            case 6: tags = try Self.list(reader) { try $0.string() }
            case 7: flat = try Self.list(reader) { try $0.string() }
            case 8: attributes = try Self.map(reader)
            case 9: flatAttributes = try Self.map(reader)
            case 10: children = try Self.list(reader) { try $0.structure() }
            case 11: big = try reader.integer()
            default: break
            }
        }
    }

    func write(to writer: ShapeWriter) {
        func write<Value>(_ position: Int, _ value: Value?, _ body: (Value) -> Void) {
            guard let value else { return }
            writer.member(position)
            body(value)
        }
        writer.beginStructure(Self.shape)
        write(0, name) { writer.string($0) }
        write(1, count) { writer.integer($0) }
        write(2, ratio) { writer.double($0) }
        write(3, flag) { writer.boolean($0) }
        write(4, data) { writer.blob($0) }
        write(5, time) { writer.timestamp($0) }
        write(6, tags) { Self.write($0, to: writer) { writer.string($0) } }
        write(7, flat) { Self.write($0, to: writer) { writer.string($0) } }
        write(8, attributes) { Self.write($0, to: writer) }
        write(9, flatAttributes) { Self.write($0, to: writer) }
        write(10, children) { Self.write($0, to: writer) { $0.write(to: writer) } }
        write(11, big) { writer.integer($0) }
        writer.endStructure()
    }

    private static func list<Element>(
        _ reader: ShapeReader, _ element: (ShapeReader) throws -> Element
    ) throws -> [Element] {
        var list: [Element] = []
        try reader.beginList()
        while try reader.nextElement() { list.append(try element(reader)) }
        return list
    }

    private static func map(_ reader: ShapeReader) throws -> [String: String] {
        var map: [String: String] = [:]
        try reader.beginMap()
        while let key = try reader.nextKey() { map[key] = try reader.string() }
        return map
    }

    private static func write<Element>(
        _ list: [Element], to writer: ShapeWriter, _ element: (Element) -> Void
    ) {
        writer.beginList(count: list.count)
        list.forEach(element)
        writer.endList()
    }

    private static func write(_ map: [String: String], to writer: ShapeWriter) {
        writer.beginMap(count: map.count)
        for (key, value) in map.sorted(by: { $0.key < $1.key }) {
            writer.key(key)
            writer.string(value)
        }
        writer.endMap()
    }

    /// One with a value in every member.
    static let full = Sample("n&<a>me") {
        $0.count = -7
        $0.ratio = 1.5
        $0.flag = true
        $0.data = [0, 255, 16]
        $0.time = Instant(milliseconds: 1_422_172_800_000)
        $0.tags = ["a", "", "c"]
        $0.flat = ["x", "y"]
        $0.attributes = ["k1": "v1", "k2": ""]
        $0.flatAttributes = ["f": "g"]
        $0.children = [Sample("child") { $0.children = [Sample("grandchild")] }, Sample("other")]
        $0.big = .max
    }
}

/// A service whose operations take and answer a `Sample`.
enum SampleService {
    static let schema = schema(of: .awsQuery)

    static func schema(of wireProtocol: WireProtocol, queryCompatible: Bool = false)
        -> ServiceSchema
    {
        ServiceSchema(
            ServiceDescription(
                name: "Samples", signingName: "samples", endpointPrefix: "samples",
                apiVersion: "2020-01-08", targetPrefix: "SamplesV1", protocols: [wireProtocol],
                xmlNamespace: "https://samples.example.com/", isQueryCompatible: queryCompatible,
                schema: { schema }),
            text: """
                s\tSample\t\tName;1;r\tCount;2;\tRatio;3;\tFlag;4;\tData;5;\tTime;6;\tTags;7;\tFlat;9;\t\
                Attributes;8;\tFlatAttributes;8;flat,n=Pair\tChildren;10;\tBig;11;
                S\tName\tmax=64
                i\tInteger\t
                d\tDouble\t
                b\tBoolean\t
                B\tBlob\t
                t\tTime\t
                l\tTags\t\tmember;1;
                m\tAttributes\t\tkey;1;\tvalue;1;
                l\tFlatTags\tflat\tmember;1;n=Item
                l\tSamples\t\tmember;0;
                L\tLong\t
                o\tDo\tPOST\t/\t0\t0\twrap=DoResult
                o\tStop\tPOST\t/\t-\t-\t
                n\tLater\tPOST\t/
                """)
    }
}
