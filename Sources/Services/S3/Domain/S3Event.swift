/// What happens to objects, as notifications name it.
enum S3Event {
    enum Kind: String, Sendable, CaseIterable {
        case objectCreatedPut = "ObjectCreated:Put"
        case objectCreatedPost = "ObjectCreated:Post"
        case objectCreatedCopy = "ObjectCreated:Copy"
        case objectCreatedUpload = "ObjectCreated:CompleteMultipartUpload"
        case objectRemovedDelete = "ObjectRemoved:Delete"
        case objectRemovedMarker = "ObjectRemoved:DeleteMarkerCreated"
        case objectRestorePost = "ObjectRestore:Post"
        case objectRestoreCompleted = "ObjectRestore:Completed"
        case objectRestoreDelete = "ObjectRestore:Delete"
        case lifecycleDelete = "LifecycleExpiration:Delete"
        case lifecycleMarker = "LifecycleExpiration:DeleteMarkerCreated"
        case lifecycleTransition = "LifecycleTransition"
        case taggingPut = "ObjectTagging:Put"
        case taggingDelete = "ObjectTagging:Delete"
        case aclPut = "ObjectAcl:Put"
    }
}
