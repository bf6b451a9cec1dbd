import IAMModel
import Platform
import ServiceKit
import Wire

/// Makes virtual devices and checks the codes that they show.
struct VirtualDevices: Sendable {
    private static let seedBytes = 40
    private static let purpose = "iam mfa seed"
    /// Half minutes that a device's clock may be off.
    private static let skew: Int64 = 1
    /// Half minutes within which the clock of a device is looked for when it is given to a user.
    private static let search: Int64 = 20
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    let rootKey: RootKey
    let randomness: any Randomness

    /// A new device, and its seed.
    func make(
        _ name: String, path: String, in context: RequestContext
    ) -> (device: Entity, seed: [UInt8]) {
        var device = Entity(
            account: context.account, reference: EntityReference(.mfaDevice, name), path: path,
            created: context.time)
        let seed = randomness.bytes(Self.seedBytes)
        let sealed = rootKey.seal(
            seed, for: Self.purpose, bindingTo: binding(device), randomness: randomness)
        device.document = Base64.encode(sealed)
        return (device, seed)
    }

    /// A new device as the answer has it, with its seed to be typed in. Apus draws no picture of it.
    func answer(
        _ device: Entity, seed: [UInt8], tags: [Tag]?, in context: RequestContext
    ) -> VirtualMFADevice {
        let text = Self.base32(seed)
        return VirtualMFADevice(
            serialNumber: device.arn(in: context.partition), base32StringSeed: Array(text.utf8),
            qrCodePNG: Array(
                "otpauth://totp/\(device.name)@\(context.account)?secret=\(text)&issuer=Apus".utf8),
            tags: tags)
    }

    /// Finds the time of a device by two codes that follow each other.
    ///
    /// - Throws: `InvalidAuthenticationCode`.
    func synchronize(_ device: inout Entity, _ codes: [String], at time: Instant) throws {
        let now = OneTimeCode.step(at: time)
        if let seed = seed(of: device), codes.count == 2 {
            for step in (now - Self.search)...(now + Self.search)
            where OneTimeCode.code(seed, step: step) == codes[0]
                && OneTimeCode.code(seed, step: step + 1) == codes[1]
            {
                device.details["offset"] = .integer(step + 1 - now)
                return
            }
        }
        throw IAMError.invalidAuthenticationCodeException(
            "Authentication code for device is not valid")
    }

    /// Accepts a code, once.
    ///
    /// - Returns: Whether the device shows this code now, and nobody used it before.
    func accept(_ code: String, of device: inout Entity, at time: Instant) -> Bool {
        guard let seed = seed(of: device) else { return false }
        let now = OneTimeCode.step(at: time) + (device.details["offset"]?.integerValue ?? 0)
        let last = device.details["used"]?.integerValue ?? .min
        for step in (now - Self.skew)...(now + Self.skew)
        where step > last && OneTimeCode.code(seed, step: step) == code {
            device.details["used"] = .integer(step)
            return true
        }
        return false
    }

    private func seed(of device: Entity) -> [UInt8]? {
        guard let sealed = device.document.flatMap({ Base64.decode($0.utf8) }) else { return nil }
        return rootKey.open(sealed, for: Self.purpose, bindingTo: binding(device))
    }

    private func binding(_ device: Entity) -> String { "\(device.account)/\(device.name)" }

    private static func base32(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (bits, count): (UInt64, Int) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt64(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> UInt64(count) & 31)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
