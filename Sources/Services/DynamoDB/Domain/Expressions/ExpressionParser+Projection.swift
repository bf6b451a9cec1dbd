extension ExpressionParser {
    /// Reads a whole projection.
    ///
    /// - Throws: `ExpressionProblem`.
    static func projection(_ text: String) throws(ExpressionProblem) -> [PathSyntax] {
        var parser = try ExpressionParser(.projection, text)
        let paths = try parser.paths()
        try parser.finish()
        return paths
    }

    /// Reads paths with commas between them.
    mutating func paths() throws(ExpressionProblem) -> [PathSyntax] {
        var paths = [try path()]
        while takes(sign: ",") { paths.append(try path()) }
        return paths
    }
}
