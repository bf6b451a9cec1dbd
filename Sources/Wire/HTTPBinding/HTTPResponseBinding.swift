package import HTTPTypes

/// Puts the members of an output or error that stand outside the body into a response.
package enum HTTPResponseBinding {
    /// Sets the status and headers that `members` of `shape` are bound to.
    package static func apply(
        _ members: [BoundMember], of shape: Shape, in schema: ServiceSchema,
        to response: inout WireResponse
    ) {
        for bound in members {
            let member = shape.members[bound.position]
            switch (member.location, bound.value) {
            case (.statusCode, .text(let text)): response.status = Int(text) ?? response.status
            case (.header, .text(let text)): add(member.wireName, text, to: &response.headers)
            case (.header, .list(let texts)) where !texts.isEmpty:
                let element = schema.shapes[schema.shapes[member.target].members[0].target]
                let value = HeaderList.join(texts, quotes: element.kind == .string)
                add(member.wireName, value, to: &response.headers)
            case (.headers, .map(let entries)):
                for case (let key, .text(let text)) in entries {
                    add(member.wireName + key, text, to: &response.headers)
                }
            default: break
            }
        }
    }

    /// Puts an output into a response: what `writer` has set aside, and `body`, which it has written.
    ///
    /// - Parameters:
    ///   - contentType: the media type of `body`.
    ///   - blobType: the media type of a payload of bytes, where no member of the output says it.
    static func apply(
        _ writer: ShapeWriter, _ body: Body, of shape: Shape, in schema: ServiceSchema,
        to response: inout WireResponse, contentType: String, blobType: String
    ) {
        apply(writer.bound, of: shape, in: schema, to: &response)
        let type: String
        if let payload = writer.payload {
            response.body = payload
            switch shape.payload.map({ schema.shapes[shape.members[$0].target].kind }) {
            case .string: type = "text/plain"
            case .blob: type = blobType
            default: type = EventStreamMessage.contentType
            }
        } else if writer.hasWrittenBody {
            response.body = body
            type = contentType
        } else {
            return
        }
        if response.headers[.contentType] == nil { response.headers[.contentType] = type }
    }

    /// Sets the headers that `error`'s shape binds members to; returns the fields that are left for
    /// the body.
    package static func apply(
        _ error: AWSError, in schema: ServiceSchema, to headers: inout HTTPFields
    ) -> [String: Document] {
        guard !error.fields.isEmpty,
            let shape = schema.shapes.first(where: { $0.name == error.code && $0.hasHTTPBindings })
        else { return error.fields }
        var fields = error.fields
        for member in shape.members where member.location == .header {
            guard
                let value = fields.removeValue(forKey: member.wireName)
                    ?? fields.removeValue(forKey: member.name)
            else { continue }
            switch value {
            case .string(let text): add(member.wireName, text, to: &headers)
            default: add(member.wireName, value.jsonText, to: &headers)
            }
        }
        return fields
    }

    private static func add(_ name: String, _ value: String, to headers: inout HTTPFields) {
        // A name made from a key of a map may be none that HTTP allows; there is no way to send it.
        guard let name = HTTPField.Name(name) else { return }
        headers.append(HTTPField(name: name, value: value))
    }
}
