import LambdaModel
import Platform
import ServiceKit
import Wire

/// Who must have signed the code of the functions that have this configuration.
struct CodeSigning: Sendable, Equatable {
    let account: String
    let region: String
    /// `csc-` and 17 hexadecimal digits.
    let id: String
    var description: String
    var publishers: [String]
    /// `Warn` or `Enforce`.
    var policy: String
    var modified: Instant

    var arn: String { "arn:aws:lambda:\(region):\(account):code-signing-config:\(id)" }

    /// The configuration as the API answers it.
    var model: CodeSigningConfig {
        CodeSigningConfig(
            codeSigningConfigId: id, codeSigningConfigArn: arn, description: description,
            allowedPublishers: AllowedPublishers(signingProfileVersionArns: publishers),
            codeSigningPolicies: CodeSigningPolicies(untrustedArtifactOnDeployment: policy),
            lastModified: modified.lambdaText)
    }

    /// Checks code, none of which is signed.
    ///
    /// - Throws: `CodeVerificationFailedException` where only signed code may be deployed.
    func checkUnsignedCode() throws {
        guard policy != "Enforce" else {
            throw LambdaError.codeVerificationFailedException.user(
                "Lambda cannot deploy the function. The function or layer might be signed using "
                    + "a signature that the client is not configured to accept. Check the "
                    + "provided signature for unsigned.")
        }
    }

    /// The identifier in the ARN of a configuration of `context`'s account and region.
    ///
    /// - Throws: `CodeSigningConfigNotFoundException` for any other.
    static func id(_ arn: String, in context: RequestContext) throws -> String {
        let prefix = "code-signing-config:"
        guard let parsed = ARN(arn), parsed.account == context.account,
            parsed.region == context.region, parsed.resource.hasPrefix(prefix)
        else { throw notFound(arn) }
        return String(parsed.resource.dropFirst(prefix.count))
    }

    /// 404: there is no such configuration.
    static func notFound(_ arn: String) -> AWSError {
        LambdaError.codeSigningConfigNotFoundException.user(
            "The code signing configuration cannot be found. Check that the provided "
                + "configuration is not deleted: \(arn).")
    }
}
