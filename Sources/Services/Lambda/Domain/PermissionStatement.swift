import LambdaModel
import ServiceKit
import Wire

/// A statement of a function's resource policy.
struct PermissionStatement: Sendable, Equatable {
    let sid: String
    let document: Document

    /// Reads a statement from its row.
    init(sid: String, json: String) throws {
        self.sid = sid
        self.document = try Document(json: json)
    }

    /// A statement as it was written down.
    init(_ document: Document) {
        self.sid = document["Sid"]?.stringValue ?? ""
        self.document = document
    }

    /// The statement that a request asks for, on the version of a layer `resource`.
    ///
    /// - Throws: `InvalidParameterValueException`.
    init(_ input: AddLayerVersionPermissionRequest, on resource: String) throws {
        sid = input.statementId
        var members: [String: Document] = [
            "Sid": .string(sid), "Effect": "Allow",
            "Principal": try Self.principal(input.principal),
            "Action": .string(input.action), "Resource": .string(resource),
        ]
        if let organization = input.organizationId {
            members["Condition"] = [
                "StringEquals": ["aws:PrincipalOrgID": .string(organization)]
            ]
        }
        document = .object(members)
    }

    /// The statement that a request asks for, on the function or alias `resource`.
    ///
    /// - Throws: `InvalidParameterValueException`.
    init(_ input: AddPermissionRequest, on resource: String) throws {
        sid = input.statementId
        let isURLAction = input.action == "lambda:InvokeFunctionUrl"
        guard input.functionUrlAuthType == nil || isURLAction else {
            throw LambdaRefusal.invalidParameter(
                "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action")
        }
        var members: [String: Document] = [
            "Sid": .string(sid), "Effect": "Allow",
            "Principal": try Self.principal(input.principal),
            "Action": .string(input.action), "Resource": .string(resource),
        ]
        let conditions = Self.conditions(input)
        if !conditions.isEmpty { members["Condition"] = .object(conditions) }
        document = .object(members)
    }

    /// A service, an account, a user or role, or everybody.
    private static func principal(_ text: String) throws -> Document {
        if text == "*" { return "*" }
        if text.hasSuffix(".amazonaws.com") || text.hasSuffix(".amazon.com") {
            return ["Service": .string(text)]
        }
        if text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return ["AWS": .string("arn:aws:iam::\(text):root")]
        }
        if let arn = ARN(text), arn.service == "iam" || arn.service == "sts" {
            return ["AWS": .string(text)]
        }
        throw LambdaRefusal.invalidParameter(
            "The provided principal was invalid. Please check the principal and try again.")
    }

    private static func conditions(_ input: AddPermissionRequest) -> [String: Document] {
        var equals: [String: Document] = [:]
        equals["lambda:FunctionUrlAuthType"] = input.functionUrlAuthType.map { .string($0) }
        equals["aws:PrincipalOrgID"] = input.principalOrgID.map { .string($0) }
        equals["AWS:SourceAccount"] = input.sourceAccount.map { .string($0) }
        equals["lambda:EventSourceToken"] = input.eventSourceToken.map { .string($0) }
        var conditions: [String: Document] = [:]
        if !equals.isEmpty { conditions["StringEquals"] = .object(equals) }
        if let source = input.sourceArn {
            conditions["ArnLike"] = ["AWS:SourceArn": .string(source)]
        }
        if let isViaURL = input.invokedViaFunctionUrl {
            conditions["Bool"] = ["lambda:InvokedViaFunctionUrl": .string("\(isViaURL)")]
        }
        return conditions
    }

    /// Whether the statement lets everybody use the function's URL without a signature.
    var opensURL: Bool {
        let isEverybody = document["Principal"] == "*" || document["Principal"]?["AWS"] == "*"
        let action = document["Action"]?.stringValue ?? ""
        guard isEverybody, ["lambda:InvokeFunctionUrl", "lambda:*", "*"].contains(action) else {
            return false
        }
        guard case .object(let conditions)? = document["Condition"] else { return true }
        return conditions == ["StringEquals": ["lambda:FunctionUrlAuthType": "NONE"]]
    }
}

/// A function's or alias's resource policy.
struct ResourcePolicy: Sendable, Equatable {
    var statements: [PermissionStatement] = []

    /// The policy as JSON; `nil` where it has no statement.
    var json: String? {
        guard !statements.isEmpty else { return nil }
        let document: Document = [
            "Version": "2012-10-17", "Id": "default",
            "Statement": .array(statements.map(\.document)),
        ]
        return document.jsonText
    }

    /// Takes a statement out.
    ///
    /// - Throws: `ResourceNotFoundException`.
    mutating func remove(_ sid: String) throws {
        guard !statements.isEmpty else {
            throw LambdaError.resourceNotFoundException.user(
                "No policy is associated with the given resource.")
        }
        guard let place = statements.firstIndex(where: { $0.sid == sid }) else {
            throw LambdaError.resourceNotFoundException.user(
                "Statement \(sid) is not found in resource policy.")
        }
        statements.remove(at: place)
    }

    /// Adds a statement.
    ///
    /// - Throws: `ResourceConflictException`, `PolicyLengthExceededException`.
    mutating func add(_ statement: PermissionStatement) throws {
        guard !statements.contains(where: { $0.sid == statement.sid }) else {
            throw LambdaError.resourceConflictException.user(
                "The statement id (\(statement.sid)) provided already exists. Please provide a "
                    + "new statement id, or remove the existing statement.")
        }
        statements.append(statement)
        let size = json?.utf8.count ?? 0
        guard size <= LambdaLimits.policyBytes else {
            throw LambdaError.policyLengthExceededException.user(
                "The final policy size (\(size)) is bigger than the limit "
                    + "(\(LambdaLimits.policyBytes)).")
        }
    }
}
