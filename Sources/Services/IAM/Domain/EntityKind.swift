import IAMModel
import Wire

/// The kinds of things that IAM keeps by name.
enum EntityKind: String, Sendable {
    case user = "user"
    case group = "group"
    case role = "role"
    case policy = "policy"
    case instanceProfile = "instance-profile"
    case mfaDevice = "mfa"
    case openIDProvider = "oidc-provider"
    case samlProvider = "saml-provider"
    case serverCertificate = "server-certificate"
    case loginProfile = "login-profile"
    case sshKey = "ssh-key"
    case signingCertificate = "signing-certificate"

    /// The four letters with which unique identifiers begin.
    ///
    /// Source: "IAM identifiers" in the IAM User Guide.
    var idPrefix: String {
        switch self {
        case .user: "AIDA"
        case .group: "AGPA"
        case .role: "AROA"
        case .policy: "ANPA"
        case .instanceProfile: "AIPA"
        case .serverCertificate: "ASCA"
        case .sshKey: "APKA"
        case .mfaDevice, .openIDProvider, .samlProvider, .loginProfile, .signingCertificate: ""
        }
    }

    /// How many an account may have, and the quota's name.
    var quota: (limit: Int, name: String)? {
        switch self {
        case .user: (IAMLimits.usersPerAccount, "UsersPerAccount")
        case .group: (IAMLimits.groupsPerAccount, "GroupsPerAccount")
        case .role: (IAMLimits.rolesPerAccount, "RolesPerAccount")
        case .policy: (IAMLimits.policiesPerAccount, "PoliciesPerAccount")
        case .instanceProfile:
            (IAMLimits.instanceProfilesPerAccount, "InstanceProfilesPerAccount")
        case .openIDProvider:
            (IAMLimits.openIDProvidersPerAccount, "OpenIdConnectProvidersPerAccount")
        case .samlProvider: (IAMLimits.samlProvidersPerAccount, "SAMLProvidersPerAccount")
        case .serverCertificate:
            (IAMLimits.serverCertificatesPerAccount, "ServerCertificatesPerAccount")
        case .mfaDevice, .loginProfile, .sshKey, .signingCertificate: nil
        }
    }

    /// The error for a name that nothing has.
    func missing(_ name: String) -> AWSError {
        let text =
            switch self {
            case .user, .group, .role: "The \(rawValue) with name \(name) cannot be found."
            case .policy: "Policy \(name) was not found."
            case .instanceProfile: "Instance Profile \(name) cannot be found."
            case .mfaDevice: "VirtualMFADevice with serial number \(name) doesn't exist."
            case .openIDProvider: "OpenIDConnect Provider not found for arn \(name)"
            case .samlProvider: "Manifest not found for arn \(name)"
            case .serverCertificate: "The Server Certificate with name \(name) cannot be found."
            case .loginProfile: "Login Profile for User \(name) cannot be found."
            case .sshKey: "The Public Key with id \(name) cannot be found."
            case .signingCertificate: "The Certificate with id \(name) cannot be found."
            }
        return IAMError.noSuchEntityException(text)
    }

    /// The error for a name that something has already.
    func existing(_ name: String) -> AWSError {
        let text =
            switch self {
            case .user: "User with name \(name) already exists."
            case .group: "Group with name \(name) already exists."
            case .role: "Role with name \(name) already exists."
            case .policy:
                "A policy called \(name) already exists. Duplicate names are not allowed."
            case .instanceProfile: "Instance Profile \(name) already exists."
            case .mfaDevice: "MFADevice entity at the same path and name already exists."
            case .openIDProvider: "Provider with url \(name) already exists."
            case .samlProvider: "SAMLProvider with name \(name) already exists."
            case .serverCertificate:
                "The Server Certificate with name \(name) already exists."
            case .loginProfile: "Login Profile for user \(name) already exists."
            case .sshKey, .signingCertificate: "\(name) already exists."
            }
        return IAMError.entityAlreadyExistsException(text)
    }
}
