/// An operation of a service's API: the constant under which a service registers a handler, and a
/// caller calls it.
package struct Operation<Input: Structure, Output: Structure>: Sendable {
    package let service: ServiceDescription
    /// The operation's position in `ServiceSchema.operations`.
    package let index: Int
    /// The operation's name, such as `CreateFunction`.
    package let name: String

    package init(_ service: ServiceDescription, _ index: Int, _ name: String) {
        self.service = service
        self.index = index
        self.name = name
    }

    /// The wire's view of the operation.
    package var schema: OperationSchema { service.schema().operations[index] }
}
