import Platform
import ServiceKit
import Wire

extension ProxyRequest {
    /// The event in format 1.0.
    ///
    /// Source: "Create AWS Lambda proxy integrations for HTTP APIs", "Payload format version".
    var event1: Document {
        let key = route.route.key
        let (headers, parameters) = (fields, parameters)
        return [
            "version": "1.0", "resource": .string(key.isDefault ? key.text : key.path),
            "path": .string(path), "httpMethod": .string(method),
            "headers": Self.last(headers) ?? [:], "multiValueHeaders": Self.all(headers) ?? [:],
            "queryStringParameters": Self.last(parameters) ?? .null,
            "multiValueQueryStringParameters": Self.all(parameters) ?? .null,
            "requestContext": requestContext1(key),
            "pathParameters": route.parameters.isEmpty ? .null : Document(route.parameters),
            "stageVariables": stage.variables.isEmpty ? .null : Document(stage.variables),
            "body": bodyText.map { .string($0) } ?? .null,
            "isBase64Encoded": .boolean(!body.isEmpty && !isBodyText),
        ]
    }

    /// The last value of each name; `nil` where there is none.
    private static func last(_ pairs: [(name: String, value: String)]) -> Document? {
        guard !pairs.isEmpty else { return nil }
        return Document(Dictionary(pairs.map { ($0.name, $0.value) }) { $1 })
    }

    /// Every value of each name; `nil` where there is none.
    private static func all(_ pairs: [(name: String, value: String)]) -> Document? {
        guard !pairs.isEmpty else { return nil }
        return .object(
            Dictionary(grouping: pairs, by: \.name).mapValues { Document($0.map(\.value)) })
    }

    private func requestContext1(_ key: RouteKey) -> Document {
        let isSigned = route.route.isSigned && context.principal.account != nil
        func ifSigned(_ value: String?) -> Document {
            isSigned ? value.map { .string($0) } ?? .null : .null
        }
        return [
            "accountId": .string(api.scope.account), "apiId": .string(api.id),
            "domainName": .string(domainName), "domainPrefix": .string(api.id),
            "extendedRequestId": .string(requestID), "httpMethod": .string(method),
            "identity": [
                "accessKey": ifSigned(context.accessKeyID),
                "accountId": ifSigned(context.principal.account),
                "caller": ifSigned(context.principal.userID), "cognitoAmr": .null,
                "cognitoAuthenticationProvider": .null, "cognitoAuthenticationType": .null,
                "cognitoIdentityId": .null, "cognitoIdentityPoolId": .null,
                "principalOrgId": .null, "sourceIp": .string(context.sourceIP),
                "user": ifSigned(context.principal.userID),
                "userAgent": .string(context.userAgent),
                "userArn": ifSigned(context.principal.arn),
            ],
            "path": .string(path), "protocol": "HTTP/1.1", "requestId": .string(requestID),
            "requestTime": .string(context.time.commonLogFormat),
            "requestTimeEpoch": .integer(context.time.milliseconds),
            "resourceId": .string(key.text),
            "resourcePath": .string(key.isDefault ? key.text : key.path),
            "stage": .string(stage.name),
        ]
    }
}
