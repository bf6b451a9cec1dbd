import Blobs
import LambdaModel
import Platform
import Storage
import Wire

/// A version of a layer as a function has it: it stays with the function when the layer is deleted.
struct LayerUse: Sendable, Equatable {
    /// The ARN of the layer's version.
    let arn: String
    let code: CodePackage

    init(arn: String, code: CodePackage) {
        self.arn = arn
        self.code = code
    }

    /// The layer as a function's configuration shows it.
    var model: Layer { Layer(arn: arn, codeSize: code.size) }

    /// Checks a function's code together with its layers.
    ///
    /// - Throws: `InvalidParameterValueException` where they unpack to too much.
    static func check(_ layers: [LayerUse], with code: CodePackage) throws {
        let total = layers.reduce(code.unzippedSize) { $0 + $1.code.unzippedSize }
        guard layers.isEmpty || total <= LambdaLimits.unzippedBytes else {
            throw LambdaRefusal.invalidParameter(
                "Function code combined with layers exceeds the maximum allowed size of "
                    + "\(LambdaLimits.unzippedBytes) bytes. The actual size is \(total) bytes.")
        }
    }

    /// Reads what `document` gave.
    ///
    /// - Throws: `StorageError` where it is something else.
    init(_ document: Document) throws {
        guard let arn = document["arn"]?.stringValue,
            let blob = document["blob"]?.stringValue.flatMap({ BlobID($0) }),
            let digest = document["digest"]?.stringValue.flatMap({ Base64.decode($0.utf8) })
        else { throw StorageError(.corrupt, "a function's layer has no code") }
        self.arn = arn
        code = CodePackage(
            blob: blob, digest: digest, size: Int(document["size"]?.integerValue ?? 0),
            unzippedSize: Int(document["unzippedSize"]?.integerValue ?? 0))
    }

    /// The layer as a row keeps it.
    var document: Document {
        [
            "arn": .string(arn), "blob": .string(code.blob.description),
            "digest": .string(code.sha256), "size": .integer(Int64(code.size)),
            "unzippedSize": .integer(Int64(code.unzippedSize)),
        ]
    }
}
