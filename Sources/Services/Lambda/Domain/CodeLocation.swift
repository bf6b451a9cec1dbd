import LambdaModel

/// Where a request says that code is.
enum CodeLocation: Sendable {
    case zipFile([UInt8])
    case s3(bucket: String, key: String, version: String?)

    /// How large the zip file may be, in bytes.
    var zippedLimitBytes: Int {
        switch self {
        case .zipFile: LambdaLimits.zippedBytes
        case .s3: LambdaLimits.unzippedBytes
        }
    }

    /// - Throws: `InvalidParameterValueException` where the request says too little or too much; `NotImplemented` for images.
    init(_ code: FunctionCode) throws {
        try self.init(
            zipFile: code.zipFile, bucket: code.s3Bucket, key: code.s3Key,
            version: code.s3ObjectVersion, imageURI: code.imageUri)
    }

    /// - Throws: as `init(_: FunctionCode)` does.
    init(_ input: UpdateFunctionCodeRequest) throws {
        try self.init(
            zipFile: input.zipFile, bucket: input.s3Bucket, key: input.s3Key,
            version: input.s3ObjectVersion, imageURI: input.imageUri)
    }

    /// - Throws: as `init(_: FunctionCode)` does.
    init(_ content: LayerVersionContentInput) throws {
        try self.init(
            zipFile: content.zipFile, bucket: content.s3Bucket, key: content.s3Key,
            version: content.s3ObjectVersion, imageURI: nil)
    }

    private init(
        zipFile: [UInt8]?, bucket: String?, key: String?, version: String?, imageURI: String?
    ) throws {
        if imageURI != nil { throw LambdaRefusal.notServed("ImageUri") }
        if let zipFile {
            guard bucket == nil, key == nil, version == nil else {
                throw LambdaRefusal.invalidParameter(
                    "Please do not provide other FunctionCode parameters when providing a ZipFile.")
            }
            self = .zipFile(zipFile)
            return
        }
        guard bucket != nil || key != nil else {
            throw LambdaRefusal.invalidParameter("Please provide a source for function code.")
        }
        guard let bucket, let key else {
            throw LambdaRefusal.invalidParameter(
                "Please provide both S3Bucket and S3Key for function code.")
        }
        self = .s3(bucket: bucket, key: key, version: version)
    }
}
