import Jobs
import Platform
import SSMModel
import ServiceKit
import Storage
import Wire

/// Makes a parameter, or a new version of one.
///
/// Source: API_PutParameter in the Systems Manager API Reference.
struct PutParameter: OperationHandler {
    static let operation = SSMAPI.putParameter
    let database: any Database
    let jobs: JobQueue
    let cipher: ParameterCipher
    let settings: ServiceSettings
    let clock: any Clock

    func access(for input: PutParameterRequest, in context: RequestContext) -> [AccessRequest] {
        let access = ParameterAccess(database: database)
        let place = ParameterPlace(input.name, in: context)
        var conditions = ["ssm:Overwrite": ["\(input.overwrite ?? false)"]]
        conditions["ssm:Policies"] = input.policies.map { [$0] }
        conditions["aws:TagKeys"] = input.tags.map { $0.map(\.key) }
        for tag in input.tags ?? [] { conditions["aws:RequestTag/\(tag.key)"] = [tag.value] }
        var requests = [access.request("ssm:PutParameter", on: place, in: context, conditions)]
        if input.tags?.isEmpty == false {
            requests.append(
                access.request("ssm:AddTagsToResource", on: place, in: context, conditions))
        }
        return requests
    }

    func handle(
        _ input: PutParameterRequest, in context: RequestContext
    ) async throws -> PutParameterResult {
        try check(input)
        let place = ParameterPlace(input.name, in: context)
        let previous = try await database.read { try $0.latest(place) }
        let version = try await make(input, at: place, after: previous, in: context)
        let expiration = try version.policies.map { try ParameterPolicy($0) }?.expiration
        let stored = try await database.write { [jobs] transaction in
            try Self.store(
                version, overwrites: input.overwrite == true, tags: input.tags ?? [],
                in: transaction)
            try ParameterExpiration.set(expiration, for: place, on: jobs, in: transaction)
            return try transaction.latest(place)?.version
        }
        return PutParameterResult(version: stored, tier: version.tier)
    }

    private func check(_ input: PutParameterRequest) throws {
        guard !input.value.isEmpty else {
            throw SSMFailure.validation(
                "1 validation error detected: Value '' at 'value' failed to satisfy constraint: "
                    + "Member must have length greater than or equal to 1.")
        }
        guard input.overwrite != true || input.tags?.isEmpty ?? true else {
            throw SSMFailure.validation(
                "Invalid request: tags and overwrite can't be used together. To create a "
                    + "parameter with tags, please remove overwrite flag. To update tags for an "
                    + "existing parameter, please use AddTagsToResource or "
                    + "RemoveTagsFromResource.")
        }
        try ParameterName.check(input.name)
        let types: Set<String> = ["text", "aws:ec2:image", "aws:ssm:integration"]
        if let type = input.dataType, !types.contains(type) {
            throw SSMFailure.validation(
                "The following data type is not supported: \(type) (Data type names are all "
                    + "lowercase.)")
        }
    }

    /// The version that the request makes of what was there. What it does not say stays.
    private func make(
        _ input: PutParameterRequest, at place: ParameterPlace, after previous: ParameterVersion?,
        in context: RequestContext
    ) async throws -> ParameterVersion {
        guard previous == nil || input.overwrite == true else { throw Self.alreadyExists }
        guard let type = input.type ?? previous?.type else {
            throw SSMFailure.validation(
                "A parameter type is required when you create a parameter.")
        }
        let value = Array(input.value.utf8)
        let policies = input.policies == "{}" ? nil : input.policies ?? previous?.policies
        let tier = try await tier(of: input, value.count, policies != nil, previous, in: context)
        try AllowedPattern.check(
            input.value, type: type, against: input.allowedPattern ?? previous?.allowedPattern)
        var version = ParameterVersion(
            place: place, name: previous?.name ?? input.name, version: (previous?.version ?? 0) + 1,
            type: type, tier: tier, dataType: input.dataType ?? previous?.dataType ?? "text",
            value: value, description: input.description ?? previous?.description,
            allowedPattern: input.allowedPattern ?? previous?.allowedPattern, policies: policies,
            modified: clock.now, modifiedBy: context.principal.arn)
        guard version.isSecure else { return version }
        let keyID = input.keyId ?? previous?.keyID ?? ParameterCipher.standardKey
        version.keyID = keyID
        version.value = try await cipher.encrypt(
            value, keyID: keyID, tier: tier, for: place, in: context)
        return version
    }

