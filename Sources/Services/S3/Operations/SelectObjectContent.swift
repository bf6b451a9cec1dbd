import Platform
import S3Model
import ServiceKit
import Wire

/// Queries the records of an object.
struct SelectObjectContent: OperationHandler {
    static let operation = S3API.selectObjectContent
    let store: S3Store

    func access(for input: SelectObjectContentRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        [try await store.access(context, "s3:GetObject", to: input.bucket, key: input.key)]
    }

    func handle(_ input: SelectObjectContentRequest, in context: RequestContext) async throws
        -> SelectObjectContentOutput
    {
        let run = try SelectRun(input)
        let found = try await store.find(
            input.key, in: input.bucket, expectedOwner: input.expectedBucketOwner, withData: true)
        let customer = CustomerKey(
            input.sseCustomerAlgorithm, input.sseCustomerKey, input.sseCustomerKeyMD5)
        try ArchivedObject.checkReadable(found.object, now: store.clock.now)
        let cipher = try await store.cipher(
            of: found.object, customer, in: found.bucket, context)
        let body = try await store.body(of: found, range: 0..<found.object.size, cipher)
        return SelectObjectContentOutput(
            payload: EventStream(SelectedEvents(body: body, run: run)))
    }
}
