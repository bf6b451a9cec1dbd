import Crypto
import HTTPTypes
import NIOCore
import Platform
import ServiceKit
import Wire

/// Verifies the signature of requests: who made them, and that what they say is what was signed.
struct Authenticator: Sendable {
    let credentials: CredentialStore
    let clock: any Clock
    let skew: Duration
    private let keys = SigningKeyCache()

    init(credentials: CredentialStore, clock: any Clock, skew: Duration) {
        self.credentials = credentials
        self.clock = clock
        self.skew = skew
    }

    /// Finds out who made `request`, and opens its body: chunk framing is taken off, and what is left to be verified is
    /// verified as the body is read.
    ///
    /// - Parameter admitsAnonymous: Whether a request without a signature passes as anonymous.
    /// - Throws: `AWSError` in the words of `dialect`.
    func authenticate(
        _ request: inout WireRequest, in dialect: SignatureDialect, admitsAnonymous: Bool
    ) async throws -> Identity {
        do {
            let payload = try PayloadClaim(of: request)
            if dialect == .s3, let claim = try SignatureV2Claim(of: request) {
                let identity = try await verify(&request, claim, payload)
                if claim.expires != nil { PresignedHeaders.move(in: &request) }
                return identity
            }
            guard let claim = try SignatureClaim(of: request) else {
                guard admitsAnonymous else { throw SignatureFailure.missing }
                try open(&request, payload, nil)
                return .anonymous
            }
            let identity = try await verify(&request, claim, payload, in: dialect)
            if dialect == .s3, claim.place != .header { PresignedHeaders.move(in: &request) }
            return identity
        } catch let failure as SignatureFailure {
            throw failure.awsError(in: dialect)
        } catch CredentialFailure.invalid {
            throw SignatureFailure.unknownKey("").awsError(in: dialect)
        } catch CredentialFailure.expired {
            throw SignatureFailure.expiredToken.awsError(in: dialect)
        }
    }

    private func verify(
        _ request: inout WireRequest, _ claim: SignatureClaim, _ payload: PayloadClaim,
        in dialect: SignatureDialect
    ) async throws -> Identity {
        try checkDates(of: claim)
        let known = try await credentials.find(
            claim.accessKeyID, sessionToken: claim.sessionToken)
        let principal: Principal
        var session: SessionIdentity?
        var seed: Seed?
        switch known {
        case .unverifiable(let stranger):
            principal = stranger
        case .credential(let credential):
            if let expiration = credential.expiration, expiration <= clock.now {
                throw SignatureFailure.expiredToken
            }
            let key = keys.key(secret: credential.secretAccessKey, scope: claim.scope)
            try check(claim, of: request, payload, key, in: dialect)
            credentials.noteUse(of: claim)
            principal = credential.principal
            session = credential.session
            seed = Seed(claim: claim, secret: credential.secretAccessKey, key: key)
        }
        try open(&request, payload, seed)
        return Identity(
            principal: principal, account: principal.account ?? Identity.defaultAccount,
            accessKeyID: claim.accessKeyID, session: session, region: claim.scope.region)
    }

    /// Verifies a signature of version 2.
    private func verify(
        _ request: inout WireRequest, _ claim: SignatureV2Claim, _ payload: PayloadClaim
    ) async throws -> Identity {
        let now = clock.machineTime
        if let expires = claim.expires, now > expires {
            throw SignatureFailure.urlExpired(expires: expires, seconds: nil, now: now)
        }
        if let time = claim.time, time < now - skew || time > now + skew {
            throw SignatureFailure.expired(signed: time, now: now, skew: skew)
        }
        let known = try await credentials.find(
            claim.accessKeyID, sessionToken: claim.sessionToken)
        var session: SessionIdentity?
        let principal: Principal
        switch known {
        case .unverifiable(let stranger): principal = stranger
        case .credential(let credential):
            if let expiration = credential.expiration, expiration <= clock.now {
                throw SignatureFailure.expiredToken
            }
            guard claim.isValid(secret: credential.secretAccessKey) else {
                throw SignatureFailure.mismatch(
                    .init(
                        accessKeyID: claim.accessKeyID, signature: claim.signature,
                        stringToSign: claim.stringToSign, canonicalRequest: ""))
            }
            principal = credential.principal
            session = credential.session
        }
        try open(&request, payload, nil)
        return Identity(
            principal: principal, account: principal.account ?? Identity.defaultAccount,
            accessKeyID: claim.accessKeyID, session: session)
    }

    /// Finds out who vouches for a form of a browser; nobody does where it has no signature.
    ///
    /// - Throws: `AWSError` in the words of S3.
    func authenticate(_ form: MultipartForm) async throws -> Identity {
        do {
            guard let claim = try FormClaim(form) else { return .anonymous }
            let known = try await credentials.find(
                claim.accessKeyID, sessionToken: claim.sessionToken)
            var session: SessionIdentity?
            let principal: Principal
            switch known {
            case .unverifiable(let stranger): principal = stranger
            case .credential(let credential):
                if let expiration = credential.expiration, expiration <= clock.now {
                    throw SignatureFailure.expiredToken
                }
                try claim.verify(secret: credential.secretAccessKey)
                principal = credential.principal
                session = credential.session
            }
            return Identity(
                principal: principal, account: principal.account ?? Identity.defaultAccount,
                accessKeyID: claim.accessKeyID, session: session, region: claim.region)
        } catch let failure as SignatureFailure {
            throw failure.awsError(in: .s3)
        }
    }

