import DynamoDBValues
import Platform

/// What a write does to one item: what was there, and what will be.
struct ItemChange: Sendable {
    /// What a stream's records call a change.
    enum Event: String, Sendable {
        case insert = "INSERT"
        case modify = "MODIFY"
        case remove = "REMOVE"
    }

    let table: Table
    let key: StoredKey
    let old: EncodedItem?
    let new: EncodedItem?
    let time: Instant
    /// Whether DynamoDB itself makes it, since the item expired.
    var isByService = false

    var event: Event { old == nil ? .insert : new == nil ? .remove : .modify }

    /// One of the two images; a change that is worth keeping has one.
    var image: EncodedItem {
        guard let image = new ?? old else { preconditionFailure("nothing became of nothing") }
        return image
    }
}

/// What an item is in an index.
struct IndexRow: Hashable, Sendable {
    let place: StoredKey
    /// What the index projects; `nil` where it refers to the table's item.
    let copy: EncodedItem?

    /// The row of an item; `nil` where the item is not in the index, since it has not all of the key's attributes.
    init?(of item: EncodedItem, in index: TableIndex) {
        guard let place = index.key.place(Item(item), of: index.id) else { return nil }
        self.place = place
        if index.hasCopies, case .some(let names) = index.contents {
            copy = item.projected(to: Array(names))
        } else {
            copy = nil
        }
    }
}

/// Which images a stream's records carry.
struct StreamView: Sendable {
    let hasOldImage: Bool
    let hasNewImage: Bool

    init(_ viewType: String) {
        hasOldImage = viewType == "OLD_IMAGE" || viewType == "NEW_AND_OLD_IMAGES"
        hasNewImage = viewType == "NEW_IMAGE" || viewType == "NEW_AND_OLD_IMAGES"
    }
}
