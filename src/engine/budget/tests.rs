use super::*;

#[test]
fn actions_have_the_published_rates() {
    for (service, action, family, burst, per_second) in [
        ("ec2", "DescribeVpcs", "DescribeVpcs", 100.0, 20.0),
        ("ec2", "CreateVpc", "CreateVpc", 50.0, 5.0),
        ("ec2", "CreateNatGateway", "CreateNatGateway", 10.0, 1.0),
        ("ec2", "CreateVpcEndpoint", "CreateVpcEndpoint", 4.0, 0.3),
        ("ec2", "CreateSnapshots", "CreateSnapshots", 100.0, 5.0),
        ("ssm", "GetParametersByPath", "GetParameter", 40.0, 40.0),
        ("ssm", "GetParameters", "GetParameter", 40.0, 40.0),
        ("kafka", "ListClusters", "ListClusters", 20.0, 10.0),
    ] {
        assert_eq!(rate_of(service, action), (family, Rate { burst, per_second }), "{service} {action}");
    }
}

/// What happens to one bucket of 2 requests at once and 4 a second, and the waits that this gives in milliseconds.
enum Then {
    Take(u128),
    Pass(u64),
    Throttle,
}
use Then::{Pass, Take, Throttle};

#[test]
fn a_bucket_paces_and_adapts() {
    for (name, story) in [
        ("a burst, then the rate", vec![Take(0), Take(0), Take(250), Take(500)]),
        ("refills up to its size", vec![Take(0), Take(0), Pass(60_000), Take(0), Take(0), Take(250)]),
        ("half the rate when throttled", vec![Throttle, Take(500), Take(1000)]),
        ("one incident lowers once", vec![Throttle, Throttle, Throttle, Take(500)]),
        ("a second incident lowers again", vec![Throttle, Pass(1000), Throttle, Take(961)]),
        ("recovers", vec![Throttle, Pass(60_000), Take(0), Take(0), Take(250)]),
    ] {
        let mut bucket = Bucket::full(Rate { burst: 2.0, per_second: 4.0 });
        let mut now = bucket.filled;
        for (at, then) in story.into_iter().enumerate() {
            match then {
                Take(expected) => assert_eq!(bucket.take(now).as_millis(), expected, "{name}, event {at}"),
                Pass(milliseconds) => now += Duration::from_millis(milliseconds),
                Throttle => bucket.lower(now),
            }
        }
    }
}

#[test]
fn the_variable_turns_rates_off_or_raises_them() {
    for (text, expected) in [
        ("unlimited", Some(Pacing(None))),
        ("10", Some(Pacing(Some(10.0)))),
        ("0.5", Some(Pacing(Some(0.5)))),
        ("0", None),
        ("-1", None),
        ("inf", None),
        ("", None),
        ("fast", None),
    ] {
        assert_eq!(Pacing::parse(text), expected, "{text}");
    }
}

#[tokio::test]
async fn requests_are_counted_by_kind() {
    let budget = Budget::new(Pacing(None));
    for region in ["eu-central-1", "us-west-2", "us-west-2"] {
        budget.acquire("ec2", region, "DescribeVpcs").await;
    }
    let counts: Vec<_> = budget.counts().into_iter().map(|(it, count)| (it.region, count)).collect();
    assert_eq!(counts, [("eu-central-1".to_owned(), 1), ("us-west-2".to_owned(), 2)]);
    assert_eq!(budget.requests(), 3);
}
