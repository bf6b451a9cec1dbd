// The entry point of `swift test`. SwiftPM's own finds XCTest's tests through the index store, whose making costs a third of a
// build; ours are all Swift Testing's, which need none.
@_spi(ForToolsIntegrationOnly) import Testing

@main
struct Runner {
    static func main() async {
        await Testing.__swiftPMEntryPoint() as Never
    }
}
