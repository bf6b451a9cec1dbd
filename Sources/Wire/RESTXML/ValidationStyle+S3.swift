extension ValidationStyle {
    /// How S3 words violated constraints: what is wrong in a document is not said, what is wrong in a header or parameter has a
    /// code of its own.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList>
    static let s3 = ValidationStyle { violations in
        // The members of the outermost structure stand in headers, the query and the path; what is deeper is a document's.
        let violation = violations.first { !$0.path.utf8.contains(UInt8(ascii: ".")) }
        guard let violation else { return s3Violation(inDocument: violations) }
        let fields: [String: Document] = [
            "ArgumentName": .string(violation.path),
            "ArgumentValue": .string(violation.value ?? ""),
        ]
        switch violation.path {
        case "storageClass":
            return AWSError(
                "InvalidStorageClass", "The storage class you specified is not valid", status: 400,
                fields: ["StorageClassRequested": .string(violation.value ?? "")])
        case "encodingType":
            return AWSError(
                "InvalidArgument", "Invalid Encoding Method specified in Request", status: 400,
                fields: fields)
        case "metadataDirective", "taggingDirective":
            return AWSError(
                "InvalidArgument", "Unknown \(violation.path.dropLast(9)) directive.", status: 400,
                fields: fields)
        case "key":
            return AWSError("InvalidURI", "Couldn't parse the specified URI.", status: 400)
        default:
            // A document that is the whole body and is not there.
            if violation.isNull {
                return AWSError(
                    "MissingRequestBodyError", "Request Body is empty", status: 400)
            }
            return AWSError("InvalidArgument", "Invalid Argument", status: 400, fields: fields)
        }
    }

    private static func s3Violation(inDocument violations: [ConstraintViolation]) -> AWSError {
        if let location = violations.first(where: { $0.path.hasSuffix(".locationConstraint") }) {
            return AWSError(
                "InvalidLocationConstraint", "The specified location-constraint is not valid",
                status: 400, fields: ["LocationConstraint": .string(location.value ?? "")])
        }
        return AWSError(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
            status: 400)
    }
}
