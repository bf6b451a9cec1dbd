import Archive
import FoundationEssentials
import NIOCore

@testable import Wire

/// What reads the inputs that libFuzzer makes: none may crash it, hang it or take more memory than it is given.
///
/// `devtool fuzz --codec NAME` builds and runs it. It is a target of its own, and there only where `APUS_FUZZER` is set,
/// since libFuzzer brings the `main` that it is linked with.
private enum Codec: String {
    case json, cbor, xml, form, events, zip, gzip

    static let chosen: Codec = {
        let name = ProcessInfo.processInfo.environment["APUS_FUZZ_CODEC"] ?? ""
        guard let codec = Codec(rawValue: name) else {
            preconditionFailure("APUS_FUZZ_CODEC is '\(name)'")
        }
        return codec
    }()

    func read(_ input: [UInt8]) {
        switch self {
        case .json:
            guard let document = try? Document(json: input) else { return }
            precondition((try? Document(json: document.json())) != nil)
        case .cbor:
            var tokenizer = CBORTokenizer(input)
            while !tokenizer.isAtEnd {
                do { try tokenizer.skip() } catch { return }
            }
        case .xml:
            _ = try? XMLElement(parsing: input)
        case .form:
            var form = QueryForm()
            try? form.add(parsing: String(decoding: input, as: UTF8.self)[...])
            _ = try? form.elements()
        case .events:
            var decoder = EventStreamDecoder()
            decoder.append(ByteBuffer(bytes: input))
            while let message = try? decoder.next() {
                precondition(message.payload.count <= input.count)
            }
        case .zip:
            _ = try? ZipArchive(input)
        case .gzip:
            _ = try? Gzip.inflate(input[...], upTo: 1 << 20)
        }
    }
}

/// libFuzzer's way in.
@_cdecl("LLVMFuzzerTestOneInput")
package func testOneInput(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer gives `count` bytes at `start`, which live for as long as the call.
    Codec.chosen.read(Array(UnsafeRawBufferPointer(start: start, count: count)))
    return 0
}
