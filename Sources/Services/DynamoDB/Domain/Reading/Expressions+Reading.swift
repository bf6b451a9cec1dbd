import DynamoDBModel
import DynamoDBValues
import Wire

extension Expressions {
    /// What a query reads and answers.
    ///
    /// - Throws: `ValidationException`.
    static func query(_ input: QueryInput) throws -> (ReadRequest, KeyConditions) {
        let layer = ValidationLayer.current
        let selection = try ReadRequest.selection(
            input.select, index: input.indexName,
            parameter: parameter(input.projectionExpression, input.attributesToGet),
            prefix: "1 validation error detected: ")
        var expressions = try RequestExpressions(
            layer,
            [
                .filter: input.filterExpression, .keyCondition: input.keyConditionExpression,
                .projection: input.projectionExpression,
            ], names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            legacy: [
                "AttributesToGet": input.attributesToGet != nil,
                "QueryFilter": input.queryFilter != nil,
                "ConditionalOperator": input.conditionalOperator != nil,
                "KeyConditions": input.keyConditions != nil,
            ])
        let legacy = LegacyParameters(layer)
        let filter = try expressions.condition(.filter)
        let projection = try expressions.projection()
        let clauses =
            try expressions.keyCondition() ?? input.keyConditions.map { try legacy.keyClauses($0) }
        guard let clauses else {
            throw layer.error(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in "
                    + "the request.")
        }
        try expressions.finish()
        let request = ReadRequest(
            indexName: input.indexName, isConsistent: input.consistentRead ?? false,
            selection: selection,
            projection: try projection ?? legacy.projection(input.attributesToGet),
            filter: try filter ?? legacy.filter(input.queryFilter, input.conditionalOperator),
            limit: input.limit, start: input.exclusiveStartKey,
            returnsCapacity: input.returnConsumedCapacity)
        return (request, KeyConditions(clauses))
    }

    /// What a scan reads and answers.
    ///
    /// - Throws: `ValidationException`.
    static func scan(_ input: ScanInput) throws -> ReadRequest {
        let layer = ValidationLayer.older
        let selection = try ReadRequest.selection(
            input.select, index: input.indexName,
            parameter: parameter(input.projectionExpression, input.attributesToGet))
        var expressions = try RequestExpressions(
            layer, [.filter: input.filterExpression, .projection: input.projectionExpression],
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            legacy: [
                "AttributesToGet": input.attributesToGet != nil,
                "ScanFilter": input.scanFilter != nil,
                "ConditionalOperator": input.conditionalOperator != nil,
            ])
        let legacy = LegacyParameters(layer)
        let filter = try expressions.condition(.filter)
        let projection = try expressions.projection()
        try expressions.finish()
        return ReadRequest(
            indexName: input.indexName, isConsistent: input.consistentRead ?? false,
            selection: selection,
            projection: try projection ?? legacy.projection(input.attributesToGet),
            filter: try filter ?? legacy.filter(input.scanFilter, input.conditionalOperator),
            limit: input.limit, start: input.exclusiveStartKey,
            returnsCapacity: input.returnConsumedCapacity)
    }

    /// The parameter that names the attributes that are asked for.
    private static func parameter(_ projection: String?, _ attributes: [String]?) -> String? {
        projection != nil
            ? "ProjectionExpression" : attributes != nil ? "AttributesToGet" : nil
    }
}
