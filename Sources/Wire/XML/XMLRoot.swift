/// The element of an outermost structure.
enum XMLRoot {
    /// There is none: the structure's members stand in an element that is open already.
    case none
    case named(String)
    /// The element that the model names, or that is called as the shape is.
    case modeled

    /// The name of the element of the structure at `place`.
    func name(at place: Place) -> String? {
        switch self {
        case .none: return nil
        case .named(let name): return name
        case .modeled:
            if let member = place.member, member.wireName != member.name { return member.wireName }
            return place.shape.locationName ?? place.shape.name
        }
    }
}
