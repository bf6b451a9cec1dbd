/// The memory of the machine.
enum HostMemory {
    /// Whether less than a tenth of it is available.
    static var isScarce: Bool {
        let text = SystemCalls.text(of: "/proc/meminfo") ?? ""
        guard let total = kibibytes(of: "MemTotal", in: text),
            let available = kibibytes(of: "MemAvailable", in: text)
        else { return false }
        return available * 10 < total
    }

    private static func kibibytes(of name: String, in text: String) -> Int? {
        text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
            .flatMap { $0.split(separator: " ").dropFirst().first }
            .flatMap { Int($0) }
    }
}
