import Wire

/// How an object is encrypted: what its headers say, and its key, sealed under another.
struct ObjectEncryption: Sendable, Equatable {
    /// `AES256`, `aws:kms` or `aws:kms:dsse`; `nil` with a key of the customer's.
    var algorithm: String?
    var kmsKeyID: String?
    var hasBucketKey: Bool?
    /// The MD5 of the customer's key, in base64.
    var customerKeyMD5: String?
    /// The key that seals the object's, encrypted by KMS.
    var encryptedKey: [UInt8]?
    /// What KMS wants to hear beside it.
    var kmsContext: [String: String] = [:]
    /// The key of the object's bytes, sealed under the root key, the customer's key, or that of `encryptedKey`.
    var sealedKey: [UInt8] = []

    init() {}

    init(_ document: Document) {
        algorithm = document["a"]?.stringValue
        kmsKeyID = document["k"]?.stringValue
        hasBucketKey = document["b"]?.booleanValue
        customerKeyMD5 = document["c"]?.stringValue
        encryptedKey = document["d"]?.stringValue.flatMap { Base64.decode($0.utf8) }
        sealedKey = document["s"]?.stringValue.flatMap { Base64.decode($0.utf8) } ?? []
        if case .object(let members)? = document["x"] {
            kmsContext = members.compactMapValues(\.stringValue)
        }
    }

    var document: Document {
        var members: [String: Document] = ["s": .string(Base64.encode(sealedKey))]
        if let algorithm { members["a"] = .string(algorithm) }
        if let kmsKeyID { members["k"] = .string(kmsKeyID) }
        if let hasBucketKey { members["b"] = .boolean(hasBucketKey) }
        if let customerKeyMD5 { members["c"] = .string(customerKeyMD5) }
        if let encryptedKey { members["d"] = .string(Base64.encode(encryptedKey)) }
        if !kmsContext.isEmpty { members["x"] = .object(kmsContext.mapValues { .string($0) }) }
        return .object(members)
    }

    /// `x-amz-server-side-encryption-customer-algorithm`
    var customerAlgorithm: String? { customerKeyMD5 == nil ? nil : "AES256" }
}
