import NIOCore
import Testing
import Wire

@Suite("Forms with files")
struct MultipartFormTests {
    private let type = "multipart/form-data; boundary=\"x-y\""

    private func form(_ parts: String...) -> String {
        parts.map { "--x-y\r\nContent-Disposition: form-data; \($0)\r\n" }.joined() + "--x-y--\r\n"
    }

    private func read(_ text: String, step: Int) async throws -> (MultipartForm, String) {
        let bytes = Array(text.utf8)
        let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            for start in stride(from: 0, to: bytes.count, by: step) {
                continuation.yield(
                    ByteBuffer(bytes: bytes[start..<min(start + step, bytes.count)]))
            }
            continuation.finish()
        }
        let form = try await MultipartForm.read(
            .stream(stream, length: nil), contentType: type, upTo: 1000)
        var file = ByteBuffer()
        for try await part in form.file { file.writeImmutableBuffer(part) }
        return (form, String(buffer: file))
    }

    @Test("fields come before the file, however the bytes come", arguments: [1, 2, 7, 10_000])
    func fields(step: Int) async throws {
        let text = form(
            "name=\"key\"\r\n\r\na/${filename}", "name=policy\r\n\r\n",
            "name=\"file\"; filename=\"C:\\a.txt\"\r\nContent-Type: text/x\r\n\r\nfirst\r\n--x\r\n--x-\r\nlast",
            "name=\"after\"\r\n\r\npassed over")
        let (form, file) = try await read(text, step: step)
        #expect(form["KEY"] == "a/${filename}")
        #expect(form["policy"] == "")
        #expect(form["after"] == nil)
        #expect(form.fileName == "C:\\a.txt")
        #expect(form.fileType == "text/x")
        #expect(file == "first\r\n--x\r\n--x-\r\nlast")
    }

    @Test("a file may be empty")
    func emptyFile() async throws {
        let (_, file) = try await read(form("name=\"file\"\r\n\r\n"), step: 3)
        #expect(file.isEmpty)
    }

    @Test(
        "what is no form, has no file or does not end is refused",
        arguments: [
            "", "--x-y--\r\n", "--z\r\n\r\n",
            "--x-y\r\nContent-Disposition: form-data; name=a\r\n\r\nb",
            "--x-y\r\nContent-Disposition: form-data; name=file\r\n\r\nb",
        ])
    func malformed(text: String) async {
        await #expect(throws: AWSError.self) { _ = try await read(text, step: 5) }
    }

    @Test("fields are bounded")
    func bounds() async {
        let text = form("name=a\r\n\r\n" + String(repeating: "x", count: 2000))
        let error = await #expect(throws: AWSError.self) { _ = try await read(text, step: 100) }
        #expect(error?.code == "MaxPostPreDataLengthExceeded")
    }
}
