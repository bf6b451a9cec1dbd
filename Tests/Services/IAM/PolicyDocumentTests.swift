import Testing
import Wire

@testable import IAM

@Suite("Policy documents")
struct PolicyDocumentTests {
    private static func message(of body: () throws -> PolicyDocument) -> String? {
        do {
            _ = try body()
            return nil
        } catch let error as AWSError {
            #expect(["MalformedPolicyDocument", "LimitExceeded"].contains(error.code))
            return error.message
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "a trust policy is checked as AWS checks it",
        arguments: [
            ("not json", "This policy contains invalid Json"),
            ("[]", "Syntax errors in policy."),
            (#"{"Version":"2012-10-17"}"#, "Syntax errors in policy."),
            (#"{"Statement":[]}"#, "Syntax errors in policy."),
            (#"{"Statement":["x"]}"#, "Syntax errors in policy."),
            (#"{"Version":"2020-01-01","Statement":{}}"#, "Syntax errors in policy."),
            (
                #"{"Statement":{"Effect":"Maybe","Action":"sts:AssumeRole","Principal":"*"}}"#,
                "Syntax errors in policy."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}"#,
                "Missing required field Principal"
            ),
            (#"{"Statement":{"Effect":"Allow","Principal":"*"}}"#, "Missing required field Action"),
            (
                #"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}"#,
                "Has prohibited field Resource"
            ),
            (
                #"{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}}"#,
                "AssumeRole policy may only specify STS AssumeRole actions."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Principal":"*","Action":["sts:AssumeRole","sts:TagSession"]}}"#,
                nil
            ),
        ])
    func trust(text: String, expected: String?) {
        #expect(Self.message { try PolicyDocument.trust(text) } == expected)
    }

    @Test(
        "a policy of permissions is checked as AWS checks it",
        arguments: [
            ("{", "Syntax errors in policy."),
            (
                #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"},"Extra":1}"#,
                "Syntax errors in policy."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":{"Ref":"X"},"Resource":"*"}}"#,
                "Syntax errors in policy."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}}"#,
                "Policy document should not specify a principal."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Resource":"*"}}"#,
                "Policy statement must contain actions."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"s3:*"}}"#,
                "Policy statement must contain resources."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}}"#,
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            ),
            (
                #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}}"#,
                #"Resource bucket must be in ARN format or "*"."#
            ),
            (
                #"{"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},"#
                    + #"{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]}"#,
                "Statement IDs (SID) in a single policy must be unique."
            ),
            (
                #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":["s3:*"],"#
                    + #""NotResource":"arn:aws:s3:::b","Condition":{"Bool":{"a:b":"false"}}}]}"#,
                nil
            ),
        ])
    func permissions(text: String, expected: String?) {
        #expect(Self.message { try PolicyDocument.permissions(text) } == expected)
    }

    @Test(
        "a managed policy is refused in the words that AWS was heard to say",
        arguments: [
            (
                #"{"Statement":{"Effect":"Allow","Action":"s3:A","Resource":"*"}}"#,
                "Policy document must be version 2012-10-17 or greater."
            ),
            (
                #"{"Effect":"denY","Action":"s3:A","Resource":"*"}"#,
                "The policy failed legacy parsing"
            ),
            (
                #"{"Effect":"Allow","Action":"s3:A","Resource":"arn:aws:s3::b"}"#,
                "The policy failed legacy parsing"
            ),
            (
                #"{"Effect":"Allow","Action":"s3:A","Resource":"*","Condition":{"DateLessThan":{"a":"soon"}}}"#,
                "The policy failed legacy parsing"
            ),
            (
                #"{"Effect":"Allow","Action":"s3:A","Resource":"a:b:c"}"#,
                #"Partition "b" is not valid for resource "arn:b:c:*:*:*"."#
            ),
            (
                #"{"Effect":"Allow","Action":"s3:A","Resource":"arn:aws"}"#,
                "Resource vendor must be fully qualified and cannot contain regexes."
            ),
            (
                #"{"Effect":"Allow","Action":"s3:A","Resource":"arn:aws:iam:us-east-1::b"}"#,
                "IAM resource arn:aws:iam:us-east-1::b cannot contain region information."
            ),
            (
                #"{"Effect":"Allow","Action":"s3:A","Resource":"arn:aws:s3:us-east-1::b"}"#,
                "Resource arn:aws:s3:us-east-1::b can not contain region information."
            ),
            (
                #"{"Effect":"Allow","Action":"s:3:A","Resource":"*"}"#,
                "Actions/Condition can contain only one colon."
            ),
            (#"{"Effect":"Allow","Action":"a a:A","Resource":"*"}"#, "Vendor a a is not valid"),
            (
                #"{"Effect":"Allow","Action":"s3:A","NotAction":[],"Resource":"*"}"#,
                "Syntax errors in policy."
            ),
            (
                #"{"Effect":"Allow","Action":"s3:A","Resource":"*","Condition":{"Is":{"a":"b"}}}"#,
                "Syntax errors in policy."
            ),
            (#"{"Effect":"Allow","Action":"s3:A","Resource":"*","Condition":{"Is":{}}}"#, nil),
            (#"{"Effect":"Allow","Action":"s3:A","Resource":"arn:aws:iam::*:us*"}"#, nil),
        ])
    func managed(text: String, expected: String?) {
        let document =
            text.contains("Statement")
            ? text : #"{"Version":"2012-10-17","Statement":\#(text)}"#
        #expect(Self.message { try PolicyDocument.managed(document) } == expected)
    }

    @Test("a trust policy has 2,048 characters at most, white space not counted")
    func trustLength() {
        func policy(_ padding: Int) -> String {
            let name = String(repeating: "x", count: padding)
            return
                #"{"Statement":{"Effect":"Allow","Principal":{"AWS":"\#(name)"},"Action":"sts:AssumeRole"}}"#
        }
        let frame = policy(0).utf8.count
        let spaces = String(repeating: " ", count: 1000)
        #expect(Self.message { try PolicyDocument.trust(policy(2048 - frame) + spaces) } == nil)
        #expect(
            Self.message { try PolicyDocument.trust(policy(2049 - frame)) }
                == "Cannot exceed quota for ACLSizePerRole: 2048")
    }

    @Test("a document that nests without end is refused")
    func depth() {
        let text = String(repeating: "[", count: 100_000)
        #expect(Self.message { try PolicyDocument.trust(text) } != nil)
    }
}
