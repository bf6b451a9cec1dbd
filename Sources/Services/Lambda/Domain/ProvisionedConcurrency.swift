import LambdaModel
import Wire

/// How many environments of a version are kept warm.
struct ProvisionedConcurrency: Sendable, Equatable {
    let requested: Int

    init(requested: Int) { self.requested = requested }

    init(_ document: Document) { requested = Int(document["requested"]?.integerValue ?? 0) }

    var document: Document { ["requested": .integer(Int64(requested))] }
}

/// How far a node has got with the environments that it keeps warm.
struct ProvisionedState: Sendable, Equatable {
    /// `IN_PROGRESS`, `READY` or `FAILED`.
    var status = "IN_PROGRESS"
    var reason: String?
    /// The environments that are there.
    var allocated = 0
}

extension ConcurrencyQuota {
    /// Checks what a function is to have for itself.
    ///
    /// - Parameter others: what other functions have for themselves.
    /// - Throws: `InvalidParameterValueException` where too little would be left.
    static func checkReservation(_ count: Int, others: Int) throws {
        let left = LambdaLimits.concurrentExecutions - others - count
        guard left >= LambdaLimits.leastUnreservedConcurrency else {
            throw LambdaRefusal.invalidParameter(
                "Specified ReservedConcurrentExecutions for function decreases account's "
                    + "UnreservedConcurrentExecution below its minimum value of "
                    + "[\(LambdaLimits.leastUnreservedConcurrency)].")
        }
    }
}

extension ProvisionedConcurrency {
    /// Checks that a request names a version or an alias.
    ///
    /// - Throws: `InvalidParameterValueException` for `$LATEST`.
    static func checkQualifier(_ reference: FunctionReference) throws {
        guard reference.version != FunctionVersion.latest else {
            throw LambdaRefusal.invalidParameter(
                "Provisioned Concurrency Configs cannot be applied to unpublished function "
                    + "versions.")
        }
    }

    /// 404: nothing is kept warm.
    static let notFound = LambdaError.provisionedConcurrencyConfigNotFoundException.user(
        "No Provisioned Concurrency Config found for this function")
}
