import Authorization
import ServiceKit
package import Wire

/// Answers why requests were denied, and what somebody would need.
package struct AccessExplainer: Sendable {
    let store: IAMStore
    let ledger: AccessLedger

    /// The decisions on a request; `nil` where none is remembered.
    package func explanation(of requestID: String) async throws -> Document? {
        var entries = ledger.entries(of: requestID).map(\.document)
        if entries.isEmpty { entries = try await store.denials(of: requestID) }
        guard !entries.isEmpty else { return nil }
        return ["requestId": .string(requestID), "decisions": .array(entries)]
    }

    /// The least policy that allows what a user or role did, given by its ARN, or as the name of a role of an account.
    package func advice(for name: String, in account: String) async throws -> Document {
        let bearer = name.hasPrefix("arn:") ? name : try await roleARN(name, in: account)
        var usages = Set(try await store.usages(of: bearer))
        usages.formUnion(ledger.usages(of: bearer))
        let sorted = usages.sorted { ($0.action, $0.resource) < ($1.action, $1.resource) }
        return [
            "principal": .string(bearer), "actions": .integer(Int64(sorted.count)),
            "policy": Advice.policy(for: sorted),
        ]
    }

    private func roleARN(_ name: String, in account: String) async throws -> String {
        let role = try await store.read { transaction in
            try IAMStore.find(.role(name), of: account, in: transaction)
        }
        return role?.arn(in: "aws") ?? "arn:aws:iam::\(account):role/\(name)"
    }
}
