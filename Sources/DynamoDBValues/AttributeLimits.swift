/// The quotas of values and items.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
package enum AttributeLimits {
    /// How many levels of lists and maps an attribute may have, its own value included.
    package static let nestingLevels = 32
    /// The greatest size of an item, names included, in bytes.
    package static let itemBytes = 400 * 1024
}
