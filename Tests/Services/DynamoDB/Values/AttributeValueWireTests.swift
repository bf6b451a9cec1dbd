import DynamoDBModel
import Testing
import Wire

@testable import DynamoDBValues

@Suite("Attribute values on the wire")
struct AttributeValueWireTests {
    private static func put(_ item: String) throws -> PutItemInput {
        try read("{\"TableName\":\"Table\",\"Item\":\(item)}")
    }

    private static func read(_ text: String) throws -> PutItemInput {
        try ShapeReader(
            JSONReader(Array(text.utf8)), in: DynamoDBAPI.description.schema(),
            validation: .validationException
        ).message()
    }

    private static func message(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? AWSError)?.message
        }
    }

    @Test("every type is read")
    func types() throws {
        let input = try Self.put(
            #"""
            {"s":{"S":"x"},"n":{"N":"1.50"},"b":{"B":"AQI="},"t":{"BOOL":true},"z":{"NULL":true},
             "l":{"L":[{"S":"a"},{"L":[]}]},"m":{"M":{"k":{"N":"-1"}}},"ss":{"SS":["b","a"]},
             "ns":{"NS":["2","1e1"]},"bs":{"BS":["Ag==","AQ=="]}}
            """#)
        #expect(
            input.item.attributes == [
                "s": .string("x"), "n": .number(try DynamoDBNumber("1.5")), "b": .binary([1, 2]),
                "t": .boolean(true), "z": .null, "l": .list([.string("a"), .list([])]),
                "m": .map(["k": .number(DynamoDBNumber(-1))]), "ss": .stringSet(["a", "b"]),
                "ns": .numberSet([DynamoDBNumber(2), DynamoDBNumber(10)]),
                "bs": .binarySet([[1], [2]]),
            ])
    }

    @Test("what is written is read again, as JSON and as a document")
    func roundTrip() throws {
        let random = RandomValues(seed: 6, hasEquivalents: false)
        let schema = DynamoDBAPI.description.schema()
        for _ in 0..<200 {
            let map = random.map()
            for item in [Item(map), Item(EncodedItem(map))] {
                let json = JSONWriter()
                let input = PutItemInput(tableName: "Table", item: item)
                input.write(to: ShapeWriter(json, in: schema, bindsHTTP: false))
                let read = try Self.read(String(decoding: json.bytes, as: UTF8.self))
                #expect(read.item.attributes == map)
                let document = input.document(in: schema)
                #expect(try PutItemInput(document: document, in: schema).item == item)
                #expect(item.document == map.document)
            }
        }
    }

    private static let invalid = "One or more parameter values were invalid: "
    private static let none =
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"

    private static let refused: [(String, String)] = [
        ("{}", none), (#"{"S":null}"#, none), (#"{"X":"y"}"#, none),
        (#"{"M":{"k":{}}}"#, none), (#"{"L":[null]}"#, none),
        (
            #"{"S":"a","N":"1"}"#,
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
        ),
        (#"{"N":""}"#, "The parameter cannot be converted to a numeric value: "),
        (#"{"N":"b"}"#, "The parameter cannot be converted to a numeric value: b"),
        (
            #"{"N":"1e126"}"#,
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        ),
        (#"{"NULL":false}"#, invalid + "Null attribute value types must have the value of true"),
        (#"{"SS":[]}"#, invalid + "An string set  may not be empty"),
        (#"{"NS":[]}"#, invalid + "An number set  may not be empty"),
        (#"{"BS":[]}"#, invalid + "Binary sets should not be empty"),
        (
            #"{"SS":["b","a","b","c"]}"#,
            invalid + #"Input collection ["a", "b", "b", "c"] contains duplicates."#
        ),
        (#"{"NS":["1","1.0"]}"#, invalid + "Input collection contains duplicates."),
        (
            #"{"BS":["/w==","AA==","AA=="]}"#,
            invalid + #"Input collection ["AA==","/w==","AA=="]of type BS contains duplicates."#
        ),
    ]

    @Test("a value that is none is refused in DynamoDB's words", arguments: refused)
    func refusals(value: String, message: String) {
        let found = Self.message { _ = try Self.put("{\"a\":\(value)}") }
        #expect(found == "1 validation error detected: " + message)
    }

    @Test("sets may hold what is empty, and are kept in order")
    func emptyMembers() throws {
        let item = try Self.put(#"{"s":{"SS":["a",""]},"b":{"BS":["AQ==",""]}}"#).item
        #expect(item["s"] == .stringSet(["", "a"]))
        #expect(item["b"] == .binarySet([[], [1]]))
    }

    @Test("operations of the older layer use its words")
    func olderLayer() {
        func message(_ value: String) -> String? {
            Self.message {
                let text = #"{"RequestItems":{"abc":[{"PutRequest":{"Item":{"a":\#(value)}}}]}}"#
                let _: BatchWriteItemInput = try ShapeReader(
                    JSONReader(Array(text.utf8)), in: DynamoDBAPI.description.schema(),
                    validation: .validationException
                ).message()
            }
        }
        #expect(message(#"{"N":""}"#) == "The parameter cannot be converted to a numeric value")
        #expect(message(#"{"NS":["1","1"]}"#) == "Input collection contains duplicates")
        #expect(
            message(#"{"SS":["b","a","b"]}"#)
                == Self.invalid + "Input collection [b, a, b] contains duplicates.")
        #expect(
            message(#"{"BS":["Yg==","Yg=="]}"#)
                == Self.invalid + "Input collection [Yg==, Yg==]of type BS contains duplicates.")
    }

    @Test("values nest to 32 levels")
    func nesting() {
        func nested(_ levels: Int) -> String {
            String(repeating: #"{"L":["#, count: levels - 1) + #"{"S":"x"}"#
                + String(repeating: "]}", count: levels - 1)
        }
        #expect(Self.message { _ = try Self.put("{\"a\":\(nested(32))}") } == nil)
        #expect(
            Self.message { _ = try Self.put("{\"a\":\(nested(33))}") }
                == "1 validation error detected: Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
        )
        #expect(Self.message { _ = try Self.put("{\"a\":\(nested(100_000))}") } != nil)
    }

    @Test("a request's shape is reported before its values")
    func order() {
        let message = Self.message { _ = try Self.read(#"{"Item":{"a":{}}}"#) }
        #expect(message?.contains("Value null at 'tableName'") == true, "\(message ?? "")")
        #expect(
            Self.message { _ = try Self.read(#"{"TableName":"abc","Item":{"a":{"S":1}}}"#) }
                == "NUMBER_VALUE can not be converted to a String")
    }

    @Test("a value of an expression is refused with its name in the older layer alone")
    func expressionValues() {
        #expect(
            Self.message {
                _ = try Self.read(
                    #"{"TableName":"abc","Item":{},"ExpressionAttributeValues":{":b":{}}}"#)
            } == "1 validation error detected: " + Self.none)
        #expect(
            Self.message {
                let text =
                    #"{"TableName":"abc","ExpressionAttributeValues":{":a":{"N":"1"},":b":{}}}"#
                let _: ScanInput = try ShapeReader(
                    JSONReader(Array(text.utf8)), in: DynamoDBAPI.description.schema(),
                    validation: .validationException
                ).message()
            } == "ExpressionAttributeValues contains invalid value: \(Self.none) for key :b")
    }
}
