/// The names of members where lists can be flattened: in XML and in forms.
struct XMLNames {
    private let shapes: [Shape]

    init(_ schema: ServiceSchema) {
        self.shapes = schema.shapes
    }

    /// The name of the elements of the member at `position` of `shape`.
    ///
    /// Where the list's own shape is flattened, as in older models, the name of its elements stands
    /// for that of the member.
    func name(of position: Int, in shape: Shape) -> String {
        let member = shape.members[position]
        let target = shapes[member.target]
        if target.kind == .list, target.isFlattened, target.members[0].isNamed {
            return target.members[0].wireName
        }
        return member.wireName
    }

    /// Whether the list or map at `position` of `shape` stands flat in the structure.
    func isFlattened(_ position: Int, in shape: Shape) -> Bool {
        let member = shape.members[position]
        return member.isFlattened || shapes[member.target].isFlattened
    }
}

extension Member {
    /// Whether the model names the elements of a list; the names that it leaves out are `member`.
    fileprivate var isNamed: Bool { wireName != name }
}
