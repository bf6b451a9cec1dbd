/// The wire's view of one service: its protocol, its operations and its shapes.
///
/// It is read from the compact text that `modelgen` writes into the service's model module, at the
/// service's first request.
package final class ServiceSchema: Sendable {
    package let description: ServiceDescription
    package let shapes: [Shape]
    /// The operations that are served, in the order of the generated constants.
    package let operations: [OperationSchema]
    /// The operations that AWS has and Apus does not serve.
    package let unserved: [OperationSchema]
    /// The paths of a REST service's operations.
    package let routes: RouteTable
    let operationPositions: [String: Int]

    /// Reads the schema that stands in `text`.
    package convenience init(_ description: ServiceDescription, text: StaticString) {
        self.init(description, parsed: text.withUTF8Buffer { SchemaParser($0) })
    }

    /// Reads the schema that stands in `text`.
    package convenience init(_ description: ServiceDescription, text: String) {
        var text = text
        self.init(description, parsed: text.withUTF8 { SchemaParser($0) })
    }

    private init(_ description: ServiceDescription, parsed parser: SchemaParser) {
        self.description = description
        self.shapes = parser.shapes
        self.operations = parser.operations
        self.unserved = parser.unserved
        let isREST = description.protocols.contains { $0 == .restJSON || $0 == .restXML }
        self.routes = RouteTable(
            operations: isREST ? parser.operations : [], unserved: isREST ? parser.unserved : [],
            shapes: parser.shapes)
        self.operationPositions = Dictionary(
            parser.operations.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// What is known of a service without reading its schema: enough to find the service that a request
/// is for.
package final class ServiceDescription: Sendable {
    /// The service's module, such as `CloudWatchLogs`.
    package let name: String
    /// The name that stands in signatures' credential scopes: `logs`.
    package let signingName: String
    /// The first label of the service's host name: `logs`.
    package let endpointPrefix: String
    /// The version of the API: `2014-03-28`.
    package let apiVersion: String
    /// The prefix of `X-Amz-Target`: `Logs_20140328`.
    package let targetPrefix: String?
    /// The protocols that clients may use, the one that AWS's own clients prefer first.
    package let protocols: [WireProtocol]
    /// The namespace of XML answers.
    package let xmlNamespace: String?
    /// A JSON service whose errors carry the codes of its query protocol (`awsQueryCompatible`).
    package let isQueryCompatible: Bool
    /// How the service words violated constraints; `nil` where it does as its protocol does.
    package let validation: ValidationStyle?
    /// The schema; read at the first use.
    package let schema: @Sendable () -> ServiceSchema

    package init(
        name: String, signingName: String, endpointPrefix: String, apiVersion: String,
        targetPrefix: String?, protocols: [WireProtocol], xmlNamespace: String?,
        isQueryCompatible: Bool, validation: ValidationStyle? = nil,
        schema: @escaping @Sendable () -> ServiceSchema
    ) {
        self.name = name
        self.signingName = signingName
        self.endpointPrefix = endpointPrefix
        self.apiVersion = apiVersion
        self.targetPrefix = targetPrefix
        self.protocols = protocols
        self.xmlNamespace = xmlNamespace
        self.isQueryCompatible = isQueryCompatible
        self.validation = validation
        self.schema = schema
    }
}

/// The AWS wire protocols.
package enum WireProtocol: String, Sendable {
    case awsJSON10 = "json-1.0"
    case awsJSON11 = "json-1.1"
    case awsQuery = "query"
    case ec2Query = "ec2"
    case restJSON = "rest-json"
    case restXML = "rest-xml"
    case rpcV2CBOR = "smithy-rpc-v2-cbor"
}

/// The wire's view of one operation.
package struct OperationSchema: Sendable {
    package let name: String
    package let method: String
    /// The path and query that the operation is bound to: `/2015-03-31/functions/{FunctionName}?x`.
    package let uri: String
    /// `uri`, taken apart.
    package let template: URITemplate
    /// The position of the input's shape, `nil` where the operation takes nothing.
    package let input: Int?
    /// The position of the output's shape, `nil` where the operation answers nothing.
    package let output: Int?
    /// The status of a success.
    package let status: Int
    /// The element that wraps an `awsQuery` answer: `CreateRoleResult`.
    package let resultWrapper: String?
    /// Whether a `restXml` answer is the element of the output's one member (`GetBucketLocation`).
    package let isUnwrapped: Bool
    /// The XML element of the whole input, and its namespace.
    package let inputElement: String?
    package let inputNamespace: XMLNamespace?
    /// A prefix of the host name: `{AccountId}.`.
    package let hostPrefix: String?
    /// Whether the operation may be called without a signature.
    package let isUnsigned: Bool

    init(
        name: String, method: String, uri: String, input: Int?, output: Int?,
        attributes: SchemaAttributes
    ) {
        self.name = name
        self.method = method
        self.uri = uri
        self.template = URITemplate(uri)
        self.input = input
        self.output = output
        self.status = attributes["status"].flatMap { Int($0) } ?? 200
        self.resultWrapper = attributes["wrap"]
        self.isUnwrapped = attributes.has("unwrapped")
        self.inputElement = attributes["n"]
        self.inputNamespace = XMLNamespace(attributes: attributes)
        self.hostPrefix = attributes["host"]
        self.isUnsigned = attributes.has("unsigned")
    }
}
