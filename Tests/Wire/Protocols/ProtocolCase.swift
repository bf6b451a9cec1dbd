import FoundationEssentials
import HTTPTypes
import NIOCore
import Testing

@testable import Wire

/// One of the cases that `Tools/protocol-tests fetch` takes from botocore's source distribution.
struct ProtocolCase: Sendable, CustomTestStringConvertible {
    /// Where the cases are, and where the answers go.
    static let folder: String = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(root)/.build/protocol-tests"
    }()

    /// All cases; none where they have not been fetched.
    static let all: [ProtocolCase] = {
        guard let data = FileManager.default.contents(atPath: "\(folder)/cases.json"),
            case .array(let cases)? = try? Document(json: Array(data))
        else { return [] }
        return cases.map { ProtocolCase(document: $0) }
    }()

    let document: Document

    var file: String { document["file"]?.stringValue ?? "" }
    var id: String { document["id"]?.stringValue ?? "" }
    var testDescription: String { "\(file) \(id)" }

    var wireProtocol: WireProtocol {
        WireProtocol(rawValue: document["protocol"]?.stringValue ?? "") ?? .restJSON
    }

    var schema: ServiceSchema {
        ServiceSchema(description, text: document["schema"]?.stringValue ?? "")
    }

    private var description: ServiceDescription {
        ServiceDescription(
            name: "Test", signingName: "test", endpointPrefix: "test",
            apiVersion: document["metadata"]?["apiVersion"]?.stringValue ?? "2014-01-01",
            targetPrefix: document["targetPrefix"]?.stringValue, protocols: [wireProtocol],
            xmlNamespace: document["xmlNamespace"]?.stringValue,
            isQueryCompatible: document["isQueryCompatible"]?.booleanValue ?? false,
            schema: { preconditionFailure("the test has the schema") })
    }

    /// The request that a client makes of the parameters.
    var request: WireRequest? {
        guard let request = document["request"], let uri = request["uri"]?.stringValue,
            let method = request["method"]?.stringValue.flatMap({ HTTPRequest.Method($0) }),
            let body = Base64.decode((request["body"]?.stringValue ?? "").utf8)
        else { return nil }
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var headers: HTTPFields = [:]
        if case .object(let fields)? = request["headers"] {
            for (name, value) in fields {
                guard let name = HTTPField.Name(name) else { continue }
                headers[name] = value.stringValue
            }
        }
        return WireRequest(
            method: method, path: String(parts[0]), query: parts.count == 2 ? String(parts[1]) : "",
            headers: headers, body: Body(body))
    }

    /// What the case's error is thrown as.
    var error: AWSError? {
        guard let error = document["error"], let code = error["code"]?.stringValue else {
            return nil
        }
        var fields: [String: Document] = [:]
        if case .object(let members)? = error["fields"] { fields = members }
        let messageKey = fields.keys.first { $0.lowercased() == "message" } ?? "message"
        fields[messageKey] = nil
        return AWSError(
            code, error["message"]?.stringValue ?? "",
            status: Int(error["status"]?.integerValue ?? 400),
            fields: fields, messageKey: messageKey)
    }
}
