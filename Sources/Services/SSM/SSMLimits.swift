/// The quotas of Parameter Store.
///
/// Source: "AWS Systems Manager endpoints and quotas" in the AWS General Reference, and the API Reference of each operation;
/// what the API model states is checked with the model.
enum SSMLimits {
    /// Standard and advanced parameters of an account's region.
    static let standardParameters = 10_000
    static let advancedParameters = 100_000
    /// Bytes of a value.
    static let standardValueBytes = 4096
    static let advancedValueBytes = 8192
    /// Versions that are kept of a parameter.
    static let versions = 100
    /// Labels of a version.
    static let labels = 10
    /// Tags of a parameter.
    static let tags = 50
    /// Levels of a hierarchy.
    static let levels = 15
    /// Characters of a name. AWS counts 1011 of what the ARN leaves of 2048.
    static let nameCharacters = 1011
    /// Policies of a parameter.
    static let policies = 10
    /// Entries of a page where the request does not say.
    static let describePage = 10
    static let pathPage = 10
    static let historyPage = 50
    /// How many parameters are read at a time while a filter looks for a page of them.
    static let filteredAtOnce = 200
}
