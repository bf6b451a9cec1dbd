import HTTPTypes
import Platform
import ServiceKit
import Wire

extension ProxyRequest {
    /// The event in format 2.0.
    ///
    /// Source: "Create AWS Lambda proxy integrations for HTTP APIs", "Payload format version".
    var event2: Document {
        let key = route.route.key.text
        var members: [String: Document] = [
            "version": "2.0", "routeKey": .string(key), "rawPath": .string(path),
            "rawQueryString": .string(query), "headers": .object(joinedHeaders),
            "requestContext": requestContext2(key),
            "isBase64Encoded": .boolean(!body.isEmpty && !isBodyText),
        ]
        let cookies = headers[values: .cookie]
            .flatMap { $0.split(separator: ";") }
            .map { String($0.drop { $0 == " " }) }
        if !cookies.isEmpty { members["cookies"] = Document(cookies) }
        let parameters = Dictionary(parameters.map { ($0.name, $0.value) }) { "\($0),\($1)" }
        if !parameters.isEmpty { members["queryStringParameters"] = Document(parameters) }
        if !route.parameters.isEmpty { members["pathParameters"] = Document(route.parameters) }
        if !stage.variables.isEmpty { members["stageVariables"] = Document(stage.variables) }
        members["body"] = bodyText.map { .string($0) }
        return .object(members)
    }

    /// Names in lower case; the values of one name joined by commas. Cookies stand elsewhere.
    private var joinedHeaders: [String: Document] {
        var headers: [String: String] = [:]
        for (name, value) in fields {
            let name = name.lowercased()
            if name == "cookie" { continue }
            headers[name] = headers[name].map { "\($0),\(value)" } ?? value
        }
        return headers.mapValues { .string($0) }
    }

    private func requestContext2(_ key: String) -> Document {
        var members: [String: Document] = [
            "accountId": .string(api.scope.account), "apiId": .string(api.id),
            "domainName": .string(domainName), "domainPrefix": .string(api.id),
            "http": [
                "method": .string(method), "path": .string(path), "protocol": "HTTP/1.1",
                "sourceIp": .string(context.sourceIP), "userAgent": .string(context.userAgent),
            ],
            "requestId": .string(requestID), "routeKey": .string(key),
            "stage": .string(stage.name), "time": .string(context.time.commonLogFormat),
            "timeEpoch": .integer(context.time.milliseconds),
        ]
        if route.route.isSigned, let account = context.principal.account {
            members["authorizer"] = [
                "iam": [
                    "accessKey": context.accessKeyID.map { .string($0) } ?? .null,
                    "accountId": .string(account), "callerId": .string(context.principal.userID),
                    "cognitoIdentity": .null, "principalOrgId": .null,
                    "userArn": .string(context.principal.arn),
                    "userId": .string(context.principal.userID),
                ]
            ]
        }
        return .object(members)
    }
}
