package import Wire

/// The errors that every AWS service gives alike.
///
/// Source: "Common Errors" in each service's API reference.
package enum CommonError {
    /// 403 `AccessDeniedException`.
    package static let accessDenied = ErrorConstant("AccessDeniedException", status: 403)
    /// 500 `InternalFailure`; its message tells nothing of the inside.
    package static let internalFailure = AWSError(
        "InternalFailure", "The request processing has failed because of an unknown error.",
        status: 500)

    /// 501 for what AWS has and Apus does not serve.
    package static func notServed(operation: String, service: String) -> AWSError {
        AWSError(
            "NotImplemented", "\(operation) of \(service) is not served by Apus.", status: 501)
    }
}
