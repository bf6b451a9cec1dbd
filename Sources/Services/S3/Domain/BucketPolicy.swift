import Wire

/// A bucket's policy, as far as S3 itself looks into it; who may do what by it is the authorizer's to say.
struct BucketPolicy: Sendable {
    /// The keys whose conditions keep a policy from being public, where they have fixed values.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
    private static let restrictingKeys: Set<String> = [
        "aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceaccount",
        "aws:sourceowner", "aws:userid", "aws:principalorgid", "aws:principalarn",
        "aws:principalaccount", "aws:principalorgpaths", "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn", "s3:x-amz-server-side-encryption-aws-kms-key-id",
    ]

    private let document: [String: Document]
    private let statements: [Document]

    /// Reads a policy; nil where `text` is none.
    init?(_ text: String) {
        guard case .object(let members)? = try? Document(json: text) else { return nil }
        document = members
        switch members["Statement"] {
        case .array(let items)?: statements = items
        case let single?: statements = [single]
        case nil: return nil
        }
    }

    /// Whether it lets anybody in.
    var isPublic: Bool { statements.contains(where: Self.isPublic) }

    /// What is left of it for those that a block of public access shuts out: what it denies.
    var denials: String {
        var members = document
        members["Statement"] = .array(
            statements.filter { $0["Effect"]?.stringValue == "Deny" })
        return String(decoding: Document.object(members).json(), as: UTF8.self)
    }

    private static func isPublic(_ statement: Document) -> Bool {
        guard statement["Effect"]?.stringValue == "Allow", names("*", statement["Principal"]) else {
            return false
        }
        guard case .object(let operators)? = statement["Condition"] else { return true }
        for case .object(let conditions) in operators.values {
            for (key, value) in conditions where restrictingKeys.contains(key.lowercased()) {
                let values = texts(value)
                let isWide = values.contains { $0.contains("*") || $0 == "0.0.0.0/0" }
                if !isWide { return false }
            }
        }
        return true
    }

    private static func names(_ name: String, _ principal: Document?) -> Bool {
        switch principal {
        case .string(let text)?: text == name
        case .object(let members)?: members["AWS"].map { texts($0).contains(name) } ?? false
        default: false
        }
    }

    private static func texts(_ document: Document) -> [String] {
        switch document {
        case .string(let text): [text]
        case .array(let items): items.compactMap(\.stringValue)
        default: []
        }
    }

    // MARK: - Validity

    private static func malformed(_ message: String) -> AWSError {
        AWSError("MalformedPolicy", message, status: 400)
    }

    /// Reads the policy that is to be a bucket's.
    ///
    /// - Throws: `MalformedPolicy`.
    static func checked(_ text: String, of bucket: BucketRecord) throws -> BucketPolicy {
        guard text.utf8.count <= S3Limits.policyBytes else {
            throw malformed("Policy exceeds the maximum allowed document size.")
        }
        guard text.utf8.first == UInt8(ascii: "{"), (try? Document(json: text)) != nil else {
            throw malformed(
                "Policies must be valid JSON and the first byte must be '{'")
        }
        guard let policy = BucketPolicy(text) else {
            throw malformed("Missing required field Statement")
        }
        for statement in policy.statements { try check(statement, of: bucket) }
        return policy
    }

    private static func check(_ statement: Document, of bucket: BucketRecord) throws {
        guard case .object(let members) = statement else {
            throw malformed("Policy has an invalid statement")
        }
        guard let effect = members["Effect"]?.stringValue else {
            throw malformed("Missing required field Effect")
        }
        guard ["Allow", "Deny"].contains(effect) else {
            throw malformed("Invalid effect: \(effect)")
        }
        guard members["Principal"] != nil || members["NotPrincipal"] != nil else {
            throw malformed("Missing required field Principal")
        }
        guard let action = members["Action"] ?? members["NotAction"] else {
            throw malformed("Missing required field Action")
        }
        for name in texts(action) where name != "*" && !name.lowercased().hasPrefix("s3:") {
            throw malformed("Policy has invalid action")
        }
        guard let resource = members["Resource"] ?? members["NotResource"] else {
            throw malformed("Missing required field Resource")
        }
        for name in texts(resource) {
            guard
                name == "*" || name == bucket.arn || name.hasPrefix(bucket.arn + "/")
                    || name.hasPrefix(bucket.arn + "*") || name.hasPrefix("arn:aws:s3:::*")
            else { throw malformed("Policy has invalid resource") }
        }
    }
}
