/// The policies of AWS that applications commonly attach, a line each.
///
/// The actions are those of the services' pages in the Service Authorization Reference that the policies' names promise; see
/// "AWS managed policies" in the Managed Policy Reference.
enum AWSManagedPolicyList {
    static let text = """
        AdministratorAccess | *
        PowerUserAccess | but iam:* organizations:* account:* ; iam:CreateServiceLinkedRole \
        iam:DeleteServiceLinkedRole iam:ListRoles organizations:DescribeOrganization \
        account:GetAccountInformation account:ListRegions
        ReadOnlyAccess | \(readActions)
        job-function/ViewOnlyAccess | apigateway:GET cloudformation:Describe* \
        cloudformation:List* cloudfront:List* cloudwatch:Describe* cloudwatch:List* \
        cognito-idp:List* dynamodb:List* dynamodb:DescribeTable ec2:Describe* events:List* \
        iam:List* iam:GetAccountSummary kinesis:List* kms:ListKeys kms:ListAliases lambda:List* \
        logs:Describe* route53:List* s3:ListAllMyBuckets s3:ListBucket \
        secretsmanager:ListSecrets ses:List* sns:List* sqs:ListQueues ssm:DescribeParameters \
        states:List* xray:Get*
        SecurityAudit | apigateway:GET cloudformation:Describe* cloudformation:List* \
        cloudtrail:Describe* cloudwatch:Describe* cognito-idp:Describe* dynamodb:Describe* \
        dynamodb:List* ec2:Describe* events:Describe* events:List* iam:GenerateCredentialReport \
        iam:Get* iam:List* iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy \
        kinesis:Describe* kms:Describe* kms:Get* kms:List* lambda:GetFunctionConfiguration \
        lambda:GetPolicy lambda:List* logs:Describe* route53:Get* route53:List* s3:GetBucket* \
        s3:GetEncryptionConfiguration s3:GetLifecycleConfiguration s3:ListAllMyBuckets \
        secretsmanager:DescribeSecret secretsmanager:GetResourcePolicy \
        secretsmanager:ListSecrets sns:GetTopicAttributes sns:List* sqs:GetQueueAttributes \
        sqs:ListQueues ssm:DescribeParameters states:Describe* states:List* \
        sts:GetCallerIdentity
        IAMFullAccess | iam:* organizations:DescribeAccount organizations:DescribeOrganization \
        organizations:ListPolicies
        IAMReadOnlyAccess | iam:GenerateCredentialReport iam:Get* iam:List* \
        iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy
        IAMUserChangePassword | iam:ChangePassword on arn:aws:iam::*:user/${aws:username} ; \
        iam:GetAccountPasswordPolicy
        AmazonS3FullAccess | s3:* s3-object-lambda:*
        AmazonS3ReadOnlyAccess | s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* \
        s3-object-lambda:List*
        AmazonDynamoDBFullAccess | dynamodb:* dax:* application-autoscaling:* cloudwatch:* \
        kms:DescribeKey kms:ListAliases lambda:CreateFunction lambda:List* \
        lambda:GetFunctionConfiguration lambda:CreateEventSourceMapping \
        lambda:DeleteEventSourceMapping sns:CreateTopic sns:Get* sns:List* sns:Subscribe \
        sns:SetTopicAttributes
        AmazonDynamoDBReadOnlyAccess | dynamodb:BatchGetItem dynamodb:Describe* dynamodb:List* \
        dynamodb:GetItem dynamodb:GetResourcePolicy dynamodb:Query dynamodb:Scan \
        dynamodb:PartiQLSelect dax:Describe* dax:List* dax:GetItem dax:BatchGetItem dax:Query \
        dax:Scan cloudwatch:Describe* cloudwatch:GetMetric* cloudwatch:ListMetrics \
        kms:DescribeKey kms:ListAliases
        AmazonSQSFullAccess | sqs:*
        AmazonSQSReadOnlyAccess | sqs:GetQueueAttributes sqs:GetQueueUrl \
        sqs:ListDeadLetterSourceQueues sqs:ListQueues sqs:ListMessageMoveTasks sqs:ListQueueTags
        AmazonSNSFullAccess | sns:*
        AmazonSNSReadOnlyAccess | sns:GetTopicAttributes sns:List* \
        sns:CheckIfPhoneNumberIsOptedOut sns:GetEndpointAttributes sns:GetDataProtectionPolicy \
        sns:GetPlatformApplicationAttributes sns:GetSMSAttributes sns:GetSMSSandboxAccountStatus \
        sns:GetSubscriptionAttributes
        AWSLambda_FullAccess | cloudformation:DescribeStacks cloudformation:ListStackResources \
        cloudwatch:GetMetricData cloudwatch:ListMetrics ec2:DescribeSecurityGroups \
        ec2:DescribeSubnets ec2:DescribeVpcs iam:GetPolicy iam:GetPolicyVersion iam:GetRole \
        iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles \
        iam:PassRole kms:ListAliases lambda:* logs:DescribeLogGroups logs:DescribeLogStreams \
        logs:GetLogEvents logs:FilterLogEvents logs:StartLiveTail logs:StopLiveTail \
        states:DescribeStateMachine states:ListStateMachines tag:GetResources \
        xray:GetTraceSummaries xray:BatchGetTraces
        AWSLambda_ReadOnlyAccess | cloudformation:DescribeStacks \
        cloudformation:ListStackResources cloudwatch:GetMetricData cloudwatch:ListMetrics \
        kms:ListAliases iam:GetPolicy iam:GetPolicyVersion iam:GetRole iam:GetRolePolicy \
        iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles logs:DescribeLogGroups \
        lambda:Get* lambda:List* states:DescribeStateMachine states:ListStateMachines \
        tag:GetResources xray:GetTraceSummaries xray:BatchGetTraces
        AWSLambdaExecute | logs:* on arn:aws:logs:*:*:* ; s3:GetObject s3:PutObject on \
        arn:aws:s3:::*
        AWSLambdaInvocation-DynamoDB | lambda:InvokeFunction ; dynamodb:DescribeStream \
        dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams
        service-role/AWSLambdaBasicExecutionRole | \(logActions)
        service-role/AWSLambdaVPCAccessExecutionRole | \(logActions) \(interfaceActions) \
        ec2:DescribeSubnets
        service-role/AWSLambdaENIManagementAccess | \(interfaceActions)
        service-role/AWSLambdaSQSQueueExecutionRole | sqs:ReceiveMessage sqs:DeleteMessage \
        sqs:GetQueueAttributes \(logActions)
        service-role/AWSLambdaDynamoDBExecutionRole | dynamodb:DescribeStream \
        dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams \(logActions)
        service-role/AWSLambdaKinesisExecutionRole | kinesis:DescribeStream \
        kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator \
        kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard \(logActions)
        service-role/AWSLambdaMSKExecutionRole | kafka:DescribeCluster kafka:DescribeClusterV2 \
        kafka:GetBootstrapBrokers ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces \
        ec2:DescribeVpcs ec2:DeleteNetworkInterface ec2:DescribeSubnets \
        ec2:DescribeSecurityGroups \(logActions)
        service-role/AWSLambdaRole | lambda:InvokeFunction
        CloudWatchLambdaInsightsExecutionRolePolicy | logs:CreateLogGroup ; logs:CreateLogStream \
        logs:PutLogEvents on arn:aws:logs:*:*:log-group:/aws/lambda-insights:*
        AWSXRayDaemonWriteAccess | \(traceActions)
        AWSXrayWriteOnlyAccess | \(traceActions)
        AWSXrayReadOnlyAccess | xray:GetSamplingRules xray:GetSamplingTargets \
        xray:GetSamplingStatisticSummaries xray:BatchGetTraces xray:GetServiceGraph \
        xray:GetTraceGraph xray:GetTraceSummaries xray:GetGroups xray:GetGroup \
        xray:ListTagsForResource xray:GetTimeSeriesServiceStatistics xray:GetInsightSummaries \
        xray:GetInsight xray:GetInsightEvents xray:GetInsightImpactGraph
        AWSXrayFullAccess | xray:*
        CloudWatchFullAccess | autoscaling:Describe* cloudwatch:* logs:* sns:* iam:GetPolicy \
        iam:GetPolicyVersion iam:GetRole oam:ListSinks
        CloudWatchFullAccessV2 | application-autoscaling:DescribeScalingPolicies \
        autoscaling:DescribeAutoScalingGroups autoscaling:DescribePolicies cloudwatch:* logs:* \
        sns:CreateTopic sns:ListSubscriptions sns:ListSubscriptionsByTopic sns:ListTopics \
        sns:Subscribe iam:GetPolicy iam:GetPolicyVersion iam:GetRole oam:ListSinks rum:* \
        synthetics:* xray:*
        CloudWatchReadOnlyAccess | autoscaling:Describe* cloudwatch:Describe* cloudwatch:Get* \
        cloudwatch:List* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:Describe* \
        logs:TestMetricFilter logs:FilterLogEvents sns:Get* sns:List* xray:BatchGet* xray:Get* \
        xray:List*
        CloudWatchLogsFullAccess | logs:* cloudwatch:GenerateQuery
        CloudWatchLogsReadOnlyAccess | logs:Describe* logs:Get* logs:List* logs:StartQuery \
        logs:StopQuery logs:TestMetricFilter logs:FilterLogEvents logs:StartLiveTail \
        logs:StopLiveTail cloudwatch:GenerateQuery
        AmazonEventBridgeFullAccess | events:* schemas:* scheduler:* pipes:* iam:PassRole
        AmazonEventBridgeReadOnlyAccess | events:Describe* events:List* events:TestEventPattern \
        schemas:Describe* schemas:List* schemas:Search* scheduler:Get* scheduler:List* \
        pipes:Describe* pipes:List*
        AmazonEventBridgeSchedulerFullAccess | scheduler:* ; iam:PassRole on arn:aws:iam::*:role/*
        AWSStepFunctionsFullAccess | states:*
        AWSStepFunctionsReadOnlyAccess | states:ListStateMachines states:ListActivities \
        states:DescribeStateMachine states:DescribeStateMachineForExecution \
        states:ListExecutions states:DescribeExecution states:GetExecutionHistory \
        states:DescribeActivity states:ListStateMachineAliases states:ListStateMachineVersions \
        states:DescribeStateMachineAlias states:DescribeMapRun states:ListMapRuns
        AmazonKinesisFullAccess | kinesis:*
        AmazonKinesisReadOnlyAccess | kinesis:Get* kinesis:List* kinesis:Describe*
        AmazonKinesisFirehoseFullAccess | firehose:*
        SecretsManagerReadWrite | secretsmanager:* cloudformation:CreateChangeSet \
        cloudformation:DescribeChangeSet cloudformation:DescribeStackResource \
        cloudformation:DescribeStacks cloudformation:ExecuteChangeSet ec2:DescribeSecurityGroups \
        ec2:DescribeSubnets ec2:DescribeVpcs kms:DescribeKey kms:ListAliases kms:ListKeys \
        lambda:ListFunctions tag:GetResources
        AmazonSSMFullAccess | cloudwatch:PutMetricData ds:CreateComputer ds:DescribeDirectories \
        ec2:DescribeInstanceStatus logs:* ssm:* ec2messages:*
        AmazonSSMReadOnlyAccess | ssm:Describe* ssm:Get* ssm:List*
        AmazonSSMManagedInstanceCore | ssm:DescribeAssociation \
        ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument ssm:DescribeDocument \
        ssm:GetManifest ssm:GetParameter ssm:GetParameters ssm:ListAssociations \
        ssm:ListInstanceAssociations ssm:PutInventory ssm:PutComplianceItems \
        ssm:PutConfigurePackageResult ssm:UpdateAssociationStatus \
        ssm:UpdateInstanceAssociationStatus ssm:UpdateInstanceInformation ; \
        ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel \
        ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel ; \
        ec2messages:AcknowledgeMessage ec2messages:DeleteMessage ec2messages:FailMessage \
        ec2messages:GetEndpoint ec2messages:GetMessages ec2messages:SendReply
        AWSKeyManagementServicePowerUser | kms:CreateAlias kms:CreateKey kms:DeleteAlias \
        kms:Describe* kms:GenerateRandom kms:Get* kms:List* kms:TagResource kms:UntagResource \
        iam:ListGroups iam:ListRoles iam:ListUsers
        AmazonAPIGatewayAdministrator | apigateway:* on arn:aws:apigateway:*::/*
        AmazonAPIGatewayInvokeFullAccess | execute-api:Invoke execute-api:ManageConnections on \
        arn:aws:execute-api:*:*:*
        service-role/AmazonAPIGatewayPushToCloudWatchLogs | logs:CreateLogGroup \
        logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams logs:PutLogEvents \
        logs:GetLogEvents logs:FilterLogEvents
        AWSCloudFormationFullAccess | cloudformation:*
        AWSCloudFormationReadOnlyAccess | cloudformation:Describe* \
        cloudformation:EstimateTemplateCost cloudformation:Get* cloudformation:List* \
        cloudformation:ValidateTemplate cloudformation:Detect*
        AmazonCognitoPowerUser | cognito-identity:* cognito-idp:* cognito-sync:* iam:ListRoles \
        iam:ListOpenIdConnectProviders iam:GetRole iam:ListSAMLProviders iam:GetSAMLProvider \
        kinesis:ListStreams lambda:GetPolicy lambda:ListFunctions sns:GetSMSSandboxAccountStatus \
        sns:ListPlatformApplications ses:ListIdentities ses:GetIdentityVerificationAttributes \
        acm:ListCertificates
        AmazonCognitoReadOnly | cognito-identity:Describe* cognito-identity:Get* \
        cognito-identity:List* cognito-idp:Describe* cognito-idp:AdminGet* \
        cognito-idp:AdminList* cognito-idp:List* cognito-idp:Get* cognito-sync:Describe* \
        cognito-sync:Get* cognito-sync:List* iam:ListOpenIdConnectProviders iam:ListRoles \
        sns:ListPlatformApplications
        AmazonRoute53FullAccess | route53:* route53domains:* cloudfront:ListDistributions \
        elasticloadbalancing:DescribeLoadBalancers s3:ListBucket s3:GetBucketLocation \
        s3:GetBucketWebsite ec2:DescribeVpcs ec2:DescribeRegions sns:ListTopics \
        sns:ListSubscriptionsByTopic cloudwatch:DescribeAlarms cloudwatch:GetMetricStatistics
        AmazonRoute53ReadOnlyAccess | route53:Get* route53:List* route53:TestDNSAnswer
        CloudFrontFullAccess | s3:ListAllMyBuckets acm:ListCertificates cloudfront:* \
        cloudfront-keyvaluestore:* iam:ListServerCertificates waf:ListWebACLs waf:GetWebACL \
        wafv2:ListWebACLs wafv2:GetWebACL kinesis:ListStreams
        CloudFrontReadOnlyAccess | acm:ListCertificates cloudfront:Describe* cloudfront:Get* \
        cloudfront:List* cloudfront-keyvaluestore:Describe* cloudfront-keyvaluestore:Get* \
        cloudfront-keyvaluestore:List* iam:ListServerCertificates route53:List* waf:ListWebACLs \
        waf:GetWebACL wafv2:ListWebACLs wafv2:GetWebACL
        AmazonSESFullAccess | ses:*
        AmazonSESReadOnlyAccess | ses:Get* ses:List* ses:BatchGetMetricData
        AmazonEC2FullAccess | ec2:* elasticloadbalancing:* cloudwatch:* autoscaling:* ; \
        iam:CreateServiceLinkedRole
        AmazonEC2ReadOnlyAccess | ec2:Describe* ec2:Get* elasticloadbalancing:Describe* \
        cloudwatch:ListMetrics cloudwatch:GetMetricStatistics cloudwatch:Describe* \
        autoscaling:Describe*
        AmazonVPCFullAccess | ec2:*Vpc* ec2:*Subnet* ec2:*RouteTable* ec2:*Route ec2:*Gateway* \
        ec2:*SecurityGroup* ec2:*NetworkAcl* ec2:*NetworkInterface* ec2:*Address* ec2:*FlowLogs \
        ec2:*DhcpOptions ec2:*Tags ec2:DescribeAvailabilityZones
        AmazonVPCReadOnlyAccess | ec2:Describe*
        AmazonRDSFullAccess | rds:* application-autoscaling:* cloudwatch:Describe* \
        cloudwatch:GetMetric* cloudwatch:ListMetrics cloudwatch:PutMetricAlarm ec2:Describe* \
        sns:ListSubscriptions sns:ListTopics sns:Publish logs:DescribeLogStreams \
        logs:GetLogEvents
        AmazonECS_FullAccess | ecs:* ecr:* autoscaling:* cloudformation:* cloudwatch:* \
        elasticloadbalancing:* logs:* ec2:Describe* events:* iam:ListAttachedRolePolicies \
        iam:ListInstanceProfiles iam:ListRoles iam:PassRole lambda:ListFunctions sns:ListTopics
        service-role/AmazonECSTaskExecutionRolePolicy | ecr:GetAuthorizationToken \
        ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:BatchGetImage \
        logs:CreateLogStream logs:PutLogEvents
        AmazonEC2ContainerRegistryFullAccess | ecr:* cloudtrail:LookupEvents
        AmazonEC2ContainerRegistryReadOnly | ecr:GetAuthorizationToken \
        ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:GetRepositoryPolicy \
        ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages ecr:BatchGetImage \
        ecr:GetLifecyclePolicy ecr:ListTagsForResource
        AmazonAthenaFullAccess | athena:* glue:*Database* glue:*Table* glue:*Partition* \
        s3:GetBucketLocation s3:GetObject s3:ListBucket s3:ListBucketMultipartUploads \
        s3:ListMultipartUploadParts s3:AbortMultipartUpload s3:CreateBucket s3:PutObject \
        s3:ListAllMyBuckets
        AWSAppSyncAdministrator | appsync:* iam:PassRole
        service-role/AWSAppSyncPushToCloudWatchLogs | \(logActions)
        ResourceGroupsandTagEditorFullAccess | tag:* resource-groups:*
        ResourceGroupsandTagEditorReadOnlyAccess | tag:get* tag:describe* resource-groups:Get* \
        resource-groups:List* resource-groups:Search*
        """

