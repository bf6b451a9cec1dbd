import Platform
import S3Model
import ServiceKit
import Wire

/// Makes a bucket.
struct CreateBucket: OperationHandler {
    static let operation = S3API.createBucket
    let store: S3Store

    func access(for input: CreateBucketRequest, in context: RequestContext) async throws
        -> [AccessRequest]
    {
        let keys: [String: String?] = [
            "s3:LocationConstraint": input.createBucketConfiguration?.locationConstraint,
            "s3:x-amz-acl": input.acl, "s3:x-amz-object-ownership": input.objectOwnership,
        ]
        var requests = [try await store.access(context, "s3:CreateBucket", to: input.bucket, keys)]
        if input.objectLockEnabledForBucket == true {
            requests.append(
                try await store.access(
                    context, "s3:PutBucketObjectLockConfiguration", to: input.bucket))
            requests.append(
                try await store.access(context, "s3:PutBucketVersioning", to: input.bucket))
        }
        if input.objectOwnership != nil {
            requests.append(
                try await store.access(context, "s3:PutBucketOwnershipControls", to: input.bucket))
        }
        return requests
    }

    func handle(_ input: CreateBucketRequest, in context: RequestContext) async throws
        -> CreateBucketOutput
    {
        guard context.principal != .anonymous else { throw S3Failure.accessDenied }
        guard BucketName.isValid(input.bucket) else {
            throw S3Failure.invalidBucketName(input.bucket)
        }
        let configuration = input.createBucketConfiguration
        if configuration?.location != nil || configuration?.bucket != nil {
            throw S3Failure.notServed("A directory bucket")
        }
        let region = try Self.region(configuration?.locationConstraint, endpoint: context.region)
        let ownership = input.objectOwnership ?? "BucketOwnerEnforced"
        let acl = input.accessControl
        if ownership == "BucketOwnerEnforced", !acl.isHarmless(bucketOwner: context.account) {
            throw AWSError(
                "InvalidBucketAclWithObjectOwnership",
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
                status: 400)
        }
        let grants = try acl.grants(
            owner: context.account, bucketOwner: context.account, isBucket: true)
        guard !grants.contains(where: \.isPublic) else {
            // A new bucket's public access is blocked, until its owner says otherwise.
            throw AWSError(
                "InvalidBucketAclWithBlockPublicAccessError",
                "Bucket cannot have public ACLs set with BlockPublicAccess enabled", status: 400)
        }
        var bucket = BucketRecord(
            id: store.rowID(), name: input.bucket, account: context.account, region: region,
            created: store.clock.now, grants: grants)
        bucket.ownership = ownership
        if input.objectLockEnabledForBucket == true {
            bucket.hasLocks = true
            bucket.versioning = .enabled
        }
        try await create(bucket, tags: configuration?.tags)
        let origin = context.origin
        return CreateBucketOutput(
            location: region == "us-east-1"
                ? "/\(bucket.name)" : origin.hostedURL("\(bucket.name).s3"))
    }

    private func create(_ bucket: BucketRecord, tags: [Tag]?) async throws {
        var settings: [(BucketSetting, [UInt8])] = [
            (.publicAccessBlock, S3Store.bytes(of: PublicAccessBlockConfiguration.blocksAll))
        ]
        if let tags, !tags.isEmpty {
            _ = try ObjectTag.checked(tags, limit: S3Limits.bucketTags)
            settings.append((.tagging, S3Store.bytes(of: Tagging(tagSet: tags))))
        }
        do {
            try await store.create(bucket, settings: settings)
        } catch let error as AWSError
            where error.code == "BucketAlreadyOwnedByYou" && bucket.region == "us-east-1"
        {
            // There, and there only, making one's own bucket again succeeds and resets its access control list.
            let present = try await store.bucket(bucket.name)
            guard present.region == bucket.region else { throw error }
            try await store.update(present) { $0.grants = bucket.grants }
        }
    }

    /// The region of the new bucket: where the request was sent, unless that is us-east-1, which makes buckets anywhere.
    private static func region(_ constraint: String?, endpoint: String) throws -> String {
        let constraint = constraint.flatMap { $0.isEmpty ? nil : $0 }
        let region = constraint == "EU" ? "eu-west-1" : constraint
        if endpoint == "us-east-1" {
            guard let region else { return endpoint }
            guard region != endpoint, Self.isRegion(region) else {
                throw AWSError(
                    "InvalidLocationConstraint", "The specified location-constraint is not valid",
                    status: 400, fields: ["LocationConstraint": .string(region)])
            }
            return region
        }
        guard let region else { throw S3Failure.illegalLocation("unspecified") }
        guard region == endpoint else { throw S3Failure.illegalLocation(region) }
        return region
    }

    /// Whether `text` has the form of a region's name: `eu-central-1`, `us-gov-west-1`.
    private static func isRegion(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return (3...4).contains(parts.count) && Int(parts[parts.count - 1]) != nil
            && parts.dropLast().allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isLetter) }
    }
}

extension CreateBucketRequest {
    fileprivate var accessControl: ACLRequest {
        ACLRequest(
            canned: acl,
            headers: [
                ("FULL_CONTROL", grantFullControl), ("READ", grantRead), ("WRITE", grantWrite),
                ("READ_ACP", grantReadACP), ("WRITE_ACP", grantWriteACP),
            ])
    }
}

extension PublicAccessBlockConfiguration {
    /// What a new bucket has.
    static let blocksAll = PublicAccessBlockConfiguration(
        blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true,
        restrictPublicBuckets: true)
}
