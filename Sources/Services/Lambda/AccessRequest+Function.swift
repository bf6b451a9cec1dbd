import ServiceKit

extension AccessRequest {
    /// `action` on a function, whose resource policy has its say.
    static func function(
        _ action: String, _ reference: FunctionReference, in functions: FunctionStore,
        conditionKeys: [String: [String]] = [:]
    ) -> AccessRequest {
        var request = AccessRequest(
            "lambda:\(action)", on: reference.arn, conditionKeys: conditionKeys
        ) {
            try await functions.policy(reference.key, qualifier: reference.qualifier).json
        }
        request.resourcePolicyRole = .onlyAllows
        return request
    }

    /// Handing a role to Lambda.
    static func passRole(_ role: String) -> AccessRequest {
        AccessRequest(
            "iam:PassRole", on: role,
            conditionKeys: ["iam:PassedToService": ["lambda.amazonaws.com"]])
    }
}

extension AccessRequest {
    /// `action` on a version of a layer, whose policy has its say.
    static func layer(
        _ action: String, _ key: LayerKey, _ number: Int, in layers: LayerStore
    ) -> AccessRequest {
        var request = AccessRequest("lambda:\(action)", on: key.arn(version: number)) {
            let version = try await layers.version(number, of: key)
            return ResourcePolicy(statements: version?.statements ?? []).json
        }
        request.resourcePolicyRole = .onlyAllows
        return request
    }

    /// Having layers in a function. What is no layer is refused where they are looked up.
    static func layers(_ arns: [String]?, in layers: LayerStore) -> [AccessRequest] {
        (arns ?? []).compactMap { arn in
            guard let (key, number) = LayerKey.parse(arn: arn), let number else { return nil }
            return .layer("GetLayerVersion", key, number, in: layers)
        }
    }
}
