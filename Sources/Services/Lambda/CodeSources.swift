import ServiceKit

/// Brings code from where a request says that it is.
struct CodeSources: Sendable {
    let caller: ServiceCaller

    /// The zip file at `location`.
    ///
    /// - Throws: `NotImplemented` for code from S3.
    func zip(_ location: CodeLocation, in context: RequestContext) async throws -> [UInt8] {
        switch location {
        case .zipFile(let bytes): return bytes
        case .s3: throw LambdaRefusal.notServed("Code from S3")
        }
    }
}
