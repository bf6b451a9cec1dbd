import ServiceKit

/// Where a table's name is unique: an account's region.
struct TableScope: Hashable, Sendable {
    let account: String
    let region: String
    let partition: String

    init(_ context: RequestContext) {
        self.init(
            account: context.account, region: context.region, partition: context.partition)
    }

    init(account: String, region: String, partition: String = "aws") {
        self.account = account
        self.region = region
        self.partition = partition
    }

    /// `arn:aws:dynamodb:us-east-1:123456789012:table/orders`
    func tableARN(_ name: String) -> String {
        "arn:\(partition):dynamodb:\(region):\(account):table/\(name)"
    }

    /// The ARN of an index; of all that a table has for `*`.
    func indexARN(_ name: String, _ index: String) -> String {
        "\(tableARN(name))/index/\(index)"
    }
}
