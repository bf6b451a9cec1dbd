import IAMModel
import Wire

/// What an account wants of its users' passwords.
///
/// Source: "Set an account password policy for IAM users" in the IAM User Guide.
struct PasswordRules: Sendable, Equatable {
    private static let symbols = Set("!@#$%^&*()_+-=[]{}|'")
    private static let greatestLength = 128

    var minimumLength = 8
    var requiresSymbols = false
    var requiresNumbers = false
    var requiresUppercase = false
    var requiresLowercase = false
    var allowsChange = false
    var maximumAgeDays: Int?
    var reusePrevention: Int?
    var isExpiryHard: Bool?

    /// What holds where an account has set no rules: three of the four kinds of characters.
    static let standard = PasswordRules()

    private init() {}

    /// The rules that a request sets.
    init(_ input: UpdateAccountPasswordPolicyRequest) {
        minimumLength = input.minimumPasswordLength ?? 6
        requiresSymbols = input.requireSymbols ?? false
        requiresNumbers = input.requireNumbers ?? false
        requiresUppercase = input.requireUppercaseCharacters ?? false
        requiresLowercase = input.requireLowercaseCharacters ?? false
        allowsChange = input.allowUsersToChangePassword ?? false
        maximumAgeDays = input.maxPasswordAge
        reusePrevention = input.passwordReusePrevention
        isExpiryHard = input.hardExpiry
    }

    /// Reads what `document` wrote.
    init?(json: String) {
        guard let document = try? Document(json: json) else { return nil }
        minimumLength = document["length"]?.integerValue.map { Int($0) } ?? 8
        requiresSymbols = document["symbols"]?.booleanValue ?? false
        requiresNumbers = document["numbers"]?.booleanValue ?? false
        requiresUppercase = document["upper"]?.booleanValue ?? false
        requiresLowercase = document["lower"]?.booleanValue ?? false
        allowsChange = document["change"]?.booleanValue ?? false
        maximumAgeDays = document["age"]?.integerValue.map { Int($0) }
        reusePrevention = document["reuse"]?.integerValue.map { Int($0) }
        isExpiryHard = document["hard"]?.booleanValue
    }

    /// The rules as JSON.
    var document: Document {
        var members: [String: Document] = [
            "length": .integer(Int64(minimumLength)), "symbols": .boolean(requiresSymbols),
            "numbers": .boolean(requiresNumbers), "upper": .boolean(requiresUppercase),
            "lower": .boolean(requiresLowercase), "change": .boolean(allowsChange),
        ]
        members["age"] = maximumAgeDays.map { .integer(Int64($0)) }
        members["reuse"] = reusePrevention.map { .integer(Int64($0)) }
        members["hard"] = isExpiryHard.map { .boolean($0) }
        return .object(members)
    }

    /// The rules as answers have them.
    var answer: PasswordPolicy {
        PasswordPolicy(
            minimumPasswordLength: minimumLength, requireSymbols: requiresSymbols,
            requireNumbers: requiresNumbers, requireUppercaseCharacters: requiresUppercase,
            requireLowercaseCharacters: requiresLowercase,
            allowUsersToChangePassword: allowsChange,
            expirePasswords: (maximumAgeDays ?? 0) > 0, maxPasswordAge: maximumAgeDays,
            passwordReusePrevention: reusePrevention, hardExpiry: isExpiryHard)
    }

    /// Checks a password.
    ///
    /// - Throws: `PasswordPolicyViolation`.
    func check(_ password: String) throws {
        guard (minimumLength...Self.greatestLength).contains(password.count) else {
            throw violated("a minimum length of \(minimumLength)")
        }
        let missing: [(Bool, String, (Character) -> Bool)] = [
            (requiresUppercase, "at least one uppercase letter", \.isUppercase),
            (requiresLowercase, "at least one lowercase letter", \.isLowercase),
            (requiresNumbers, "at least one number", \.isNumber),
            (requiresSymbols, "at least one symbol", { Self.symbols.contains($0) }),
        ]
        for (isRequired, text, test) in missing where isRequired && !password.contains(where: test)
        {
            throw violated(text)
        }
    }

    private func violated(_ rule: String) -> AWSError {
        IAMError.passwordPolicyViolationException("Password should have \(rule)")
    }
}

extension IAMStore {
    /// The rules for the passwords of an account's users.
    func passwordRules(of account: String) async throws -> PasswordRules {
        try await setting(.passwordPolicy, of: account).flatMap { PasswordRules(json: $0) }
            ?? .standard
    }
}
