//! Which member an attribute is.

/// `KMSMasterKeyId` as `kms_master_key_id`.
pub fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 8);
    for (i, it) in letters.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| letters[i]);
        let starts_word = it.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || before.is_uppercase() && letters.get(i + 1).is_some_and(|it| it.is_lowercase())
            });
        if starts_word {
            out.push('_');
        }
        out.extend(it.to_lowercase());
    }
    out
}

/// Whether `attribute` and `member` are one word but for its case, its plural and what it is of: members may begin with one of
/// `nouns`, and attributes leave that out.
pub fn is_same(attribute: &str, member: &str, nouns: &[String]) -> bool {
    let member = snake(member);
    let bare = |it: &str| it.replace('_', "");
    let alike = |it: &str| it == member || plural(it) == member || plural(&member) == it || bare(it) == bare(&member);
    alike(attribute) || nouns.iter().any(|noun| alike(&format!("{noun}_{attribute}")))
}

fn plural(it: &str) -> String {
    match it.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if it.ends_with('s') => format!("{it}es"),
        _ => format!("{it}s"),
    }
}

/// `path.name`; `name` alone at the top.
pub fn within(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_known_by_attributes() {
        for (attribute, member) in [
            ("kms_master_key_id", "KmsMasterKeyId"),
            ("sse_specification", "SSESpecification"),
            ("rule", "Rules"),
            ("policy", "policies"),
            ("sampled_requests_enabled", "SampledRequestsEnabled"),
            ("ip_set_reference_statement", "IPSetReferenceStatement"),
            ("name", "QueueName"),
            ("name", "queueName"),
        ] {
            assert!(is_same(attribute, member, &["queue".into()]), "{attribute} {member}");
        }
        for (attribute, member) in [("name", "DisplayName"), ("policy", "PolicyArn"), ("type", "QueueTypes2")] {
            assert!(!is_same(attribute, member, &["queue".into()]), "{attribute} {member}");
        }
    }
}
