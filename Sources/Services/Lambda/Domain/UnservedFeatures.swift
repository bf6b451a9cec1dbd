import LambdaModel

/// What Lambda's functions can have and Apus does not serve: a request that asks for it is refused, never half obeyed.
enum UnservedFeatures {
    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(in input: CreateFunctionRequest) throws {
        if input.packageType == "Image" || input.imageConfig != nil {
            throw LambdaRefusal.notServed("PackageType Image")
        }
        try refuse(vpc: input.vpcConfig, fileSystems: input.fileSystemConfigs)
        if input.publishTo != nil { throw LambdaRefusal.notServed("PublishTo") }
        if input.capacityProviderConfig != nil {
            throw LambdaRefusal.notServed("CapacityProviderConfig")
        }
        if input.durableConfig != nil { throw LambdaRefusal.notServed("DurableConfig") }
        if input.tenancyConfig != nil { throw LambdaRefusal.notServed("TenancyConfig") }
    }

    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(in input: UpdateFunctionConfigurationRequest) throws {
        if input.imageConfig != nil { throw LambdaRefusal.notServed("PackageType Image") }
        try refuse(vpc: input.vpcConfig, fileSystems: input.fileSystemConfigs)
        if input.capacityProviderConfig != nil {
            throw LambdaRefusal.notServed("CapacityProviderConfig")
        }
        if input.durableConfig != nil { throw LambdaRefusal.notServed("DurableConfig") }
    }

    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(in input: PublishVersionRequest) throws {
        if input.publishTo != nil { throw LambdaRefusal.notServed("PublishTo") }
    }

    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(in input: UpdateFunctionCodeRequest) throws {
        if input.publishTo != nil { throw LambdaRefusal.notServed("PublishTo") }
    }

    /// Empty lists and empty configurations ask for nothing.
    private static func refuse(
        vpc: VpcConfig?, fileSystems: [FileSystemConfig]?
    ) throws {
        if vpc?.subnetIds?.isEmpty == false || vpc?.securityGroupIds?.isEmpty == false {
            throw LambdaRefusal.notServed("VpcConfig")
        }
        if fileSystems?.isEmpty == false { throw LambdaRefusal.notServed("FileSystemConfigs") }
    }
}
