import Wire

/// The role of a service, such as `AWSServiceRoleForAutoScaling`.
///
/// Source: "Create a service-linked role" in the IAM User Guide.
struct ServiceLinkedRole: Sendable {
    static let pathPrefix = "/aws-service-role/"
    /// The names of services in the names of their roles, where they are not the first part of their domain.
    private static let serviceNames = [
        "autoscaling": "AutoScaling", "elasticbeanstalk": "ElasticBeanstalk",
        "es": "AmazonElasticsearchService",
        "opensearchservice": "AmazonOpenSearchService", "ecs": "ECS", "rds": "RDS",
        "elasticloadbalancing": "ElasticLoadBalancing", "lex": "LexBots", "ops": "APIGateway",
        "replication.dynamodb": "DynamoDBReplication", "replicator.lambda": "LambdaReplicator",
        "organizations": "Organizations", "cks.kms": "KeyManagementServiceCustomKeyStores",
    ]

    let service: String
    let name: String

    init(_ service: String, suffix: String?) {
        self.service = service
        let label = service.replacing(".amazonaws.com", with: "")
        let base =
            Self.serviceNames[label]
            ?? label.split(separator: ".").map {
                $0.prefix(1).uppercased() + $0.dropFirst()
            }.joined()
        name = "AWSServiceRoleFor\(base)" + (suffix.map { "_\($0)" } ?? "")
    }

    var path: String { "\(Self.pathPrefix)\(service)/" }

    /// The service and nobody else may assume it.
    var trustPolicy: String {
        let document: Document = [
            "Version": "2012-10-17",
            "Statement": [
                [
                    "Effect": "Allow", "Action": "sts:AssumeRole",
                    "Principal": ["Service": .string(service)],
                ]
            ],
        ]
        return document.jsonText
    }
}
