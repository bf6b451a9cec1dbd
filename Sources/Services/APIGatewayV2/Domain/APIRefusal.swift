import APIGatewayV2Model
import ServiceKit
import Wire

/// The errors that many operations share, in AWS's words.
enum APIRefusal {
    static func noAPI(_ id: String, in scope: APIScope) -> AWSError {
        APIGatewayV2Error.notFoundException(
            "Invalid API identifier specified \(scope.account):\(id)")
    }

    static func noRoute(_ id: String) -> AWSError {
        APIGatewayV2Error.notFoundException("Invalid Route identifier specified \(id)")
    }

    static func noIntegration(_ id: String) -> AWSError {
        APIGatewayV2Error.notFoundException("Invalid Integration identifier specified \(id)")
    }

    static func noStage(_ name: String) -> AWSError {
        APIGatewayV2Error.notFoundException("Invalid Stage identifier specified \(name)")
    }

    static func noDeployment(_ id: String) -> AWSError {
        APIGatewayV2Error.notFoundException("Invalid Deployment identifier specified \(id)")
    }

    static func badRequest(_ message: String) -> AWSError {
        APIGatewayV2Error.badRequestException(message)
    }

    static func tooMany(_ what: String) -> AWSError {
        APIGatewayV2Error.tooManyRequestsException("Maximum number of \(what) reached")
    }

    /// What AWS has and Apus does not serve.
    static func notServed(_ feature: String) -> AWSError {
        CommonError.notServed(operation: feature, service: "API Gateway")
    }
}
