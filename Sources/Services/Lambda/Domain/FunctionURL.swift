import LambdaModel
import Platform
import ServiceKit

/// The URL of a function or alias.
struct FunctionURL: Sendable, Equatable {
    /// 32 lower-case letters and digits, the first label of the host name.
    let id: String
    let reference: FunctionReference
    /// `NONE` or `AWS_IAM`.
    var authType: String
    /// `BUFFERED` or `RESPONSE_STREAM`.
    var invokeMode: String
    var cors: CORSPolicy?
    let created: Instant
    var modified: Instant

    /// Whether callers must sign.
    var isSigned: Bool { authType == "AWS_IAM" }
    /// Whether responses flow to the client as the function writes them.
    var isStreamed: Bool { invokeMode == "RESPONSE_STREAM" }

    /// The URL as a client that found Apus at `origin` reaches it.
    func text(at origin: Origin) -> String {
        origin.hostedURL("\(id).\(HostedKind.functionURL.label).\(reference.key.region)")
    }

    /// Checks the qualifier of a request about a URL: functions and aliases have URLs, versions have none.
    ///
    /// - Throws: `ValidationException`.
    static func checkQualifier(_ qualifier: String?) throws {
        guard let qualifier else { return }
        guard qualifier != FunctionVersion.latest, qualifier.contains(where: { !$0.isNumber })
        else {
            throw LambdaRefusal.validation(
                qualifier, at: "qualifier",
                #"Member must satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)"#)
        }
    }

    /// The URL as lists show it.
    func config(at origin: Origin) -> FunctionUrlConfig {
        FunctionUrlConfig(
            functionUrl: text(at: origin), functionArn: reference.arn,
            creationTime: created.iso8601Milliseconds,
            lastModifiedTime: modified.iso8601Milliseconds, cors: cors?.model, authType: authType,
            invokeMode: invokeMode)
    }
}
