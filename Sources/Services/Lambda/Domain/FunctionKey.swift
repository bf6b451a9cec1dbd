/// Which function: its name within an account and a region.
struct FunctionKey: Hashable, Sendable {
    let account: String
    let region: String
    let name: String

    /// The ARN that names no version.
    var arn: String { "arn:aws:lambda:\(region):\(account):function:\(name)" }

    /// The ARN of a version or alias; without one, that of the function.
    func arn(qualifier: String?) -> String { qualifier.map { "\(arn):\($0)" } ?? arn }
}
