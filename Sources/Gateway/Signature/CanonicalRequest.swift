import HTTPTypes
import Wire

/// The form of a request that is signed: every client and the server arrive at the same bytes.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request>
struct CanonicalRequest: Sendable {
    let bytes: [UInt8]

    /// The canonical form as text, for the error that shows it.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// - Parameters:
    ///   - signedHeaders: In lower case and sorted, as the claim gives them.
    ///   - payloadHash: What stands for the body: its SHA-256 in hexadecimal, or a constant such as `UNSIGNED-PAYLOAD`.
    ///   - encodesPathOnce: S3 signs the path as it is sent; every other service encodes and normalizes it once more.
    init(
        _ request: WireRequest, signedHeaders: [String], payloadHash: String, encodesPathOnce: Bool
    ) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        bytes += request.method.rawValue.utf8
        bytes.append(Self.newline)
        if encodesPathOnce {
            bytes += request.path.isEmpty ? [UInt8(ascii: "/")] : Array(request.path.utf8)
        } else {
            Self.append(normalizedPath: request.path, to: &bytes)
        }
        bytes.append(Self.newline)
        Self.append(query: request.query, to: &bytes)
        bytes.append(Self.newline)
        for name in signedHeaders {
            bytes += name.utf8
            bytes.append(UInt8(ascii: ":"))
            Self.append(valuesOf: name, in: request.headers, to: &bytes)
            bytes.append(Self.newline)
        }
        bytes.append(Self.newline)
        bytes += signedHeaders.joined(separator: ";").utf8
        bytes.append(Self.newline)
        bytes += payloadHash.utf8
        self.bytes = bytes
    }

    private static let newline = UInt8(ascii: "\n")

    /// The path without empty, `.` and `..` segments (RFC 3986, section 5.2.4), encoded once more.
    private static func append(normalizedPath path: String, to bytes: inout [UInt8]) {
        var segments: [Substring] = []
        for segment in path.parts(at: "/") where !segment.isEmpty && segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        for segment in segments {
            bytes.append(UInt8(ascii: "/"))
            URIEncoding.append(segment.utf8, to: &bytes)
        }
        let endsInDirectory = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        if segments.isEmpty || endsInDirectory { bytes.append(UInt8(ascii: "/")) }
    }

    /// The parameters but the signature itself, encoded anew and sorted by name and value.
    private static func append(query: String, to bytes: inout [UInt8]) {
        guard !query.isEmpty else { return }
        var parameters: [(name: [UInt8], value: [UInt8])] = []
        for parameter in QueryItems(query).all where parameter.name != "X-Amz-Signature" {
            var (name, value): ([UInt8], [UInt8]) = ([], [])
            URIEncoding.append(parameter.name.utf8, to: &name)
            URIEncoding.append(parameter.value.utf8, to: &value)
            parameters.append((name, value))
        }
        parameters.sort {
            $0.name == $1.name
                ? $0.value.lexicographicallyPrecedes($1.value)
                : $0.name.lexicographicallyPrecedes($1.name)
        }
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "&")) }
            bytes += parameter.name
            bytes.append(UInt8(ascii: "="))
            bytes += parameter.value
        }
    }

    /// The values of a field in their order, parted by commas, each without outer and with single inner spaces.
    private static func append(
        valuesOf name: String, in headers: HTTPFields, to bytes: inout [UInt8]
    ) {
        guard let name = HTTPField.Name(name) else { return }
        var isFirst = true
        for field in headers[fields: name] {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            appendCollapsed(field.value, to: &bytes)
        }
    }

    private static func appendCollapsed(_ value: String, to bytes: inout [UInt8]) {
        var pendingSpace = false
        var isEmpty = true
        for byte in value.utf8 {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                pendingSpace = !isEmpty
                continue
            }
            if pendingSpace { bytes.append(UInt8(ascii: " ")) }
            pendingSpace = false
            isEmpty = false
            bytes.append(byte)
        }
    }
}
