import DynamoDBModel
import DynamoDBValues
import Storage
import Wire

/// What `Query` and `Scan` have in common: what they answer of the items that they look at.
struct ReadRequest: Sendable {
    /// What a request selects.
    enum Selection: String, Sendable {
        case all = "ALL_ATTRIBUTES"
        case projected = "ALL_PROJECTED_ATTRIBUTES"
        case specific = "SPECIFIC_ATTRIBUTES"
        case count = "COUNT"
    }

    let indexName: String?
    let isConsistent: Bool
    let selection: Selection?
    let projection: ProjectionExpression?
    let filter: ConditionExpression?
    let limit: Int?
    let start: Item?
    let returnsCapacity: String?

    /// Checks what a request selects against how it names attributes.
    ///
    /// - Parameters:
    ///   - parameter: the parameter that names attributes, where there is one.
    ///   - prefix: how the messages begin.
    /// - Throws: `ValidationException`.
    static func selection(
        _ select: String?, index: String?, parameter: String?, prefix: String = ""
    ) throws -> Selection? {
        guard let selection = select.flatMap(Selection.init(rawValue:)) else { return nil }
        if selection == .projected, index == nil {
            throw AWSError.validation(
                prefix
                    + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        }
        if selection == .specific, parameter == nil {
            throw AWSError.validation(
                prefix
                    + "Must specify the AttributesToGet or ProjectionExpression when choosing to "
                    + "get SPECIFIC_ATTRIBUTES")
        }
        if selection != .specific, let parameter {
            let what = selection == .count ? "only the Count" : selection.rawValue
            throw AWSError.validation(
                "\(prefix)Cannot specify the \(parameter) when choosing to get \(what)")
        }
        return selection
    }

    /// The index that is read; `nil` for the table itself.
    ///
    /// - Throws: `ValidationException` where it has not what is asked for.
    func index(of table: Table) throws -> TableIndex? {
        guard let name = indexName else { return nil }
        let index = try table.index(named: name)
        if index.kind == .global {
            if isConsistent {
                throw AWSError.validation(
                    "Consistent reads are not supported on global secondary indexes")
            }
            if selection == .all, index.contents != .all {
                throw Failure.invalidParameters(
                    "Select type ALL_ATTRIBUTES is not supported for global secondary index "
                        + "\(name) because its projection type is not ALL")
            }
        }
        return index
    }

    /// Whether an index's items must be taken from the table.
    func readsItems(_ index: TableIndex?) -> Bool {
        guard let index, index.kind == .local, case .some(let names) = index.contents else {
            return false
        }
        if selection == .all { return true }
        let wanted = (projection?.paths ?? []) + (filter?.paths ?? [])
        return !wanted.allSatisfy { names.contains($0.root) }
    }

    /// The attributes that are looked at and answered count for nothing: the items do.
    func capacity(_ page: PageReader.Page, _ index: TableIndex?) -> Capacity {
        var capacity = Capacity()
        capacity.add(
            Capacity.reading(page.bytes, factor: isConsistent ? 1 : 0.5), index: index?.name)
        return capacity
    }

    /// Reads a page of rows.
    func page(
        _ range: RowRange, from database: any Database
    ) async throws -> PageReader.Page {
        let reader = PageReader(range: range, limit: limit, keepsItems: selection != .count)
        return try await database.read { [filter] transaction in
            guard let filter else { return try reader.read(in: transaction, filter: nil) }
            return try reader.read(in: transaction) { filter.holds(for: $0) }
        }
    }

    /// The items of a page as they are answered; `nil` where only their number is asked for.
    func items(_ page: PageReader.Page) -> [Item]? {
        guard selection != .count else { return nil }
        guard let projection else { return page.items.map { Item($0) } }
        return page.items.map { projection.item(from: $0) }
    }
}
