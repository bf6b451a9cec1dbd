import SSMModel
import ServiceKit
import Storage
import Wire

/// Describes the parameters that filters find, without their values.
///
/// Source: API_DescribeParameters in the Systems Manager API Reference.
struct DescribeParameters: OperationHandler {
    static let operation = SSMAPI.describeParameters
    let search: ParameterSearch

    func access(
        for input: DescribeParametersRequest, in context: RequestContext
    ) -> [AccessRequest] {
        [AccessRequest("ssm:DescribeParameters", on: context.arn("ssm", "*").description)]
    }

    func handle(
        _ input: DescribeParametersRequest, in context: RequestContext
    ) async throws -> DescribeParametersResult {
        let isOld = input.filters?.isEmpty == false
        guard !isOld || input.parameterFilters?.isEmpty ?? true else {
            throw SSMFailure.validation(
                "You can use either Filters or ParameterFilters in a single request.")
        }
        // Nobody shares parameters with an account here.
        if input.shared == true { return DescribeParametersResult(parameters: []) }
        let filters =
            isOld
            ? ParameterFilter.read(input.filters)
            : try ParameterFilter.read(input.parameterFilters, isByPath: false)
        let page = try await search.page(
            filters, prefix: "/", after: PageToken.name(in: input.nextToken),
            limit: input.maxResults ?? SSMLimits.describePage, in: context)
        return DescribeParametersResult(
            parameters: page.versions.map { $0.metadata(partition: context.partition) },
            nextToken: page.nextToken)
    }
}
