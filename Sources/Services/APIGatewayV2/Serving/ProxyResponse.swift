import HTTPTypes
import Wire

/// The HTTP response that a function's answer means.
///
/// Source: "Create AWS Lambda proxy integrations for HTTP APIs", "Lambda function response".
enum ProxyResponse {
    /// Reads an answer in the format of the integration; `nil` for one that is no response.
    static func read(_ answer: [UInt8], payloadFormat: String) -> WireResponse? {
        guard let document = try? Document(json: answer) else { return nil }
        if case .object(let members) = document, members["statusCode"] != nil {
            return described(by: members, hasLists: payloadFormat == "1.0")
        }
        // In format 2.0, an answer that does not describe a response is the body of one.
        guard payloadFormat == "2.0" else { return nil }
        return WireResponse(headers: [.contentType: "application/json"], body: Body(answer))
    }

    private static func described(by members: [String: Document], hasLists: Bool) -> WireResponse? {
        guard let status = status(members["statusCode"]),
            var headers = headers(members, hasLists: hasLists), let body = body(members)
        else { return nil }
        if headers[.contentType] == nil, !body.isEmpty {
            headers[.contentType] = "text/plain;charset=UTF-8"
        }
        return WireResponse(status: status, headers: headers, body: Body(body))
    }

    private static func status(_ value: Document?) -> Int? {
        let status = value?.integerValue.map { Int($0) } ?? value?.stringValue.flatMap { Int($0) }
        guard let status, (200...599).contains(status) else { return nil }
        return status
    }

    private static func body(_ members: [String: Document]) -> [UInt8]? {
        switch members["body"] {
        case nil, .null: []
        case .string(let text) where members["isBase64Encoded"]?.booleanValue == true:
            Base64.decode(Array(text.utf8))
        case .string(let text): Array(text.utf8)
        case .some: nil
        }
    }

    private static func headers(_ members: [String: Document], hasLists: Bool) -> HTTPFields? {
        var fields: HTTPFields = [:]
        guard append(members["headers"], to: &fields, texts: { text($0).map { [$0] } }) else {
            return nil
        }
        if hasLists {
            // What a header has as a list takes the place of what it has alone.
            var lists: HTTPFields = [:]
            guard
                append(
                    members["multiValueHeaders"], to: &lists,
                    texts: { value in
                        guard case .array(let elements) = value else { return nil }
                        return elements.compactMap(text)
                    })
            else { return nil }
            for name in Set(lists.map(\.name)) { fields[name] = nil }
            fields.append(contentsOf: lists)
        } else if case .array(let cookies)? = members["cookies"] {
            for cookie in cookies.compactMap(\.stringValue) {
                fields.append(HTTPField(name: .setCookie, value: cookie))
            }
        }
        return fields
    }

    /// Adds the fields of an object; false where it is none, or has what is no field.
    private static func append(
        _ object: Document?, to fields: inout HTTPFields, texts: (Document) -> [String]?
    ) -> Bool {
        switch object {
        case nil, .null: return true
        case .object(let members):
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                guard let field = HTTPField.Name(name), let values = texts(value) else {
                    return false
                }
                // What the connection to the client needs, the gateway says.
                if connectionFields.contains(field) { continue }
                for value in values { fields.append(HTTPField(name: field, value: value)) }
            }
            return true
        default: return false
        }
    }

    private static let connectionFields: Set<HTTPField.Name> = [
        .connection, .contentLength, .transferEncoding, .upgrade, .trailer, .te,
    ]

    private static func text(_ value: Document) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .boolean(let boolean): String(boolean)
        case .null: ""
        case .array, .object: nil
        }
    }
}
