import Foundation

/// A PostgreSQL server of the tests' own: made on first use, gone with the process however that ends.
final class PostgresCluster: Sendable {
    static let shared = Result { try PostgresCluster() }

    let url: String
    /// The server lives until this pipe closes, which the system does when the process ends.
    private let life = Pipe()

    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    private init() throws {
        let isRoot = getuid() == 0
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: isRoot ? "/usr/sbin/runuser" : "/bin/sh")
        // PostgreSQL refuses to run as root.
        process.arguments =
            (isRoot ? ["-u", "postgres", "--", "/bin/sh"] : []) + ["-c", Self.script]
        process.currentDirectoryURL = URL(fileURLWithPath: "/tmp")
        process.standardInput = life
        process.standardOutput = output
        try process.run()
        var said = ""
        while !said.contains("\n") {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { break }
            said += String(decoding: data, as: UTF8.self)
        }
        guard said.hasPrefix("ready ") else {
            throw Unavailable(description: "no PostgreSQL: \(said) (apt-get install postgresql)")
        }
        let directory = said.dropFirst(6).prefix { $0 != "\n" }
        url = "host=\(directory) user=postgres dbname=postgres"
    }

    private static let script = """
        set -e
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
        dir=$(mktemp -d /tmp/apus-postgres.XXXXXX)
        trap 'kill -INT $server; wait; rm -rf "$dir"' EXIT
        trap 'exit 1' HUP INT TERM
        "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
            >"$dir/log" 2>&1
        "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=400 \
            -c fsync=off -c full_page_writes=off >>"$dir/log" 2>&1 </dev/null &
        server=$!
        until "$bin/pg_isready" -q -h "$dir"; do kill -0 $server; sleep 0.02; done
        echo "ready $dir"
        read -r end || true
        """
}
