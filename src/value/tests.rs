//! Values, conversions and sets, as data. Expected texts were recorded from Terraform 1.11.4.

use super::*;

fn json(text: &str) -> Value {
    from_json(&serde_json::from_str(text).unwrap(), &Type::Any).unwrap()
}

/// `value type`, as JSON and as a constraint; or the error.
fn show(result: Result<Value, ConversionError>) -> String {
    match result {
        Ok(value) if !value.is_known() => format!("unknown {}", value.ty()),
        Ok(value) => format!("{} {}", to_json(&value), value.ty()),
        Err(error) => format!("error: {error}"),
    }
}

fn ty(json: &str) -> Type {
    type_from_json(&serde_json::from_str(json).unwrap()).unwrap()
}

#[test]
fn values_convert_as_in_terraform() {
    let any_list = r#"["list","dynamic"]"#;
    let object = r#"["object",{"a":"string","b":"string","c":"number"}]"#;
    let optional = r#"["list",["object",{"a":"string","b":["list","number"]},["b"]]]"#;
    let cases = [
        ("1.50", r#""string""#, r#""1.5" string"#),
        (r#""1e3""#, r#""number""#, "1000 number"),
        (r#""a""#, r#""number""#, "error: a number is required"),
        ("true", r#""number""#, "error: number required"),
        (r#""1""#, r#""bool""#, "true bool"),
        (r#""TRUE""#, r#""bool""#, r#"error: a bool is required; to convert from string, use lowercase "true""#),
        ("null", r#""string""#, "null string"),
        (r#"[1,"a",true]"#, any_list, r#"["1","a","true"] list(string)"#),
        ("[1,[]]", any_list, "error: all list elements must have the same type"),
        ("[1,true]", any_list, "error: all list elements must have the same type"),
        ("[null,1]", any_list, "[null,1] list(number)"),
        ("[]", any_list, "[] list(any)"),
        (r#"[[],["a"]]"#, any_list, r#"[[],["a"]] list(list(string))"#),
        (r#"[{"a":1},{"a":"x","b":2}]"#, any_list, r#"[{"a":"1"},{"a":"x","b":"2"}] list(map(string))"#),
        (r#"[{"a":1},{"a":"x"}]"#, any_list, r#"[{"a":"1"},{"a":"x"}] list(object({a=string}))"#),
        (r#"[{"a":1}]"#, r#"["list",["object",{}]]"#, "[{}] list(object({}))"),
        ("{}", any_list, "error: list of any single type required"),
        (r#"["b","a","b"]"#, r#"["set","string"]"#, r#"["a","b"] set(string)"#),
        ("[3,10,\"2\"]", r#"["set","number"]"#, "[2,3,10] set(number)"),
        (r#"["a"]"#, r#"["list","number"]"#, "error: element 0: a number is required"),
        (r#"["a",{}]"#, r#"["list","number"]"#, "error: element 1: number required"),
        (r#"{"x":"a"}"#, r#"["map","number"]"#, "error: element \"x\": a number is required"),
        (r#"{"x":[]}"#, r#"["map","number"]"#, "error: element \"x\": number required"),
        ("[]", r#"["map","number"]"#, "error: map of number required"),
        ("{}", object, r#"error: attributes "a", "b", and "c" are required"#),
        (r#"{"a":""}"#, object, r#"error: attributes "b" and "c" are required"#),
        (r#"{"a":[],"b":"","c":1}"#, object, r#"error: attribute "a": string required"#),
        (r#"{"a":1,"b":"","c":"2","d":3}"#, object, r#"{"a":"1","b":"","c":2} object({a=string, b=string, c=number})"#),
        (r#"[{"a":1}]"#, optional, r#"[{"a":"1","b":null}] list(object({a=string, b=list(number)}))"#),
        (r#"[{"a":1,"b":[[]]}]"#, optional, r#"error: element 0: attribute "b": element 0: number required"#),
        (r#"{"a":{"x":1},"b":{"y":2}}"#, r#"["map","dynamic"]"#, r#"{"a":{"x":1},"b":{"y":2}} map(map(number))"#),
    ];
    for (value, to, expected) in cases {
        assert_eq!(show(convert(&json(value), &ty(to))), expected, "{value} to {to}");
    }
}

#[test]
fn unknown_values_convert_to_unknown_values() {
    let unknown = Value::unknown_not_null(Type::Number).marked(Marks::SENSITIVE);
    let text = convert(&unknown, &Type::String).unwrap();
    assert_eq!(text, Value::unknown_not_null(Type::String).marked(Marks::SENSITIVE));
    assert_eq!(convert(&Value::unknown(Type::Any), &Type::Bool).unwrap(), Value::unknown(Type::Bool));
    assert_eq!(show(convert(&Value::unknown(ty(r#"["list","bool"]"#)), &Type::Bool)), "error: bool required");
    let elements = Value::tuple(vec![Value::unknown(Type::String), Value::string("a")]);
    let set = convert(&elements, &ty(r#"["set","string"]"#)).unwrap();
    assert_eq!(show(convert(&set, &ty(r#"["list","string"]"#))), "unknown list(string)");
}

#[test]
fn sets_are_in_the_order_of_terraform() {
    let cases = [
        (
            r#"[{"a":9},{"a":10},{"a":1e12},{"a":123456789012},{"a":-5},{"a":0.25}]"#,
            "-5 0.25 123456789012 10 1000000000000 9",
        ),
        (
            r#"[{"a":"b"},{"a":"a!"},{"a":"a"},{"a":"é"},{"a":null},{"a":"\n"},{"a":"b"}]"#,
            r#""\n" "a!" "a" "b" "é" null"#,
        ),
        (r#"[{"a":["b","a"]},{"a":["a"]},{"a":["a","b"]}]"#, r#"["a","b"] ["a"] ["b","a"]"#),
    ];
    for (given, expected) in cases {
        let set = convert(&json(given), &ty(r#"["set","dynamic"]"#)).unwrap();
        let shown: Vec<String> = set.children().map(|it| to_json(it.get("a").unwrap()).to_string()).collect();
        assert_eq!(shown.join(" "), expected);
    }
    let marked = Value::set(Type::String, vec![Value::string("a").marked(Marks::SENSITIVE), Value::string("a")]);
    assert_eq!(marked, Value::set(Type::String, vec![Value::string("a")]).marked(Marks::SENSITIVE));
}

#[test]
fn equality_knows_of_unknown_values_and_marks() {
    let unknown = || Value::unknown_not_null(Type::String);
    let yes_or_no = |value: Value| value.as_bool();
    let cases = [
        (json("null"), json("null"), Some(true)),
        (json("1"), json("\"1\""), Some(false)),
        (json("[1]"), Value::list(Type::Number, vec![Value::number(1_i64)]), Some(false)),
        (json("[1,{\"a\":2}]"), json("[1.0,{\"a\":2}]"), Some(true)),
        (unknown(), json("\"a\""), None),
        (unknown(), json("null"), Some(false)),
        (Value::tuple(vec![json("1"), unknown()]), Value::tuple(vec![json("2"), unknown()]), Some(false)),
        (Value::tuple(vec![unknown(), json("1")]), Value::tuple(vec![unknown(), json("2")]), None),
    ];
    for (left, right, expected) in cases {
        assert_eq!(yes_or_no(left.equals(&right)), expected, "{left:?} == {right:?}");
        assert_eq!(yes_or_no(right.equals(&left)), expected, "{right:?} == {left:?}");
    }
    let secret = Value::tuple(vec![Value::string("x").marked(Marks::SENSITIVE)]);
    assert!(secret.equals(&json("[\"x\"]")).is_sensitive());
}

#[test]
fn marks_come_off_and_on_again() {
    let secret = |value: Value| value.marked(Marks::SENSITIVE);
    let value = Value::object(
        [("a".into(), secret(Value::string("x"))), ("b".into(), Value::tuple(vec![json("1"), secret(json("[2]"))]))]
            .into(),
    );
    let (plain, marks) = value.strip_marks();
    assert!(plain.marks_within().is_empty());
    assert_eq!(marks.len(), 2);
    assert_eq!(plain.with_marks_at(&marks), value);
    let path = Path::attribute("b").then(PathStep::Index(1)).then(PathStep::Index(0));
    assert_eq!(value.at(&path), Some(&json("2")));
}

#[test]
fn values_of_open_type_keep_it_in_json() {
    let schema = Type::object([("input", Type::Any), ("id", Type::String)]);
    let value = Value::object([("input".into(), json("[1]")), ("id".into(), json("\"i\""))].into());
    let written = to_json_as(&value, &schema);
    assert_eq!(written.to_string(), r#"{"id":"i","input":{"value":[1],"type":["tuple",["number"]]}}"#);
    assert_eq!(from_json(&written, &schema).unwrap(), value);
}

#[test]
fn a_value_is_small() {
    // Thousands of objects are held several times over while planning.
    assert!(size_of::<Value>() <= 40, "{}", size_of::<Value>());
}
