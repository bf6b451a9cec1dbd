import LambdaModel

/// Where a request takes a function's code from.
enum CodeSource {
    /// The zip file that a request carries.
    ///
    /// - Throws: `InvalidParameterValueException` where the request says too little or too much; `NotImplemented` for other sources.
    static func zipFile(
        _ zipFile: [UInt8]?, s3Bucket: String?, s3Key: String?, imageURI: String?
    ) throws -> [UInt8] {
        if imageURI != nil { throw LambdaRefusal.notServed("ImageUri") }
        guard let zipFile else {
            if s3Bucket != nil || s3Key != nil { throw LambdaRefusal.notServed("Code from S3") }
            throw LambdaRefusal.invalidParameter("Please provide a source for function code.")
        }
        guard s3Bucket == nil, s3Key == nil else {
            throw LambdaRefusal.invalidParameter(
                "Please do not provide other FunctionCode parameters when providing a ZipFile.")
        }
        return zipFile
    }
}
