import ServiceKit

/// Where an API lives: an account's region.
struct APIScope: Hashable, Sendable {
    let account: String
    let region: String
    let partition: String

    init(account: String, region: String, partition: String = "aws") {
        self.account = account
        self.region = region
        self.partition = partition
    }

    init(_ context: RequestContext) {
        self.init(
            account: context.account, region: context.region, partition: context.partition)
    }

    /// The ARN of a thing to manage, by its path in the API: `/apis/abc/routes`.
    func arn(_ path: String) -> String { "arn:\(partition):apigateway:\(region)::\(path)" }

    /// The ARN of a thing to call: `abc/$default/GET/pets`.
    func executionARN(_ resource: String) -> ARN {
        ARN(
            partition: partition, service: "execute-api", region: region, account: account,
            resource: resource)
    }
}
