import Wire

/// Where the next page of a list begins: after the last item of this one. Clients see no more than a word.
enum PageMarker {
    /// The marker after the item called `name`.
    static func after(_ name: String) -> String { Base64.encode(Array(name.utf8)) }

    /// The name that a marker stands for; empty for the first page.
    ///
    /// - Throws: `InvalidParameterValueException` for what is no marker.
    static func name(_ marker: String?) throws -> String {
        guard let marker, !marker.isEmpty else { return "" }
        guard let bytes = Base64.decode(Array(marker.utf8)),
            let name = String(validating: bytes, as: UTF8.self), !name.utf8.contains(0)
        else { throw LambdaRefusal.invalidParameter("The Marker is not valid.") }
        return name
    }
}
