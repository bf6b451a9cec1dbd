import KMSModel
import ServiceKit
import Wire

/// The policies of keys.
enum KeyPolicy {
    /// The only name that a policy has.
    static let name = "default"

    /// The policy of a key whose maker gives none, as AWS writes it: the account decides by IAM.
    ///
    /// Source: "Default key policy" in the KMS Developer Guide.
    static func standard(account: String, partition: String) -> String {
        """
        {
          "Version" : "2012-10-17",
          "Id" : "key-default-1",
          "Statement" : [ {
            "Sid" : "Enable IAM User Permissions",
            "Effect" : "Allow",
            "Principal" : {
              "AWS" : "arn:\(partition):iam::\(account):root"
            },
            "Action" : "kms:*",
            "Resource" : "*"
          } ]
        }
        """
    }

    /// The policy of a key that Apus makes for a service: who may use the service may use the key, through it alone.
    static func managed(
        service: String, account: String, region: String, partition: String
    ) -> String {
        """
        {
          "Version" : "2012-10-17",
          "Id" : "auto-\(service)-1",
          "Statement" : [ {
            "Sid" : "Allow access through \(service) for all principals in the account",
            "Effect" : "Allow",
            "Principal" : {
              "AWS" : "*"
            },
            "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey" ],
            "Resource" : "*",
            "Condition" : {
              "StringEquals" : {
                "kms:CallerAccount" : "\(account)",
                "kms:ViaService" : "\(service).\(region).amazonaws.com"
              }
            }
          }, {
            "Sid" : "Allow direct access to key metadata to the account",
            "Effect" : "Allow",
            "Principal" : {
              "AWS" : "arn:\(partition):iam::\(account):root"
            },
            "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
            "Resource" : "*"
          } ]
        }
        """
    }

    /// Checks a policy that a request gives.
    ///
    /// - Throws: `MalformedPolicyDocumentException`, `LimitExceededException`.
    static func check(
        _ policy: String, bypassingLockoutCheck: Bool?, in context: RequestContext
    ) throws {
        guard policy.utf8.count <= KMSLimits.policyBytes else {
            throw KMSError.limitExceededException(
                "The policy is larger than \(KMSLimits.policyBytes) bytes.")
        }
        guard let document = try? Document(json: policy), let given = document["Statement"] else {
            throw malformed("The policy is not a JSON document with statements.")
        }
        let statements: [Document]
        if case .array(let elements) = given { statements = elements } else { statements = [given] }
        for statement in statements {
            guard let effect = statement["Effect"]?.stringValue,
                ["Allow", "Deny"].contains(effect),
                statement["Principal"] != nil || statement["NotPrincipal"] != nil,
                statement["Action"] != nil || statement["NotAction"] != nil,
                statement["Resource"] != nil || statement["NotResource"] != nil
            else {
                throw malformed(
                    "Each statement needs an Effect, a Principal, an Action and a Resource.")
            }
        }
        guard bypassingLockoutCheck == true || statements.contains(where: { lets(context, $0) })
        else {
            throw malformed(
                "The new key policy will not allow you to update the key policy in the future.")
        }
    }

    /// Whether a statement lets the caller, or his account, change the policy again.
    private static func lets(_ context: RequestContext, _ statement: Document) -> Bool {
        guard statement["Effect"]?.stringValue == "Allow" else { return false }
        let actions = texts(statement["Action"]).map { $0.lowercased() }
        let covering: Set<String> = ["*", "kms:*", "kms:put*", "kms:putkeypolicy"]
        guard statement["NotAction"] != nil || !covering.isDisjoint(with: actions) else {
            return false
        }
        guard let principal = statement["Principal"] else { return true }
        let named = texts(principal) + texts(principal["AWS"])
        let account = context.principal.account ?? context.account
        return named.contains { name in
            ["*", account, context.principal.arn].contains(name)
                || name.hasPrefix("arn:\(context.partition):iam::\(account):")
        }
    }

    private static func texts(_ document: Document?) -> [String] {
        switch document {
        case .string(let text)?: [text]
        case .array(let elements)?: elements.compactMap(\.stringValue)
        default: []
        }
    }

    private static func malformed(_ message: String) -> AWSError {
        KMSError.malformedPolicyDocumentException(message)
    }
}
