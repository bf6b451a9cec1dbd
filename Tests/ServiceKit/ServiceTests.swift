import HTTPTypes
import ServiceKit
import TestKit
import Testing
import Wire

@Suite("Services and each other")
struct ServiceTests {
    private let cloud = TestCloud()
    private let doorkeeper = Doorkeeper(
        denying: "arn:aws:greetings:us-east-1:123456789012:Bob")

    private func connected() -> OperationRouter {
        var router = OperationRouter()
        router.register(Greet())
        cloud.dependencies.caller.connect(router, authorizer: doorkeeper)
        return router
    }

    @Test("an operation is called as the principal of the context")
    func call() async throws {
        _ = connected()
        let context = cloud.context(as: .service("events.amazonaws.com"))
        let answer = try await cloud.call(GreetingsAPI.greet, Greeting("Ada"), in: context)
        #expect(answer == Greeting("hello Ada from events.amazonaws.com"))
        #expect(
            doorkeeper.requests
                == ["greetings:Greet [\"arn:aws:greetings:us-east-1:123456789012:Ada\"]"])
    }

    @Test("a call that the authorizer denies is not done")
    func denied() async {
        _ = connected()
        await expectError("AccessDeniedException", "no", status: 403) {
            _ = try await cloud.call(GreetingsAPI.greet, Greeting("Bob"))
        }
    }

    @Test("an operation that nobody serves is named")
    func notServed() async {
        _ = connected()
        await expectError(
            "NotImplemented", "Insult of Greetings is not served by Apus.", status: 501
        ) {
            _ = try await cloud.call(GreetingsAPI.insult, Greeting("Ada"))
        }
    }

    @Test("the router lists what is served")
    func router() throws {
        let router = connected()
        #expect(router.all.map(\.description.name) == ["Greetings"])
        #expect(router.service(named: "Greetings")?.operationNames == ["Greet"])
        #expect(router.service(named: "Greetings")?.operation(named: "Insult") == nil)
        #expect(router.service(named: "Partings") == nil)
    }

    @Test(
        "an operation may have its own words for violated constraints",
        arguments: [
            (#"{"Name":"Eve"}"#, "NoSuchPerson", 404), ("{}", "ValidationException", 400),
            (#"{"Name":1}"#, "SerializationException", 400),
        ])
    func violations(body: String, code: String, status: Int) async throws {
        let served = try #require(
            connected().service(named: "Greetings")?.operation(named: "Greet"))
        let request = WireRequest(method: .post, path: "/", body: Body(text: body))
        await expectError(code, status: status) {
            _ = try served.decode(
                request, greetingsSchema.operations[0], greetingsSchema,
                AWSJSONCodec(version: "1.1"))
        }
    }

    @Test("an event goes to the service that its ARN names, and to nobody else")
    func delivery() async throws {
        let letterbox = Letterbox()
        cloud.dependencies.delivery.connect(["greetings": letterbox])
        let event = DeliveryEvent(payload: [1, 2])
        let arn = try #require(ARN("arn:aws:greetings:us-east-1:123456789012:door"))
        try await cloud.dependencies.delivery.deliver(event, to: arn, in: cloud.context())
        #expect(letterbox.contents.map(\.0) == ["door"])
        #expect(letterbox.contents.first?.1 == [1, 2])
        let other = try #require(ARN("arn:aws:sqs:us-east-1:123456789012:queue"))
        await expectError("NotImplemented", "delivery of sqs is not served by Apus.") {
            try await cloud.dependencies.delivery.deliver(event, to: other, in: cloud.context())
        }
    }

    @Test("a service acts as another principal with the trace of the request")
    func acting() {
        var context = cloud.context()
        context.accessKeyID = "AKID"
        let acting = context.acting(
            as: .service("sns.amazonaws.com"), requestID: "2",
            for: ARN(service: "sns", region: "us-east-1", account: "1", resource: "topic"))
        #expect(acting.principal == .service("sns.amazonaws.com"))
        #expect(acting.accessKeyID == nil)
        #expect(acting.requestID == "2")
        #expect(acting.traceHeader == context.traceHeader)
        #expect(acting.sourceARN?.description == "arn:aws:sns:us-east-1:1:topic")
    }
}
