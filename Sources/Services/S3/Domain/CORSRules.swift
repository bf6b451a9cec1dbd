import HTTPTypes
import S3Model
import Wire

/// Which web pages may use a bucket.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html>
enum CORSRules {
    private static let methods = ["GET", "PUT", "POST", "DELETE", "HEAD"]

    /// - Throws: `InvalidRequest`, `MalformedXML`.
    static func check(_ configuration: CORSConfiguration) throws {
        guard (1...S3Limits.corsRules).contains(configuration.corsRules.count) else {
            throw S3Failure.malformedXML
        }
        for rule in configuration.corsRules {
            guard !rule.allowedMethods.isEmpty, !rule.allowedOrigins.isEmpty else {
                throw S3Failure.malformedXML
            }
            for method in rule.allowedMethods where !methods.contains(method) {
                throw S3Failure.invalidRequest(
                    "Found unsupported HTTP method in CORS config. Unsupported method is \(method)")
            }
            for origin in rule.allowedOrigins where origin.count(where: { $0 == "*" }) > 1 {
                throw S3Failure.invalidRequest(
                    "AllowedOrigin \"\(origin)\" can not have more than one wildcard.")
            }
            for header in rule.allowedHeaders ?? [] where header.count(where: { $0 == "*" }) > 1 {
                throw S3Failure.invalidRequest(
                    "AllowedHeader \"\(header)\" can not have more than one wildcard.")
            }
            for header in rule.exposeHeaders ?? [] where header.contains("*") {
                throw S3Failure.invalidRequest(
                    "ExposeHeader \"\(header)\" contains wildcard. We currently do not support wildcard for ExposeHeader."
                )
            }
        }
    }

    /// The first rule that lets a page of `origin` use `method` with `headers`.
    static func rule(
        of configuration: CORSConfiguration, origin: String, method: String, headers: [String]
    ) -> CORSRule? {
        configuration.corsRules.first { rule in
            rule.allowedMethods.contains(method)
                && rule.allowedOrigins.contains { matches($0, origin) }
                && headers.allSatisfy { header in
                    (rule.allowedHeaders ?? []).contains {
                        matches($0.lowercased(), header.lowercased())
                    }
                }
        }
    }

    /// The fields that let a page of `origin` read the answer.
    static func fields(of rule: CORSRule, origin: String, preflight headers: [String]?)
        -> HTTPFields
    {
        let isAny = rule.allowedOrigins.contains("*")
        var fields: HTTPFields = [
            .accessControlAllowOrigin: isAny ? "*" : origin,
            .accessControlAllowMethods: rule.allowedMethods.joined(separator: ", "),
            .vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
        ]
        if !isAny { fields[.accessControlAllowCredentials] = "true" }
        if let exposed = rule.exposeHeaders, !exposed.isEmpty {
            fields[.accessControlExposeHeaders] = exposed.joined(separator: ", ")
        }
        if let age = rule.maxAgeSeconds { fields[.accessControlMaxAge] = String(age) }
        if let headers, !headers.isEmpty {
            fields[.accessControlAllowHeaders] = headers.joined(separator: ", ").lowercased()
        }
        return fields
    }

    /// Whether `text` is what `pattern` says, in which one `*` stands for anything.
    private static func matches(_ pattern: String, _ text: String) -> Bool {
        let parts = pattern.parts(at: "*", maxSplits: 1)
        guard parts.count == 2 else { return pattern == text }
        return text.utf8.count >= parts[0].utf8.count + parts[1].utf8.count
            && text.hasPrefix(parts[0]) && text.hasSuffix(parts[1])
    }
}
