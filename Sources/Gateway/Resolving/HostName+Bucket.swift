extension HostName {
    /// The bucket that the name names in S3's virtual-host style: `<bucket>.s3.<region>.localhost`, or `<bucket>.localhost` for
    /// clients that put the bucket in front of whatever endpoint they are given. A bucket's name may have dots.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>
    var bucket: String? {
        let end =
            labels.lastIndex(where: Self.isBucketService)
            ?? (baseDomain == nil ? 0 : labels.count)
        let names = labels[..<end]
        guard !names.isEmpty, !names.allSatisfy(Self.isRegion) else { return nil }
        return names.joined(separator: ".")
    }

    /// Whether a label is S3's: `s3`, or `s3-us-west-2`, as the older regions have it.
    static func isBucketService(_ label: String) -> Bool {
        label == "s3"
            || label.hasPrefix("s3-") && !label.hasPrefix("s3-website")
                && (isRegion(String(label.dropFirst(3))) || label == "s3-accelerate")
    }
}
