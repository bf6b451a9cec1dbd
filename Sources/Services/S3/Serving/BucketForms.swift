import HTTPTypes
import NIOCore
import Platform
import S3Model
import ServiceKit
import Wire

/// Takes objects from forms that browsers send: `POST` to a bucket.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>
struct BucketForms: HostedSite {
    let store: S3Store

    func respond(
        to request: WireRequest, at address: HostedAddress, in context: RequestContext
    ) async throws -> WireResponse {
        guard let form = request.form else {
            throw S3Failure.methodNotAllowed(request.method.rawValue, "BUCKET")
        }
        guard let name = form["key"], !name.isEmpty else {
            throw S3Failure.argument(
                "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
                "key", "")
        }
        var fields: [String: String] = ["bucket": address.id]
        for field in form.fields { fields[field.name.lowercased()] = field.value }
        let key = Self.key(name, file: form.fileName)
        fields["key"] = key
        var length: ClosedRange<Int64>?
        if context.principal != .anonymous {
            guard let text = form["policy"] else { throw S3Failure.accessDenied }
            let policy = try PostPolicy(text)
            try policy.check(fields, now: store.clock.now)
            length = policy.length
        }
        var input = try Self.input(fields, key: key, in: address.id)
        // The form around the file makes this more than the file has: enough to say where it is kept.
        let bound = request.headers[.contentLength].flatMap { Int($0) } ?? Int(S3Limits.putBytes)
        input.body = .stream(
            BoundedBody(base: form.file, length: length ?? 0...S3Limits.putBytes), length: bound)
        if input.contentType == nil { input.contentType = form.fileType }
        let put = PutObject(store: store)
        try await store.caller.authorize(put.access(for: input, in: context), in: context)
        let output = try await put.put(input, in: context, as: .objectCreatedPost)
        return Self.answer(output, fields, key: key, bucket: address.id, context)
    }

    /// `${filename}` in a key is the name of the file, without the folders that some browsers send with it.
    private static func key(_ key: String, file: String?) -> String {
        let mark = "${filename}"
        guard let index = key.utf8.indices.first(where: { key[$0...].hasPrefix(mark) }) else {
            return key
        }
        let name = (file ?? "").split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let rest = key[key.utf8.index(index, offsetBy: mark.utf8.count)...]
        return String(key[..<index]) + name + rest
    }

    private static func input(
        _ fields: [String: String], key: String, in bucket: String
    ) throws -> PutObjectRequest {
        let prefix = "x-amz-meta-"
        var metadata: [String: String] = [:]
        for (name, value) in fields where name.hasPrefix(prefix) {
            metadata[String(name.dropFirst(prefix.count))] = value
        }
        return PutObjectRequest(
            acl: fields["acl"], bucket: bucket, cacheControl: fields["cache-control"],
            contentDisposition: fields["content-disposition"],
            contentEncoding: fields["content-encoding"], contentMD5: fields["content-md5"],
            contentType: fields["content-type"],
            checksumAlgorithm: fields["x-amz-checksum-algorithm"],
            checksumCRC32: fields["x-amz-checksum-crc32"],
            checksumCRC32C: fields["x-amz-checksum-crc32c"],
            checksumSHA1: fields["x-amz-checksum-sha1"],
            checksumSHA256: fields["x-amz-checksum-sha256"], expires: fields["expires"], key: key,
            metadata: metadata.isEmpty ? nil : metadata,
            serverSideEncryption: fields["x-amz-server-side-encryption"],
            storageClass: fields["x-amz-storage-class"],
            websiteRedirectLocation: fields["x-amz-website-redirect-location"],
            ssekmsKeyId: fields["x-amz-server-side-encryption-aws-kms-key-id"],
            tagging: try fields["tagging"].map(tags))
    }

    /// The tags of a `Tagging` document, as the header has them.
    private static func tags(_ document: String) throws -> String {
        let request = WireRequest(
            method: .put, path: "/bucket/key", query: "tagging", body: Body(text: document))
        let input = try WireProtocol.restXML.codec.decode(
            PutObjectTaggingRequest.self, of: S3API.putObjectTagging.schema,
            in: S3API.description.schema(), from: request)
        return input.tagging.tagSet.map { tag in
            "\(PercentEncoding.encode(tag.key))=\(PercentEncoding.encode(tag.value))"
        }.joined(separator: "&")
    }

    private static func answer(
        _ output: PutObjectOutput, _ fields: [String: String], key: String, bucket: String,
        _ context: RequestContext
    ) -> WireResponse {
        let location = CompleteMultipartUpload.location(of: key, in: bucket, context.origin)
        var headers: HTTPFields = [.location: location]
        headers[.eTag] = output.eTag
        headers[.amzVersionID] = output.versionId
        let target = fields["success_action_redirect"] ?? fields["redirect"]
        if let target, !target.isEmpty {
            let query = [("bucket", bucket), ("key", key), ("etag", output.eTag ?? "")]
                .map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
            headers[.location] = target + (target.contains("?") ? "&" : "?") + query
            return WireResponse(status: 303, headers: headers)
        }
        switch fields["success_action_status"] {
        case "200": return WireResponse(status: 200, headers: headers)
        case "201":
            headers[.contentType] = "application/xml"
            let members = [
                ("Location", location), ("Bucket", bucket), ("Key", key),
                ("ETag", output.eTag ?? ""),
            ]
            let xml = members.map { "<\($0.0)>\(escaped($0.1))</\($0.0)>" }.joined()
            return WireResponse(
                status: 201, headers: headers,
                body: Body(
                    text:
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse>\(xml)</PostResponse>"
                ))
        default: return WireResponse(status: 204, headers: headers)
        }
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }
}

/// A body that must have so many bytes.
private struct BoundedBody: AsyncSequence, Sendable {
    let base: any AsyncSequence<ByteBuffer, any Error> & Sendable
    let length: ClosedRange<Int64>

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: any AsyncIteratorProtocol<ByteBuffer, any Error>
        fileprivate let length: ClosedRange<Int64>
        fileprivate var count: Int64 = 0

        mutating func next() async throws -> ByteBuffer? {
            guard let bytes = try await base.next() else {
                guard count >= length.lowerBound else {
                    throw AWSError(
                        "EntityTooSmall",
                        "Your proposed upload is smaller than the minimum allowed size",
                        status: 400,
                        fields: [
                            "ProposedSize": .integer(count),
                            "MinSizeAllowed": .integer(length.lowerBound),
                        ])
                }
                return nil
            }
            count += Int64(bytes.readableBytes)
            guard count <= length.upperBound else {
                throw S3Failure.entityTooLarge(count, limit: length.upperBound)
            }
            return bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), length: length)
    }
}
