package import ServiceKit

/// The IAM mode `off`: no policy is evaluated and every call passes.
package struct AuthorizationOff: Authorizer {
    package init() {}

    /// Passes.
    package func authorize(_ requests: [AccessRequest], in context: RequestContext) async throws {}
}
