/// What a node shows to act on a job: the row, and the token that it wrote there when it took it.
struct Lease: Hashable, Sendable {
    let id: String
    let token: String
}
