/// Text that stands for other text: `*` for any characters, `?` for one.
struct WildcardPattern: Sendable, Hashable {
    /// What a pattern is made of: a byte, or one of the values beyond all bytes.
    typealias Element = UInt16

    /// Any characters.
    static let any: Element = 256
    /// One character.
    static let one: Element = 257
    /// Any characters but a colon.
    static let anyWithinSegment: Element = 258
    /// One character that is no colon.
    static let oneWithinSegment: Element = 259

    private enum Form: Hashable {
        case everything
        case exact([UInt8])
        case prefix([UInt8])
        case free([Element])
        case bounded([Element])
    }

    private let form: Form

    /// Makes a pattern of its elements.
    init(_ elements: [Element]) {
        let firstWildcard = elements.firstIndex { $0 >= Self.any }
        if let firstWildcard {
            let isLast = firstWildcard == elements.count - 1 && elements[firstWildcard] == Self.any
            if isLast {
                let bytes = elements.dropLast().map(UInt8.init)
                form = bytes.isEmpty ? .everything : .prefix(bytes)
            } else if elements.contains(where: { $0 >= Self.anyWithinSegment }) {
                form = .bounded(elements)
            } else {
                form = .free(elements)
            }
        } else {
            form = .exact(elements.map(UInt8.init))
        }
    }

    /// Makes the pattern that `text` writes, in which `*` and `?` are wildcards.
    init(_ text: some StringProtocol) {
        self.init(text.utf8.map(Self.element))
    }

    /// What a byte of a text with wildcards means.
    static func element(_ byte: UInt8) -> Element {
        switch byte {
        case UInt8(ascii: "*"): any
        case UInt8(ascii: "?"): one
        default: Element(byte)
        }
    }

    /// Whether the pattern is `*`.
    var isEverything: Bool { form == .everything }

    /// Whether the pattern stands for `text`.
    func matches(_ text: [UInt8]) -> Bool {
        switch form {
        case .everything: true
        case .exact(let bytes): bytes == text
        case .prefix(let bytes): text.starts(with: bytes)
        case .free(let elements): Self.matchFree(elements, text)
        case .bounded(let elements): Self.matchBounded(elements, text)
        }
    }

    /// Matches greedily; after a mismatch the last `*` takes one byte more, which is enough where every `*` may take anything.
    private static func matchFree(_ pattern: [Element], _ text: [UInt8]) -> Bool {
        var (place, at) = (0, 0)
        var retry: (place: Int, at: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == any {
                place += 1
                retry = (place, at)
            } else if place < pattern.count, pattern[place] == one {
                place += 1
                at = afterCharacter(at, in: text)
            } else if place < pattern.count, pattern[place] == Element(text[at]) {
                place += 1
                at += 1
            } else if let (star, start) = retry {
                retry = (star, start + 1)
                (place, at) = (star, start + 1)
            } else {
                return false
            }
        }
        while place < pattern.count, pattern[place] == any { place += 1 }
        return place == pattern.count
    }

    /// Matches by following every way at once, since a wildcard that ends at a colon may be wrong where an earlier one is not.
    private static func matchBounded(_ pattern: [Element], _ text: [UInt8]) -> Bool {
        let colon = UInt8(ascii: ":")
        var active = closure(of: [0], in: pattern)
        for byte in text {
            // Bytes that go on a character are part of the one before.
            let isContinuation = byte & 0xC0 == 0x80
            var next: Set<Int> = []
            for place in active {
                if isContinuation, place > 0, pattern[place - 1] == one { next.insert(place) }
                guard place < pattern.count else { continue }
                switch pattern[place] {
                case any: next.insert(place)
                case anyWithinSegment where byte != colon: next.insert(place)
                case one: next.insert(place + 1)
                case oneWithinSegment where byte != colon: next.insert(place + 1)
                case Element(byte): next.insert(place + 1)
                default: break
                }
            }
            if next.isEmpty { return false }
            active = closure(of: next, in: pattern)
        }
        return active.contains(pattern.count)
    }

    /// The places that are reached without a byte: past each `*`.
    private static func closure(of places: Set<Int>, in pattern: [Element]) -> Set<Int> {
        var reached = places
        for var place in places {
            while place < pattern.count, pattern[place] == any || pattern[place] == anyWithinSegment
            {
                place += 1
                reached.insert(place)
            }
        }
        return reached
    }

    private static func afterCharacter(_ index: Int, in text: [UInt8]) -> Int {
        var index = index + 1
        while index < text.count, text[index] & 0xC0 == 0x80 { index += 1 }
        return index
    }
}
