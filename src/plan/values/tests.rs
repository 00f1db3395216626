use super::*;
use crate::value::Type;
use std::cell::Cell;

/// How often a value is computed that is asked for twice in each of these passes.
fn check(passes: &[Pass], value: &Value, computed: usize) {
    let (values, count) = (Values::default(), Cell::new(0));
    let (module, name) = (ModuleAddress::root(), Name::from("it"));
    for pass in passes.iter().flat_map(|it| [*it, *it]) {
        let made = values.named((Named::Local, &module, &name), pass, || {
            count.set(count.get() + 1);
            Some(value.clone())
        });
        assert_eq!(made.as_ref(), Some(value));
    }
    assert_eq!(count.get(), computed, "{passes:?} {value:?}");
    // The same name of another kind is another value.
    assert_eq!(values.named((Named::Output, &module, &name), passes[0], || None), None);
}

#[test]
fn what_is_unknown_is_evaluated_again_while_applying() {
    let (known, unknown) = (Value::string("known"), Value::unknown(Type::String));
    check(&[Pass::Planning], &known, 1);
    check(&[Pass::Planning, Pass::Applying], &known, 1);
    check(&[Pass::Validating], &unknown, 1);
    check(&[Pass::Planning], &unknown, 1);
    check(&[Pass::Planning, Pass::Applying], &unknown, 3);
}
