import ServiceKit

/// Where a log group's name is unique: an account's region.
struct LogScope: Hashable, Sendable {
    let account: String
    let region: String
    let partition: String

    init(_ context: RequestContext) {
        self.account = context.account
        self.region = context.region
        self.partition = context.partition
    }

    /// The ARN of a log group: `arn:aws:logs:us-east-1:123456789012:log-group:orders`.
    func groupARN(_ group: String) -> String {
        "arn:\(partition):logs:\(region):\(account):log-group:\(group)"
    }

    /// The ARN of a log stream; of all that may be in the group where `stream` is empty.
    func streamARN(_ group: String, _ stream: String = "") -> String {
        "\(groupARN(group)):log-stream:\(stream)"
    }
}
