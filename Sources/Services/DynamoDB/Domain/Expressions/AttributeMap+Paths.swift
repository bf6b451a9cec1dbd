import DynamoDBValues
import Wire

extension AttributeMap {
    /// Puts a value at a path.
    ///
    /// - Throws: `ValidationException` where nothing is that the path could lead into.
    mutating func set(_ value: AttributeValue, at path: DocumentPath) throws {
        guard !path.steps.isEmpty else {
            self[path.root] = value
            return
        }
        let isFound: Void? = try modify(path.root) { old in
            try old.set(value, at: path.steps[...])
        }
        if isFound == nil { throw AttributeValue.invalidPath }
    }

    /// Removes what is at a path, if anything is.
    ///
    /// - Throws: `ValidationException` where nothing is that the path could lead into.
    mutating func remove(_ path: DocumentPath) throws {
        guard !path.steps.isEmpty else {
            self[path.root] = nil
            return
        }
        let isFound: Void? = try modify(path.root) { old in try old.remove(path.steps[...]) }
        if isFound == nil { throw AttributeValue.invalidPath }
    }
}

extension AttributeValue {
    fileprivate static var invalidPath: AWSError {
        .validation("The document path provided in the update expression is invalid for update")
    }

    /// Changes what is one step into this, with the steps that are left after it.
    private mutating func descend(
        _ steps: ArraySlice<DocumentPath.Step>,
        _ change: (inout AttributeValue, ArraySlice<DocumentPath.Step>) throws -> Void
    ) throws {
        let rest = steps.dropFirst()
        switch (steps.first, self) {
        case (.attribute(let name)?, .map(var map)):
            self = .null
            let isFound: Void? = try map.modify(name) { try change(&$0, rest) }
            self = .map(map)
            if isFound == nil { throw Self.invalidPath }
        case (.index(let index)?, .list(var list)):
            guard index < list.count else { throw Self.invalidPath }
            self = .null
            try change(&list[index], rest)
            self = .list(list)
        default: throw Self.invalidPath
        }
    }

    fileprivate mutating func set(
        _ value: AttributeValue, at steps: ArraySlice<DocumentPath.Step>
    ) throws {
        guard steps.count == 1 else {
            return try descend(steps) { try $0.set(value, at: $1) }
        }
        switch (steps.first, self) {
        case (.attribute(let name)?, .map(var map)):
            self = .null
            map[name] = value
            self = .map(map)
        case (.index(let index)?, .list(var list)):
            self = .null
            if index < list.count { list[index] = value } else { list.append(value) }
            self = .list(list)
        default: throw Self.invalidPath
        }
    }

    fileprivate mutating func remove(_ steps: ArraySlice<DocumentPath.Step>) throws {
        guard steps.count == 1 else { return try descend(steps) { try $0.remove($1) } }
        switch (steps.first, self) {
        case (.attribute(let name)?, .map(var map)):
            self = .null
            map[name] = nil
            self = .map(map)
        case (.index(let index)?, .list(var list)):
            guard index < list.count else { return }
            self = .null
            list.remove(at: index)
            self = .list(list)
        default: throw Self.invalidPath
        }
    }
}
