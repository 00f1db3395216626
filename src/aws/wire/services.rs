//! The services that were recorded, each read when it is first named.

use super::model::Service;
use std::sync::OnceLock;

macro_rules! services {
    ($($name:literal),* $(,)?) => {
        const RECORDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("../models/", $name, ".txt")))),*];
        static READ: [OnceLock<&'static Service>; RECORDED.len()] = [const { OnceLock::new() }; RECORDED.len()];
    };
}

services! {
    "acm", "autoscaling", "cloudformation", "cloudfront", "cloudwatch", "dynamodb", "ec2", "ecr", "ecs", "efs", "elbv2", "events",
    "iam", "kms", "lambda", "logs", "rds", "resourcegroupstaggingapi", "route53", "s3", "secretsmanager", "sns", "sqs", "ssm", "sts",
    "wafv2",
}

/// The service that botocore and the CLI call `name`.
pub fn service(name: &str) -> Option<&'static Service> {
    let index = RECORDED.iter().position(|it| it.0 == name)?;
    let (name, text) = RECORDED[index];
    // What cannot be read fails a test: `all_models_can_be_read`.
    Some(READ[index].get_or_init(|| Service::read(name, text).unwrap_or_else(|why| panic!("{why}"))))
}

pub fn names() -> impl Iterator<Item = &'static str> {
    RECORDED.iter().map(|it| it.0)
}

/// What the `endpoints` block of a provider configuration calls a service, where that is not what botocore calls it, or not that alone.
const ENDPOINTS: &[(&str, &[&str])] = &[
    ("elbv2", &["elbv2", "elasticloadbalancingv2"]),
    ("events", &["events", "eventbridge", "cloudwatchevents"]),
    ("logs", &["logs", "cloudwatchlogs", "cloudwatchlog"]),
    ("resourcegroupstaggingapi", &["resourcegroupstaggingapi", "resourcegroupstagging"]),
    ("s3", &["s3", "s3api"]),
];

/// The names of a service in the `endpoints` block.
pub fn endpoint_names(name: &'static str) -> Vec<&'static str> {
    ENDPOINTS.iter().find(|it| it.0 == name).map_or_else(|| vec![name], |it| it.1.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_models_can_be_read() {
        for name in names() {
            let service = service(name).expect(name);
            assert_eq!(service.check(), Vec::<String>::new());
            let mut operations = 0;
            for it in service.operation_names() {
                let operation = service.operation(it).expect(it);
                assert_eq!(operation.input_schema.members().len(), operation.input.members.len(), "{name} {it}");
                operations += 1;
            }
            assert!(operations > 5, "{name} has {operations} operations");
        }
    }

    #[test]
    fn models_are_those_of_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/aws/models");
        let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<_> = files.map(|it| it.trim_end_matches(".txt").to_owned()).collect();
        files.sort();
        assert_eq!(files, names().collect::<Vec<_>>());
    }

    #[test]
    fn endpoints_can_be_given_to_all() {
        let known: Vec<_> = include_str!("../endpoints.txt").lines().collect();
        for name in names() {
            let called = endpoint_names(name);
            assert!(called.iter().all(|it| known.contains(it)), "{name}: {called:?}");
        }
    }
}
