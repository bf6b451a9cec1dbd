package import Testing
import Wire

/// Expects `body` to fail with an `AWSError` of this code and, if given, this message and status.
package func expectError(
    _ code: String, _ message: String? = nil, status: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("nothing was thrown, not \(code)", sourceLocation: sourceLocation)
    } catch let error as AWSError {
        #expect(error.code == code, sourceLocation: sourceLocation)
        if let message { #expect(error.message == message, sourceLocation: sourceLocation) }
        if let status { #expect(error.status == status, sourceLocation: sourceLocation) }
    } catch {
        Issue.record("\(error) was thrown, not \(code)", sourceLocation: sourceLocation)
    }
}
