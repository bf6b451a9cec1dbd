import DynamoDBModel
import DynamoDBValues
import ServiceKit
import Wire

/// Says by which attribute items expire, or that they do no more.
struct UpdateTimeToLive: OperationHandler {
    static let operation = DynamoDBAPI.updateTimeToLive
    let tables: TableStore

    func access(for input: UpdateTimeToLiveInput, in context: RequestContext) throws
        -> [AccessRequest]
    {
        try tables.access("UpdateTimeToLive", input.tableName, in: context)
    }

    func handle(_ input: UpdateTimeToLiveInput, in context: RequestContext) async throws
        -> UpdateTimeToLiveOutput
    {
        let reference = try TableReference(input.tableName, in: context)
        let specification = input.timeToLiveSpecification
        let attribute = specification.attributeName
        _ = try await tables.change(reference) { [tables] table, _, settings, transaction in
            if specification.enabled {
                guard settings.expiry == nil else {
                    throw AWSError.validation("TimeToLive is already enabled")
                }
                let id = try transaction.nextID()
                settings.expiry = .init(attribute: attribute, indexID: id, isReady: false)
                try IndexFill.enqueue(id, of: reference, on: tables.jobs, in: transaction)
                return
            }
            guard let expiry = settings.expiry else {
                throw AWSError.validation("TimeToLive is already disabled")
            }
            guard expiry.attribute == attribute else {
                throw AWSError.validation(
                    "TimeToLive is active on a different AttributeName: current AttributeName is "
                        + expiry.attribute)
            }
            settings.expiry = nil
            try RowPurge.indexItems(of: expiry.indexID).enqueue(on: tables.jobs, in: transaction)
        }
        return UpdateTimeToLiveOutput(timeToLiveSpecification: specification)
    }
}
