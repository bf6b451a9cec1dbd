import IAMModel
import ServiceKit
import Wire

/// Tells how far the removal of a service-linked role is: it is always done.
///
/// Source: API_GetServiceLinkedRoleDeletionStatus in the IAM API Reference.
struct GetServiceLinkedRoleDeletionStatus: OperationHandler {
    static let operation = IAMAPI.getServiceLinkedRoleDeletionStatus

    func access(
        for input: GetServiceLinkedRoleDeletionStatusRequest, in context: RequestContext
    ) async throws -> [AccessRequest] {
        [AccessRequest("iam:GetServiceLinkedRoleDeletionStatus")]
    }

    func handle(
        _ input: GetServiceLinkedRoleDeletionStatusRequest, in context: RequestContext
    ) async throws -> GetServiceLinkedRoleDeletionStatusResponse {
        guard input.deletionTaskId.hasPrefix("task/aws-service-role/") else {
            throw IAMError.noSuchEntityException(
                "Deletion task \(input.deletionTaskId) cannot be found.")
        }
        return GetServiceLinkedRoleDeletionStatusResponse(status: "SUCCEEDED")
    }
}
