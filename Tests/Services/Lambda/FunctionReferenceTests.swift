import ServiceKit
import TestKit
import Testing
import Wire

@testable import Lambda

@Suite("Naming a function")
struct FunctionReferenceTests {
    private let context = TestCloud().context()

    @Test(
        "a function is found by name, partial ARN and ARN, with and without a qualifier",
        arguments: [
            ("orders", nil), ("orders:prod", "prod"), ("function:orders", nil),
            ("123456789012:function:orders", nil), ("123456789012:function:orders:7", "7"),
            ("arn:aws:lambda:us-east-1:123456789012:function:orders", nil),
            ("arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST", "$LATEST"),
        ] as [(String, String?)])
    func forms(text: String, qualifier: String?) throws {
        let reference = try FunctionReference(text, in: context)
        #expect(reference.key.name == "orders")
        #expect(reference.key.account == "123456789012")
        #expect(reference.qualifier == qualifier)
        let suffix = qualifier.map { ":\($0)" } ?? ""
        #expect(reference.arn == "arn:aws:lambda:us-east-1:123456789012:function:orders\(suffix)")
    }

    @Test("a function of another account is found in that account")
    func otherAccount() throws {
        let reference = try FunctionReference("210987654321:function:orders", in: context)
        #expect(reference.key.account == "210987654321")
    }

    @Test("a function may be called like an account")
    func numericName() throws {
        #expect(try FunctionReference("210987654321", in: context).key.name == "210987654321")
    }

    @Test(
        "what is no name is refused",
        arguments: [
            "", ":", "a:b:c", "or/ders", "orders:", "orders:pr od", "arn:aws:lambda", "höllo",
            "arn:aws:s3:us-east-1:123456789012:function:orders",
            "arn:aws:lambda:us-east-1:123456789012:layer:orders",
            "arn:aws:lambda:us-east-1:12345:function:orders",
        ])
    func refused(text: String) async {
        await expectError("ValidationException") { _ = try FunctionReference(text, in: context) }
    }

    @Test("a function of another region is not reachable")
    func otherRegion() async {
        await expectError(
            "ResourceNotFoundException",
            "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"
        ) {
            _ = try FunctionReference(
                "arn:aws:lambda:eu-west-1:123456789012:function:orders", in: context)
        }
    }

    @Test("two qualifiers must be the same")
    func qualifiers() async throws {
        #expect(try FunctionReference("orders:1", qualifier: "1", in: context).qualifier == "1")
        await expectError(
            "InvalidParameterValueException",
            "The derived qualifier from the function name does not match the specified qualifier."
        ) { _ = try FunctionReference("orders:1", qualifier: "2", in: context) }
    }
}
