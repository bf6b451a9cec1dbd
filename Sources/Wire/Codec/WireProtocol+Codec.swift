extension WireProtocol {
    /// What reads and writes the messages of this protocol.
    package var codec: any WireCodec {
        switch self {
        case .awsJSON10: AWSJSONCodec.version10
        case .awsJSON11: AWSJSONCodec.version11
        case .awsQuery: AWSQueryCodec()
        case .ec2Query: EC2QueryCodec()
        case .restJSON: RESTJSONCodec()
        case .restXML: RESTXMLCodec()
        case .rpcV2CBOR: RPCv2CBORCodec()
        }
    }
}
