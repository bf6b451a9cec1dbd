import Platform
import Wire

extension SignatureFailure {
    /// The error as a service that speaks `dialect` gives it.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html>
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
    func awsError(in dialect: SignatureDialect) -> AWSError {
        dialect == .s3 ? s3Error : commonError(in: dialect)
    }

    // MARK: - Every service but S3

    private func commonError(in dialect: SignatureDialect) -> AWSError {
        if dialect == .ec2 {
            return AWSError(
                "AuthFailure", "AWS was not able to validate the provided access credentials",
                status: 401)
        }
        let isQuery = dialect == .query
        let status = dialect == .json ? 400 : 403
        switch self {
        case .missing:
            return AWSError(
                isQuery ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException",
                dialect == .restJSON
                    ? "Missing Authentication Token" : "Request is missing Authentication Token",
                status: status)
        case .unknownKey:
            return AWSError(
                isQuery ? "InvalidClientTokenId" : "UnrecognizedClientException",
                "The security token included in the request is invalid.", status: status)
        case .expiredToken:
            return AWSError(
                isQuery ? "ExpiredToken" : "ExpiredTokenException",
                "The security token included in the request is expired", status: status)
        case .incomplete, .incompleteQuery, .unsupportedAlgorithm, .malformedDate,
            .malformedExpires, .negativeExpires, .excessiveExpires, .missingPayloadHash,
            .malformedPayloadHash:
            return AWSError(
                isQuery ? "IncompleteSignature" : "IncompleteSignatureException", text,
                status: isQuery || dialect == .json ? 400 : 403)
        case .malformedCredential, .wrongTerminator, .invalidRegion, .wrongDay,
            .hostNotSigned, .expired, .notYetCurrent, .urlExpired, .mismatch, .payloadMismatch:
            return AWSError(
                isQuery ? "SignatureDoesNotMatch" : "InvalidSignatureException", text,
                status: status)
        }
    }

    private var text: String {
        switch self {
        case .incomplete(let missing):
            let parts = missing.map { "Authorization header requires '\($0)' parameter." }
            let date =
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
            return (missing.isEmpty ? [date] : parts).joined(separator: " ")
        case .incompleteQuery(let missing):
            return missing.map { "AWS query-string parameters must include '\($0)'." }
                .joined(separator: " ") + " Re-examine the query-string parameters."
        case .unsupportedAlgorithm(let algorithm):
            return "Unsupported AWS 'algorithm': '\(algorithm)'. Apus verifies AWS4-HMAC-SHA256."
        case .malformedCredential(let credential):
            return "Credential must have exactly 5 slash-delimited elements, "
                + "e.g. keyid/date/region/service/term, got '\(credential)'"
        case .wrongTerminator(let terminator):
            return
                "Credential should be scoped with a valid terminator: 'aws4_request', not '\(terminator)'."
        case .invalidRegion: return "Credential should be scoped to a valid region."
        case .malformedDate(let date):
            return "Date must be in ISO-8601 'basic format'. Got '\(date)'. "
                + "See http://en.wikipedia.org/wiki/ISO_8601"
        case .wrongDay(let scope, let timestamp):
            return
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                + "'\(scope)' != '\(timestamp.prefix(8))', from '\(timestamp)'."
        case .hostNotSigned:
            return "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
        case .malformedExpires: return "X-Amz-Expires should be a number"
        case .negativeExpires: return "X-Amz-Expires must be non-negative"
        case .excessiveExpires:
            return "X-Amz-Expires must be less than a week (in seconds); that is, the given "
                + "X-Amz-Expires must be less than \(SignatureClaim.maximumExpiresSeconds) seconds"
        case .missingPayloadHash:
            return "Missing required header for this request: x-amz-content-sha256"
        case .malformedPayloadHash:
            return
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER "
                + "or a valid sha256 value."
        case .payloadMismatch:
            return "The provided 'x-amz-content-sha256' header does not match what was computed."
        case .expired(let signed, let now, let skew):
            return "Signature expired: \(signed.iso8601Basic) is now earlier than "
                + "\((now - skew).iso8601Basic) (\(now.iso8601Basic) - \(skew.components.seconds / 60) min.)"
        case .notYetCurrent(let signed, let now, let skew):
            return "Signature not yet current: \(signed.iso8601Basic) is still later than "
                + "\((now + skew).iso8601Basic) (\(now.iso8601Basic) + \(skew.components.seconds / 60) min.)"
        case .urlExpired(let expires, _, let now):
            return
                "Signature expired: \(expires.iso8601Basic) is now earlier than \(now.iso8601Basic)"
        case .mismatch(let mismatch): return mismatch.text
        case .missing: return "Request is missing Authentication Token"
        case .unknownKey: return "The security token included in the request is invalid."
        case .expiredToken: return "The security token included in the request is expired"
        }
    }

