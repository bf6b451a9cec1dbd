import S3Model
import Wire

/// The rule by which a bucket encrypts new objects.
enum BucketEncryption {
    /// - Throws: `MalformedXML`, `InvalidArgument`.
    static func check(_ configuration: ServerSideEncryptionConfiguration) throws {
        guard configuration.rules.count == 1, let rule = configuration.rules.first else {
            throw S3Failure.malformedXML
        }
        guard let standard = rule.applyServerSideEncryptionByDefault else { return }
        if standard.sseAlgorithm == "AES256", standard.kmsMasterKeyID != nil {
            throw S3Failure.argument(
                "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                "ApplyServerSideEncryptionByDefault", "AES256")
        }
    }
}

extension ServerSideEncryptionConfiguration {
    /// What every bucket has without a word of its owner's.
    static let standard = ServerSideEncryptionConfiguration(rules: [
        ServerSideEncryptionRule(
            applyServerSideEncryptionByDefault: ServerSideEncryptionByDefault(
                sseAlgorithm: "AES256"), bucketKeyEnabled: false)
    ])
}
