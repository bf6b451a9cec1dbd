import ServiceKit
import Wire

/// Which layer: its name within an account and a region.
struct LayerKey: Hashable, Sendable {
    let account: String
    let region: String
    let name: String

    var arn: String { "arn:aws:lambda:\(region):\(account):layer:\(name)" }

    func arn(version: Int) -> String { "\(arn):\(version)" }

    init(account: String, region: String, name: String) {
        self.account = account
        self.region = region
        self.name = name
    }

    /// Reads a layer's name or ARN.
    ///
    /// - Throws: `ValidationException` for what is neither.
    init(_ text: String, in context: RequestContext) throws {
        if let (key, version) = Self.parse(arn: text), version == nil {
            self = key
            return
        }
        guard Self.isName(text) else {
            throw LambdaRefusal.validation(
                text, at: "layerName",
                #"Member must satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:"#
                    + #"[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+"#)
        }
        self.init(account: context.account, region: context.region, name: text)
    }

    /// Reads the ARN of a layer, or of a version of one; `nil` for what is neither.
    static func parse(arn text: String) -> (key: LayerKey, version: Int?)? {
        guard let arn = ARN(text), arn.service == "lambda" else { return nil }
        let parts = arn.resource.parts(at: ":")
        guard parts.first == "layer", (2...3).contains(parts.count), isName(String(parts[1])) else {
            return nil
        }
        let version = parts.count == 3 ? Int(parts[2]) : nil
        guard parts.count == 2 || version != nil else { return nil }
        return (
            LayerKey(account: arn.account, region: arn.region, name: String(parts[1])), version
        )
    }

    private static func isName(_ text: String) -> Bool {
        (1...140).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }
}

extension LayerKey {
    /// The layer and the version in the ARN of a version.
    ///
    /// - Throws: `ValidationException` for what is no such ARN.
    static func version(arn: String) throws -> (key: LayerKey, number: Int) {
        guard let (key, number) = parse(arn: arn), let number else {
            throw LambdaRefusal.validation(
                arn, at: "arn",
                #"Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:"#
                    + #"[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:"#
                    + #"[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:"#
                    + #"[a-zA-Z0-9-_]+)"#)
        }
        return (key, number)
    }

    /// Checks the number of a version.
    ///
    /// - Throws: `InvalidParameterValueException`.
    static func check(_ number: Int) throws {
        guard number >= 1 else {
            throw LambdaRefusal.invalidParameter("Layer Version Cannot be less than 1.")
        }
    }
}
