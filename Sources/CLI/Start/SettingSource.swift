import Logging

/// Where settings come from: the command line first, then variables.
struct SettingSource {
    /// The value of a variable; `nil` where it is not set or empty.
    let environment: (String) -> String?

    func text(_ option: String?, _ variable: String) -> String? {
        option ?? environment(variable)
    }

    func port(_ option: String?) throws -> Int? {
        guard let text = text(option, "APUS_PORT") else { return nil }
        guard let port = UInt16(text) else {
            throw ConfigurationError("--port: '\(text)' is no port; use a number from 0 to 65535.")
        }
        return Int(port)
    }

    func domain(_ option: String?) throws -> String? {
        guard let text = text(option, "APUS_BASE_DOMAIN") else { return nil }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isDomain = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy { byte in
                    byte == UInt8(ascii: "-")
                        || Character(Unicode.Scalar(byte)).isASCII
                            && (Character(Unicode.Scalar(byte)).isLetter
                                || Character(Unicode.Scalar(byte)).isNumber)
                }
        }
        guard isDomain else {
            throw ConfigurationError(
                "--base-domain: '\(text)' is no domain; use one such as localhost or apus.example.com."
            )
        }
        return text.lowercased()
    }

    /// Origins as browsers send them: a scheme, a host, and a port that is not the scheme's own.
    func origins(_ options: [String]) throws -> [String] {
        let listed = environment("APUS_ALLOWED_ORIGINS")?.split(separator: ",").map { item in
            String(item.drop { $0 == " " })
        }
        return try (options.isEmpty ? listed ?? [] : options).map { text in
            let host = ["http://", "https://"].first(where: text.hasPrefix)
                .map { text.dropFirst($0.count) }
            guard text == "*" || host.map({ !$0.isEmpty && !$0.contains("/") }) == true else {
                throw ConfigurationError(
                    "--allowed-origin: '\(text)' is no origin; use one such as https://app.example.com, or *."
                )
            }
            return text.lowercased()
        }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ option: String?, _ flag: String, _ variable: String
    ) throws -> Choice? where Choice.RawValue == String {
        guard let text = text(option, variable) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationError("--\(flag): '\(text)' is none of \(choices).")
        }
        return choice
    }

    func flag(_ variable: String, default standard: Bool = false) throws -> Bool {
        switch environment(variable)?.lowercased() {
        case nil: standard
        case "0", "false", "no", "off": false
        case "1", "true", "yes", "on": true
        case let other?: throw ConfigurationError("\(variable): '\(other)' is neither 1 nor 0.")
        }
    }
}
