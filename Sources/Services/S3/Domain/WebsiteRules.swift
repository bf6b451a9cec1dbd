import S3Model
import Wire

/// How a bucket answers as a website.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>
enum WebsiteRules {
    /// - Throws: `InvalidArgument`, `MalformedXML`, `InvalidRequest`.
    static func check(_ configuration: WebsiteConfiguration) throws {
        if let redirect = configuration.redirectAllRequestsTo {
            guard configuration.indexDocument == nil, configuration.errorDocument == nil,
                configuration.routingRules == nil
            else {
                throw S3Failure.argument(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                    "RedirectAllRequestsTo", "not null")
            }
            guard ["http", "https", nil].contains(redirect.protocol) else {
                throw S3Failure.invalidRequest(
                    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically."
                )
            }
            return
        }
        guard let suffix = configuration.indexDocument?.suffix else {
            throw S3Failure.argument(
                "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
                "IndexDocument", "null")
        }
        guard !suffix.isEmpty, !suffix.contains("/") else {
            throw S3Failure.argument(
                "The IndexDocument Suffix is not well formed", "IndexDocument", suffix)
        }
        if let key = configuration.errorDocument?.key, key.isEmpty {
            throw S3Failure.argument(
                "The ErrorDocument Key is not well formed", "ErrorDocument", key)
        }
        let rules = configuration.routingRules ?? []
        guard rules.count <= S3Limits.websiteRoutingRules else {
            throw S3Failure.argument(
                "\(rules.count) routing rules provided, the number of routing rules in a website configuration is limited to "
                    + "\(S3Limits.websiteRoutingRules).", "RoutingRules", String(rules.count))
        }
        for rule in rules { try check(rule) }
    }

    private static func check(_ rule: RoutingRule) throws {
        if let condition = rule.condition {
            guard
                condition.httpErrorCodeReturnedEquals != nil || condition.keyPrefixEquals != nil
            else {
                throw S3Failure.invalidRequest(
                    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present."
                )
            }
            if let code = condition.httpErrorCodeReturnedEquals {
                guard let number = Int(code), (400..<600).contains(number) else {
                    throw S3Failure.invalidRequest(
                        "The provided HTTP error code (\(code)) is not valid. Valid codes are 4XX or 5XX."
                    )
                }
            }
        }
        let redirect = rule.redirect
        if redirect.replaceKeyWith != nil, redirect.replaceKeyPrefixWith != nil {
            throw S3Failure.invalidRequest(
                "You can only define ReplaceKeyPrefix or ReplaceKey but not both.")
        }
        if let code = redirect.httpRedirectCode {
            guard let number = Int(code), (300..<400).contains(number) else {
                throw S3Failure.invalidRequest(
                    "The provided HTTP redirect code (\(code)) is not valid. Valid codes are 3XX except 300."
                )
            }
        }
    }

    /// The first rule for a key, and for the status of its error where it has one.
    static func rule(
        of configuration: WebsiteConfiguration, key: String, error status: Int?
    ) -> RoutingRule? {
        configuration.routingRules?.first { rule in
            guard let condition = rule.condition else { return status == nil }
            if let code = condition.httpErrorCodeReturnedEquals {
                guard let status, Int(code) == status else { return false }
            } else if status != nil {
                return false
            }
            return key.hasPrefix(condition.keyPrefixEquals ?? "")
        }
    }

    /// The key that a rule leads to.
    static func key(_ key: String, by rule: RoutingRule) -> String {
        if let replacement = rule.redirect.replaceKeyWith { return replacement }
        guard let replacement = rule.redirect.replaceKeyPrefixWith else { return key }
        let prefix = rule.condition?.keyPrefixEquals ?? ""
        return replacement + key.dropFirst(prefix.count)
    }
}
