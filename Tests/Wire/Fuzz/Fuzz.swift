import FoundationEssentials
import Glibc
import Platform
import Testing

/// Feeds a test with inputs that are made, from a seed, by breaking good ones.
///
/// `APUS_FUZZ_SECONDS` says how long each test goes on, instead of a fixed number of inputs;
/// `APUS_FUZZ_SEED` where it begins. While seconds are given, the seed of the input under way
/// stands in `.build/fuzz/<name>`, for the day it crashes.
struct Fuzz {
    /// The input number 0 of that name has this seed, the next one the next.
    private static let firstSeed: UInt64 =
        ProcessInfo.processInfo.environment["APUS_FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_260_101
    private static let seconds: Int? =
        ProcessInfo.processInfo.environment["APUS_FUZZ_SECONDS"].flatMap { Int($0) }
    private static let inputsWithoutSeconds: UInt64 = 2_000
    private static let longestInput = 1 << 16
    /// An input that takes the processor for longer hangs, as far as a client can tell.
    private static let longestNanoseconds = 5_000_000_000 as Int

    let name: String
    let samples: [[UInt8]]
    /// What means something to the format.
    let words: [[UInt8]]

    init(_ name: String, samples: [[UInt8]], words: [[UInt8]]) {
        self.name = name
        self.samples = samples
        self.words = words
    }

    init(_ name: String, samples: [String], words: [String]) {
        self.init(
            name, samples: samples.map { Array($0.utf8) }, words: words.map { Array($0.utf8) })
    }

    /// Calls `body` with one input after the other, and reports those at which it throws or takes too long.
    func run(_ body: ([UInt8], inout Choices) throws -> Void) {
        let clock = ContinuousClock()
        let end = Self.seconds.map { clock.now + .seconds($0) }
        var seed = Self.firstSeed
        while end.map({ clock.now < $0 }) ?? (seed < Self.firstSeed + Self.inputsWithoutSeconds) {
            if Self.seconds != nil { note(seed) }
            var choices = Choices(seed: seed)
            let input = self.input(&choices)
            do {
                let start = Self.processorNanoseconds()
                try body(input, &choices)
                let taken = Self.processorNanoseconds() - start
                if taken > Self.longestNanoseconds {
                    Issue.record("\(name), seed \(seed): took \(taken) ns")
                }
            } catch {
                Issue.record("\(name), seed \(seed): \(error)")
            }
            seed += 1
        }
    }

    /// The time that this thread has run, which other work on the machine does not add to.
    private static func processorNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }

    private func input(_ choices: inout Choices) -> [UInt8] {
        var input = choices.element(samples) ?? []
        for _ in 0..<choices.number(1...8) { mutate(&input, &choices) }
        return Array(input.prefix(Self.longestInput))
    }

    private func mutate(_ input: inout [UInt8], _ choices: inout Choices) {
        let range = choices.range(in: input.count, upTo: 64)
        switch choices.number(0...7) {
        case 0: input.removeSubrange(range)
        case 1: input.insert(contentsOf: choices.element(words) ?? [], at: range.lowerBound)
        case 2: input.replaceSubrange(range, with: choices.element(words) ?? [])
        case 3: input.insert(contentsOf: choices.bytes(choices.number(1...4)), at: range.lowerBound)
        case 4:
            let part = Array(input[range])
            let times = choices.number(1...200)
            input.insert(contentsOf: (0..<times).flatMap { _ in part }, at: range.upperBound)
        case 5:
            let other = choices.element(samples) ?? []
            input.insert(
                contentsOf: other[choices.range(in: other.count, upTo: 256)], at: range.lowerBound)
        case 6: input.removeSubrange(range.upperBound...)
        default:
            guard !input.isEmpty else { return }
            input[choices.number(0...(input.count - 1))] ^= 1 << UInt8(choices.number(0...7))
        }
    }

    private func note(_ seed: UInt64) {
        let folder = ".build/fuzz"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(
            atPath: "\(folder)/\(name)", contents: Data("\(seed)".utf8))
    }
}

/// Choices that a seed determines.
struct Choices {
    private let randomness: SeededRandomness

    init(seed: UInt64) { randomness = SeededRandomness(seed: seed) }

    mutating func bytes(_ count: Int) -> [UInt8] { randomness.bytes(count) }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        let word = randomness.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return range.lowerBound + Int(word % UInt64(range.count))
    }

    mutating func element<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[number(0...(elements.count - 1))]
    }

    /// A range of at most `limit` in `count` things.
    mutating func range(in count: Int, upTo limit: Int) -> Range<Int> {
        let start = number(0...count)
        return start..<min(count, start + number(0...limit))
    }
}
