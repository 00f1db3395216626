use super::{
    Form,
    Protocol::{self, Anything, Document, Json, Object, Query},
    reads,
};

fn check(protocol: Protocol, action: &str, body: &[u8]) -> Result<(), &'static str> {
    Form { protocol, reads: reads(action) }.check(body)
}

#[test]
fn what_aws_cannot_have_answered_is_told_from_what_it_can() {
    for (protocol, action, body, expected) in [
        (Query, "DeleteTags", "<DeleteTagsResponse/>", Ok(())),
        (Query, "DescribeVpcs", "<DescribeVpcsResponse/>", Err("empty")),
        (Query, "DeleteTags", "<DeleteTagsResponse><requestId/>", Err("cut off")),
        (Query, "CreateVpc", " \n", Err("empty")),
        (Query, "CreateVpc", "<html><body>who are you?</body></html>", Err("no answer of AWS")),
        (Query, "CreateVpc", "<!DOCTYPE html><html></html>", Err("no answer of AWS")),
        (Query, "CreateVpc", "<Response><Errors/></Response>", Err("no answer of AWS")),
        (Query, "CreateVpc", "{}", Err("no XML document")),
        (Json, "CreateLogGroup", "", Ok(())),
        (Json, "GetParameters", "", Err("empty")),
        (Json, "GetParameters", "{}", Err("empty")),
        (Json, "PutParameter", "{}", Ok(())),
        (Json, "GetParameters", "{\"a\":[1]}", Ok(())),
        (Json, "GetParameters", "{\"a\":[1", Err("no JSON object")),
        (Json, "PutParameter", "\"text\"", Err("no JSON object")),
        (Json, "PutParameter", "<html></html>", Err("no JSON object")),
        (Object, "ListQueues", "{}", Ok(())),
        (Object, "ListQueues", "", Err("empty")),
        (Object, "DeleteQueue", "", Ok(())),
        (Object, "ListQueues", "<html></html>", Err("no JSON object")),
        (Document, "GetBucketVersioning", "<VersioningConfiguration xmlns=\"a\"/>", Ok(())),
        (Document, "GetBucketVersioning", "", Err("empty")),
        (Document, "CopyObject", "<Error><Code>SlowDown</Code></Error>", Err("no answer of AWS")),
        (Document, "GetDistribution", "<html><body>who are you?</body></html>", Err("no answer of AWS")),
        (Document, "GetDistribution", "<Distribution><Id>E", Err("cut off")),
        (Anything, "GetObject", "<html", Ok(())),
    ] {
        assert_eq!(check(protocol, action, body.as_bytes()), expected, "{action}: {body}");
    }
    assert_eq!(check(Query, "CreateVpc", b"\xff\xfe"), Err("no text"));
}

#[test]
fn a_document_is_whole_or_it_is_cut_off() {
    let whole = "<?xml version=\"1.0\"?>\n<CreateVpcResponse xmlns=\"a\"><vpc/></CreateVpcResponse>\n";
    assert_eq!(check(Query, "CreateVpc", whole.as_bytes()), Ok(()));
    for end in 1..whole.trim_end().len() {
        assert!(check(Query, "CreateVpc", &whole.as_bytes()[..end]).is_err(), "{}", &whole[..end]);
    }
}
