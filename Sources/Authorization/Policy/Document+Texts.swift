import Wire

extension Document {
    /// The strings of an element that is one string or a list of them.
    ///
    /// - Throws: `PolicyError` for anything else.
    func policyTexts() throws(PolicyError) -> [String] {
        switch self {
        case .string(let text): return [text]
        case .array(let elements):
            var texts: [String] = []
            for element in elements where element != .null {
                guard let text = element.stringValue else {
                    throw PolicyError("Syntax errors in policy.")
                }
                texts.append(text)
            }
            return texts
        default: throw PolicyError("Syntax errors in policy.")
        }
    }

    /// The values of a condition as text, numbers and truth values too.
    ///
    /// - Throws: `PolicyError`.
    func conditionValues() throws(PolicyError) -> [String] {
        guard case .array(let elements) = self else { return [try conditionValue()] }
        var values: [String] = []
        for element in elements { values.append(try element.conditionValue()) }
        return values
    }

    private func conditionValue() throws(PolicyError) -> String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .boolean(let truth): String(truth)
        case .null, .array, .object: throw PolicyError("Syntax errors in policy.")
        }
    }
}
