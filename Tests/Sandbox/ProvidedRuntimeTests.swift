import Sandbox
import SandboxKit
import SandboxLinux
import Testing

@Suite("A function with a runtime of its own")
struct ProvidedRuntimeTests {
    /// A bootstrap in the shell, with the connection to the Runtime API as bash opens it.
    static let shell = """
        #!/bin/bash
        call() {
          exec 5<>/dev/tcp/127.0.0.1/9001
          printf '%s' "$1" >&5
          body=; id=; length=0
          while IFS= read -r line <&5; do
            line=${line%$'\\r'}
            [ -z "$line" ] && break
            case "$line" in
              Lambda-Runtime-Aws-Request-Id:*) id=${line#*: } ;;
              Content-Length:*) length=${line#*: } ;;
            esac
          done
          [ "$length" -gt 0 ] && IFS= read -r -N "$length" body <&5
          exec 5>&-
        }
        api=/2018-06-01/runtime
        while :; do
          call "GET $api/invocation/next HTTP/1.1"$'\\r\\nHost: x\\r\\n\\r\\n'
          echo "got $body"
          answer="{\\"shell\\":$body}"
          call "POST $api/invocation/$id/response HTTP/1.1"$'\\r\\nHost: x\\r\\nConnection: close\\r\\nContent-Length: '"${#answer}"$'\\r\\n\\r\\n'"$answer"
        done
        """

    @Test("answers", arguments: ["provided", "provided.al2", "provided.al2023"])
    func answer(runtime: String) async throws {
        try await withHost { test in
            let function = test.deploy(runtime, files: ["bootstrap": Self.shell])
            for _ in 0..<2 {
                let result = try await test.invoke(function, "[1]")
                #expect(result.text == #"{"shell":[1]}"#)
                #expect(result.tail.contains("got [1]\n"))
            }
        }
    }

    @Test("finds its bootstrap in a layer")
    func layer() async throws {
        try await withHost { test in
            test.directory.makeDirectory("layer")
            test.directory.write(Self.shell, to: "layer/bootstrap", mode: 0o755)
            let function = test.deploy("provided.al2023", files: [:]) {
                $0.layerDirectories = ["\(test.directory.path)/layer"]
            }
            try await test.expect(function, "2", answers: #"{"shell":2}"#)
        }
    }

    @Test(
        "without a bootstrap that can be executed fails as on AWS",
        arguments: [
            [:], ["bootstrap": "no interpreter named here"],
        ])
    func missing(files: [String: String]) async throws {
        try await withHost { test in
            let result = try await test.invoke(test.deploy("provided.al2023", files: files))
            #expect(result.outcome == .failure)
            #expect(result.text.contains(#""errorType":"Runtime.InvalidEntrypoint""#))
            #expect(
                result.text.contains(
                    "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"))
        }
    }
}
