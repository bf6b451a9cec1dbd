import ServiceKit
import Wire

/// What a request is addressed to.
enum Destination: Sendable {
    /// Apus itself: what stands under `/_apus/` and `/_localstack/`.
    case admin
    /// A hosted thing.
    case site(HostedAddress)
    /// The API of an AWS service that is served.
    case api(Endpoint)
    /// The API of an AWS service that is not.
    case unserved(service: String)
    /// Only the form in the body can tell.
    case form
    /// Nothing that Apus knows.
    case nothing
}

/// The API that a request is for.
struct Endpoint: Sendable {
    /// The services that it may be: several share a name in signatures, such as the two versions of API Gateway. The
    /// operation then tells.
    var services: [ServiceDescription]
    /// The region that the host name or the path gives.
    var region: String?
    /// What the host name says of the resource, as a path: `/bucket` in S3's virtual-host style.
    var hostPath = ""
}
