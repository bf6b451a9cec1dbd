import IAMModel
import Platform
import Wire

/// A policy that AWS gives to every account: `arn:aws:iam::aws:policy/AdministratorAccess`.
struct AWSManagedPolicy: Sendable {
    /// The policy as an entity of the account `aws`.
    let entity: Entity
    let document: String

    /// When they all were made, since Apus has no history of them.
    private static let created = Instant(seconds: 1_735_689_600)
    private static let idCharacters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// Every one, by ARN.
    static let all: [String: AWSManagedPolicy] = {
        var policies: [String: AWSManagedPolicy] = [:]
        for line in AWSManagedPolicyList.text.split(separator: "\n") {
            let policy = AWSManagedPolicy(line: line)
            policies[policy.entity.arn(in: "aws")] = policy
        }
        return policies
    }()

    /// Every one, by ARN and sorted.
    static let sorted: [Entity] = all.values.map(\.entity).sorted { $0.name < $1.name }

    /// The policy with this ARN.
    static func named(_ arn: String) -> AWSManagedPolicy? { all[arn] }

    /// The only version of a policy of AWS; `nil` for other policies.
    static func revision(of policy: Entity) -> PolicyRevision? {
        guard policy.account == "aws", let managed = all[policy.arn(in: "aws")] else { return nil }
        return PolicyRevision(number: 1, document: managed.document, created: created)
    }

    /// Reads a line: path and name, a bar, and statements between semicolons. A statement is actions, and after `on` resources;
    /// `all but` begins the actions that are left out.
    private init(line: Substring) {
        let halves = line.split(separator: "|").map { $0.drop { $0 == " " } }
        let full = halves[0].filter { $0 != " " }
        let slash = full.lastIndex(of: "/")
        let name = slash.map { String(full[full.index(after: $0)...]) } ?? String(full)
        let path = slash.map { "/\(full[...$0])" } ?? "/"
        let statements = halves[1].split(separator: ";").map { Self.statement($0) }
        document =
            Document.object(["Version": "2012-10-17", "Statement": .array(statements)]).jsonText
        var entity = Entity(
            account: "aws", reference: EntityReference(.policy, name), path: path,
            id: "ANPA" + Self.identifier(of: name), created: Self.created)
        entity.number = 1
        entity.description = "Provides what \(name) says."
        self.entity = entity
    }

    private static func statement(_ text: Substring) -> Document {
        let parts = text.split(separator: " on ")
        var actions = parts[0].split(separator: " ").map { Document.string(String($0)) }
        var members: [String: Document] = ["Effect": "Allow", "Resource": "*"]
        if actions.first == "but" {
            actions.removeFirst()
            members["NotAction"] = .array(actions)
        } else {
            members["Action"] = .array(actions)
        }
        if parts.count == 2 {
            let resources = parts[1].split(separator: " ").map { Document.string(String($0)) }
            members["Resource"] = .array(resources)
        }
        return .object(members)
    }

    /// Seventeen characters that are always the same for a name (FNV-1a).
    private static func identifier(of name: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var characters: [UInt8] = []
        for round in 0..<17 as Range<UInt8> {
            for byte in Array(name.utf8) + [round] {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            }
            characters.append(idCharacters[Int(hash >> 32 & 31)])
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