    // MARK: - S3

    private var s3Error: AWSError {
        switch self {
        case .missing: return AWSError("AccessDenied", "Access Denied", status: 403)
        case .unknownKey(let key):
            return AWSError(
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.", status: 403,
                fields: ["AWSAccessKeyId": .string(key)])
        case .expiredToken:
            return AWSError("ExpiredToken", "The provided token has expired.", status: 400)
        case .unsupportedAlgorithm:
            return AWSError(
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
                status: 400)
        case .expired(let signed, let now, let skew), .notYetCurrent(let signed, let now, let skew):
            return AWSError(
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
                status: 403,
                fields: [
                    "RequestTime": .string(signed.iso8601Basic),
                    "ServerTime": .string(now.iso8601),
                    "MaxAllowedSkewMilliseconds": .integer(skew.wholeMilliseconds),
                ])
        case .urlExpired(let expires, let seconds, let now):
            var fields: [String: Document] = [
                "Expires": .string(expires.iso8601), "ServerTime": .string(now.iso8601),
            ]
            if let seconds { fields["X-Amz-Expires"] = .integer(Int64(seconds)) }
            return AWSError("AccessDenied", "Request has expired", status: 403, fields: fields)
        case .mismatch(let mismatch): return mismatch.s3Error
        case .payloadMismatch(let claimed, let computed):
            return AWSError(
                "XAmzContentSHA256Mismatch", text, status: 400,
                fields: [
                    "ClientComputedContentSHA256": .string(claimed),
                    "S3ComputedContentSHA256": .string(computed),
                ])
        case .missingPayloadHash: return AWSError("InvalidRequest", text, status: 400)
        case .malformedPayloadHash: return AWSError("InvalidArgument", text, status: 400)
        case .incompleteQuery:
            return AWSError(
                "AuthorizationQueryParametersError",
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                    + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
                status: 400)
        case .malformedExpires, .negativeExpires, .excessiveExpires:
            return AWSError("AuthorizationQueryParametersError", text, status: 400)
        case .malformedDate:
            return AWSError(
                "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header",
                status: 403)
        case .incomplete, .malformedCredential, .wrongTerminator, .invalidRegion,
            .wrongDay, .hostNotSigned:
            return AWSError(
                "AuthorizationHeaderMalformed", "The authorization header is malformed; \(text)",
                status: 400)
        }
    }
}

extension SignatureFailure.Mismatch {
    private static let advice =
        "The request signature we calculated does not match the signature you provided. "

    fileprivate var text: String {
        var text =
            Self.advice
            + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
        if !canonicalRequest.isEmpty {
            text +=
                "\n\nThe Canonical String for this request should have been\n'\(canonicalRequest)'"
        }
        return text + "\n\nThe String-to-Sign should have been\n'\(stringToSign)'\n"
    }

    fileprivate var s3Error: AWSError {
        var fields: [String: Document] = [
            "AWSAccessKeyId": .string(accessKeyID),
            "StringToSign": .string(stringToSign),
            "SignatureProvided": .string(signature),
            "StringToSignBytes": .string(Self.spaced(stringToSign)),
        ]
        if !canonicalRequest.isEmpty {
            fields["CanonicalRequest"] = .string(canonicalRequest)
            fields["CanonicalRequestBytes"] = .string(Self.spaced(canonicalRequest))
        }
        return AWSError(
            "SignatureDoesNotMatch", Self.advice + "Check your key and signing method.",
            status: 403, fields: fields)
    }

    /// `41 57 53 34`
    private static func spaced(_ text: String) -> String {
        text.utf8.map { Hexadecimal.string(CollectionOfOne($0)) }.joined(separator: " ")
    }
}
