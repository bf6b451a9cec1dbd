import HTTPTypes
import NIOCore
import ServiceKit
import Wire

/// A service that speaks the protocols of most of AWS: what it is sent, it answers, and for whom.
enum NotesAPI {
    static let description: ServiceDescription = ServiceDescription(
        name: "Notes", signingName: "notes", endpointPrefix: "notes", apiVersion: "2026-01-01",
        targetPrefix: "Notes_20260101", protocols: [.awsJSON11, .awsQuery, .rpcV2CBOR],
        xmlNamespace: "https://notes.example.com/", isQueryCompatible: false,
        schema: { notesSchema })

    static let echo = Operation<EchoRequest, EchoResponse>(description, 0, "Echo")
    static let greet = Operation<EchoRequest, EchoResponse>(description, 1, "Greet")
    static let fail = Operation<EchoRequest, EchoResponse>(description, 2, "Fail")
}

private let notesSchema: ServiceSchema = ServiceSchema(
    NotesAPI.description,
    text: [
        "s\tEchoRequest\t\tText;1;", "S\tText\t",
        "s\tEchoResponse\t\tText;1;\tAccount;1;\tRegion;1;\tPrincipal;1;",
        "o\tEcho\tPOST\t/\t0\t2\twrap=EchoResult",
        "o\tGreet\tPOST\t/\t0\t2\twrap=GreetResult,unsigned",
        "o\tFail\tPOST\t/\t0\t2\twrap=FailResult", "n\tForget\tPOST\t/",
    ].joined(separator: "\n"))

/// A service of buckets, so that bodies flow.
enum BucketsAPI {
    static let description: ServiceDescription = ServiceDescription(
        name: "S3", signingName: "s3", endpointPrefix: "s3", apiVersion: "2006-03-01",
        targetPrefix: nil, protocols: [.restXML],
        xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/", isQueryCompatible: false,
        schema: { bucketsSchema })

    static let putObject = Operation<PutRequest, PutResponse>(description, 0, "PutObject")
}

private let bucketsSchema: ServiceSchema = ServiceSchema(
    BucketsAPI.description,
    text: [
        "s\tPutRequest\tpayload=1\tKey;1;l=uri,r\tBody;2;", "S\tText\t", "B\tBody\tstream",
        "s\tPutResponse\t\tSize;1;l=header,n=x-amz-size\tPrincipal;1;l=header,n=x-amz-principal",
        "o\tPutObject\tPUT\t/{Key+}\t0\t3\t",
    ].joined(separator: "\n"))

/// The two versions of an API that share a name in signatures.
enum GatesAPI {
    static let first: ServiceDescription = ServiceDescription(
        name: "GatesV1", signingName: "gates", endpointPrefix: "gates", apiVersion: "1",
        targetPrefix: nil, protocols: [.restJSON], xmlNamespace: nil, isQueryCompatible: false,
        schema: { firstGates })
    static let second: ServiceDescription = ServiceDescription(
        name: "GatesV2", signingName: "gates", endpointPrefix: "gates", apiVersion: "2",
        targetPrefix: nil, protocols: [.restJSON], xmlNamespace: nil, isQueryCompatible: false,
        schema: { secondGates })

    static let old = Operation<EmptyStructure, EmptyStructure>(first, 0, "Old")
    static let new = Operation<EmptyStructure, EmptyStructure>(second, 0, "New")
}

private let firstGates: ServiceSchema = ServiceSchema(
    GatesAPI.first, text: "o\tOld\tGET\t/v1/gates\t\t\tstatus=201")
private let secondGates: ServiceSchema = ServiceSchema(
    GatesAPI.second, text: "o\tNew\tGET\t/v2/gates\t\t\tstatus=202")

struct EchoRequest: Structure {
    static var shape: Shape { notesSchema.shapes[0] }
    var text = ""

    init() {}

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while try reader.nextMember() != nil { text = try reader.string() }
    }

    func write(to writer: ShapeWriter) {}
}

struct EchoResponse: Structure {
    static var shape: Shape { notesSchema.shapes[2] }
    var members: [String] = []

