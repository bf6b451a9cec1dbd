/// Why a job was given up.
package enum DeadLetterReason: String, Sendable {
    /// It was tried as often as the policy allows.
    case attemptsExhausted = "attempts"
    /// It is older than the policy allows.
    case ageExceeded = "age"
    /// Its handler answered `giveUp`.
    case givenUp = "given-up"
}
