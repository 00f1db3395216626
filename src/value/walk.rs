//! Looking into values: types, marks, places.

use super::{Data, Marks, ObjectType, Path, PathStep, Text, Type, Value};
use std::{
    collections::{BTreeMap, btree_map},
    convert::Infallible,
    sync::Arc,
};

impl Value {
    /// What it holds, without marks and with null for what is not known.
    pub fn without_unknowns(&self) -> Self {
        self.without_marks().transform(&mut |_, it| match &it.data {
            Data::Unknown(unknown) => Some(Self::null(unknown.ty.clone())),
            _ => None,
        })
    }

    /// The type, in time linear in the tuples and objects that the value consists of.
    pub fn ty(&self) -> Type {
        match &self.data {
            Data::Null(ty) => ty.clone(),
            Data::Unknown(unknown) => unknown.ty.clone(),
            Data::Bool(_) => Type::Bool,
            Data::Number(_) => Type::Number,
            Data::String(_) => Type::String,
            Data::List(element, _) => Type::list(element.clone()),
            Data::Set(element, _) => Type::set(element.clone()),
            Data::Map(element, _) => Type::map(element.clone()),
            Data::Tuple(values) => Type::Tuple(Arc::new(values.iter().map(Self::ty).collect())),
            Data::Object(values) => {
                let attributes = values.iter().map(|(name, value)| (name.clone(), value.ty())).collect();
                Type::Object(ObjectType { attributes, optional: Default::default() }.into())
            }
        }
    }

    /// Whether neither this value nor anything in it is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match &self.data {
            Data::Unknown(_) => false,
            _ => self.children().all(Self::is_wholly_known),
        }
    }

    /// The marks of this value and of everything in it.
    pub fn marks_within(&self) -> Marks {
        self.children().fold(self.marks, |marks, child| marks.with(child.marks_within()))
    }

    /// The elements of a collection, tuple or object, in order.
    pub fn children(&self) -> Children<'_> {
        match &self.data {
            Data::List(_, values) | Data::Set(_, values) | Data::Tuple(values) => Children::Elements(values.iter()),
            Data::Map(_, values) | Data::Object(values) => Children::Entries(values.values()),
            _ => Children::Elements([].iter()),
        }
    }

    /// How many elements a known collection, tuple or object has.
    pub fn length(&self) -> Option<usize> {
        self.as_elements().map(<[Value]>::len).or_else(|| self.as_entries().map(BTreeMap::len))
    }

    /// The value at `path`, without the marks of what it is inside of.
    pub fn at(&self, path: &Path) -> Option<&Value> {
        path.0.iter().try_fold(self, |value, step| match (step, &value.data) {
            (PathStep::Attribute(name) | PathStep::Key(name), Data::Object(values) | Data::Map(_, values)) => {
                values.get(name)
            }
            (PathStep::Index(index), Data::List(_, values) | Data::Tuple(values)) => values.get(*index),
            (PathStep::Element(element), Data::Set(_, values)) => values.iter().find(|it| *it == element),
            _ => None,
        })
    }

    /// Calls `visit` with this value and everything in it, from the outside in; not with what is inside a value
    /// for which it gives `false`.
    pub fn walk(&self, visit: &mut dyn FnMut(&Path, &Value) -> bool) {
        fn below(value: &Value, path: &mut Path, visit: &mut dyn FnMut(&Path, &Value) -> bool) {
            if !visit(path, value) {
                return;
            }
            for (step, child) in value.steps() {
                path.0.push(step);
                below(child, path, visit);
                path.0.pop();
            }
        }
        below(self, &mut Path::default(), visit);
    }

    /// This value with parts replaced: where `replace` gives a value, that stands instead, otherwise the parts of
    /// the value are asked for. Replacing must keep the element type of a collection. Shares what stays.
    pub fn transform(&self, replace: &mut dyn FnMut(&Path, &Value) -> Option<Value>) -> Value {
        let mut try_replace = |path: &Path, value: &Value| Ok::<_, Infallible>(replace(path, value));
        match self.try_transform(&mut try_replace) {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }

    /// As [`Self::transform`], ending at the first error.
    pub fn try_transform<E>(
        &self,
        replace: &mut dyn FnMut(&Path, &Value) -> Result<Option<Value>, E>,
    ) -> Result<Value, E> {
        let changed = changed(self, &mut Path::default(), replace)?;
        Ok(changed.unwrap_or_else(|| self.clone()))
    }

    /// Each element with the step that leads to it.
    fn steps(&self) -> Box<dyn Iterator<Item = (PathStep, &Value)> + '_> {
        match &self.data {
            Data::List(_, values) | Data::Tuple(values) => {
                Box::new(values.iter().enumerate().map(|(index, value)| (PathStep::Index(index), value)))
            }
            Data::Set(_, values) => Box::new(values.iter().map(|value| (PathStep::Element(value.clone()), value))),
            Data::Map(_, values) => Box::new(values.iter().map(|(name, value)| (PathStep::Key(name.clone()), value))),
            Data::Object(values) => {
                Box::new(values.iter().map(|(name, value)| (PathStep::Attribute(name.clone()), value)))
            }
            _ => Box::new(std::iter::empty()),
        }
    }

    /// Takes all marks off; says where which ones were.
    pub fn strip_marks(&self) -> (Value, Vec<(Path, Marks)>) {
        let mut marks = Vec::new();
        self.walk(&mut |path, value| {
            if !value.marks.is_empty() {
                marks.push((path.clone(), value.marks));
            }
            true
        });
        let stripped = if marks.is_empty() { self.clone() } else { self.without_marks() };
        (stripped, marks)
    }

    /// This value without any marks.
    pub fn without_marks(&self) -> Value {
        fn stripped(value: &Value) -> Option<Value> {
            let data = match &value.data {
                Data::List(ty, values) => elements(values, stripped).map(|it| Data::List(ty.clone(), it.into())),
                Data::Tuple(values) => elements(values, stripped).map(|it| Data::Tuple(it.into())),
                Data::Map(ty, values) => entries(values, stripped).map(|it| Data::Map(ty.clone(), it.into())),
                Data::Object(values) => entries(values, stripped).map(|it| Data::Object(it.into())),
                // A set has the marks of its elements.
                _ => None,
            };
            match data {
                Some(data) => Some(data.into()),
                None if value.marks.is_empty() => None,
                None => Some(value.data.clone().into()),
            }
        }
        stripped(self).unwrap_or_else(|| self.clone())
    }

    /// Adds marks at places. Inside a set it is the set that is marked; a path that leads nowhere marks the last
    /// value on its way, so that nothing sensitive is lost sight of.
    pub fn with_marks_at(&self, marks: &[(Path, Marks)]) -> Value {
        fn mark(value: &mut Value, path: &[PathStep], marks: Marks) {
            let Some((step, below)) = path.split_first() else {
                value.marks = value.marks.with(marks);
                return;
            };
            let child = match (step, &mut value.data) {
                (PathStep::Attribute(name) | PathStep::Key(name), Data::Object(values) | Data::Map(_, values))
                    if values.contains_key(name) =>
                {
                    Arc::make_mut(values).get_mut(name)
                }
                (PathStep::Index(index), Data::List(_, values) | Data::Tuple(values)) if *index < values.len() => {
                    Arc::make_mut(values).get_mut(*index)
                }
                _ => None,
            };
            match child {
                Some(child) => mark(child, below, marks),
                None => value.marks = value.marks.with(marks),
            }
        }
        let mut value = self.clone();
        for (path, marks) in marks {
            mark(&mut value, &path.0, *marks);
        }
        value
    }
}

