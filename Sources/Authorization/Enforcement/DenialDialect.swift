import ServiceKit
import Wire

/// How a service says that something is not allowed: its code, and the status that goes with its protocol.
enum DenialDialect: Sendable {
    /// `AccessDenied`, 403: the XML protocols.
    case xml
    case s3
    /// `AccessDeniedException`, 403: JSON over REST.
    case rest
    /// `AccessDeniedException`, 400: JSON with a target.
    case target
    /// `AuthorizationError`, 403: SNS.
    case notification
    /// `UnauthorizedOperation`, 403, with an encoded message: EC2.
    case encoded

    private static let dialects: [Substring: DenialDialect] = [
        "s3": .s3, "sns": .notification, "ec2": .encoded,
        "iam": .xml, "sts": .xml, "cloudformation": .xml, "cloudfront": .xml, "route53": .xml,
        "ses": .xml, "autoscaling": .xml, "elasticloadbalancing": .xml, "rds": .xml,
        "elasticache": .xml, "redshift": .xml, "cloudwatch": .xml, "sqs": .target,
        "dynamodb": .target, "kms": .target, "ssm": .target, "secretsmanager": .target,
        "logs": .target, "states": .target, "kinesis": .target, "firehose": .target,
        "events": .target, "cognito-idp": .target, "ecs": .target, "ecr": .target, "tag": .target,
    ]

    /// The dialect of the service that an action is of.
    init(action: String) {
        self = Self.dialects[action.prefix { $0 != ":" }] ?? .rest
    }

    func error(_ message: String) -> AWSError {
        switch self {
        case .xml, .s3: AWSError("AccessDenied", message, status: 403)
        case .rest: CommonError.accessDenied(message)
        case .target:
            AWSError("AccessDeniedException", message, status: 400, queryCode: "AccessDenied")
        case .notification: AWSError("AuthorizationError", message, status: 403)
        case .encoded: AWSError("UnauthorizedOperation", message, status: 403)
        }
    }

    /// Whether somebody learns no more than that it is denied.
    func hidesReason(from principal: Principal) -> Bool {
        self == .s3 && principal == .anonymous
    }
}
