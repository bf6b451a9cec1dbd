import DynamoDBModel
import DynamoDBValues
import Platform
import TestKit
import Testing
import Wire

@testable import DynamoDB

@Suite("Backups and points in time")
struct BackupTests {
    @Test("a backup is the table as it was, with its indexes")
    func backups() async throws {
        let cloud = try await TableCloud()
        try await cloud.make(
            "orders", globals: [TableCloud.global("by-day", "day")], also: ["day:S"])
        try await cloud.put(["pk": "a", "day": "monday"], into: "orders")
        let details = try await cloud.call(
            DynamoDBAPI.createBackup, CreateBackupInput(tableName: "orders", backupName: "one")
        ).backupDetails
        let arn = details?.backupArn ?? ""
        try await cloud.put(["pk": "b", "day": "monday"], into: "orders")
        let restored = try await cloud.call(
            DynamoDBAPI.restoreTableFromBackup,
            RestoreTableFromBackupInput(targetTableName: "copy", backupArn: arn)
        ).tableDescription
        #expect(restored?.itemCount == 1)
        #expect(restored?.restoreSummary?.sourceBackupArn == arn)
        let found = try await cloud.query(
            QueryInput(
                tableName: "copy", indexName: "by-day", keyConditionExpression: "#d = :d",
                expressionAttributeNames: ["#d": "day"],
                expressionAttributeValues: .init([":d": "monday"])))
        #expect(found == [["pk": "a", "day": "monday"]])
        let described = try await cloud.call(
            DynamoDBAPI.describeBackup, DescribeBackupInput(backupArn: arn))
        #expect(described.backupDescription?.sourceTableDetails?.itemCount == 1)
        let listed = try await cloud.call(DynamoDBAPI.listBackups, ListBackupsInput())
        #expect(listed.backupSummaries?.map(\.backupName) == ["one"])
        await expectError("TableAlreadyExistsException", "Table already exists: copy") {
            _ = try await cloud.call(
                DynamoDBAPI.restoreTableFromBackup,
                RestoreTableFromBackupInput(targetTableName: "copy", backupArn: arn))
        }
        _ = try await cloud.call(DynamoDBAPI.deleteBackup, DeleteBackupInput(backupArn: arn))
        await expectError("BackupNotFoundException") {
            _ = try await cloud.call(
                DynamoDBAPI.describeBackup, DescribeBackupInput(backupArn: arn))
        }
    }

    @Test("a table is restored to what it was at any second")
    func pointInTime() async throws {
        let cloud = try await TableCloud()
        try await cloud.make("orders")
        try await cloud.put(["pk": "kept"], into: "orders")
        try await cloud.put(["pk": "changed", "v": 0], into: "orders")
        _ = try await cloud.call(
            DynamoDBAPI.updateContinuousBackups,
            UpdateContinuousBackupsInput(
                tableName: "orders",
                pointInTimeRecoverySpecification: .init(pointInTimeRecoveryEnabled: true)))
        var states: [(Instant, Set<AttributeMap>)] = []
        func note() async throws {
            let items = try await cloud.scan(ScanInput(tableName: "orders"))
            states.append((cloud.cloud.clock.now, Set(items.map(\.attributes))))
            cloud.cloud.clock.advance(by: .seconds(1))
        }
        try await note()
        for value in 1...3 {
            let number = AttributeValue.number(DynamoDBNumber(value))
            try await cloud.put(["pk": "changed", "v": number], into: "orders")
            try await cloud.put(["pk": .string("new-\(value)")], into: "orders")
            _ = try await cloud.call(
                DynamoDBAPI.deleteItem,
                DeleteItemInput(tableName: "orders", key: ["pk": .string("new-\(value - 1)")]))
            try await note()
        }
        for (number, state) in states.enumerated() {
            let name = "restored-\(number)"
            _ = try await cloud.call(
                DynamoDBAPI.restoreTableToPointInTime,
                RestoreTableToPointInTimeInput(
                    sourceTableName: "orders", targetTableName: name, restoreDateTime: state.0))
            let items = try await cloud.scan(ScanInput(tableName: name))
            #expect(Set(items.map(\.attributes)) == state.1)
        }
        let window = try await cloud.call(
            DynamoDBAPI.describeContinuousBackups,
            DescribeContinuousBackupsInput(tableName: "orders")
        ).continuousBackupsDescription?.pointInTimeRecoveryDescription
        #expect(window?.pointInTimeRecoveryStatus == "ENABLED")
        #expect(window?.earliestRestorableDateTime == states[0].0)
    }
}
