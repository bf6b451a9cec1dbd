package import HTTPTypes
package import Wire

/// Decides which web pages may use the resources of a service, where that is for the service's users to say: S3's buckets.
package protocol CrossOriginRules: Sendable {
    /// Answers a browser that asks whether a page may send a request.
    ///
    /// - Throws: `AWSError` where it may not.
    func preflight(_ request: WireRequest) async throws -> WireResponse

    /// The fields that let the page that sent `request` read the answer; none where it may not.
    func fields(for request: WireRequest) async -> HTTPFields
}
