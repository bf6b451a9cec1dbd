import DynamoDBValues
import ServiceKit
import Wire

/// A table as requests name it: by its name, or by its ARN.
struct TableReference: Hashable, Sendable {
    let scope: TableScope
    let name: String

    init(scope: TableScope, name: String) {
        self.scope = scope
        self.name = name
    }

    /// Reads the `TableName` of a request.
    ///
    /// - Throws: `ValidationException` where it is neither a name nor the ARN of a table of the request's region.
    init(_ text: String, in context: RequestContext) throws {
        let scope = TableScope(context)
        guard text.utf8.starts(with: "arn:".utf8) else {
            if !Self.isName(text) { throw Self.invalidName(text) }
            self.init(scope: scope, name: text)
            return
        }
        guard let arn = ARN(text), arn.service == "dynamodb",
            let name = Self.name(ofResource: arn.resource)
        else { throw AWSError.validation("Invalid table ARN: \(text)") }
        guard arn.region == context.region else {
            throw AWSError(
                "AccessDeniedException",
                "The table of the ARN \(text) is in another region than \(context.region)")
        }
        self.init(
            scope: TableScope(
                account: arn.account, region: arn.region, partition: arn.partition),
            name: name)
    }

    /// Reads the `ResourceArn` of a request.
    ///
    /// - Throws: `ValidationException` where it is not the ARN of a table.
    init(resource arn: String, in context: RequestContext) throws {
        guard arn.utf8.starts(with: "arn:".utf8) else {
            throw AWSError.validation(
                "Invalid TableArn: Invalid ResourceArn provided as input \(arn)")
        }
        try self.init(arn, in: context)
    }

    var arn: String { scope.tableARN(name) }

    /// The table's name in `table/orders`, `table/orders/index/by-date`.
    static func name(ofResource resource: String) -> String? {
        let parts = resource.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "table", isName(String(parts[1])) else { return nil }
        return String(parts[1])
    }

    /// Whether a table or an index may be called so.
    static func isName(_ text: String) -> Bool {
        DynamoDBLimits.nameLength.contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    static func invalidName(_ text: String) -> AWSError {
        guard text.utf8.allSatisfy(isNameByte), !text.isEmpty else {
            return AWSError.validation(
                "1 validation error detected: Value '\(text)' at 'tableName' failed to satisfy "
                    + "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
        }
        return AWSError.validation(
            "Invalid table/index name.  Table/index names must be between 3 and 255 characters "
                + "long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'")
    }
}
