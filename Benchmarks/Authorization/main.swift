// Decisions by a role's ten policies of ten statements each, as one line of JSON for Benchmarks/run:
//
//     {"medianMicroseconds":…,"worstMicroseconds":…}
//
// `worst` is the median where no statement allows, so that all hundred are looked at.

import Authorization
import Platform
import ServiceKit
import Wire

let services = ["s3", "sqs", "sns", "dynamodb", "lambda", "logs", "kms", "events", "states", "ssm"]

/// Ten statements on things of one service, of which some have conditions and variables.
func policy(_ service: String) throws -> NamedPolicy {
    let statements: [Document] = (0..<10).map { number in
        var members: [String: Document] = [
            "Effect": "Allow",
            "Action": [.string("\(service):Get*"), .string("\(service):Do\(number)")],
            "Resource": [
                .string("arn:aws:\(service):*:123456789012:thing\(number)/*"),
                .string("arn:aws:\(service):*:123456789012:${aws:PrincipalTag/team}/\(number)*/x"),
            ],
        ]
        if number % 3 == 0 {
            members["Condition"] = [
                "StringLike": ["aws:PrincipalTag/team": ["b*", "red"]],
                "IpAddress": ["aws:SourceIp": "203.0.113.0/24"],
            ]
        }
        return .object(members)
    }
    let document: Document = ["Version": "2012-10-17", "Statement": .array(statements)]
    return NamedPolicy(service, try Policy(document))
}

/// The median time of a decision in microseconds.
func median(
    _ action: String, _ resource: String, _ facts: RequestFacts, _ policies: ApplicablePolicies,
    allows: Bool
) -> Double {
    let clock = SystemClock()
    var times: [Double] = []
    for _ in 0..<20_000 {
        let begun = clock.uptime
        let decision = PolicyEvaluator.decide(action, on: resource, facts, by: policies)
        times.append((clock.uptime - begun) / .microseconds(1))
        precondition(decision.isAllowed == allows, "the decision is another one")
    }
    times.sort()
    return times[times.count / 2]
}

var policies = ApplicablePolicies()
policies.identity = try services.map { try policy($0) }
var facts = RequestFacts(
    principal: PrincipalFacts(
        .assumedRole(account: "123456789012", role: "r", roleID: "AROA", session: "s"),
        roleARN: "arn:aws:iam::123456789012:role/r", tags: ["team": "blue"]),
    resourceAccount: "123456789012")
facts.sourceIP = "203.0.113.7"
let allowed = median(
    "ssm:GetThing", "arn:aws:ssm:us-east-1:123456789012:thing9/a", facts, policies, allows: true)
let denied = median(
    "ssm:GetThing", "arn:aws:ssm:us-east-1:123456789012:other/a", facts, policies, allows: false)
let answer: Document = [
    "medianMicroseconds": .number(allowed), "worstMicroseconds": .number(denied),
]
print(answer.jsonText)
