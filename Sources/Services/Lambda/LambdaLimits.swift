/// The quotas of Lambda, each with its unit and where AWS documents it
/// (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html unless it says otherwise).
enum LambdaLimits {
    // MARK: Code

    /// A deployment package that is uploaded directly, in bytes: 50 MiB.
    static let zippedBytes = 50 << 20
    /// The request that carries one in base64, in bytes, as Lambda's message about it says.
    static let codeRequestBytes = 70_167_211
    /// A deployment package when it is unpacked, in bytes: 250 MiB.
    static let unzippedBytes = 250 << 20
    /// Files, directories and links in a deployment package. Ours; Lambda documents none.
    static let packageEntries = 200_000
    /// All code of an account in a region, in bytes: 75 GiB.
    static let totalCodeBytes = 75 << 30

    // MARK: Configuration

    /// The name of a function, in characters (API_CreateFunction).
    static let nameCharacters = 64
    /// Memory in MiB.
    static let memoryMiB = 128...10_240
    /// The longest time for one event, in seconds.
    static let timeoutSeconds = 900
    /// The environment variables together, in bytes of JSON: 4 KiB.
    static let environmentBytes = 4 << 10
    /// Tags of a function (dg/configuration-tags.html).
    static let tags = 50
    /// The key of a tag, in characters.
    static let tagKeyCharacters = 128
    /// The value of a tag, in characters.
    static let tagValueCharacters = 256
    /// A resource policy, in bytes.
    static let policyBytes = 20 << 10
    /// Functions on a page of `ListFunctions` (API_ListFunctions).
    static let pageSize = 50
    /// Layers of a function.
    static let layers = 5

    // MARK: Invocation

    /// The payload of a synchronous invocation, in bytes: 6 MiB.
    static let payloadBytes = 6 << 20
    /// The payload of an asynchronous invocation, in bytes: 1 MiB.
    static let asynchronousPayloadBytes = 1 << 20
    /// The client context, in bytes of base64 (API_Invoke).
    static let clientContextBytes = 3_583
    /// Invocations of an account in a region at a time.
    static let concurrentExecutions = 1_000
    /// What must be left of them for functions without concurrency of their own (dg/configuration-concurrency.html).
    static let leastUnreservedConcurrency = 100
    /// How often an event may come round to the same function before it is stopped (dg/invocation-recursion.html).
    static let recursions = 16

    // MARK: Asynchronous invocation (dg/invocation-async-error-handling.html)

    /// How often an event is tried again that the function failed on.
    static let asynchronousRetries = 2
    /// How long to wait before the first and before the second of those.
    static let asynchronousRetryDelays: [Duration] = [.seconds(60), .seconds(120)]
    /// How long an event is kept.
    static let asynchronousEventAge: Duration = .seconds(6 * 3600)
    /// The first and the longest delay after throttling.
    static let throttledRetryDelays: (first: Duration, longest: Duration) = (
        .seconds(1), .seconds(300)
    )
    /// How often it is tried to deliver a record to a destination. Ours.
    static let deliveryAttempts = 8
    /// How many events one node works on at a time. Ours.
    static let asynchronousConcurrency = 64

    // MARK: Event sources (dg/invocation-eventsourcemapping.html)

    /// Mappings on a page of `ListEventSourceMappings` (API_ListEventSourceMappings).
    static let mappingPageSize = 100
    /// Filters of a mapping.
    static let filters = 10
    /// Batches of a queue that are under way at a time where the mapping does not say. Ours; Lambda goes up to 1,250.
    static let queueConcurrency = 32
    /// Mappings that one node polls at a time. Ours.
    static let mappings = 1_000
    /// Between polls of a shard that has nothing new, first and longest. Lambda polls four times a second.
    static let shardPolls: (first: Duration, longest: Duration) = (
        .milliseconds(250), .seconds(1)
    )
    /// How often it is looked for new shards.
    static let shardDiscovery: Duration = .seconds(10)
    /// Between attempts at a batch, first and longest. Ours.
    static let batchRetryDelays: (first: Duration, longest: Duration) = (.seconds(1), .seconds(60))
    /// How long a queue is asked to wait for a message.
    static let queueWaitSeconds = 5

    // MARK: Inside (ours)

    /// Log lines that wait for CloudWatch Logs, in bytes.
    static let waitingLogBytes = 16 << 20
    /// How long log lines may join a batch after the last one was sent.
    static let logGathering = Duration.milliseconds(100)
    /// How long after a change on another node its old version may still be invoked here.
    static let cachedVersionAge: Duration = .seconds(1)
    /// Versions that are kept in memory.
    static let cachedVersions = 10_000
    /// How long before their end a function's credentials are replaced.
    static let credentialsMargin: Duration = .seconds(300)
    /// How often what is kept warm is compared with what is configured.
    static let provisioningCheck: Duration = .seconds(60)
    /// Parts of a streamed response that may wait for the client.
    static let waitingChunks = 8
    /// The metadata at the front of a streamed HTTP response, in bytes.
    static let preludeBytes = 64 << 10
}
