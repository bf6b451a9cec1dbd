/// One wire protocol: how a request names its operation, and how inputs, outputs and errors stand
/// in HTTP messages.
package protocol WireCodec: Sendable {
    /// Finds the operation that `request` is for.
    ///
    /// - Throws: `AWSError`: `UnknownOperationException` and its kin where AWS has no such operation;
    ///   `NotImplemented` (501), naming the operation, where AWS has it and Apus does not serve it.
    func operation(for request: WireRequest, in service: ServiceSchema) throws -> OperationSchema

    /// Reads the input. The body of `request` has been collected unless the input streams it.
    ///
    /// - Throws: `AWSError`: `SerializationException`, `ValidationException` and their kin in this
    ///   protocol and service.
    func decode<Input: Structure>(
        _ type: Input.Type, of operation: OperationSchema, in service: ServiceSchema,
        from request: WireRequest
    ) throws -> Input

    /// Writes a success.
    func encode(
        _ output: some Structure, of operation: OperationSchema, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse

    /// Writes an error. `operation` is `nil` where none was found.
    func encode(
        _ error: AWSError, of operation: OperationSchema?, in service: ServiceSchema,
        requestID: String
    ) -> WireResponse
}
