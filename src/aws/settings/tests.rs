use super::*;
use crate::value::from_json;
use serde_json::json;

#[test]
fn arguments_become_settings() {
    let config = json!({
        "region": "eu-west-1", "default_tags": [{ "tags": { "a": "b" } }],
        "ignore_tags": [{ "keys": ["x"], "key_prefixes": ["y-"] }],
        "endpoints": [{ "ec2": "http://127.0.0.1:1", "iam": "" }],
        "allowed_account_ids": ["1"], "assume_role": [], "assume_role_with_web_identity": [],
    });
    let config = from_json(&config, &schema().block.implied_type()).unwrap();
    let settings = Settings::new(&config).unwrap();
    assert_eq!(settings.region.as_deref(), Some("eu-west-1"));
    assert_eq!(settings.tags.defaults, Tags::from([("a".into(), "b".into())]));
    assert_eq!(endpoint(&settings, &["ec2"]), Some("http://127.0.0.1:1"));
    assert_eq!(endpoint(&settings, &["iam"]), None);
    assert!(settings.limits_accounts() && settings.check_account("1").is_ok() && settings.check_account("2").is_err());
    let unknown = super::super::attribute::with(&config, "region", Value::unknown(Type::String));
    assert_eq!(unknown_argument(&unknown), Some("region"));
}
