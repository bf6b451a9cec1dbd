import S3Model
import Wire

/// What an access control list grants to whom.
struct ACLGrant: Sendable, Hashable {
    /// Who is granted something.
    enum Grantee: Sendable, Hashable {
        /// An account, by its canonical identifier.
        case user(String)
        /// A predefined group, by its URI.
        case group(String)
    }

    static let allUsers = "http://acs.amazonaws.com/groups/global/AllUsers"
    static let authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
    static let logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery"
    static let groups = [allUsers, authenticatedUsers, logDelivery]
    static let permissions = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"]

    var grantee: Grantee
    var permission: String

    init(_ grantee: Grantee, _ permission: String) {
        self.grantee = grantee
        self.permission = permission
    }

    init?(_ document: Document) {
        guard let kind = document[0]?.stringValue, let name = document[1]?.stringValue,
            let permission = document[2]?.stringValue
        else { return nil }
        self.init(kind == "g" ? .group(name) : .user(name), permission)
    }

    var document: Document {
        switch grantee {
        case .user(let id): .array(["u", .string(id), .string(permission)])
        case .group(let uri): .array(["g", .string(uri), .string(permission)])
        }
    }

    /// Whether it lets in more than the accounts that it names.
    var isPublic: Bool {
        grantee == .group(Self.allUsers) || grantee == .group(Self.authenticatedUsers)
    }

    var wire: Grant {
        let grantee =
            switch grantee {
            case .user(let id): S3Model.Grantee(id: id, type: "CanonicalUser")
            case .group(let uri): S3Model.Grantee(type: "Group", uri: uri)
            }
        return Grant(grantee: grantee, permission: permission)
    }

    /// Reads the grant of a document.
    ///
    /// - Throws: `MalformedACLError`, `InvalidArgument`, `UnresolvableGrantByEmailAddress`.
    static func checked(_ grant: Grant) throws -> ACLGrant {
        guard let grantee = grant.grantee, let permission = grant.permission,
            permissions.contains(permission)
        else { throw malformedACL }
        switch grantee.type {
        case "CanonicalUser":
            guard let id = grantee.id, !id.isEmpty else { throw malformedACL }
            return ACLGrant(.user(try checkedID(id)), permission)
        case "Group":
            guard let uri = grantee.uri else { throw malformedACL }
            return ACLGrant(.group(try checkedGroup(uri)), permission)
        case "AmazonCustomerByEmail":
            throw unresolvable(grantee.emailAddress ?? "")
        default: throw malformedACL
        }
    }

    /// Reads an `x-amz-grant-…` header: `id="…", uri="…"`.
    ///
    /// - Throws: `InvalidArgument`, `UnresolvableGrantByEmailAddress`.
    static func checked(header: String, permission: String) throws -> [ACLGrant] {
        try header.split(separator: ",").map { item in
            let parts = item.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw S3Failure.argument(
                    "Argument format not recognized",
                    "x-amz-grant-\(permission.lowercased())", header)
            }
            let name = parts[0].filter { $0 != " " }.lowercased()
            let value = String(parts[1].filter { $0 != "\"" && $0 != " " })
            switch name {
            case "id": return ACLGrant(.user(try checkedID(value)), permission)
            case "uri": return ACLGrant(.group(try checkedGroup(value)), permission)
            case "emailaddress": throw unresolvable(value)
            default:
                throw S3Failure.argument(
                    "Argument format not recognized",
                    "x-amz-grant-\(permission.lowercased())", header)
            }
        }
    }

    private static func checkedID(_ id: String) throws -> String {
        guard id.utf8.count == 64 || id.utf8.count == 32, id.allSatisfy(\.isHexDigit) else {
            throw S3Failure.argument("Invalid id", "CanonicalUser/ID", id)
        }
        return id.lowercased()
    }

    private static func checkedGroup(_ uri: String) throws -> String {
        guard groups.contains(uri) else {
            throw S3Failure.argument("Invalid group uri", "uri", uri)
        }
        return uri
    }

    private static func unresolvable(_ address: String) -> AWSError {
        AWSError(
            "UnresolvableGrantByEmailAddress",
            "The e-mail address you provided does not match any account on record.", status: 400,
            fields: ["emailAddress": .string(address)])
    }

    static let malformedACL = AWSError(
        "MalformedACLError",
        "The XML you provided was not well-formed or did not validate against our published schema",
        status: 400)
}
