//! The orders in which the reference provider goes through sets: they show in the document.

use super::{Condition, Principal};

/// Lists come from sets and are sorted backwards.
pub(super) fn descending(texts: &[String]) -> Vec<String> {
    let mut sorted = texts.to_vec();
    sorted.sort_unstable_by(|left, right| right.cmp(left));
    sorted
}

/// The CRC-32 (IEEE 802.3) that Terraform's plugin SDK hashes text with.
pub(super) fn hash(text: &str) -> u32 {
    const REVERSED_POLYNOMIAL: u32 = 0xEDB8_8320;
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ REVERSED_POLYNOMIAL } else { crc >> 1 };
    !text.bytes().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(byte), step))
}

/// Elements as that SDK lists a set: by the digits of the hash of `spelling`.
pub(super) fn as_set<T>(elements: &[T], spelling: fn(&T) -> String) -> Vec<&T> {
    let mut sorted: Vec<&T> = elements.iter().collect();
    sorted.sort_by_cached_key(|it| hash(&spelling(it)).to_string());
    sorted
}

/// A `principals` block as the SDK spells it for its hash: attributes by name, sets in braces.
pub(super) fn principal(principal: &Principal) -> String {
    let element = |text: &String| text.clone();
    let identifiers: String = as_set(&principal.identifiers.0, element).iter().map(|it| format!("{it};")).collect();
    format!("identifiers:{{{identifiers}}};type:{};", principal.r#type)
}

/// A `condition` block as the SDK spells it for its hash: lists in parentheses.
pub(super) fn condition(condition: &Condition) -> String {
    let values: String = condition.values.iter().map(|it| format!("{it};")).collect();
    format!("test:{};values:({values});variable:{};", condition.test, condition.variable)
}
