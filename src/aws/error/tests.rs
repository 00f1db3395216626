use super::*;
use aws_sdk_ec2::operation::create_vpc::CreateVpcError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::{body::SdkBody, error::ErrorMetadata};

type CreateVpc = SdkError<CreateVpcError, HttpResponse>;

fn answer(code: &str, message: &str, status: u16) -> CreateVpc {
    let metadata = ErrorMetadata::builder().code(code).message(message).build();
    let mut response = HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::empty());
    response.headers_mut().insert("x-amzn-requestid", "r-1");
    SdkError::service_error(CreateVpcError::generic(metadata), response)
}

fn lost(kind: fn(Box<dyn Error + Send + Sync>) -> ConnectorError, unsent: bool) -> CreateVpc {
    let cause: Box<dyn Error + Send + Sync> = if unsent { Box::new(NotSent("refused".into())) } else { "reset".into() };
    SdkError::dispatch_failure(kind(cause))
}

#[test]
fn answers_are_classified() {
    for (code, message, status, expected) in [
        ("RequestLimitExceeded", "", 503, Class::Throttled),
        ("Throttling", "Rate exceeded", 400, Class::Throttled),
        ("DependencyViolation", "", 400, Class::Dependency),
        ("AuthFailure", "You do not have permission to access the specified resource.", 400, Class::Dependency),
        ("InvalidSubnetID.NotFound", "", 400, Class::NotYetVisible),
        (
            "InvalidParameterValue",
            "Value (x) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
            400,
            Class::NotYetVisible,
        ),
        ("IncorrectState", "", 400, Class::Busy),
        ("InternalError", "", 500, Class::OutcomeUnknown),
        ("InsufficientInstanceCapacity", "", 500, Class::Fatal),
        ("EntityAlreadyExists", "", 409, Class::Exists),
        ("InvalidKeyPair.Duplicate", "", 400, Class::Exists),
        ("InvalidLaunchTemplateName.AlreadyExistsException", "", 400, Class::Exists),
        ("ResourceAlreadyExistsException", "", 400, Class::Exists),
        ("AlreadyExistsFault", "", 400, Class::Exists),
        ("VpcLimitExceeded", "", 400, Class::Fatal),
        ("UnauthorizedOperation", "", 403, Class::Fatal),
    ] {
        assert_eq!(Problem::from(answer(code, message, status)).class, expected, "{code}");
    }
}

#[test]
fn lost_answers_are_told_from_requests_that_never_left() {
    for (error, expected) in [
        (lost(ConnectorError::io, false), Class::OutcomeUnknown),
        (lost(ConnectorError::timeout, false), Class::OutcomeUnknown),
        (lost(ConnectorError::io, true), Class::Fatal),
        (lost(ConnectorError::user, true), Class::Fatal),
        (lost(|_| ConnectorError::other(Box::new(CredentialsError::not_loaded("none")), None), false), Class::Fatal),
        (SdkError::timeout_error("late"), Class::OutcomeUnknown),
        (SdkError::construction_failure("no region"), Class::Fatal),
    ] {
        let text = format!("{error:?}");
        assert_eq!(Problem::from(error).class, expected, "{text}");
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_no_failure() {
    let unreadable = |kind: fn(Box<dyn Error + Send + Sync>) -> ConnectorError| {
        CreateVpc::dispatch_failure(kind(Box::new(Unreadable("it is empty".into()))))
    };
    let nothing = CreateVpcError::unhandled("no root element");
    let parsed =
        SdkError::service_error(nothing, HttpResponse::new(StatusCode::try_from(200).unwrap(), SdkBody::empty()));
    for (error, detail) in [
        (unreadable(ConnectorError::io), "the answer says success, but it is empty"),
        (unreadable(|it| ConnectorError::other(it, None)), "the answer says success, but it is empty"),
        (parsed, "no root element"),
    ] {
        let problem = Problem::from(error);
        assert_eq!(
            (problem.class, &*problem.summary),
            (Class::OutcomeUnknown, "ec2 CreateVpc: the answer could not be read")
        );
        assert!(problem.detail.contains(detail), "{}", problem.detail);
    }
}

#[test]
fn problems_say_what_was_asked_and_what_to_do() {
    let problem = Problem::from(answer("VpcLimitExceeded", "The maximum number of VPCs has been reached.", 400));
    assert_eq!(problem.summary, "ec2 CreateVpc failed");
    assert_eq!(problem.detail, "VpcLimitExceeded: The maximum number of VPCs has been reached. (request r-1)");
    assert!(problem.hint.unwrap().contains("quota"));
    let problem = Problem::from(CreateVpc::construction_failure("failed to load credentials"));
    assert_eq!(problem.summary, "No valid credential sources found");
    assert!(problem.hint.unwrap().contains("AWS_PROFILE"));
}

#[test]
fn what_is_gone_can_be_deleted_again() {
    let gone = |code| gone_is_fine(Err::<(), _>(answer(code, "", 400)), &["InvalidVpcID.NotFound"]);
    assert_eq!(gone("InvalidVpcID.NotFound"), Ok(()));
    assert_eq!(gone("DependencyViolation").unwrap_err().class, Class::Dependency);
}
