/// What a function's name, version or alias comes to when it is invoked.
struct InvocationTarget: Sendable {
    /// The version that is meant, or that an alias sends most events to.
    let version: FunctionVersion
    /// The version that an alias sends the other events to.
    var second: FunctionVersion?
    /// The part of the events that goes to `second`, 0 to 1.
    var secondWeight: Double = 0
    let quota: ConcurrencyQuota
    /// What becomes of asynchronous events.
    let eventInvoke: EventInvokeConfig
    /// Whether events that come round and round are stopped.
    let stopsRecursion: Bool

    /// The version for one event.
    ///
    /// - Parameter fraction: a random number from 0 up to but not including 1.
    func version(at fraction: Double) -> FunctionVersion {
        guard let second, fraction < secondWeight else { return version }
        return second
    }
}

/// How many events may be under way at a time.
struct ConcurrencyQuota: Sendable, Equatable {
    /// The part that is the function's alone, if one is.
    let reserved: Int?
    /// What the functions of the account without such a part share.
    let unreserved: Int
}
