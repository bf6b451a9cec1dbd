import Platform
import Wire

/// The policy that a form of a browser carries: what its signer lets be uploaded.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>
struct PostPolicy: Sendable {
    private enum Condition: Sendable {
        case equals(String, String)
        case startsWith(String, String)
    }

    private let expiration: Instant
    private let conditions: [(condition: Condition, text: String)]
    /// How many bytes the file may have.
    let length: ClosedRange<Int64>?

    /// Reads the policy of a form.
    ///
    /// - Parameter encoded: in base64.
    /// - Throws: `InvalidPolicyDocument`.
    init(_ encoded: String) throws {
        guard let bytes = Base64.decode(encoded.utf8), let document = try? Document(json: bytes)
        else { throw Self.invalid("Invalid Policy: Invalid JSON.") }
        guard let text = document["expiration"]?.stringValue, let time = Instant(iso8601: text)
        else { throw Self.invalid("Invalid Policy: Policy missing expiration.") }
        guard case .array(let items)? = document["conditions"] else {
            throw Self.invalid("Invalid Policy: Policy missing conditions.")
        }
        expiration = time
        var (conditions, length): ([(Condition, String)], ClosedRange<Int64>?) = ([], nil)
        for item in items {
            switch item {
            case .object(let members):
                for (name, value) in members {
                    guard let value = value.stringValue else {
                        throw Self.invalid("Invalid Policy: Invalid condition.")
                    }
                    conditions.append((.equals(name.lowercased(), value), item.jsonText))
                }
            case .array:
                if item[0]?.stringValue == "content-length-range" {
                    guard let least = Self.number(item[1]), let most = Self.number(item[2]),
                        least <= most
                    else { throw Self.invalid("Invalid Policy: Invalid content-length-range.") }
                    length = least...most
                } else {
                    conditions.append((try Self.condition(item), item.jsonText))
                }
            default: throw Self.invalid("Invalid Policy: Invalid condition.")
            }
        }
        self.conditions = conditions
        self.length = length
    }

    private static func condition(_ item: Document) throws -> Condition {
        guard let name = item[1]?.stringValue, name.hasPrefix("$"), let value = item[2]?.stringValue
        else { throw invalid("Invalid Policy: Invalid condition.") }
        let field = name.dropFirst().lowercased()
        switch item[0]?.stringValue?.lowercased() {
        case "eq": return .equals(field, value)
        case "starts-with": return .startsWith(field, value)
        default: throw invalid("Invalid Policy: Invalid condition.")
        }
    }

    private static func number(_ document: Document?) -> Int64? {
        document?.integerValue ?? document?.stringValue.flatMap { Int64($0) }
    }

    private static func invalid(_ message: String) -> AWSError {
        AWSError("InvalidPolicyDocument", message, status: 400)
    }

    private static func denied(_ message: String) -> AWSError {
        AWSError("AccessDenied", "Invalid according to Policy: \(message)", status: 403)
    }

    /// Fields that no condition has to allow.
    private static let free: Set<String> = [
        "awsaccesskeyid", "signature", "policy", "file", "x-amz-signature",
    ]

    /// Checks the fields of a form.
    ///
    /// - Parameter fields: by names in lower case, with the bucket.
    /// - Throws: `AccessDenied`.
    func check(_ fields: [String: String], now: Instant) throws {
        guard now <= expiration else { throw Self.denied("Policy expired.") }
        var covered: Set<String> = []
        for (condition, text) in conditions {
            let (name, isMet): (String, Bool)
            switch condition {
            case .equals(let field, let value): (name, isMet) = (field, fields[field] == value)
            case .startsWith(let field, let prefix):
                (name, isMet) = (field, (fields[field] ?? "").hasPrefix(prefix))
            }
            guard isMet else { throw Self.denied("Policy Condition failed: \(text)") }
            covered.insert(name)
        }
        let extra = fields.keys.filter { name in
            !covered.contains(name) && !Self.free.contains(name) && name != "bucket"
                && !name.hasPrefix("x-ignore-")
        }
        guard extra.isEmpty else {
            throw Self.denied("Extra input fields: \(extra.sorted().joined(separator: ", "))")
        }
    }
}
