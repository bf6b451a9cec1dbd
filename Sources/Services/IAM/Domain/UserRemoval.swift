import IAMModel
import Storage
import Wire

/// What a user must not have any more when he is removed.
///
/// Source: API_DeleteUser in the IAM API Reference.
enum UserRemoval {
    /// Objects where a user has something.
    ///
    /// - Throws: `DeleteConflict`.
    static func check(
        _ user: String, of account: String, in transaction: any ReadTransaction
    ) throws {
        guard try IAMStore.accessKeys(of: user, of: account, in: transaction).isEmpty else {
            throw conflict("delete access keys")
        }
        let profile = EntityReference(.loginProfile, user)
        guard try IAMStore.find(profile, of: account, in: transaction) == nil else {
            throw conflict("delete login profile")
        }
        guard try IAMStore.devices(of: user, of: account, in: transaction).isEmpty else {
            throw conflict("deactivate MFA device")
        }
        guard try IAMStore.containers(of: user, .group, of: account, in: transaction).isEmpty
        else { throw conflict("remove users from group") }
        try IAMStore.checkHasNoPolicies(.user(user), of: account, in: transaction)
    }

    private static func conflict(_ what: String) -> AWSError {
        IAMError.deleteConflictException("Cannot delete entity, must \(what) first.")
    }
}
