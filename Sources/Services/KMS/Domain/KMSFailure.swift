import KMSModel
import ServiceKit
import Wire

/// The errors that several operations give alike, in AWS's words.
enum KMSFailure {
    static func keyNotFound(_ arn: String) -> AWSError {
        KMSError.notFoundException("Key '\(arn)' does not exist")
    }

    static func invalidKeyID(_ text: String) -> AWSError {
        KMSError.notFoundException("Invalid keyId '\(text)'")
    }

    static func aliasNotFound(_ arn: String) -> AWSError {
        KMSError.notFoundException("Alias \(arn) is not found.")
    }

    static func validation(_ message: String) -> AWSError {
        AWSError("ValidationException", message)
    }

    /// AWS tells nothing about a ciphertext that it cannot read.
    static let invalidCiphertext = KMSError.invalidCiphertextException("")
    static let incorrectKey = KMSError.incorrectKeyException(
        "The key ID in the request does not identify a CMK that can perform this operation.")
    /// What is said of a ciphertext whose key is not here, so that nobody learns whether there is one.
    static let foreignCiphertext = AWSError(
        "AccessDeniedException",
        "The ciphertext refers to a customer master key that does not exist, does not exist in "
            + "this region, or you are not allowed to access.")
    static let dryRun = AWSError(
        "DryRunOperationException",
        "The request would have succeeded, but the DryRun option is set.", status: 412)

    static func unsupported(_ message: String) -> AWSError {
        KMSError.unsupportedOperationException(message)
    }

    /// Ends a request that only asks whether it would succeed.
    static func endDryRun(_ dryRun: Bool?) throws {
        if dryRun == true { throw self.dryRun }
    }

    /// Refuses to answer to an enclave, whose attestation nobody here can check.
    static func refuseRecipient(_ recipient: RecipientInfo?, of operation: String) throws {
        guard recipient == nil else {
            throw CommonError.notServed(operation: "\(operation) with Recipient", service: "KMS")
        }
    }
}

extension KeyRecord {
    /// Checks that the key is there to be used.
    ///
    /// Source: "Key states" in the KMS Developer Guide.
    ///
    /// - Throws: `DisabledException`, `KMSInvalidStateException`.
    func requireEnabled() throws {
        switch state {
        case .enabled: return
        case .disabled: throw KMSError.disabledException("\(arn()) is disabled.")
        case .pendingImport:
            throw KMSError.kmsInvalidStateException("\(arn()) is pending import.")
        case .pendingDeletion, .pendingReplicaDeletion: try requireNotDying()
        }
    }

    /// Checks that the key is not about to be deleted.
    ///
    /// - Throws: `KMSInvalidStateException`.
    func requireNotDying() throws {
        switch state {
        case .pendingDeletion:
            throw KMSError.kmsInvalidStateException("\(arn()) is pending deletion.")
        case .pendingReplicaDeletion:
            throw KMSError.kmsInvalidStateException("\(arn()) is pending replica deletion.")
        case .enabled, .disabled, .pendingImport: return
        }
    }

    /// Checks that the key is made for what `operation` does.
    ///
    /// - Throws: `InvalidKeyUsageException`.
    func require(_ usage: KeyUsage, for operation: String) throws {
        guard self.usage == usage else {
            throw KMSError.invalidKeyUsageException(
                "\(arn()) key usage is \(self.usage.rawValue) which is not valid for \(operation).")
        }
    }

    /// Checks that the key has an algorithm.
    ///
    /// - Throws: `InvalidKeyUsageException`.
    func require(_ algorithm: String, among algorithms: [String]?) throws {
        guard algorithms?.contains(algorithm) == true else {
            throw KMSError.invalidKeyUsageException(
                "Algorithm \(algorithm) is incompatible with key spec \(spec.rawValue).")
        }
    }

    /// Checks that the key encrypts by itself rather than as a pair, as data keys need it.
    ///
    /// - Throws: `InvalidKeyUsageException`.
    func requireSymmetric(for operation: String) throws {
        guard spec == .symmetric else {
            throw KMSError.invalidKeyUsageException(
                "\(arn()) key spec is \(spec.rawValue) which is not valid for \(operation).")
        }
    }

    /// Checks that the key is not one that Apus made for its services.
    ///
    /// - Throws: `UnsupportedOperationException`.
    func requireOwn() throws {
        guard !isManaged else {
            throw KMSFailure.unsupported(
                "\(arn()) is an AWS managed key, which only its service changes.")
        }
    }
}
