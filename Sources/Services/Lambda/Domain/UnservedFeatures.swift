import LambdaModel

/// What Lambda's functions can have and Apus does not serve: a request that asks for it is refused, never half obeyed.
enum UnservedFeatures {
    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(in input: CreateFunctionRequest) throws {
        if input.packageType == "Image" || input.imageConfig != nil {
            throw LambdaRefusal.notServed("PackageType Image")
        }
        try refuse(
            layers: input.layers, vpc: input.vpcConfig, fileSystems: input.fileSystemConfigs,
            deadLetters: input.deadLetterConfig)
        if input.publish == true || input.publishTo != nil {
            throw LambdaRefusal.notServed("Publish")
        }
        if input.codeSigningConfigArn != nil {
            throw LambdaRefusal.notServed("CodeSigningConfigArn")
        }
        if input.capacityProviderConfig != nil {
            throw LambdaRefusal.notServed("CapacityProviderConfig")
        }
        if input.durableConfig != nil { throw LambdaRefusal.notServed("DurableConfig") }
        if input.tenancyConfig != nil { throw LambdaRefusal.notServed("TenancyConfig") }
    }

    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(in input: UpdateFunctionConfigurationRequest) throws {
        if input.imageConfig != nil { throw LambdaRefusal.notServed("PackageType Image") }
        try refuse(
            layers: input.layers, vpc: input.vpcConfig, fileSystems: input.fileSystemConfigs,
            deadLetters: input.deadLetterConfig)
        if input.capacityProviderConfig != nil {
            throw LambdaRefusal.notServed("CapacityProviderConfig")
        }
        if input.durableConfig != nil { throw LambdaRefusal.notServed("DurableConfig") }
    }

    /// - Throws: `NotImplemented`, which names the feature.
    static func refuse(in input: UpdateFunctionCodeRequest) throws {
        if input.publish == true || input.publishTo != nil {
            throw LambdaRefusal.notServed("Publish")
        }
    }

    /// Empty lists and empty configurations ask for nothing.
    private static func refuse(
        layers: [String]?, vpc: VpcConfig?, fileSystems: [FileSystemConfig]?,
        deadLetters: DeadLetterConfig?
    ) throws {
        if layers?.isEmpty == false { throw LambdaRefusal.notServed("Layers") }
        if vpc?.subnetIds?.isEmpty == false || vpc?.securityGroupIds?.isEmpty == false {
            throw LambdaRefusal.notServed("VpcConfig")
        }
        if fileSystems?.isEmpty == false { throw LambdaRefusal.notServed("FileSystemConfigs") }
        if deadLetters?.targetArn?.isEmpty == false {
            throw LambdaRefusal.notServed("DeadLetterConfig")
        }
    }
}
