@testable import Wire

/// A service that speaks as S3 does.
enum BucketService {
    static let schema = schema(endpointPrefix: "s3")

    static func schema(endpointPrefix: String) -> ServiceSchema {
        ServiceSchema(
            ServiceDescription(
                name: "Buckets", signingName: "s3", endpointPrefix: endpointPrefix,
                apiVersion: "2006-03-01", targetPrefix: nil, protocols: [.restXML],
                xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/", isQueryCompatible: false,
                schema: { schema }),
            text: """
                s\tAclInput\tpayload=2\tBucket;1;r,l=uri,n=Bucket\t\
                ExpectedOwner;1;l=header,n=x-amz-expected-bucket-owner\tPolicy;2;n=AccessControlPolicy
                S\tString\t
                s\tPolicy\tn=AccessControlPolicy\tOwner;1;\tGrants;3;
                l\tGrants\t\tmember;4;n=Grantee
                s\tGrantee\tns=http://www.w3.org/2001/XMLSchema-instance,nsp=xsi\tID;1;\tType;1;n=xsi:type,attr,r
                s\tLocation\t\tLocationConstraint;1;
                o\tPutAcl\tPUT\t/{Bucket}?acl\t0\t-\t
                o\tGetAcl\tGET\t/{Bucket}?acl\t-\t2\t
                o\tGetLocation\tGET\t/{Bucket}?location\t-\t5\tunwrapped
                o\tHead\tHEAD\t/{Bucket}\t-\t-\t
                n\tDeleteCors\tDELETE\t/{Bucket}?cors
                """)
    }
}

struct BucketAclInput: Structure, Equatable {
    static var shape: Shape { BucketService.schema.shapes[0] }

    var bucket = ""
    var expectedOwner: String?
    var policy: BucketPolicy?

    init() {}

    init(bucket: String, expectedOwner: String?, policy: BucketPolicy?) {
        (self.bucket, self.expectedOwner, self.policy) = (bucket, expectedOwner, policy)
    }

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while let member = try reader.nextMember() {
            switch member {
            case 0: bucket = try reader.string()
            case 1: expectedOwner = try reader.string()
            case 2: policy = try reader.structure()
            default: break
            }
        }
    }

    func write(to writer: ShapeWriter) {}
}

struct BucketPolicy: Structure, Equatable {
    static var shape: Shape { BucketService.schema.shapes[2] }

    var owner: String?
    var grantees: [BucketGrantee]?

    init() {}

    init(owner: String?, grantees: [BucketGrantee]?) {
        (self.owner, self.grantees) = (owner, grantees)
    }

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while let member = try reader.nextMember() {
            switch member {
            case 0: owner = try reader.string()
            case 1:
                try reader.beginList()
                grantees = []
                while try reader.nextElement() { grantees?.append(try reader.structure()) }
            default: break
            }
        }
    }

    func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        if let owner {
            writer.member(0)
            writer.string(owner)
        }
        if let grantees {
            writer.member(1)
            writer.beginList(count: grantees.count)
            for grantee in grantees { grantee.write(to: writer) }
            writer.endList()
        }
        writer.endStructure()
    }
}

struct BucketGrantee: Structure, Equatable {
    static var shape: Shape { BucketService.schema.shapes[4] }

    var id: String?
    var type = ""

    init() {}

    init(id: String?, type: String) {
        (self.id, self.type) = (id, type)
    }

    mutating func read(from reader: ShapeReader) throws {
        try reader.beginStructure(Self.shape)
        while let member = try reader.nextMember() {
            switch member {
            case 0: id = try reader.string()
            case 1: type = try reader.string()
            default: break
            }
        }
    }

    func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        if let id {
            writer.member(0)
            writer.string(id)
        }
        writer.member(1)
        writer.string(type)
        writer.endStructure()
    }
}

struct BucketLocation: Structure {
    static var shape: Shape { BucketService.schema.shapes[5] }

    var location = ""

    init() {}

    init(location: String) { self.location = location }

    mutating func read(from reader: ShapeReader) throws {}

    func write(to writer: ShapeWriter) {
        writer.beginStructure(Self.shape)
        writer.member(0)
        writer.string(location)
        writer.endStructure()
    }
}
