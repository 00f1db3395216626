//! What is missing where AWS does not allow a call: who asked, and for which action of IAM.

/// Codes of such refusals, as services spell them.
pub(super) const DENIALS: &[&str] =
    &["UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "UnauthorizedException", "NotAuthorized"];

/// Which permission to give to whom; `service` is what IAM calls it. AWS says both in most of its messages; the older ones of EC2 say neither.
pub(super) fn hint(service: &str, call: &str, message: &str) -> String {
    let named = |from: &str| {
        let word = message.split_once(from)?.1.split_whitespace().next()?;
        Some(word.trim_end_matches(['.', ',']).to_owned())
    };
    let action = named("not authorized to perform: ").unwrap_or_else(|| format!("{service}:{call}"));
    let who = named("User: ").unwrap_or_else(|| "the identity of these credentials".into());
    let mut hint = format!("Allow {action} to {who} in IAM, and see that no policy or boundary denies it");
    hint.push_str(match named("User: ") {
        Some(_) => ".",
        None => "; `aws sts get-caller-identity` says whose credentials these are.",
    });
    if message.contains("Encoded authorization failure message") {
        hint.push_str(" `aws sts decode-authorization-message` explains the encoded message.");
    }
    hint
}

/// What IAM calls a service in its actions, which is not always what requests are signed for.
pub(super) fn prefix(signing_name: &'static str) -> &'static str {
    match signing_name {
        "monitoring" => "cloudwatch",
        "tagging" => "tag",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn denials_say_what_to_allow_to_whom() {
        let check = |service: &str, call: &str, message: &str, expected: &str| {
            assert_eq!(super::hint(service, call, message), expected, "{message}");
        };
        check(
            "iam",
            "CreateRole",
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:CreateRole on resource: \
             arn:aws:iam::123456789012:role/r because no identity-based policy allows the iam:CreateRole action",
            "Allow iam:CreateRole to arn:aws:iam::123456789012:user/ann in IAM, and see that no policy or boundary \
             denies it.",
        );
        check(
            "ec2",
            "RunInstances",
            "You are not authorized to perform this operation. User: arn:aws:sts::1:assumed-role/r/s is not authorized to \
             perform: iam:PassRole on resource: x. Encoded authorization failure message: AbC",
            "Allow iam:PassRole to arn:aws:sts::1:assumed-role/r/s in IAM, and see that no policy or boundary denies it. \
             `aws sts decode-authorization-message` explains the encoded message.",
        );
        check(
            super::prefix("tagging"),
            "GetResources",
            "You are not authorized to perform this operation.",
            "Allow tag:GetResources to the identity of these credentials in IAM, and see that no policy or boundary \
             denies it; `aws sts get-caller-identity` says whose credentials these are.",
        );
    }
}
