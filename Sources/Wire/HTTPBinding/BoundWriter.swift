import NIOCore
package import Platform

/// Writes the value of one bound member as text, or as the raw body.
package final class BoundWriter: BodyWriter {
    /// What has been written; `nil` before anything is.
    private(set) var value: BoundValue?
    private var nextKey: String?
    private let isPayload: Bool

    /// Makes a writer; `isPayload` where the value is the body itself.
    init(isPayload: Bool) { self.isPayload = isPayload }

    package func beginStructure(at place: Place) {
        preconditionFailure("\(place.shape.name) is a structure, which only a body can carry")
    }
    package func member(_ position: Int, of shape: Shape) {}
    package func endStructure() {}

    package func beginList(at place: Place, count: Int) { value = .list([]) }
    package func endList() {}

    package func beginMap(at place: Place, count: Int) { value = .map([]) }
    package func key(_ key: String) { nextKey = key }
    package func endMap() {}

    package func string(_ value: String, at place: Place) {
        if isPayload { return self.value = .body(Body(text: value)) }
        add(place.shape.kind == .jsonText ? Base64.encode(value.utf8) : value)
    }
    package func boolean(_ value: Bool, at place: Place) { add(value ? "true" : "false") }
    package func integer(_ value: Int, at place: Place) { add(String(value)) }
    package func double(_ value: Double, at place: Place) { add(DoubleText.text(of: value)) }
    package func blob(_ value: [UInt8], at place: Place) {
        if isPayload { return self.value = .body(Body(value)) }
        add(Base64.encode(value))
    }
    package func timestamp(_ value: Instant, at place: Place) {
        add(place.timestampFormat(default: .httpDate).text(value))
    }
    package func document(_ value: Document, at place: Place) {
        preconditionFailure("\(place.shape.name) is a document, which only a body can carry")
    }

    package func eventStream<Event: Structure>(
        _ events: EventStream<Event>, in schema: ServiceSchema
    ) -> Body {
        preconditionFailure("only a body's format can carry an event stream")
    }

    private func add(_ text: String) {
        switch value {
        case .list(let texts)?: value = .list(texts + [text])
        case .map(let entries)?: value = .map(entries + [(nextKey ?? "", .text(text))])
        default: value = .text(text)
        }
    }
}
