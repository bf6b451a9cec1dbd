import IAMModel
import ServiceKit
import Wire

/// Finds roles in IAM.
struct RoleDirectory: Sendable {
    let caller: ServiceCaller

    /// The role with this ARN; `nil` where there is none.
    ///
    /// STS asks in its own name: who may assume a role need not be allowed to look at it, and may be of another
    /// account.
    func role(_ arn: RoleARN, in context: RequestContext) async throws -> Role? {
        var asking = context.acting(
            as: .service("sts.amazonaws.com"), requestID: context.requestID)
        asking.account = arn.account
        do {
            let answer = try await caller.call(
                IAMAPI.getRole, GetRoleRequest(roleName: arn.name), in: asking)
            return answer.role.arn == arn.text ? answer.role : nil
        } catch let error as AWSError where error.code == IAMError.noSuchEntityException.code {
            return nil
        }
    }

    /// The policy of the role that says who may assume it, as JSON.
    func trustPolicy(of arn: RoleARN, in context: RequestContext) async throws -> String? {
        try await role(arn, in: context)?.assumeRolePolicyDocument
            .flatMap { PercentEncoding.decode($0) }
    }
}
