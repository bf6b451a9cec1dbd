/// The two ways to name a request's parameters.
enum QueryDialect {
    /// Lists and maps that are not flattened have a level of their own: `Tags.member.1`,
    /// `Attributes.entry.1.key`.
    case aws
    /// All lists are flat, and names begin in upper case: `Filter.1.Value.1`.
    case ec2
}
