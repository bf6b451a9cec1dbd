import Glibc
import Testing

@testable import SandboxLinux

@Suite("The bootstraps inside the binary")
struct EmbeddedRuntimesTests {
    @Test("are those of Runtimes/; otherwise run Tools/embed-runtimes")
    func upToDate() throws {
        let root = #filePath.replacing("/Tests/Sandbox/EmbeddedRuntimesTests.swift", with: "")
        #expect(EmbeddedRuntimes.files.count == 4)
        for file in EmbeddedRuntimes.files {
            let text = SystemCalls.text(of: "\(root)/Runtimes/\(file.path)")
            #expect(text == file.text, "\(file.path)")
        }
    }
}
