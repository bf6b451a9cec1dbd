import DynamoDBModel
import ServiceKit
import Wire

/// Answers the address that clients with endpoint discovery send their requests to: the one that they have found.
struct DescribeEndpoints: OperationHandler {
    static let operation = DynamoDBAPI.describeEndpoints

    func access(for input: DescribeEndpointsRequest, in context: RequestContext) -> [AccessRequest]
    {
        [AccessRequest("dynamodb:DescribeEndpoints")]
    }

    func handle(_ input: DescribeEndpointsRequest, in context: RequestContext)
        -> DescribeEndpointsResponse
    {
        let origin = context.origin
        let address = origin.port.map { "\(origin.host):\($0)" } ?? origin.host
        return DescribeEndpointsResponse(
            endpoints: [Endpoint(address: address, cachePeriodInMinutes: 1_440)])
    }
}
