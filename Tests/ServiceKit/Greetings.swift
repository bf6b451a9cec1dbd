import ServiceKit
import Synchronization
import Wire

/// A service of one operation that is served and one that is not.
enum GreetingsAPI {
    static let description: ServiceDescription = ServiceDescription(
        name: "Greetings", signingName: "greetings", endpointPrefix: "greetings",
        apiVersion: "2026-01-01", targetPrefix: "Greetings", protocols: [.awsJSON11],
        xmlNamespace: nil, isQueryCompatible: false, schema: { greetingsSchema })

    static let greet = Operation<Greeting, Greeting>(description, 0, "Greet")
    static let insult = Operation<Greeting, Greeting>(description, 1, "Insult")
}

let greetingsSchema: ServiceSchema = ServiceSchema(
    GreetingsAPI.description,
    text: """
        s\tGreeting\t\tName;1;r
        S\tName\tmax=5,enum=Ada|Bob
        o\tGreet\tPOST\t/\t0\t0\t
        o\tInsult\tPOST\t/\t0\t0\t
        """)

struct Greeting: Structure, Equatable {
    static var shape: Shape { greetingsSchema.shapes[0] }
    var name = ""

    init() {}
    init(_ name: String) { self.name = name }

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while try reader.nextMember() != nil { name = try reader.string() }
    }

    func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        writer.member(0)
        writer.string(name)
        writer.endStructure()
    }
}

/// Greets; has words of its own for names that are none.
struct Greet: OperationHandler {
    static let operation = GreetingsAPI.greet

    static func error(for violations: [ConstraintViolation]) -> AWSError? {
        guard let violation = violations.first(where: { $0.path == "name" && !$0.isNull }) else {
            return nil
        }
        return AWSError("NoSuchPerson", "\(violation.value ?? "It") is nobody.", status: 404)
    }

    func access(for input: Greeting, in context: RequestContext) -> [AccessRequest] {
        [AccessRequest("greetings:Greet", on: context.arn("greetings", input.name).description)]
    }

    func handle(_ input: Greeting, in context: RequestContext) -> Greeting {
        Greeting("hello \(input.name) from \(context.principal.arn)")
    }
}

/// Denies what is on one resource, and keeps what it was asked.
final class Doorkeeper: Authorizer {
    private let asked = Mutex<[String]>([])
    let denied: String

    init(denying denied: String) { self.denied = denied }

    var requests: [String] { asked.withLock { $0 } }

    func authorize(_ requests: [AccessRequest], in context: RequestContext) async throws {
        for request in requests {
            asked.withLock { $0.append("\(request.action) \(request.resources)") }
            if request.resources.contains(denied) { throw CommonError.accessDenied("no") }
        }
    }
}

/// Keeps the events that it is delivered.
final class Letterbox: DeliveryTarget {
    private let letters = Mutex<[(String, [UInt8])]>([])

    var contents: [(String, [UInt8])] { letters.withLock { $0 } }

    func deliver(_ event: DeliveryEvent, to arn: ARN, in context: RequestContext) async throws {
        letters.withLock { $0.append((arn.resource, event.payload)) }
    }
}
