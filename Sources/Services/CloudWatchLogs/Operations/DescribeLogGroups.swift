import CloudWatchLogsModel
import Platform
import ServiceKit
import Wire

/// Lists log groups in the order of their names.
struct DescribeLogGroups: OperationHandler {
    static let operation = CloudWatchLogsAPI.describeLogGroups
    let groups: LogGroupStore

    func access(for input: DescribeLogGroupsRequest, in context: RequestContext) -> [AccessRequest]
    {
        [AccessRequest("logs:DescribeLogGroups", on: LogScope(context).streamARN(""))]
    }

    func handle(_ input: DescribeLogGroupsRequest, in context: RequestContext) async throws
        -> DescribeLogGroupsResponse
    {
        guard input.includeLinkedAccounts != true, input.accountIdentifiers == nil else {
            throw CommonError.notServed(
                operation: "DescribeLogGroups across accounts", service: "CloudWatchLogs")
        }
        guard input.logGroupNamePrefix == nil || input.logGroupNamePattern == nil else {
            throw CloudWatchLogsError.invalidParameterException(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
        }
        if input.nextToken?.utf8.contains(0) == true { throw LogFailure.invalidToken }
        let scope = LogScope(context)
        let limit = input.limit ?? CloudWatchLogsLimits.describedItems
        // One group more than asked for tells whether there is another page.
        var found = try await groups.groups(
            LogGroupStore.Selection(
                prefix: input.logGroupNamePrefix, substring: input.logGroupNamePattern,
                logGroupClass: input.logGroupClass,
                names: (input.logGroupIdentifiers ?? []).map {
                    try LogGroupReference.name(identifier: $0, in: scope)
                }, after: input.nextToken, limit: limit + 1), in: scope)
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        return DescribeLogGroupsResponse(
            logGroups: found.map { Self.answer($0.group, storedBytes: $0.storedBytes, in: scope) },
            nextToken: hasMore ? found.last?.group.name : nil)
    }

    private static func answer(_ group: LogGroupRecord, storedBytes: Int, in scope: LogScope)
        -> LogGroup
    {
        let arn = scope.groupARN(group.name)
        return LogGroup(
            logGroupName: group.name, creationTime: Int(group.created.milliseconds),
            retentionInDays: group.retentionDays, metricFilterCount: 0, arn: "\(arn):*",
            storedBytes: storedBytes, kmsKeyId: group.kmsKeyID, logGroupClass: group.logGroupClass,
            logGroupArn: arn, deletionProtectionEnabled: group.isProtected)
    }
}
