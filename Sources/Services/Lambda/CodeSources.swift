import Archive
import LambdaModel
import NIOCore
import S3Model
import ServiceKit
import Wire

/// Brings code from where a request says that it is.
struct CodeSources: Sendable {
    let caller: ServiceCaller
    /// Whether the bucket `hot-reload` stands for directories of this machine.
    let allowsDirectories: Bool

    /// The directory that `location` stands for; `nil` where it is none.
    ///
    /// - Throws: `InvalidParameterValueException` where there is no such directory.
    func directory(_ location: CodeLocation) throws -> String? {
        guard allowsDirectories, case .s3(SourceDirectory.bucket, let key, _) = location else {
            return nil
        }
        guard let directory = SourceDirectory(key) else {
            throw LambdaRefusal.invalidParameter(
                "\(key) is not the absolute path of a directory of the machine that Apus runs on.")
        }
        return directory.path
    }

    /// The zip file at `location`; from S3 as the one who makes the request.
    ///
    /// - Throws: `InvalidParameterValueException` where S3 has no such object, `AccessDeniedException` where the caller may not
    ///   read it; the error of S3 otherwise.
    func zip(_ location: CodeLocation, in context: RequestContext) async throws -> [UInt8] {
        if let path = try directory(location) { return try Self.placeholder(for: path) }
        switch location {
        case .zipFile(let bytes): return bytes
        case .s3(let bucket, let key, let version):
            do {
                let object = try await caller.call(
                    S3API.getObject,
                    GetObjectRequest(bucket: bucket, key: key, versionId: version), in: context)
                guard let body = object.body else { return [] }
                let bytes = try await body.collect(upTo: location.zippedLimitBytes)
                return Array(bytes.readableBytesView)
            } catch let error as AWSError where error.fault == .client {
                throw Self.refusal(error, bucket: bucket, key: key)
            }
        }
    }

    /// What stands for the package of a function that has none.
    private static func placeholder(for path: String) throws -> [UInt8] {
        var archive = ZipWriter()
        try archive.addFile("directory.txt", contents: Array("\(path)\n".utf8))
        return archive.finish()
    }

    private static func refusal(_ error: AWSError, bucket: String, key: String) -> AWSError {
        let reason = "S3 Error Code: \(error.code). S3 Error Message: \(error.message)"
        guard error.status != 403 else {
            return CommonError.accessDenied(
                "Your access has been denied by S3, please make sure your request credentials have "
                    + "permission to GetObject for \(bucket)/\(key). \(reason)", ["Type": "User"])
        }
        return LambdaRefusal.invalidParameter("Error occurred while GetObject. \(reason)")
    }
}
