import SecretsManagerModel
import ServiceKit
import Storage
import Wire

/// Finds secrets by filters, page by page.
struct SecretSearch: Sendable {
    /// By what secrets are put in order.
    enum Order: String, Sendable {
        case created
        case accessed
        case changed
        case name

        init(_ name: String?) {
            self =
                switch name {
                case "last-accessed-date": .accessed
                case "last-changed-date": .changed
                case "name": .name
                default: .created
                }
        }

        /// The SQL of the number that comes before the name; the name alone orders by nought.
        var expression: String { self == .name ? "0" : "COALESCE(\(rawValue), 0)" }
    }

    /// What is looked for.
    struct Request: Sendable {
        var filters: [SecretFilter]
        var limit: Int
        var token: String?
        var includesDeleted = false
        var order = Order.created
        var isDescending = false
    }

    /// A secret with what lists tell of it.
    struct Found: Sendable {
        var secret: SecretRecord
        var tags: [Tag]
        var stages: [String: [String]]
        var place: Int
    }

    let database: any Database

    /// - Throws: `InvalidNextTokenException`.
    func page(_ request: Request, in context: RequestContext) async throws
        -> (secrets: [Found], nextToken: String?)
    {
        let start = try Self.start(request.token)
        let found = try await database.read { transaction in
            var found: [Found] = []
            var after = start
            while found.count <= request.limit {
                let batch = try Self.batch(request, after: after, in: context, transaction)
                for entry in batch
                where request.filters.allSatisfy({ $0.matches(entry.secret, tags: entry.tags) }) {
                    found.append(entry)
                }
                guard batch.count == SecretsManagerLimits.filteredAtOnce, let last = batch.last
                else { break }
                after = (last.place, last.secret.name)
            }
            return found
        }
        let secrets = Array(found.prefix(request.limit))
        guard found.count > request.limit, let last = secrets.last else { return (secrets, nil) }
        return (secrets, Base64.encode(Array("\(last.place) \(last.secret.name)".utf8)))
    }

    private static func batch(
        _ request: Request, after: (place: Int, name: String)?, in context: RequestContext,
        _ transaction: any ReadTransaction
    ) throws -> [Found] {
        let place = request.order.expression
        let (comparison, direction) = request.isDescending ? ("<", "DESC") : (">", "ASC")
        var conditions = "account = ? AND region = ?"
        var values: [SQLValue] = [.text(context.account), .text(context.region)]
        if !request.includesDeleted { conditions += " AND deletion IS NULL" }
        if let after {
            conditions += " AND (\(place), name) \(comparison) (?, ?)"
            values += [.integer(Int64(after.place)), .text(after.name)]
        }
        values.append(.integer(Int64(SecretsManagerLimits.filteredAtOnce)))
        let rows = try transaction.query(
            "SELECT \(SecretRecord.columns), \(place) AS place FROM secrets WHERE \(conditions) "
                + "ORDER BY place \(direction), name \(direction) LIMIT ?", values: values)
        return try rows.map { row in
            let secret = SecretRecord(row)
            return Found(
                secret: secret, tags: try transaction.tags(of: secret.arn),
                stages: try transaction.stages(of: secret.arn), place: row.int(21))
        }
    }

    private static func start(_ token: String?) throws -> (place: Int, name: String)? {
        guard let token else { return nil }
        guard let bytes = Base64.decode(token.utf8), !bytes.contains(0),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw PageToken.invalid }
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let place = Int(parts[0]) else { throw PageToken.invalid }
        return (place, String(parts[1]))
    }
}
