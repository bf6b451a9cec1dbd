import Platform
import Wire

/// What is known of an object beside what its row's columns say.
struct ObjectDetails: Sendable {
    /// `Content-Type` and the other headers that are answered as they were given, by their names in lower case.
    var headers: [String: String] = [:]
    /// The user's metadata, by names in lower case.
    var metadata: [String: String] = [:]
    var tags: [ObjectTag] = []
    var grants: [ACLGrant]?
    var encryption: ObjectEncryption?
    var retentionMode: String?
    var retainUntil: Instant?
    var hasLegalHold: Bool?
    var replicationStatus: String?
    /// Until when a copy of an archived object can be read.
    var restoredUntil: Instant?
    /// The upload that it was put by, so that to complete it again answers the same.
    var uploadID: String?

    init() {}

    var isEmpty: Bool { document == .object([:]) }

    /// Reads what `json` writes.
    init(json bytes: [UInt8]) {
        guard !bytes.isEmpty, case .object(let members)? = try? Document(json: bytes) else {
            return
        }
        headers = Self.texts(members["h"])
        metadata = Self.texts(members["m"])
        if case .array(let items)? = members["t"] { tags = items.compactMap(ObjectTag.init) }
        if case .array(let items)? = members["g"] { grants = items.compactMap(ACLGrant.init) }
        encryption = members["e"].flatMap(ObjectEncryption.init)
        retentionMode = members["lm"]?.stringValue
        retainUntil = members["lu"]?.integerValue.map { Instant(milliseconds: $0) }
        hasLegalHold = members["lh"]?.stringValue.map { $0 == "ON" }
        replicationStatus = members["r"]?.stringValue
        uploadID = members["up"]?.stringValue
        restoredUntil = members["ru"]?.integerValue.map { Instant(milliseconds: $0) }
    }

    /// The details as compact JSON; nothing where there are none.
    var json: [UInt8] {
        let document = document
        return document == .object([:]) ? [] : document.json()
    }

    private var document: Document {
        var members: [String: Document] = [:]
        if !headers.isEmpty { members["h"] = .object(headers.mapValues { .string($0) }) }
        if !metadata.isEmpty { members["m"] = .object(metadata.mapValues { .string($0) }) }
        if !tags.isEmpty { members["t"] = .array(tags.map(\.document)) }
        if let grants { members["g"] = .array(grants.map(\.document)) }
        if let encryption { members["e"] = encryption.document }
        if let retentionMode { members["lm"] = .string(retentionMode) }
        if let retainUntil { members["lu"] = .integer(retainUntil.milliseconds) }
        if let hasLegalHold { members["lh"] = .string(hasLegalHold ? "ON" : "OFF") }
        if let replicationStatus { members["r"] = .string(replicationStatus) }
        if let restoredUntil { members["ru"] = .integer(restoredUntil.milliseconds) }
        if let uploadID { members["up"] = .string(uploadID) }
        return .object(members)
    }

    private static func texts(_ document: Document?) -> [String: String] {
        guard case .object(let members)? = document else { return [:] }
        return members.compactMapValues(\.stringValue)
    }
}
