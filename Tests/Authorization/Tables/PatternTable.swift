/// What patterns of actions and resources stand for: kind | pattern | value | whether it stands for it.
enum PatternTable {
    static let rows = Table.rows(text, columns: 4)

    private static let text = #"""
        # reference_policies_elements_action.html
        action | s3:GetObject | s3:GetObject | yes
        action | s3:getobject | S3:GetObject | yes
        action | s3:Get* | s3:GetObjectAcl | yes
        action | s3:Get* | s3:PutObject | no
        action | s3:*Object | s3:DeleteObject | yes
        action | s3:*Object | s3:DeleteObjects | no
        action | s3:* | s3:AnyThing | yes
        action | s3:* | sqs:SendMessage | no
        action | * | sqs:SendMessage | yes
        action | iam:*AccessKey* | iam:UpdateAccessKey | yes
        action | iam:*AccessKey* | iam:GetAccessKeyLastUsed | yes
        action | iam:*AccessKey* | iam:GetUser | no
        action | ec2:?escribeVpcs | ec2:DescribeVpcs | yes
        action | s3:GetObject | s3:GetObjectVersion | no
        action | s3:GetObject | s3-object-lambda:GetObject | no
        # reference_policies_elements_notaction.html
        notaction | iam:* | s3:GetObject | yes
        notaction | iam:* | iam:GetUser | no
        notaction | s3:DeleteBucket | s3:DeleteObject | yes
        # reference_policies_elements_resource.html
        resource | * | arn:aws:s3:::bucket/key | yes
        resource | arn:aws:s3:::bucket | arn:aws:s3:::bucket | yes
        resource | arn:aws:s3:::bucket | arn:aws:s3:::Bucket | no
        resource | arn:aws:s3:::bucket/* | arn:aws:s3:::bucket/a/b/c.txt | yes
        resource | arn:aws:s3:::bucket/* | arn:aws:s3:::bucket | no
        resource | arn:aws:s3:::bucket* | arn:aws:s3:::bucket-too/key | yes
        resource | arn:aws:s3:::bucket/*/test/* | arn:aws:s3:::bucket/1/test/object.jpg | yes
        resource | arn:aws:s3:::bucket/*/test/* | arn:aws:s3:::bucket/1/2/test/3/object.jpg | yes
        resource | arn:aws:s3:::bucket/*/test/* | arn:aws:s3:::bucket/test/object.jpg | no
        resource | arn:aws:s3:::bucket/a?c | arn:aws:s3:::bucket/abc | yes
        resource | arn:aws:s3:::bucket/a?c | arn:aws:s3:::bucket/abbc | no
        resource | arn:aws:s3:::bucket/*.txt | arn:aws:s3:::bucket/a:b.txt | yes
        resource | arn:aws:sqs:*:123456789012:q | arn:aws:sqs:eu-west-1:123456789012:q | yes
        resource | arn:aws:sqs:us-*-1:123456789012:q | arn:aws:sqs:us-east-1:123456789012:q | yes
        resource | arn:aws:sqs:us*1:123456789012:q | arn:aws:sqs:us-east-1:x:123456789012:q | no
        resource | arn:aws:sqs:* | arn:aws:sqs:us-east-1:123456789012:q | yes
        resource | arn:aws:sqs:us-e?st-1:*:q | arn:aws:sqs:us-east-1:123456789012:q | yes
        resource | arn:aws:iam::123456789012:user/* | arn:aws:iam::123456789012:user/division/bob | yes
        resource | arn:aws:iam::123456789012:user/bob | arn:aws:iam::123456789012:user/bobby | no
        resource | arn:aws:dynamodb:us-east-1:123456789012:table/b*/index/* | arn:aws:dynamodb:us-east-1:123456789012:table/books/index/i | yes
        resource | arn:aws:dynamodb:us-east-1:123456789012:table/books | arn:aws:dynamodb:us-east-1:999999999999:table/books | no
        resource | arn:aws:logs:*:*:log-group:/aws/*:* | arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f:log-stream:s | yes
        # reference_policies_elements_notresource.html
        notresource | arn:aws:s3:::bucket/* | arn:aws:s3:::other/key | yes
        notresource | arn:aws:s3:::bucket/* | arn:aws:s3:::bucket/key | no
        # reference_policies_variables.html
        resource | arn:aws:s3:::bucket/${aws:username}/* | arn:aws:s3:::bucket/alice/key | yes
        resource | arn:aws:s3:::bucket/${aws:username}/* | arn:aws:s3:::bucket/bob/key | no
        resource | arn:aws:s3:::bucket/${AWS:UserName}/* | arn:aws:s3:::bucket/alice/key | yes
        resource | arn:aws:s3:::bucket/${aws:userid} | arn:aws:s3:::bucket/AIDAALICE | yes
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/team}/* | arn:aws:s3:::bucket/blue/key | yes
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/Team}/* | arn:aws:s3:::bucket/blue/key | yes
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/star} | arn:aws:s3:::bucket/* | yes
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/star} | arn:aws:s3:::bucket/anything | no
        # reference_policies_variables.html#policy-vars-no-value
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/none}/* | arn:aws:s3:::bucket//key | no
        notresource | arn:aws:s3:::bucket/${aws:PrincipalTag/none} | arn:aws:s3:::bucket/key | yes
        resource | arn:aws:s3:::bucket/${x:many} | arn:aws:s3:::bucket/a | no
        # reference_policies_variables.html#policy-vars-default-values
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/none, 'company-wide'}/* | arn:aws:s3:::bucket/company-wide/key | yes
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/none,'x'} | arn:aws:s3:::bucket/x | yes
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'company-wide'}/* | arn:aws:s3:::bucket/company-wide/key | no
        resource | arn:aws:s3:::bucket/${aws:PrincipalTag/none, ''}key | arn:aws:s3:::bucket/key | yes
        # reference_policies_variables.html#policy-vars-specialchars
        resource | arn:aws:s3:::bucket/${*}.txt | arn:aws:s3:::bucket/*.txt | yes
        resource | arn:aws:s3:::bucket/${*}.txt | arn:aws:s3:::bucket/a.txt | no
        resource | arn:aws:s3:::bucket/${?} | arn:aws:s3:::bucket/? | yes
        resource | arn:aws:s3:::bucket/${?} | arn:aws:s3:::bucket/a | no
        resource | arn:aws:s3:::bucket/${$}{aws:username} | arn:aws:s3:::bucket/${aws:username} | yes
        # reference_policies_elements_version.html
        resource-2008 | arn:aws:s3:::bucket/${aws:username} | arn:aws:s3:::bucket/alice | no
        resource-2008 | arn:aws:s3:::bucket/${aws:username} | arn:aws:s3:::bucket/${aws:username} | yes
        """#
}