    private func tier(
        of input: PutParameterRequest, _ bytes: Int, _ hasPolicies: Bool,
        _ previous: ParameterVersion?, in context: RequestContext
    ) async throws -> String {
        let isAdvanced = previous?.tier == "Advanced"
        let standard = try await settings.value(of: ServiceSettings.defaultTier, in: context)
        let wanted = input.tier ?? (isAdvanced ? "Advanced" : standard)
        if wanted == "Standard", isAdvanced {
            throw SSMFailure.validation(
                "This parameter uses the advanced-parameter tier. You can't downgrade a parameter "
                    + "from the advanced-parameter tier to the standard-parameter tier. If "
                    + "necessary, you can delete the advanced parameter and recreate it as a "
                    + "standard parameter.")
        }
        let needsAdvanced = isAdvanced || hasPolicies || bytes > SSMLimits.standardValueBytes
        let tier =
            wanted == "Intelligent-Tiering" ? (needsAdvanced ? "Advanced" : "Standard") : wanted
        if tier == "Standard", hasPolicies {
            throw SSMFailure.validation(
                "Parameter policies require the advanced-parameter tier.")
        }
        let limit =
            tier == "Standard" ? SSMLimits.standardValueBytes : SSMLimits.advancedValueBytes
        guard bytes <= limit else {
            throw SSMFailure.validation(
                "\(tier) tier parameters support a maximum parameter value of \(limit) "
                    + "characters."
                    + (tier == "Standard"
                        ? " To create a larger parameter value, upgrade the parameter to use the "
                            + "advanced-parameter tier." : ""))
        }
        return tier
    }

    /// Writes the version after those that are there now: another request may have come first.
    private static func store(
        _ version: ParameterVersion, overwrites: Bool, tags: [Tag],
        in transaction: any WriteTransaction
    ) throws {
        var version = version
        let place = version.place
        if let latest = try transaction.latest(place) {
            guard overwrites else { throw alreadyExists }
            version.version = latest.version + 1
            version.name = latest.name
            try transaction.dropOldestVersion(of: place, latest: latest.version)
        } else {
            version.version = 1
            let limit =
                version.tier == "Standard"
                ? SSMLimits.standardParameters : SSMLimits.advancedParameters
            let count = try transaction.count(
                account: place.account, region: place.region, tier: version.tier)
            guard count < limit else {
                throw SSMError.parameterLimitExceeded(
                    "You have exceeded the number of parameters for this AWS account. Delete one "
                        + "or more parameters and try again.")
            }
        }
        try transaction.insert(version)
        try transaction.setTags(tags, of: place)
    }

    private static let alreadyExists = SSMError.parameterAlreadyExists(
        "The parameter already exists. To overwrite this value, set the overwrite option in the "
            + "request to true.")
}

/// The expression that a parameter's value must match.
enum AllowedPattern {
    /// - Throws: `InvalidAllowedPatternException`, `ParameterPatternMismatchException`.
    static func check(_ value: String, type: String, against pattern: String?) throws {
        guard let pattern, !pattern.isEmpty else { return }
        // The matcher wants the whole text to match; an expression without anchors may match any part of it.
        let matcher = ConstraintPattern("[\\s\\S]*(?:\(pattern))[\\s\\S]*")
        guard matcher.unsupported == nil else {
            throw SSMError.invalidAllowedPatternException(
                "The request doesn't meet the regular expression requirement: \(pattern)")
        }
        let values = type == "StringList" ? value.split(separator: ",").map(String.init) : [value]
        guard values.allSatisfy({ matcher.matches($0) }) else {
            throw SSMError.parameterPatternMismatchException(
                "Parameter value, cannot be validated against allowedPattern: \(pattern)")
        }
    }
}
