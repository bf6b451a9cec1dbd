import Wire

/// Lambda's operations, as the commands need them.
struct FunctionClient {
    private static let functions = "/2015-03-31/functions"
    private static let urls = "/2021-10-31/functions"
    /// How long a new function may take to become usable, in seconds.
    private static let patienceSeconds = 60.0
    private static let pollSeconds = 0.05

    let client: ApusClient

    init(_ client: ApusClient) {
        self.client = client
    }

    /// The configurations of all functions.
    func all() async throws -> [Document] {
        var found: [Document] = []
        var marker: String?
        repeat {
            let page = try await client.lambda(
                .get, "\(Self.functions)/", query: marker.map { [("Marker", $0)] } ?? [])
            if case .array(let functions)? = page["Functions"] { found += functions }
            marker = page["NextMarker"]?.stringValue
        } while marker != nil
        return found
    }

    /// The configuration of a function; `nil` where there is none.
    func configuration(of name: String) async throws -> Document? {
        do {
            return try await client.lambda(.get, path(name, "configuration"))
        } catch let failure as ServiceFailure where failure.status == 404 {
            return nil
        }
    }

    func create(_ input: Document) async throws {
        _ = try await client.lambda(.post, Self.functions, input)
    }

    func updateCode(of name: String, _ input: Document) async throws {
        _ = try await client.lambda(.put, path(name, "code"), input)
    }

    func updateConfiguration(of name: String, _ input: Document) async throws {
        _ = try await client.lambda(.put, path(name, "configuration"), input)
    }

    /// The configuration of a function once its last change has been made.
    ///
    /// - Throws: `CommandFailure` where the change failed, or takes too long.
    func settled(_ name: String) async throws -> Document {
        for _ in 0..<Int(Self.patienceSeconds / Self.pollSeconds) {
            guard let function = try await configuration(of: name) else { break }
            if function["State"]?.stringValue == "Failed"
                || function["LastUpdateStatus"]?.stringValue == "Failed"
            {
                let reason = function["StateReason"] ?? function["LastUpdateStatusReason"]
                throw CommandFailure(
                    "\(name) cannot be used: \(reason?.stringValue ?? "no reason is given")")
            }
            if function["State"]?.stringValue != "Pending",
                function["LastUpdateStatus"]?.stringValue != "InProgress"
            {
                return function
            }
            try await Task.sleep(for: .seconds(Self.pollSeconds))
        }
        throw CommandFailure("\(name) does not become ready.")
    }

    /// The URL of a function that everybody may call. Makes it where there is none.
    func publicURL(of name: String) async throws -> String {
        let path = "\(Self.urls)/\(PercentEncoding.encode(name))/url"
        var url: Document
        do {
            url = try await client.lambda(.post, path, ["AuthType": "NONE"])
        } catch let failure as ServiceFailure where failure.status == 409 {
            url = try await client.lambda(.get, path)
        }
        if url["AuthType"]?.stringValue != "NONE" {
            url = try await client.lambda(.put, path, ["AuthType": "NONE"])
        }
        try await allowEverybody(
            to: "lambda:InvokeFunctionUrl", name, statement: "apus-public-url",
            ["FunctionUrlAuthType": "NONE"])
        try await allowEverybody(
            to: "lambda:InvokeFunction", name, statement: "apus-public-invoke",
            ["InvokedViaFunctionUrl": true])
        return url["FunctionUrl"]?.stringValue ?? ""
    }

    /// Invokes a function and waits for what it answers.
    ///
    /// - Throws: `ServiceFailure` where it was not invoked.
    func invoke(_ name: String, qualifier: String?, payload: [UInt8], withLog: Bool) async throws
        -> HTTPAnswer
    {
        let answer = try await client.send(
            .post, path(name, "invocations"), query: qualifier.map { [("Qualifier", $0)] } ?? [],
            headers: withLog ? [("x-amz-log-type", "Tail")] : [], body: payload, service: "lambda")
        guard answer.isSuccess else { throw ServiceFailure(answer) }
        return answer
    }

    private func allowEverybody(
        to action: String, _ name: String, statement: String, _ conditions: [String: Document]
    ) async throws {
        var input: [String: Document] = [
            "StatementId": .string(statement), "Action": .string(action), "Principal": "*",
        ]
        input.merge(conditions) { _, new in new }
        do {
            _ = try await client.lambda(.post, path(name, "policy"), .object(input))
        } catch let failure as ServiceFailure where failure.status == 409 {
            // The statement is there already.
        }
    }

    private func path(_ name: String, _ part: String) -> String {
        "\(Self.functions)/\(PercentEncoding.encode(name))/\(part)"
    }
}
