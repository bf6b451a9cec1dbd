import ServiceKit
import Wire

/// Where a route leads: a function, and how it is called.
struct IntegrationSettings: Sendable {
    /// As it was given: a function's ARN, or the ARN by which API Gateway invokes it; it may name stage variables.
    var uri: String
    /// The shape of the event: `1.0` or `2.0`.
    var payloadFormat: String
    var timeoutMilliseconds: Int
    /// The role to call with; `nil` where the function's own policy lets the API call it.
    var credentialsARN: String?
    var description: String?
    /// Made by quick create.
    var isManaged: Bool

    /// Reads what a request gives.
    ///
    /// - Throws: `BadRequestException`; `NotImplemented` for what is not served.
    init(
        uri: String?, payloadFormat: String?, timeoutMilliseconds: Int?, credentialsARN: String?,
        description: String?, isManaged: Bool = false
    ) throws {
        guard let uri, !uri.isEmpty else {
            throw APIRefusal.badRequest("Integration URI is required for an AWS_PROXY integration")
        }
        let format = payloadFormat ?? "1.0"
        guard ["1.0", "2.0"].contains(format) else {
            throw APIRefusal.badRequest(
                "Invalid PayloadFormatVersion \(format). It should be one of [1.0, 2.0]")
        }
        if let credentialsARN, !credentialsARN.isEmpty {
            guard let arn = ARN(credentialsARN), arn.service == "iam" else {
                throw APIRefusal.badRequest("Invalid credentials ARN specified")
            }
        }
        self.uri = uri
        self.payloadFormat = format
        self.timeoutMilliseconds =
            timeoutMilliseconds ?? APIGatewayV2Limits.integrationTimeoutMilliseconds
        self.credentialsARN = credentialsARN?.isEmpty == true ? nil : credentialsARN
        self.description = description
        self.isManaged = isManaged
        try check()
    }

    /// - Throws: `BadRequestException` where the URI names no function.
    func check() throws {
        // What stage variables make of it is known only when it is called.
        guard uri.contains("${stageVariables.") || Self.function(in: uri) != nil else {
            throw APIRefusal.badRequest("Invalid function arn or invalid uri")
        }
    }

    /// The ARN of the function to call on a stage; `nil` where the URI, with the stage's variables, names none.
    func function(variables: [String: String]) -> ARN? {
        Self.function(in: Self.substitute(variables, in: uri))
    }

    private static func function(in uri: String) -> ARN? {
        guard let arn = ARN(uri) else { return nil }
        if arn.service == "lambda" { return arn.resource.hasPrefix("function:") ? arn : nil }
        let (prefix, suffix) = ("path/2015-03-31/functions/", "/invocations")
        guard arn.service == "apigateway", arn.account == "lambda", arn.resource.hasPrefix(prefix),
            arn.resource.hasSuffix(suffix)
        else { return nil }
        let inner = String(arn.resource.dropFirst(prefix.count).dropLast(suffix.count))
        return inner.hasPrefix("arn:aws:apigateway:") ? nil : function(in: inner)
    }

    private static func substitute(_ variables: [String: String], in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${stageVariables."),
            let end = rest[start.upperBound...].firstIndex(of: "}")
        {
            result += rest[..<start.lowerBound]
            result += variables[String(rest[start.upperBound..<end])] ?? ""
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}

// MARK: - As a row keeps it

extension IntegrationSettings {
    /// Reads what `document` gave.
    init(_ document: Document) {
        uri = document["uri"]?.stringValue ?? ""
        payloadFormat = document["format"]?.stringValue ?? "1.0"
        timeoutMilliseconds =
            document["timeout"]?.integerValue.map { Int($0) }
            ?? APIGatewayV2Limits.integrationTimeoutMilliseconds
        credentialsARN = document["credentials"]?.stringValue
        description = document["description"]?.stringValue
        isManaged = document["managed"]?.booleanValue ?? false
    }

    /// The settings as a row keeps them.
    var document: Document {
        var members: [String: Document] = [
            "uri": .string(uri), "format": .string(payloadFormat),
            "timeout": .integer(Int64(timeoutMilliseconds)), "managed": .boolean(isManaged),
        ]
        members["credentials"] = credentialsARN.map { .string($0) }
        members["description"] = description.map { .string($0) }
        return .object(members)
    }
}
