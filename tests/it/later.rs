//! What release 6 of the AWS provider gave to types: records are those of 5.100, which knew nothing of it.

const RELEASE_6: &str = include_str!("../../src/aws/catalogue/release_6.txt");

/// The paths of attributes and blocks that came to a type, or are no longer what they were; `kind` is resource or data.
pub(crate) fn of<'a>(kind: &'a str, type_name: &'a str) -> impl Iterator<Item = Vec<&'static str>> + 'a {
    RELEASE_6.lines().filter_map(move |line| {
        let [sign, of_kind, of_type, what] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let path = what.split(':').next()?.split('.').collect();
        (sign != "-" && of_kind == kind && of_type == type_name).then_some(path)
    })
}

/// Whether an attribute of what stands at `place` (`create module.a.aws_instance.subject.placement[0]`) came later than 5.100.
pub(crate) fn is_later(place: &str, attribute: &str) -> bool {
    let words: Vec<&str> = place.split(['.', '[', ' ']).collect();
    let is_of = |path: Vec<&str>| match path.split_last() {
        Some((last, holders)) => *last == attribute && holders.iter().all(|it| words.contains(it)),
        None => false,
    };
    attribute == "region" || words.iter().any(|word| ["resource", "data"].iter().any(|kind| of(kind, word).any(is_of)))
}
