/// Whole decisions: caller | action | resource | policies | decision.
///
/// Policies are `kind { statement; statement }`, where a statement is an effect, a principal in a resource's policy (`@…`), actions
/// and resources, and after `?` an operator, a key and a value. The decision is `allow` or `deny`, and the kind of policy that
/// allows, denies, or would have had to allow. Resources are of account 123456789012 unless they say otherwise.
enum DecisionTable {
    static let rows = Table.rows(text, columns: 5)

    private static let text = #"""
        # reference_policies_evaluation-logic_policy-eval-denyallow.html
        alice | s3:GetObject | arn:aws:s3:::b/k | | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny s3:Get* * } | deny by identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Deny s3:Get* *; Allow s3:* * } | deny by identity
        alice | s3:PutObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny s3:Get* * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow sqs:* * } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:GetObject arn:aws:s3:::c/* } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:GetObject arn:aws:s3:::b/* } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:GetObject * } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | | deny missing identity
        root | s3:GetObject | arn:aws:s3:::b/k | | allow -
        root | s3:GetObject | arn:aws:s3:::b/k | resource { Deny @* s3:* * } | deny by resource
        root | iam:DeleteUser | arn:aws:iam::123456789012:user/x | | allow -
        # reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
        alice | iam:GetUser | * | identity { Allow iam:Get* *; Deny iam:*Report * } | allow identity
        alice | iam:GetCredentialReport | * | identity { Allow iam:Get* *; Deny iam:*Report * } | deny by identity
        alice | iam:CreatePolicy | * | identity { Allow iam:Get* *; Deny iam:*Report * } | deny missing identity
        alice | iam:GenerateCredentialReport | * | identity { Allow iam:* *; Deny iam:*Report * } | deny by identity
        # reference_policies_elements_notaction.html
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow !iam:* * } | allow identity
        alice | iam:GetUser | * | identity { Allow !iam:* * } | deny missing identity
        alice | s3:DeleteBucket | arn:aws:s3:::b | identity { Allow * *; Deny !s3:* * } | allow identity
        alice | sqs:SendMessage | * | identity { Allow * *; Deny !s3:* * } | deny by identity
        # reference_policies_elements_notresource.html
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny s3:* !arn:aws:s3:::b/* } | allow identity
        alice | s3:GetObject | arn:aws:s3:::c/k | identity { Allow s3:* *; Deny s3:* !arn:aws:s3:::b/* } | deny by identity
        alice | s3:GetObject | arn:aws:s3:::c/k | identity { Allow s3:* !arn:aws:s3:::b/* } | allow identity
        # reference_policies_evaluation-logic_policy-eval-basics.html
        alice | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @alice s3:GetObject * } | allow resource
        alice | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @bob s3:GetObject * } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @account s3:GetObject * } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Allow @account s3:* * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Allow @bob s3:* * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny @alice s3:GetObject * } | deny by resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny @account s3:GetObject * } | deny by resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny @* s3:* * } | deny by resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny @bob s3:* * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @* s3:GetObject * } | allow resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Deny s3:* * } resource { Allow @alice s3:* * } | deny by identity
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @role s3:GetObject * } | allow resource
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @session s3:GetObject * } | allow resource
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @service s3:GetObject * } | deny missing identity
        # access_policies_boundaries.html
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow * * } boundary { Allow s3:* * } | allow identity
        alice | sqs:SendMessage | * | identity { Allow * * } boundary { Allow s3:* * } | deny missing boundary
        alice | s3:GetObject | arn:aws:s3:::b/k | boundary { Allow * * } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow * * } boundary { Allow * *; Deny s3:* * } | deny by boundary
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow * * } boundary { } | deny missing boundary
        session | sqs:SendMessage | * | identity { Allow * * } boundary { Allow s3:* * } | deny missing boundary
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow * * } boundary { Allow s3:* * } | allow identity
        # reference_policies_evaluation-logic_policy-eval-denyallow.html
        alice | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @alice s3:* * } boundary { Allow sqs:* * } | allow resource
        alice | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @alice s3:* * } boundary { Deny s3:* * } | deny by boundary
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @role s3:* * } boundary { Allow sqs:* * } | deny missing boundary
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @role s3:* * } session { Allow sqs:* * } | deny missing session
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @session s3:* * } boundary { Allow sqs:* * } | allow resource
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @session s3:* * } session { Allow sqs:* * } | allow resource
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @session s3:* * } session { Deny s3:* * } | deny by session
        session | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @* s3:* * } session { Allow sqs:* * } | deny missing session
        federated-user | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @federated-user s3:* * } session { } | allow resource
        federated-user | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } session { } | deny missing session
        federated-user | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } session { Allow s3:Get* * } | allow identity
        federated-user | s3:PutObject | arn:aws:s3:::b/k | identity { Allow s3:* * } session { Allow s3:Get* * } | deny missing session
        federated-user | s3:GetObject | arn:aws:s3:::b/k | session { Allow s3:Get* * } | deny missing identity
        # access_policies.html#policies_session
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } session { Allow s3:Get* * } | allow identity
        session | s3:PutObject | arn:aws:s3:::b/k | identity { Allow s3:* * } session { Allow s3:Get* * } | deny missing session
        session | sqs:SendMessage | * | identity { Allow s3:* * } session { Allow * * } | deny missing identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } session { Allow * *; Deny s3:Get* * } | deny by session
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } boundary { Allow s3:* * } session { Allow s3:* * } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } boundary { Allow sqs:* * } session { Allow s3:* * } | deny missing boundary
        # orgs_manage_policies_scps_evaluation.html (AWS Organizations User Guide)
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } scp { Allow * * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } scp { Allow sqs:* * } | deny missing scp
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } scp { Allow * *; Deny s3:* * } | deny by scp
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } scp { Allow * * } scp { Allow sqs:* * } | deny missing scp
        alice | s3:GetObject | arn:aws:s3:::b/k | scp { Allow * * } | deny missing identity
        root | s3:GetObject | arn:aws:s3:::b/k | scp { Allow sqs:* * } | deny missing scp
        alice | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @alice s3:* * } scp { Allow sqs:* * } | deny missing scp
        service | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @service s3:* * } scp { Deny * * } | allow resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } rcp { Allow * * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } rcp { Allow * *; Deny s3:* * } | deny by rcp
        # reference_policies_evaluation-logic-cross-account.html
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } | deny missing resource
        stranger | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @stranger s3:* * } | deny missing identity
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Allow @stranger s3:* * } | allow resource
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Allow @stranger-account s3:* * } | allow resource
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Allow @* s3:* * } | allow resource
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Allow @account s3:* * } | deny missing resource
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } boundary { Allow sqs:* * } resource { Allow @stranger s3:* * } | deny missing boundary
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny s3:Get* * } resource { Allow @stranger s3:* * } | deny by identity
        stranger | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Allow @stranger s3:* *; Deny @* s3:Get* * } | deny by resource
        stranger-root | s3:GetObject | arn:aws:s3:::b/k | | deny missing resource
        stranger-root | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @stranger-account s3:* * } | allow resource
        alice | sqs:SendMessage | arn:aws:sqs:us-east-1:111122223333:q | identity { Allow sqs:* * } | deny missing resource
        alice | sqs:SendMessage | arn:aws:sqs:us-east-1:111122223333:q | identity { Allow sqs:* * } resource { Allow @alice sqs:* * } | allow resource
        # reference_policies_elements_principal.html#principal-services
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { Allow @service sqs:SendMessage * } | allow resource
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { } | deny missing resource
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { Allow @* sqs:SendMessage * } | allow resource
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { Allow @account sqs:SendMessage * } | deny missing resource
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { Allow @service sqs:SendMessage * ? ArnLike aws:SourceArn arn:aws:sns:us-east-1:123456789012:t } | allow resource
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { Allow @service sqs:SendMessage * ? ArnLike aws:SourceArn arn:aws:sns:us-east-1:123456789012:other } | deny missing resource
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { Allow @service sqs:SendMessage * ? StringEquals aws:SourceAccount 123456789012 } | allow resource
        service | sqs:SendMessage | arn:aws:sqs:us-east-1:123456789012:q | resource { Allow @service sqs:SendMessage *; Deny @service sqs:* * ? StringNotEquals aws:SourceAccount 123456789012 } | allow resource
        # reference_policies_elements_principal.html#principal-anonymous
        anonymous | s3:GetObject | arn:aws:s3:::b/k | | deny missing resource
        anonymous | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @* s3:GetObject * } | allow resource
        anonymous | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @account s3:GetObject * } | deny missing resource
        anonymous | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @* s3:* *; Deny @* s3:Get* * } | deny by resource
        # id_roles_create_for-idp_oidc.html
        google | sts:AssumeRoleWithWebIdentity | arn:aws:iam::123456789012:role/r | required { Allow @google sts:AssumeRoleWithWebIdentity - } | allow resource
        google | sts:AssumeRoleWithWebIdentity | arn:aws:iam::123456789012:role/r | required { Allow @account sts:AssumeRoleWithWebIdentity - } | deny missing resource
        google | sts:AssumeRoleWithWebIdentity | arn:aws:iam::123456789012:role/r | required { Allow @google sts:AssumeRoleWithWebIdentity - ? StringEquals accounts.google.com:aud app } | allow resource
        google | sts:AssumeRoleWithWebIdentity | arn:aws:iam::123456789012:role/r | required { Allow @google sts:AssumeRoleWithWebIdentity - ? StringEquals accounts.google.com:aud other } | deny missing resource
        # id_roles_manage_modify.html (trust policies) and key-policies.html (AWS KMS Developer Guide)
        alice | sts:AssumeRole | arn:aws:iam::123456789012:role/r | identity { Allow sts:AssumeRole * } required { Allow @account sts:AssumeRole - } | allow identity
        alice | sts:AssumeRole | arn:aws:iam::123456789012:role/r | required { Allow @account sts:AssumeRole - } | deny missing identity
        alice | sts:AssumeRole | arn:aws:iam::123456789012:role/r | required { Allow @alice sts:AssumeRole - } | allow resource
        alice | sts:AssumeRole | arn:aws:iam::123456789012:role/r | identity { Allow sts:AssumeRole * } required { Allow @bob sts:AssumeRole - } | deny missing resource
        alice | sts:AssumeRole | arn:aws:iam::123456789012:role/r | identity { Allow sts:AssumeRole * } required { } | deny missing resource
        service | sts:AssumeRole | arn:aws:iam::123456789012:role/r | required { Allow @service sts:AssumeRole - } | allow resource
        service | sts:AssumeRole | arn:aws:iam::123456789012:role/r | required { Allow @account sts:AssumeRole - } | deny missing resource
        alice | kms:Decrypt | arn:aws:kms:us-east-1:123456789012:key/k | identity { Allow kms:* * } required { Allow @account kms:* * } | allow identity
        alice | kms:Decrypt | arn:aws:kms:us-east-1:123456789012:key/k | identity { Allow kms:* * } required { Allow @bob kms:* * } | deny missing resource
        root | kms:Decrypt | arn:aws:kms:us-east-1:123456789012:key/k | required { Allow @account kms:* * } | allow -
        root | kms:Decrypt | arn:aws:kms:us-east-1:123456789012:key/k | required { Allow @bob kms:* * } | deny missing resource
        # reference_policies_elements_notprincipal.html
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny !@alice+account s3:* * } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny !@alice s3:* * } | deny by resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny !@bob+account s3:* * } | deny by resource
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny !@session+role+account s3:* * } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * } resource { Deny !@role+account s3:* * } | deny by resource
        # reference_policies_condition-keys.html
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? IpAddress aws:SourceIp 203.0.113.0/24 } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? IpAddress aws:SourceIp 198.51.100.0/24 } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:username alice } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:username alice } | deny missing identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringLike aws:userid *:s1 } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? ArnEquals aws:PrincipalArn arn:aws:iam::123456789012:role/team/worker } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:PrincipalAccount 123456789012 } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:PrincipalType User } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:PrincipalType AssumedRole } | allow identity
        root | s3:GetObject | arn:aws:s3:::b/k | resource { Deny @* s3:* * ? StringEquals aws:PrincipalType Account } | deny by resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:PrincipalTag/team blue } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:PrincipalTag/team red } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:ResourceTag/owner alice } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:ResourceTag/Owner ${aws:username} } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals s3:ResourceTag/owner alice } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? DateGreaterThan aws:CurrentTime 2026-01-01T00:00:00Z } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? DateLessThan aws:CurrentTime 2026-01-01T00:00:00Z } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? NumericGreaterThan aws:EpochTime 1767225600 } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:RequestedRegion us-east-1 } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:RequestedRegion eu-west-1 } | deny missing identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny * * ? Bool aws:SecureTransport false } | deny by identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringLike aws:UserAgent aws-cli/* } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? Bool aws:ViaAWSService false } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:ResourceAccount 123456789012 } | allow identity
        service | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @* s3:* * ? Bool aws:PrincipalIsAWSService true } | allow resource
        service | s3:GetObject | arn:aws:s3:::b/k | resource { Allow @* s3:* * ? StringEquals aws:PrincipalServiceName sns.amazonaws.com } | allow resource
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny * * ? BoolIfExists aws:MultiFactorAuthPresent false } | deny by identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny * * ? Bool aws:MultiFactorAuthPresent false } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* *; Deny * * ? Bool aws:MultiFactorAuthPresent false } | deny by identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? StringEquals aws:SourceIdentity ann } | allow identity
        session | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? DateGreaterThan aws:TokenIssueTime 2026-01-01 } | allow identity
        alice | s3:GetObject | arn:aws:s3:::b/k | identity { Allow s3:* * ? Null aws:TokenIssueTime true } | allow identity
        alice | s3:ListBucket | arn:aws:s3:::b | identity { Allow s3:ListBucket * ? StringLike s3:prefix home/${aws:username}/* } | deny missing identity
        """#
}
