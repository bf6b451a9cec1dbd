package import Wire

/// A pattern that events match or not, as EventBridge's rules and Lambda's event filters have it.
///
/// Source: docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and eb-create-pattern-operators.html.
package struct EventPattern: Sendable {
    private let root: PatternNode

    /// Reads a pattern.
    ///
    /// - Throws: `EventPatternError` where it is none.
    package init(json: String) throws(EventPatternError) {
        let document: Document
        do {
            document = try Document(json: json)
        } catch {
            throw EventPatternError("Filter is not valid JSON")
        }
        try self.init(document)
    }

    /// Reads a pattern.
    ///
    /// - Throws: `EventPatternError` where it is none.
    package init(_ document: Document) throws(EventPatternError) {
        guard case .object(let members) = document else {
            throw EventPatternError("Filter is not an object")
        }
        var parser = PatternParser()
        root = try parser.object(members, depth: 0)
    }

    /// Whether `event` matches: everything that the pattern names is as it says, whatever else there is.
    package func matches(_ event: Document) -> Bool { root.matches(event) }
}

/// Why a text is no pattern.
package struct EventPatternError: Error, Equatable {
    /// The reason, as EventBridge gives it after "Event pattern is not valid. Reason: ".
    package let reason: String

    init(_ reason: String) { self.reason = reason }
}
