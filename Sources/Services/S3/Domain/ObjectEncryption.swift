import Wire

/// How an object is encrypted, as its headers say it.
struct ObjectEncryption: Sendable, Equatable {
    /// `AES256`, `aws:kms` or `aws:kms:dsse`; `nil` with a key of the customer's.
    var algorithm: String?
    var kmsKeyID: String?
    var hasBucketKey: Bool?
    /// The MD5 of the customer's key, in base64.
    var customerKeyMD5: String?
    /// The bytes' own key, encrypted by KMS.
    var encryptedKey: [UInt8]?

    init(
        algorithm: String? = nil, kmsKeyID: String? = nil, hasBucketKey: Bool? = nil,
        customerKeyMD5: String? = nil, encryptedKey: [UInt8]? = nil
    ) {
        self.algorithm = algorithm
        self.kmsKeyID = kmsKeyID
        self.hasBucketKey = hasBucketKey
        self.customerKeyMD5 = customerKeyMD5
        self.encryptedKey = encryptedKey
    }

    init(_ document: Document) {
        algorithm = document["a"]?.stringValue
        kmsKeyID = document["k"]?.stringValue
        hasBucketKey = document["b"]?.booleanValue
        customerKeyMD5 = document["c"]?.stringValue
        encryptedKey = document["d"]?.stringValue.flatMap { Base64.decode($0.utf8) }
    }

    var document: Document {
        var members: [String: Document] = [:]
        if let algorithm { members["a"] = .string(algorithm) }
        if let kmsKeyID { members["k"] = .string(kmsKeyID) }
        if let hasBucketKey { members["b"] = .boolean(hasBucketKey) }
        if let customerKeyMD5 { members["c"] = .string(customerKeyMD5) }
        if let encryptedKey { members["d"] = .string(Base64.encode(encryptedKey)) }
        return .object(members)
    }
}
