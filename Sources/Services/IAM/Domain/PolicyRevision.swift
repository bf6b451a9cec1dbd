import IAMModel
import Platform
import Wire

/// A version of a managed policy.
struct PolicyRevision: Sendable, Equatable {
    var number: Int
    /// JSON.
    var document: String
    var created: Instant

    var id: String { "v\(number)" }

    /// The version as answers have it.
    func answer(default number: Int, withDocument: Bool) -> PolicyVersion {
        PolicyVersion(
            document: withDocument ? PercentEncoding.encode(document) : nil, versionId: id,
            isDefaultVersion: number == self.number, createDate: created)
    }
}
