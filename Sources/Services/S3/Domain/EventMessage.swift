import Platform
import Wire

/// The JSON that tells of an event.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>
struct EventMessage: Sendable {
    var event: S3Event.Kind
    var object: ObjectRecord
    var bucket: BucketRecord
    var actor: S3Actor
    var time: Instant

    /// What functions, queues and topics get.
    func record(configurationID: String) -> [UInt8] {
        let record: Document = [
            "eventVersion": "2.1", "eventSource": "aws:s3",
            "awsRegion": .string(bucket.region),
            "eventTime": .string(time.iso8601Milliseconds),
            "eventName": .string(event.rawValue),
            "userIdentity": ["principalId": .string(actor.principalID)],
            "requestParameters": ["sourceIPAddress": .string(actor.sourceIP)],
            "responseElements": [
                "x-amz-request-id": .string(actor.requestID),
                "x-amz-id-2": .string(Base64.encode(actor.requestID.utf8)),
            ],
            "s3": [
                "s3SchemaVersion": "1.0", "configurationId": .string(configurationID),
                "bucket": [
                    "name": .string(bucket.name),
                    "ownerIdentity": ["principalId": .string(CanonicalUser.id(of: bucket.account))],
                    "arn": .string(bucket.arn),
                ],
                "object": .object(objectMembers(isEncoded: true)),
            ],
        ]
        return Document.object(["Records": .array([record])]).json()
    }

    /// What EventBridge gets.
    func busEvent(id: String) -> [UInt8] {
        let (type, reason) = event.busNames
        var detail: [String: Document] = [
            "version": "0", "bucket": ["name": .string(bucket.name)],
            "object": .object(objectMembers(isEncoded: false)),
            "request-id": .string(actor.requestID),
            "requester": .string(actor.account ?? "s3.amazonaws.com"),
            "source-ip-address": .string(actor.sourceIP),
        ]
        if let (name, value) = reason { detail[name] = .string(value) }
        let event: Document = [
            "version": "0", "id": .string(id), "detail-type": .string(type), "source": "aws.s3",
            "account": .string(bucket.account), "time": .string(time.iso8601),
            "region": .string(bucket.region), "resources": [.string(bucket.arn)],
            "detail": .object(detail),
        ]
        return event.json()
    }

    private func objectMembers(isEncoded: Bool) -> [String: Document] {
        let key = isEncoded ? ListingEncoding("url")(object.key) : object.keyText
        var members: [String: Document] = ["key": .string(key), "sequencer": .string(sequencer)]
        if bucket.versioning != .never {
            members[isEncoded ? "versionId" : "version-id"] = .string(object.versionID)
        }
        let hasBytes = !object.isDeleteMarker && event != .objectRemovedDelete
        if hasBytes {
            members["size"] = .integer(object.size)
            members[isEncoded ? "eTag" : "etag"] = .string(object.eTag)
        }
        return members
    }

    /// Grows with each change under a key: hexadecimal digits that compare as text.
    private var sequencer: String {
        Hexadecimal.string(UInt64(bitPattern: time.milliseconds), digits: 12).uppercased()
            + Hexadecimal.string(UInt64(bitPattern: -object.rank), digits: 6).uppercased()
    }
}

extension S3Event.Kind {
    /// The detail type on EventBridge, and the member that says why.
    fileprivate var busNames: (type: String, reason: (String, String)?) {
        switch self {
        case .objectCreatedPut: ("Object Created", ("reason", "PutObject"))
        case .objectCreatedPost: ("Object Created", ("reason", "POST Object"))
        case .objectCreatedCopy: ("Object Created", ("reason", "CopyObject"))
        case .objectCreatedUpload: ("Object Created", ("reason", "CompleteMultipartUpload"))
        case .objectRemovedDelete: ("Object Deleted", ("deletion-type", "Permanently Deleted"))
        case .objectRemovedMarker: ("Object Deleted", ("deletion-type", "Delete Marker Created"))
        case .objectRestorePost: ("Object Restore Initiated", nil)
        case .objectRestoreCompleted: ("Object Restore Completed", nil)
        case .objectRestoreDelete: ("Object Restore Expired", nil)
        case .lifecycleDelete: ("Object Deleted", ("reason", "Lifecycle Expiration"))
        case .lifecycleMarker: ("Object Deleted", ("reason", "Lifecycle Expiration"))
        case .lifecycleTransition: ("Object Storage Class Changed", nil)
        case .taggingPut: ("Object Tags Added", nil)
        case .taggingDelete: ("Object Tags Deleted", nil)
        case .aclPut: ("Object ACL Updated", nil)
        }
    }
}
