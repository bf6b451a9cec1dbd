@testable import Wire

/// A REST service with members in every part of a message.
enum RESTSample {
    static let schema = ServiceSchema(
        ServiceDescription(
            name: "Items", signingName: "items", endpointPrefix: "items", apiVersion: "2020-01-08",
            targetPrefix: nil, protocols: [.restJSON], xmlNamespace: nil, isQueryCompatible: false,
            schema: { preconditionFailure("the test has the schema") }),
        text: """
            s\tPart\t\tItem;1;r,l=uri,n=item\tPart;1;r,l=uri,n=part\tMax;2;l=querystring,n=max\tTags;3;l=querystring,n=tag\t\
            Flag;4;l=querystring,n=flag\tCount;2;l=header,n=X-Count\tNames;3;l=header,n=X-Names\tTimes;6;l=header,n=X-Times\t\
            Meta;7;l=headers,n=X-Meta-\tText;1;n=text\tTime;5;l=header,n=X-Time
            S\tText\tmax=20
            i\tInteger\tmax=1000
            l\tTexts\t\tmember;1;
            b\tBoolean\t
            t\tTime\t
            l\tTimes\t\tmember;5;
            m\tMeta\t\tkey;1;\tvalue;1;
            s\tPartAnswer\t\tStatus;2;l=statusCode\tCount;2;l=header,n=X-Count\tNames;3;l=header,n=X-Names\t\
            Meta;7;l=headers,n=X-Meta-\tText;1;n=text\tTime;5;l=header,n=X-Time
            s\tFile\tpayload=1\tKey;1;r,l=uri,n=key\tData;10;stream
            B\tData\t
            s\tFileAnswer\tpayload=0\tPart;12;\tKey;1;l=header,n=X-Key
            s\tInner\t\tText;1;
            s\tBlobAnswer\tpayload=0\tData;10;\tKind;1;l=header,n=Content-Type
            s\tUpload\t\tKey;1;r,l=uri,n=key\tID;1;r,l=querystring,n=uploadId
            s\tCopy\t\tKey;1;r,l=uri,n=key\tSource;1;r,l=header,n=X-Source
            s\tTooBusy\t\tMessage;1;\tRetry;1;l=header,n=Retry-After\tType;1;
            o\tPutPart\tPUT\t/items/{item}/parts/{part+}\t0\t8\tstatus=201
            o\tGetPart\tGET\t/items/{item}/parts/{part+}\t0\t8\t
            o\tListItems\tGET\t/items?list\t-\t-\tstatus=204
            o\tFindItems\tGET\t/items?list%3Ddeep\t-\t-\t
            o\tGetItems\tGET\t/items\t-\t-\t
            o\tPutFile\tPUT\t/files/{key+}\t9\t11\t
            o\tUploadPart\tPUT\t/files/{key+}\t14\t-\t
            o\tCopyFile\tPUT\t/files/{key+}\t15\t-\t
            o\tGetFile\tGET\t/files/{key+}?x-id%3DGetFile\t9\t13\t
            o\tGetRoot\tGET\t/\t-\t-\t
            o\tGetLiteral\tGET\t/items/special\t-\t-\t
            o\tGetItem\tGET\t/items/{item}\t-\t-\t
            o\tGetTail\tGET\t/tail/{key+}/end\t-\t-\t
            n\tDropItem\tDELETE\t/items/{item}
            """)
}