fn changed<E>(
    value: &Value,
    path: &mut Path,
    replace: &mut dyn FnMut(&Path, &Value) -> Result<Option<Value>, E>,
) -> Result<Option<Value>, E> {
    if let Some(replaced) = replace(path, value)? {
        return Ok(Some(replaced));
    }
    let mut children: Vec<(usize, Value)> = Vec::new();
    for (position, (step, child)) in value.steps().enumerate() {
        path.0.push(step);
        let child = changed(child, path, replace)?;
        path.0.pop();
        children.extend(child.map(|child| (position, child)));
    }
    Ok((!children.is_empty()).then(|| with_children(value, children)))
}

/// `value` with the children at these positions replaced.
fn with_children(value: &Value, children: Vec<(usize, Value)>) -> Value {
    let mut children = children.into_iter().peekable();
    let mut position = 0;
    let mut next = |_: &Value| {
        let child = children.next_if(|(at, _)| *at == position).map(|(_, child)| child);
        position += 1;
        child
    };
    let data = match &value.data {
        Data::List(ty, values) => elements(values, next).map(|it| Data::List(ty.clone(), it.into())),
        Data::Tuple(values) => elements(values, next).map(|it| Data::Tuple(it.into())),
        Data::Map(ty, values) => entries(values, next).map(|it| Data::Map(ty.clone(), it.into())),
        Data::Object(values) => entries(values, next).map(|it| Data::Object(it.into())),
        Data::Set(ty, values) => {
            let values = values.iter().map(|it| next(it).unwrap_or_else(|| it.clone())).collect();
            return Value::set(ty.clone(), values).marked(value.marks);
        }
        _ => None,
    };
    data.map_or_else(|| value.clone(), |data| Value { data, marks: value.marks })
}

/// The values with some replaced, or `None` if none is.
fn elements(values: &[Value], mut change: impl FnMut(&Value) -> Option<Value>) -> Option<Vec<Value>> {
    let mut changed: Option<Vec<Value>> = None;
    for (position, value) in values.iter().enumerate() {
        if let Some(new) = change(value) {
            changed.get_or_insert_with(|| values.to_vec())[position] = new;
        }
    }
    changed
}

fn entries<K: Clone + Ord>(
    values: &BTreeMap<K, Value>,
    mut change: impl FnMut(&Value) -> Option<Value>,
) -> Option<BTreeMap<K, Value>> {
    let mut changed: Option<BTreeMap<K, Value>> = None;
    for (key, value) in values {
        if let Some(new) = change(value) {
            changed.get_or_insert_with(|| values.clone()).insert(key.clone(), new);
        }
    }
    changed
}

/// See [`Value::children`].
pub enum Children<'v> {
    /// Of a list, set or tuple.
    Elements(std::slice::Iter<'v, Value>),
    /// Of a map or object.
    Entries(btree_map::Values<'v, Text, Value>),
}

impl<'v> Iterator for Children<'v> {
    type Item = &'v Value;

    fn next(&mut self) -> Option<&'v Value> {
        match self {
            Self::Elements(values) => values.next(),
            Self::Entries(values) => values.next(),
        }
    }
}
