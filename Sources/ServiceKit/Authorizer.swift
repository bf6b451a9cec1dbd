/// Decides whether a principal may do what a request asks.
package protocol Authorizer: Sendable {
    /// Returns where every one of `requests` is allowed.
    ///
    /// - Throws: `AWSError` `AccessDenied` or `AccessDeniedException`, which names what denied it.
    func authorize(_ requests: [AccessRequest], in context: RequestContext) async throws
}