    // MARK: - Dates

    /// Checks when the request was signed, by the machine's clock: the clients' clocks follow no virtual one.
    private func checkDates(of claim: SignatureClaim) throws {
        guard claim.timestamp.hasPrefix(claim.scope.date) else {
            throw SignatureFailure.wrongDay(scope: claim.scope.date, timestamp: claim.timestamp)
        }
        let now = clock.machineTime
        guard claim.time <= now + skew else {
            throw SignatureFailure.notYetCurrent(signed: claim.time, now: now, skew: skew)
        }
        switch claim.place {
        case .header:
            guard claim.time >= now - skew else {
                throw SignatureFailure.expired(signed: claim.time, now: now, skew: skew)
            }
        case .query(let seconds):
            let expires = claim.time + .seconds(seconds)
            guard now <= expires else {
                throw SignatureFailure.urlExpired(expires: expires, seconds: seconds, now: now)
            }
        }
    }

    // MARK: - The signature

    private func check(
        _ claim: SignatureClaim, of request: WireRequest, _ payload: PayloadClaim,
        _ key: SigningKey, in dialect: SignatureDialect
    ) throws {
        guard claim.signedHeaders.contains("host") else { throw SignatureFailure.hostNotSigned }
        let canonical = CanonicalRequest(
            request, signedHeaders: claim.signedHeaders,
            payloadHash: try hash(of: request, payload, claim, in: dialect),
            encodesPathOnce: dialect.encodesPathOnce)
        let digest = Hexadecimal.string(SHA256.hash(data: canonical.bytes))
        let text = "\(SignatureClaim.algorithm)\n\(claim.timestamp)\n\(claim.scope)\n\(digest)"
        guard key.verify(claim.signature, of: text) else {
            throw SignatureFailure.mismatch(
                .init(
                    accessKeyID: claim.accessKeyID, signature: claim.signature, stringToSign: text,
                    canonicalRequest: canonical.text))
        }
    }

    /// What the canonical request has for the body.
    private func hash(
        of request: WireRequest, _ payload: PayloadClaim, _ claim: SignatureClaim,
        in dialect: SignatureDialect
    ) throws -> String {
        switch payload {
        case .hash(let hash): return hash
        case .unsigned, .chunked, .events:
            return request.headers[.amzContentSHA256] ?? ""
        case .absent:
            if dialect.requiresPayloadHash {
                guard case .query = claim.place else { throw SignatureFailure.missingPayloadHash }
                return "UNSIGNED-PAYLOAD"
            }
            guard case .bytes(let bytes) = request.body else {
                throw SignatureFailure.missingPayloadHash
            }
            return Self.hash(of: bytes)
        }
    }

    // MARK: - The body

    /// What the signatures in a body begin with.
    private struct Seed {
        let claim: SignatureClaim
        let secret: String
        let key: SigningKey

        var chunks: ChunkSignatureChain {
            ChunkSignatureChain(
                key: key, scope: claim.scope, timestamp: claim.timestamp, seed: claim.signature,
                accessKeyID: claim.accessKeyID)
        }

        func events(_ keys: SigningKeyCache) -> EventVerifier {
            EventVerifier(
                key: { [secret] scope in keys.key(secret: secret, scope: scope) },
                scope: claim.scope, accessKeyID: claim.accessKeyID, previous: claim.signature)
        }
    }

    /// Makes the body what the operation reads.
    private func open(
        _ request: inout WireRequest, _ payload: PayloadClaim, _ seed: Seed?
    ) throws {
        switch (payload, request.body) {
        case (.absent, _), (.unsigned, _), (.events, .bytes): break
        case (.events, .stream):
            request.body = .stream(
                SignedEvents(
                    messages: EventStreamMessages(request.body), verifier: seed?.events(keys)),
                length: nil)
        case (.hash(let claimed), .bytes(let bytes)):
            let computed = Self.hash(of: bytes)
            guard computed == claimed else {
                throw SignatureFailure.payloadMismatch(claimed: claimed, computed: computed)
            }
        case (.hash(let claimed), .stream(let stream, let length)):
            request.body = .stream(HashedBody(base: stream, claimed: claimed), length: length)
        case (.chunked(let isSigned, let hasTrailer), _):
            try AWSChunkedBody.open(
                &request, signatures: isSigned ? seed?.chunks : nil, hasTrailer: hasTrailer)
        }
    }

    private static func hash(of bytes: ByteBuffer) -> String {
        bytes.withUnsafeReadableBytes { Hexadecimal.string(SHA256.hash(data: $0)) }
    }
}
