import HTTPTypes
import Wire

/// The HTTP response that a function's answer means (dg/urls-invocation.html, "Response payload format").
struct URLResponse: Sendable, Equatable {
    var status: Int
    var headers: HTTPFields
    var body: [UInt8]

    /// Reads a buffered answer: an object with a `statusCode` describes the response, everything else is its body.
    ///
    /// `nil` for an answer that is no response: an unknown status, a body that is none.
    init?(answer: [UInt8]) {
        guard let document = try? Document(json: answer) else { return nil }
        guard case .object(let members) = document, members["statusCode"] != nil else {
            status = 200
            headers = [.contentType: "application/json"]
            body = document.stringValue.map { Array($0.utf8) } ?? answer
            return
        }
        guard let (status, headers) = Self.head(members) else { return nil }
        self.status = status
        self.headers = headers
        switch members["body"] {
        case nil, .null: body = []
        case .string(let text) where members["isBase64Encoded"]?.booleanValue == true:
            guard let bytes = Base64.decode(Array(text.utf8)) else { return nil }
            body = bytes
        case .string(let text): body = Array(text.utf8)
        case .some(let other): body = other.json()
        }
    }

    /// Reads the metadata at the front of a streamed answer.
    init?(prelude: [UInt8]) {
        guard case .object(let members)? = try? Document(json: prelude),
            let (status, headers) = Self.head(members)
        else { return nil }
        self.status = status
        self.headers = headers
        body = []
    }

    private static func head(_ members: [String: Document]) -> (Int, HTTPFields)? {
        let code = members["statusCode"] ?? 200
        guard
            let status = code.integerValue.map({ Int($0) })
                ?? code.stringValue.flatMap({ Int($0) }),
            (100...599).contains(status)
        else { return nil }
        var fields: HTTPFields = [:]
        if case .object(let headers)? = members["headers"] {
            for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
                guard let field = HTTPField.Name(name), let text = text(value),
                    !connectionFields.contains(field)
                else { continue }
                fields.append(HTTPField(name: field, value: text))
            }
        }
        if case .array(let cookies)? = members["cookies"] {
            for cookie in cookies.compactMap(\.stringValue) {
                fields.append(HTTPField(name: .setCookie, value: cookie))
            }
        }
        if fields[.contentType] == nil { fields[.contentType] = "application/json" }
        return (status, fields)
    }

    /// What the connection to the client needs, the gateway says.
    private static let connectionFields: Set<HTTPField.Name> = [
        .connection, .contentLength, .transferEncoding, .upgrade,
    ]

    /// A header's value; numbers and booleans are taken for their text. No value has line breaks.
    private static func text(_ value: Document) -> String? {
        switch value {
        case .string(let text):
            text.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) ? nil : text
        case .integer, .number, .boolean: value.jsonText
        case .null, .array, .object: nil
        }
    }
}
