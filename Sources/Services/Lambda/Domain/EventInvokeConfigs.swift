import LambdaModel
import Platform
import Storage
import Wire

/// Changes of what is configured for asynchronous events, with the words that Lambda has for them.
enum EventInvokeConfigs {
    /// Replaces the configuration of a qualifier by what `change` makes of it; `nil` takes it away.
    ///
    /// - Throws: `ResourceNotFoundException` where there is no such function; what `change` throws.
    static func change(
        _ reference: FunctionReference, in functions: FunctionStore, at time: Instant,
        _ change: @escaping @Sendable (EventInvokeConfig?) throws -> EventInvokeConfig?
    ) async throws -> QualifierConfig {
        do {
            _ = try await functions.target(reference)
        } catch let error as AWSError where error.status == 404 {
            throw LambdaError.resourceNotFoundException.user("The function doesn't exist.")
        }
        let config = try await functions.changeConfig(.eventInvoke, of: reference, at: time) {
            before, _ in
            try change(before.map(EventInvokeConfig.init))?.document
        }
        return config ?? QualifierConfig(reference: reference, document: [:], modified: time)
    }

    /// 404: nothing is configured.
    static func notFound(_ reference: FunctionReference) -> AWSError {
        LambdaError.resourceNotFoundException.user(
            "The function \(reference.key.arn(qualifier: reference.version)) doesn't have an "
                + "EventInvokeConfig")
    }
}
