import NIOHTTP1
import Wire

/// What Apus answered.
struct HTTPAnswer {
    let status: Int
    private let headers: HTTPHeaders
    let body: [UInt8]

    init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first field of a name, in lower case.
    func header(_ name: String) -> String? { headers[name].first }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// The body as JSON; an empty object where there is none.
    ///
    /// - Throws: `CommandFailure` where something else than Apus answered.
    func document() throws -> Document {
        if body.isEmpty { return [:] }
        do {
            return try Document(json: body)
        } catch {
            throw CommandFailure("The answer is no JSON; is it Apus that answers there?")
        }
    }
}
