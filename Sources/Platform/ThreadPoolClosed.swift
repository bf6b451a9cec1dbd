/// A pool of threads takes no more work, since it has been closed.
package struct ThreadPoolClosed: Error {
    package init() {}
}
