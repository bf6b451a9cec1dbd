/// The extensions of one environment (docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html): who they are, and
/// what they work on. A value without I/O; the environment keeps it under a lock.
package struct ExtensionSet: Sendable {
    package typealias ExtensionID = String

    /// What an extension may be told of.
    package enum Event: String, Sendable {
        case invoke = "INVOKE"
        case shutdown = "SHUTDOWN"
    }

    /// Why the API refuses a call of an extension.
    package enum Rejection: Error, Sendable, Equatable {
        /// The init phase is over, the extension is registered already, or there are enough.
        case invalidState
        case unknownExtension
        /// An event that is none, or that only external extensions may have.
        case invalidEvent(String)
    }

    private struct Member {
        let name: String
        let events: Set<Event>
        /// Whether it has asked for an event since the last one that it got.
        var isWaiting = false
        /// Whether the current event has not been handed to it yet.
        var isOwed = false
    }

    /// The external extensions that have not registered yet.
    private var expected: Set<String>
    private let external: Set<String>
    private var members: [ExtensionID: Member] = [:]
    private var isStarted = false

    /// - Parameter external: the names of the files in /opt/extensions.
    package init(external: [String] = []) {
        self.external = Set(external)
        expected = self.external
    }

    /// Whether there are none.
    package var isEmpty: Bool { members.isEmpty && expected.isEmpty }

    /// Whether all have registered and wait, so that the init phase may end.
    package var isReady: Bool { expected.isEmpty && members.values.allSatisfy(\.isWaiting) }

    /// Whether none works on an event any more.
    package var isSettled: Bool { members.values.allSatisfy { $0.isWaiting && !$0.isOwed } }

    /// The init phase is over: nobody registers any more.
    package mutating func start() { isStarted = true }

    /// An extension registers, under a name that for external ones is their file's.
    package mutating func register(
        _ id: ExtensionID, name: String, events: [String]
    ) -> Rejection? {
        guard !isStarted, members.count < SandboxLimits.extensions,
            !members.values.contains(where: { $0.name == name })
        else {
            return .invalidState
        }
        let isExternal = external.contains(name)
        var wanted: Set<Event> = []
        for text in events {
            guard let event = Event(rawValue: text), isExternal || event == .invoke else {
                return .invalidEvent(text)
            }
            wanted.insert(event)
        }
        expected.remove(name)
        members[id] = Member(name: name, events: wanted)
        return nil
    }

    /// An extension asks for the next event; returns whether there is one for it.
    package mutating func askedForNext(_ id: ExtensionID) -> Result<Bool, Rejection> {
        guard members[id] != nil else { return .failure(.unknownExtension) }
        if members[id]?.isOwed == true {
            members[id]?.isOwed = false
            members[id]?.isWaiting = false
            return .success(true)
        }
        members[id]?.isWaiting = true
        return .success(false)
    }

    /// Whether an extension of this identifier is registered.
    package func has(_ id: ExtensionID) -> Bool { members[id] != nil }

    /// An event begins, or the environment ends. Returns who gets it now; the others get it when they ask.
    package mutating func begin(_ event: Event) -> [ExtensionID] {
        var ready: [ExtensionID] = []
        for (id, member) in members where member.events.contains(event) {
            if member.isWaiting {
                members[id]?.isWaiting = false
                ready.append(id)
            } else {
                members[id]?.isOwed = true
            }
        }
        return ready.sorted()
    }

    /// The extension is gone.
    package mutating func remove(_ id: ExtensionID) { members[id] = nil }
}
