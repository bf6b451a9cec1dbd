import Archive
import Blobs
import Crypto
import LambdaModel
import Logging
import NIOCore
import Platform
import Wire

/// Functions' code: the zip files as blobs, and unpacked on this machine, once for each content, ready to be shown to sandboxes.
final class CodeStore: Sendable {
    private let blobs: any BlobStore
    private let directory: CodeDirectory
    private let threads = ThreadPool(name: "lambda-code", maximumThreads: 2)
    private let logger: Logger

    init(blobs: any BlobStore, directory: CodeDirectory, logger: Logger) {
        self.blobs = blobs
        self.directory = directory
        self.logger = logger
    }

    /// Checks, unpacks and keeps a deployment package.
    ///
    /// - Parameters:
    ///   - location: where it came from, which bounds its size.
    ///   - operation: the operation that brought it, for the message about its size.
    /// - Throws: `RequestEntityTooLargeException`, `InvalidParameterValueException`.
    func save(
        _ zip: [UInt8], from location: CodeLocation, for operation: String
    ) async throws -> CodePackage {
        let (digest, unzippedSize) = try await check(zip, from: location, for: operation)
        let blob = try await blobs.put(ByteBuffer(bytes: zip))
        return CodePackage(
            blob: blob.id, digest: digest, size: zip.count, unzippedSize: unzippedSize)
    }

    /// Checks and unpacks a deployment package, and returns its SHA-256 and the bytes that it unpacks to.
    ///
    /// - Throws: as `save` does.
    func check(
        _ zip: [UInt8], from location: CodeLocation, for operation: String
    ) async throws -> (digest: [UInt8], unzippedSize: Int) {
        guard zip.count <= location.zippedLimitBytes else {
            throw AWSError(
                "RequestEntityTooLargeException",
                "Request must be smaller than \(LambdaLimits.codeRequestBytes) bytes for the "
                    + "\(operation) operation", status: 413)
        }
        guard !zip.isEmpty else {
            throw LambdaRefusal.invalidParameter("Uploaded file must be a non-empty zip")
        }
        let digest = Array(SHA256.hash(data: zip))
        _ = try await unpack(zip, digest: digest)
        return (digest, (try? ZipArchive(zip).size) ?? 0)
    }

    /// The directory with the unpacked code; unpacked again where this machine does not have it.
    ///
    /// - Throws: `BlobError` where the code is gone.
    func path(of code: CodePackage) async throws -> String {
        if let path = try await threads.run({ [directory] in directory.path(of: code.digest) }) {
            return path
        }
        let zip = try await blobs.collect(code.blob, upTo: LambdaLimits.unzippedBytes)
        return try await unpack(Array(zip.readableBytesView), digest: code.digest)
    }

    /// A number that is another one after something in a directory has changed.
    func stamp(of path: String) async throws -> UInt64 {
        try await threads.run { SourceDirectory(path)?.stamp() ?? 0 }
    }

    /// The zip file of a package.
    ///
    /// - Throws: `BlobError` where it is gone.
    func zipFile(_ code: CodePackage) async throws -> Body {
        .stream(try await blobs.read(code.blob, range: nil), length: code.size)
    }

    /// Deletes a package whose row is gone. The unpacked code stays until the next start, since functions may be running it.
    func discard(_ code: CodePackage) async {
        do {
            try await blobs.delete(code.blob)
        } catch {
            logger.error(
                "a deleted function's code stays",
                metadata: ["blob": "\(code.blob)", "error": "\(error)"])
        }
    }

    /// Deletes the unpacked code that no version has.
    func sweep(keeping digests: Set<[UInt8]>) async throws {
        try await threads.run { [directory] in directory.sweep(keeping: digests) }
    }

    private func unpack(_ zip: [UInt8], digest: [UInt8]) async throws -> String {
        do {
            return try await threads.run { [directory] in
                try directory.unpack(zip, digest: digest)
            }
        } catch let error as ZipError {
            switch error {
            case .tooManyBytes(let limit):
                throw LambdaRefusal.invalidParameter(
                    "Unzipped size must be smaller than \(limit) bytes")
            case .notWritten:
                throw error
            case .malformed, .unsupported, .corrupt, .unsafePath, .tooManyEntries:
                logger.debug("a deployment package is refused", metadata: ["error": "\(error)"])
                throw LambdaRefusal.invalidParameter(
                    "Could not unzip uploaded file. Please check your file, then try to upload "
                        + "again.")
            }
        }
    }
}
