import S3Model
import ServiceKit
import Storage
import Wire

extension S3Store {
    /// Whether an access control list allows an action.
    ///
    /// - Parameter key: the object that the action is on; nil for the bucket itself.
    func isGranted(
        _ action: String, on name: String, key: String?, versionID: String?, to principal: Principal
    ) async throws -> Bool {
        guard let needed = ACLPermission(action) else { return false }
        return try await database.read { transaction in
            guard let bucket = try? transaction.bucket(name), !bucket.ignoresACLs else {
                return false
            }
            var grants = bucket.grants
            if needed.isOnObject {
                guard let key,
                    let object = try? transaction.object(key, versionID: versionID, in: bucket)
                else { return false }
                grants =
                    object.details.grants
                    ?? [ACLGrant(.user(CanonicalUser.id(of: object.owner)), "FULL_CONTROL")]
            }
            if grants.contains(where: \.isPublic),
                let block = try transaction.setting(.publicAccessBlock, of: bucket.id)
            {
                let configuration: PublicAccessBlockConfiguration = try Self.value(of: block)
                if configuration.ignorePublicAcls == true { grants.removeAll(where: \.isPublic) }
            }
            return grants.contains { grant in
                [needed.permission, "FULL_CONTROL"].contains(grant.permission)
                    && grant.names(principal)
            }
        }
    }
}

extension ACLGrant {
    /// Whether it is to `principal`, among others.
    fileprivate func names(_ principal: Principal) -> Bool {
        switch grantee {
        case .group(Self.allUsers): true
        case .group(Self.authenticatedUsers): principal.account != nil
        case .group(Self.logDelivery): principal == .service("logging.s3.amazonaws.com")
        case .group: false
        case .user(let id): principal.account.map { CanonicalUser.id(of: $0) == id } ?? false
        }
    }
}
