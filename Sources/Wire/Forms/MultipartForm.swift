package import NIOCore

/// A form with a file (`multipart/form-data`): the fields before the file, and the file as it flows.
///
/// <https://www.rfc-editor.org/rfc/rfc7578>
package struct MultipartForm: Sendable {
    /// The fields before the file, in their order.
    package let fields: [(name: String, value: String)]
    /// The name that the browser gives the file; `nil` where it gives none.
    package let fileName: String?
    /// The file's `Content-Type`.
    package let fileType: String?
    /// The file's bytes.
    package let file: any AsyncSequence<ByteBuffer, any Error> & Sendable

    /// The first value of a field; names mind no case.
    package subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Reads the fields of a form up to its file, which is the field `file`. What follows the file is passed over.
    ///
    /// - Parameters:
    ///   - contentType: of the request; it names what parts the form.
    ///   - limit: the bytes that the fields may have.
    /// - Throws: `AWSError` `MalformedPOSTRequest`, `MaxPostPreDataLengthExceeded`; what the body throws.
    package static func read(
        _ body: Body, contentType: String, upTo limit: Int
    ) async throws -> MultipartForm {
        guard let boundary = boundary(of: contentType) else { throw malformed }
        // The body begins as if a line end came before it.
        var reader = MultipartFieldReader(boundary: boundary)
        let stream: any AsyncSequence<ByteBuffer, any Error> & Sendable
        switch body {
        case .bytes(let bytes):
            stream = AsyncThrowingStream { continuation in
                continuation.yield(bytes)
                continuation.finish()
            }
        case .stream(let base, _): stream = base
        }
        var iterator: any AsyncIteratorProtocol<ByteBuffer, any Error> = stream.makeAsyncIterator()
        while true {
            if let file = try reader.next() {
                return MultipartForm(
                    fields: reader.fields, fileName: file.name, fileType: file.type,
                    file: MultipartFile(
                        first: reader.buffer, rest: stream, delimiter: reader.delimiter))
            }
            guard reader.buffer.readableBytes <= limit else {
                throw AWSError(
                    "MaxPostPreDataLengthExceeded",
                    "Your POST request fields preceeding the upload file was too large.",
                    status: 400, fields: ["MaxPostPreDataLengthBytes": .integer(Int64(limit))])
            }
            guard let bytes = try await iterator.next() else { throw malformed }
            reader.feed(bytes)
        }
    }

    static let malformed = AWSError(
        "MalformedPOSTRequest",
        "The body of your POST request is not well-formed multipart/form-data.", status: 400)

    private static func boundary(of contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == "boundary" else {
                continue
            }
            let name = parts[1].filter { $0 != "\"" }
            return (1...200).contains(name.utf8.count) ? name : nil
        }
        return nil
    }
}

/// Takes the fields of a form apart: a pure state machine that is fed bytes.
struct MultipartFieldReader {
    /// What stands between two parts: a line end, two hyphens and the boundary.
    let delimiter: [UInt8]
    private(set) var buffer = ByteBuffer(string: "\r\n")
    private(set) var fields: [(name: String, value: String)] = []

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    mutating func feed(_ bytes: ByteBuffer) {
        buffer.writeImmutableBuffer(bytes)
    }

    /// Reads fields as far as they are there; answers once the file begins.
    ///
    /// - Throws: `AWSError` `MalformedPOSTRequest`; `InvalidArgument` where the form has no file.
    mutating func next() throws -> (name: String?, type: String?)? {
        while true {
            let view = buffer.readableBytesView
            guard view.count >= delimiter.count + 2 else { return nil }
            guard view.starts(with: delimiter) else { throw MultipartForm.malformed }
            let rest = view.dropFirst(delimiter.count)
            if rest.starts(with: "--".utf8) {
                throw AWSError(
                    "InvalidArgument", "POST requires exactly one file upload per request.",
                    status: 400, fields: ["ArgumentName": "file", "ArgumentValue": "0"])
            }
            guard let end = Self.find(Array("\r\n\r\n".utf8), in: rest) else { return nil }
            let head = PartHead(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
            let start = end + 4
            if head.name == "file" {
                buffer.moveReaderIndex(to: start)
                // An empty file is followed by the delimiter at once.
                return (head.fileName, head.type)
            }
            guard let stop = Self.find(delimiter, in: view[start...]) else { return nil }
            if let name = head.name {
                fields.append((name, String(decoding: view[start..<stop], as: UTF8.self)))
            }
            buffer.moveReaderIndex(to: stop)
        }
    }

    static func find(_ wanted: [UInt8], in bytes: ByteBufferView) -> Int? {
        guard let first = wanted.first else { return nil }
        var start = bytes.startIndex
        while let index = bytes[start...].firstIndex(of: first) {
            if bytes[index...].starts(with: wanted) { return index }
            start = index + 1
        }
        return nil
    }
}

/// The header fields of a part.
private struct PartHead {
    var name: String?
    var fileName: String?
    var type: String?

    init(_ text: String) {
        for line in text.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0].lowercased() {
            case "content-disposition":
                name = Self.parameter("name", of: parts[1])
                fileName = Self.parameter("filename", of: parts[1])
            case "content-type": type = String(parts[1].drop { $0 == " " })
            default: continue
            }
        }
    }

    private static func parameter(_ name: String, of value: Substring) -> String? {
        for parameter in value.split(separator: ";") {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == name else {
                continue
            }
            return parts[1].filter { $0 != "\"" }
        }
        return nil
    }
}

/// The bytes of a form's file: all up to what parts it from what follows.
private struct MultipartFile: AsyncSequence, Sendable {
    let first: ByteBuffer
    let rest: any AsyncSequence<ByteBuffer, any Error> & Sendable
    let delimiter: [UInt8]

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var buffer: ByteBuffer
        fileprivate var rest: any AsyncIteratorProtocol<ByteBuffer, any Error>
        fileprivate let delimiter: [UInt8]
        fileprivate var isAtEnd = false

        mutating func next() async throws -> ByteBuffer? {
            while !isAtEnd {
                let view = buffer.readableBytesView
                if let end = MultipartFieldReader.find(delimiter, in: view) {
                    isAtEnd = true
                    let bytes = buffer.readSlice(length: end - view.startIndex)
                    // What follows is read, so that the connection can be used again.
                    while try await rest.next() != nil {}
                    return bytes
                }
                // The last bytes may be the beginning of the delimiter.
                let safe = view.count - delimiter.count
                if safe > 0, let bytes = buffer.readSlice(length: safe) { return bytes }
                guard var more = try await rest.next() else { throw MultipartForm.malformed }
                buffer.discardReadBytes()
                buffer.writeBuffer(&more)
            }
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(buffer: first, rest: rest.makeAsyncIterator(), delimiter: delimiter)
    }
}
