/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
package struct ARN: Hashable, Sendable, CustomStringConvertible {
    package var partition: String
    package var service: String
    /// Empty for resources of no region, such as IAM's.
    package var region: String
    /// Empty for resources of no account, such as S3 buckets.
    package var account: String
    /// The rest, such as `function:orders` or `role/service-role/orders`.
    package var resource: String

    package init(
        partition: String = "aws", service: String, region: String, account: String,
        resource: String
    ) {
        self.partition = partition
        self.service = service
        self.region = region
        self.account = account
        self.resource = resource
    }

    /// Reads an ARN; `nil` where `text` is none.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty,
            !parts[5].isEmpty
        else { return nil }
        self.partition = String(parts[1])
        self.service = String(parts[2])
        self.region = String(parts[3])
        self.account = String(parts[4])
        self.resource = String(parts[5])
    }

    package var description: String {
        "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }
}
