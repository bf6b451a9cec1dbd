import Platform
import ServiceKit
import Wire

/// Something that Lambda owes to a destination or a dead-letter queue: the payload of a job.
///
/// A line of JSON that says what for, then the bytes to deliver.
struct OwedDelivery: Sendable, Equatable {
    enum Purpose: String, Sendable {
        case destination
        case deadLetter
    }

    let purpose: Purpose
    /// The ARN that it goes to.
    let target: String
    /// The function on whose behalf it is sent.
    let reference: FunctionReference
    /// The role that it is sent as.
    let role: String
    let traceHeader: String
    let attributes: [String: String]
    let payload: [UInt8]

    init(
        _ purpose: Purpose, to target: String, from reference: FunctionReference, role: String,
        traceHeader: String, attributes: [String: String] = [:], payload: [UInt8]
    ) {
        self.purpose = purpose
        self.target = target
        self.reference = reference
        self.role = role
        self.traceHeader = traceHeader
        self.attributes = attributes
        self.payload = payload
    }

    /// Reads a job's payload.
    ///
    /// - Throws: `JSONError` where this version did not write it.
    init(job: [UInt8]) throws {
        let head = job.prefix { $0 != UInt8(ascii: "\n") }
        let document = try Document(json: Array(head))
        func text(_ key: String) -> String { document[key]?.stringValue ?? "" }
        purpose = Purpose(rawValue: text("purpose")) ?? .destination
        target = text("target")
        reference = FunctionReference(
            key: FunctionKey(account: text("account"), region: text("region"), name: text("name")),
            qualifier: document["qualifier"]?.stringValue)
        role = text("role")
        traceHeader = text("traceHeader")
        if case .object(let members)? = document["attributes"] {
            attributes = members.compactMapValues(\.stringValue)
        } else {
            attributes = [:]
        }
        payload = Array(job.dropFirst(head.count + 1))
    }

    /// The payload of the job.
    var job: [UInt8] {
        var members: [String: Document] = [
            "purpose": .string(purpose.rawValue), "target": .string(target),
            "account": .string(reference.key.account), "region": .string(reference.key.region),
            "name": .string(reference.key.name), "role": .string(role),
            "traceHeader": .string(traceHeader),
            "attributes": .object(attributes.mapValues { .string($0) }),
        ]
        members["qualifier"] = reference.qualifier.map { .string($0) }
        return Document.object(members).json() + [UInt8(ascii: "\n")] + payload
    }
}
