import EventPatterns
import Testing
import Wire

@Suite("Event patterns")
struct EventPatternTests {
    private static let event = #"""
        {"source":"aws.ec2","time":"2026-01-01T00:00:00Z","detail":{"state":"running","count":300,
         "ratio":0.5,"none":null,"flag":true,"empty":"","ip":"10.0.0.7","six":"2001:db8::7",
         "path":"/data/logs/app.LOG","tags":["a","b"],"nested":{"deep":{"x":1}},
         "items":[{"sku":"A","n":1},{"sku":"B","n":2}]}}
        """#

    @Test(
        "an event matches",
        arguments: [
            #"{"source":["aws.ec2"]}"#, #"{"source":["x","aws.ec2"]}"#,
            #"{"detail":{"state":["running"],"count":[300]}}"#,
            #"{"detail":{"count":[3.0e2]}}"#, #"{"detail":{"none":[null]}}"#,
            #"{"detail":{"flag":[true]}}"#, #"{"detail":{"empty":[""]}}"#,
            #"{"detail":{"tags":["b"]}}"#, #"{"detail":{"nested":{"deep":{"x":[1]}}}}"#,
            #"{"detail":{"items":{"sku":["B"],"n":[2]}}}"#,
            #"{"detail":{"state":[{"prefix":"run"}]}}"#,
            #"{"detail":{"state":[{"prefix":{"equals-ignore-case":"RUN"}}]}}"#,
            #"{"detail":{"path":[{"suffix":".LOG"}]}}"#,
            #"{"detail":{"path":[{"suffix":{"equals-ignore-case":".log"}}]}}"#,
            #"{"detail":{"path":[{"wildcard":"/data/*/app.*"}]}}"#,
            #"{"detail":{"path":[{"wildcard":"*"}]}}"#,
            #"{"detail":{"state":[{"equals-ignore-case":"RUNNING"}]}}"#,
            #"{"detail":{"state":[{"anything-but":"stopped"}]}}"#,
            #"{"detail":{"state":[{"anything-but":["stopped","pending"]}]}}"#,
            #"{"detail":{"count":[{"anything-but":[1,2]}]}}"#,
            #"{"detail":{"state":[{"anything-but":{"prefix":"st"}}]}}"#,
            #"{"detail":{"path":[{"anything-but":{"suffix":[".txt",".json"]}}]}}"#,
            #"{"detail":{"path":[{"anything-but":{"wildcard":"*/bin/*"}}]}}"#,
            #"{"detail":{"state":[{"anything-but":{"equals-ignore-case":["STOPPED"]}}]}}"#,
            #"{"detail":{"tags":[{"anything-but":"a"}]}}"#,
            #"{"detail":{"count":[{"numeric":[">",200,"<=",300]}]}}"#,
            #"{"detail":{"ratio":[{"numeric":["=",0.5]}]}}"#,
            #"{"detail":{"ip":[{"cidr":"10.0.0.0/29"}]}}"#,
            #"{"detail":{"six":[{"cidr":"2001:db8::/32"}]}}"#,
            #"{"detail":{"state":[{"exists":true}]}}"#, #"{"detail":{"no":[{"exists":false}]}}"#,
            #"{"other":{"no":[{"exists":false}]}}"#,
            #"{"detail":{"nested":[{"exists":false}]}}"#,
            #"{"$or":[{"source":["x"]},{"detail":{"count":[300]}}]}"#,
            #"{"detail":{"$or":[{"state":["x"]},{"count":[{"numeric":["<",500]}]}]}}"#,
            #"{"detail":{"state":["x",{"prefix":"ru"}]}}"#,
        ])
    func matches(pattern: String) throws {
        #expect(try EventPattern(json: pattern).matches(try Document(json: Self.event)))
    }

    @Test(
        "an event does not match",
        arguments: [
            #"{"source":["aws.s3"]}"#, #"{"no":["x"]}"#,
            #"{"detail":{"state":["running"],"no":[1]}}"#,
            #"{"detail":{"count":["300"]}}"#, #"{"detail":{"no":[null]}}"#,
            #"{"detail":{"items":{"sku":["A"],"n":[2]}}}"#,
            #"{"detail":{"state":[{"prefix":"RUN"}]}}"#,
            #"{"detail":{"count":[{"prefix":"3"}]}}"#,
            #"{"detail":{"path":[{"wildcard":"/data/*.txt"}]}}"#,
            #"{"detail":{"state":[{"anything-but":["running"]}]}}"#,
            #"{"detail":{"no":[{"anything-but":"x"}]}}"#,
            #"{"detail":{"path":[{"anything-but":{"suffix":".LOG"}}]}}"#,
            #"{"detail":{"count":[{"numeric":[">",300]}]}}"#,
            #"{"detail":{"state":[{"numeric":[">",0]}]}}"#,
            #"{"detail":{"ip":[{"cidr":"10.0.0.8/29"}]}}"#,
            #"{"detail":{"state":[{"cidr":"10.0.0.0/8"}]}}"#,
            #"{"detail":{"ip":[{"cidr":"2001:db8::/32"}]}}"#,
            #"{"detail":{"state":[{"exists":false}]}}"#, #"{"detail":{"no":[{"exists":true}]}}"#,
            #"{"$or":[{"source":["x"]},{"detail":{"count":[1]}}]}"#,
            #"{"detail":{"flag":["true"]}}"#,
        ])
    func doesNotMatch(pattern: String) throws {
        #expect(try !EventPattern(json: pattern).matches(try Document(json: Self.event)))
    }

    @Test(
        "what is no pattern is refused",
        arguments: [
            "", "[]", "{}", #"{"a":"b"}"#, #"{"a":1}"#, #"{"a":[]}"#, #"{"a":{}}"#,
            #"{"a":[["b"]]}"#, #"{"a":[{"like":"b"}]}"#, #"{"a":[{"prefix":1}]}"#,
            #"{"a":[{"prefix":"b","suffix":"c"}]}"#, #"{"a":[{"exists":"yes"}]}"#,
            #"{"a":[{"numeric":["<"]}]}"#, #"{"a":[{"numeric":["~",1]}]}"#,
            #"{"a":[{"numeric":["<","1"]}]}"#, #"{"a":[{"numeric":["<",6000000000]}]}"#,
            #"{"a":[{"cidr":"10.0.0.0"}]}"#, #"{"a":[{"cidr":"10.0.0.0/33"}]}"#,
            #"{"a":[{"cidr":"10.0.0/8"}]}"#, #"{"a":[{"wildcard":"a**b"}]}"#,
            #"{"a":[{"wildcard":"a\\b"}]}"#, #"{"a":[{"anything-but":[]}]}"#,
            #"{"a":[{"anything-but":{"numeric":["<",1]}}]}"#,
        ])
    func refused(pattern: String) {
        #expect(throws: EventPatternError.self) { _ = try EventPattern(json: pattern) }
    }

    @Test("a star that is escaped is a star")
    func escapedStar() throws {
        let pattern = try EventPattern(json: #"{"a":[{"wildcard":"1\\*2*"}]}"#)
        #expect(pattern.matches(["a": "1*2 is 2"]))
        #expect(!pattern.matches(["a": "1x2"]))
    }

    @Test("too many combinations of $or are refused")
    func combinations() {
        let choices = (0..<11).map { #"{"a\#($0)":[1]}"# }.joined(separator: ",")
        let nested = #"{"$or":[\#(choices)],"b":{"$or":[\#(choices)],"c":{"$or":[\#(choices)]}}}"#
        #expect(throws: EventPatternError.self) { _ = try EventPattern(json: nested) }
    }

    @Test("a pattern that nests too deep is refused")
    func depth() {
        let pattern =
            String(repeating: #"{"a":"#, count: 60) + "[1]" + String(repeating: "}", count: 60)
        #expect(throws: EventPatternError.self) { _ = try EventPattern(json: pattern) }
    }
}