    private static let logActions = "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"
    private static let interfaceActions =
        "ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface "
        + "ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"
    private static let traceActions =
        "xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets "
        + "xray:GetSamplingStatisticSummaries"
    private static let readActions =
        [
            "acm", "appsync", "athena", "autoscaling", "cloudformation", "cloudfront", "cloudtrail",
            "cloudwatch", "cognito-identity", "cognito-idp", "dax", "dynamodb", "ec2", "ecr", "ecs",
            "elasticloadbalancing", "events", "firehose", "glue", "iam", "kinesis", "kms", "lambda",
            "logs",
            "organizations", "pipes", "rds", "resource-groups", "route53", "s3", "scheduler",
            "schemas",
            "secretsmanager", "ses", "sns", "sqs", "ssm", "states", "tag", "xray",
        ].flatMap { service in
            // Reading secrets and decrypting are no part of looking around.
            switch service {
            case "secretsmanager":
                ["\(service):DescribeSecret", "\(service):GetResourcePolicy", "\(service):List*"]
            case "kms": ["\(service):Describe*", "\(service):GetKey*", "\(service):List*"]
            default: ["Describe*", "Get*", "List*"].map { "\(service):\($0)" }
            }
        }.joined(separator: " ")
        + " apigateway:GET dynamodb:BatchGetItem dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect "
        + "iam:Generate* iam:Simulate* logs:FilterLogEvents logs:StartQuery logs:StopQuery "
        + "logs:TestMetricFilter xray:BatchGet* ecr:BatchGetImage ecr:BatchCheckLayerAvailability"
}