    init() {}

    init(_ text: String, in context: RequestContext) {
        members = [text, context.account, context.region, context.principal.arn]
    }

    mutating func read(from reader: ShapeReader) throws {}

    func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        for (position, value) in members.enumerated() {
            writer.member(position)
            writer.string(value)
        }
        writer.endStructure()
    }
}

struct PutRequest: Structure {
    static var shape: Shape { bucketsSchema.shapes[0] }
    var key = ""
    var body = Body.empty

    init() {}

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while let member = try reader.nextMember() {
            if member == 0 { key = try reader.string() } else { body = try reader.body() }
        }
    }

    func write(to writer: ShapeWriter) {}
}

struct PutResponse: Structure {
    static var shape: Shape { bucketsSchema.shapes[3] }
    var size = 0
    var principal = ""

    init() {}

    init(size: Int, principal: String) {
        self.size = size
        self.principal = principal
    }

    mutating func read(from reader: ShapeReader) throws {}

    func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        writer.member(0)
        writer.string(String(size))
        writer.member(1)
        writer.string(principal)
        writer.endStructure()
    }
}

// MARK: - Handlers

struct Echo: OperationHandler {
    static let operation = NotesAPI.echo

    func access(for input: EchoRequest, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("notes:Echo")]
    }

    func handle(_ input: EchoRequest, in context: RequestContext) async throws -> EchoResponse {
        EchoResponse(input.text, in: context)
    }
}

struct Greet: OperationHandler {
    static let operation = NotesAPI.greet

    func access(for input: EchoRequest, in context: RequestContext) -> [AccessRequest] { [] }

    func handle(_ input: EchoRequest, in context: RequestContext) async throws -> EchoResponse {
        EchoResponse("hello", in: context)
    }
}

/// Throws what no service should, with a secret in it.
struct Fail: OperationHandler {
    struct Secret: Error { let text = "password=hunter2" }

    static let operation = NotesAPI.fail
    static let requestLimitBytes = 100

    func access(for input: EchoRequest, in context: RequestContext) -> [AccessRequest] { [] }

    func handle(_ input: EchoRequest, in context: RequestContext) async throws -> EchoResponse {
        throw Secret()
    }
}

struct PutObject: OperationHandler {
    static let operation = BucketsAPI.putObject

    func access(for input: PutRequest, in context: RequestContext) -> [AccessRequest] { [] }

    func handle(_ input: PutRequest, in context: RequestContext) async throws -> PutResponse {
        let body = try await input.body.collect(upTo: 64 * 1024 * 1024)
        return PutResponse(size: body.readableBytes, principal: context.principal.arn)
    }
}

struct Old: OperationHandler {
    static let operation = GatesAPI.old

    func access(for input: EmptyStructure, in context: RequestContext) -> [AccessRequest] { [] }
    func handle(_ input: EmptyStructure, in context: RequestContext) -> EmptyStructure { input }
}

struct New: OperationHandler {
    static let operation = GatesAPI.new

    func access(for input: EmptyStructure, in context: RequestContext) -> [AccessRequest] { [] }
    func handle(_ input: EmptyStructure, in context: RequestContext) -> EmptyStructure { input }
}

/// A hosted thing whose path says what it does.
struct TestSite: HostedSite {
    /// Goes on for ever and counts what was taken of it.
    let endless: EndlessStream
    /// Answers `/hold` once it is opened.
    let latch: Latch

    func respond(
        to request: WireRequest, at address: HostedAddress, in context: RequestContext
    ) async throws -> WireResponse {
        switch address.path {
        case "/echo": return WireResponse(body: request.body)
        case "/endless": return WireResponse(body: .stream(endless, length: nil))
        case "/refuse": return WireResponse(status: 409, body: Body(text: "no"))
        case "/hold":
            await latch.arriveAndWait()
            return WireResponse(body: Body(text: "held"))
        default:
            let text =
                "\(address.kind) \(address.id) \(address.region ?? "-") \(address.stage ?? "-") "
                + "\(address.path) \(context.principal.arn)"
            return WireResponse(body: Body(text: text))
        }
    }
}
