import FoundationEssentials
import HTTPTypes
import Platform
import Testing
import Wire

@testable import Gateway

enum SignatureSuite {
    static let cases: [Document] = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        guard
            let data = FileManager.default.contents(
                atPath: "/\(root)/.build/protocol-tests/signatures.json"),
            case .array(let cases)? = try? Document(json: Array(data))
        else { return [] }
        return cases
    }()
}

/// The test suite that AWS publishes for Signature Version 4, which `Tools/protocol-tests fetch` takes from botocore's source
/// distribution.
@Suite(
    "AWS's suite for signatures",
    .enabled(if: !SignatureSuite.cases.isEmpty, "Tools/protocol-tests fetch brings it"))
struct SignatureSuiteTests {
    @Test(
        "the canonical request and the signature are as published", arguments: SignatureSuite.cases)
    func published(testCase: Document) throws {
        let name = testCase["name"]?.stringValue ?? ""
        let request = Self.request(testCase["request"]?.stringValue ?? "")
        let authorization = testCase["authorization"]?.stringValue ?? ""
        var signed = request
        signed.headers[.authorization] = authorization
        let claim = try #require(try SignatureClaim(of: signed))
        let canonical = CanonicalRequest(
            request, signedHeaders: claim.signedHeaders, payloadHash: Signer.hash(of: request.body),
            encodesPathOnce: false)
        #expect(canonical.text == testCase["canonical"]?.stringValue, "\(name)")
        let key = SigningKey(
            secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope: claim.scope)
        #expect(
            key.verify(claim.signature, of: testCase["stringToSign"]?.stringValue ?? ""), "\(name)")
    }

    private static func request(_ text: String) -> WireRequest {
        let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        var lines = parts[0].split(separator: "\n")
        let line = lines.removeFirst()
        let target = line.dropFirst(line.prefix { $0 != " " }.count + 1).dropLast(" HTTP/1.1".count)
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = WireRequest(
            method: HTTPRequest.Method(String(line.prefix { $0 != " " }))!, path: String(halves[0]),
            query: halves.count == 2 ? String(halves[1]) : "",
            body: parts.count == 2 ? Body(text: String(parts[1])) : .empty)
        var name: HTTPField.Name?
        for line in lines {
            // A line that begins with a space goes on with the field before it.
            if line.first == " ", let last = name {
                let value = request.headers[last] ?? ""
                request.headers[last] = value + " " + line.drop { $0 == " " }
                continue
            }
            let field = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            name = HTTPField.Name(String(field[0]))
            request.headers.append(HTTPField(name: name!, value: String(field[1])))
        }
        return request
    }
}
