import Platform

extension Randomness {
    /// The number of a new row. Chance keeps it from ever being one that was used before, also by another node.
    func rowID() -> Int64 {
        bytes(8).reduce(0) { $0 << 8 | Int64($1) } & .max
    }
}
