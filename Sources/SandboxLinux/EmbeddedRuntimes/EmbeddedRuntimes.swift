/// The bootstraps of the managed runtimes, which the host writes to its directory when it starts.
enum EmbeddedRuntimes {
    /// Each file's path below the directory of runtimes, and its text.
    static var files: [(path: String, text: String)] { nodejs + python }
}
