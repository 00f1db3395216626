//! How much one expression may make. Terraform has no such limits and runs out of memory; here it is an error with a
//! place. They are far beyond what a configuration can use.

use crate::value::{Data, Value};
use std::cell::Cell;

/// The longest string, in bytes, that is made out of others.
const LONGEST_TEXT: usize = 16 << 20;

/// The largest value, in bytes, counting what is in it twice as two.
const LARGEST_VALUE: usize = 128 << 20;

/// The most elements that a function makes out of others.
const MOST_ELEMENTS: usize = 1_000_000;

/// How often all `for` around and inside each other go round for one expression.
const MOST_ROUNDS: usize = 2_000_000;

/// An error if a string of so many bytes would be too long. A few steps that each repeat the one before fill any memory.
pub fn check_text(bytes: usize) -> Result<(), String> {
    match bytes <= LONGEST_TEXT {
        true => Ok(()),
        false => Err(format!("the result would be longer than {LONGEST_TEXT} bytes")),
    }
}

/// As [`check_text`], of the number of elements.
pub fn check_elements(count: usize) -> Result<(), String> {
    match count <= MOST_ELEMENTS {
        true => Ok(()),
        false => Err(format!("the result would have more than {MOST_ELEMENTS} elements")),
    }
}

/// An error if the value is too large. Looks at no more of it than that takes.
pub fn check_value(value: &Value) -> Result<(), String> {
    match spent(value, LARGEST_VALUE) {
        Some(_) => Ok(()),
        None => Err(format!("the value would be larger than {LARGEST_VALUE} bytes")),
    }
}

/// What may still be added to a value that is being put together.
pub struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(LARGEST_VALUE)
    }
}

impl Room {
    /// Takes the room that this element needs; an error if there is too little.
    pub fn take(&mut self, element: &Value) -> Result<(), String> {
        match spent(element, self.0) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => Err(format!("the value would be larger than {LARGEST_VALUE} bytes")),
        }
    }
}

/// An error if the text of a value in some notation would be too long.
pub fn check_encoded(value: &Value) -> Result<(), String> {
    match spent(value, LONGEST_TEXT * 2) {
        Some(_) => Ok(()),
        None => Err(format!("the result would be longer than {LONGEST_TEXT} bytes")),
    }
}

/// What is left of `budget` after this value and all in it.
fn spent(value: &Value, budget: usize) -> Option<usize> {
    let own = size_of::<Value>() + if let Data::String(text) = &value.data { text.len() } else { 0 };
    value.children().try_fold(budget.checked_sub(own)?, |left, child| spent(child, left))
}

/// How many elements functions and splats inside a `for` take and make for one expression.
const MOST_WORK: usize = 50_000_000;

thread_local! {
    /// Of the outermost `for` that is going on in this thread.
    static ROUNDS: Cell<usize> = const { Cell::new(0) };
    static NESTED: Cell<usize> = const { Cell::new(0) };
    static WORK: Cell<usize> = const { Cell::new(0) };
}

/// Counts elements that are looked at inside of a `for`; an error if they are too many.
pub fn count_work(elements: usize) -> Result<(), String> {
    if NESTED.get() == 0 {
        return Ok(());
    }
    WORK.set(WORK.get().saturating_add(elements));
    match WORK.get() <= MOST_WORK {
        true => Ok(()),
        false => Err(format!("inside of 'for', functions would take and make more than {MOST_WORK} elements")),
    }
}

/// Counts how often the loops of one expression go round, until the outermost of them ends.
pub struct Rounds(());

impl Rounds {
    pub fn begin() -> Self {
        if NESTED.get() == 0 {
            ROUNDS.set(0);
            WORK.set(0);
        }
        NESTED.set(NESTED.get() + 1);
        Self(())
    }

    /// Counts one round; an error if it is one too many.
    pub fn count(&self) -> Result<(), String> {
        ROUNDS.set(ROUNDS.get() + 1);
        match ROUNDS.get() <= MOST_ROUNDS {
            true => Ok(()),
            false => Err(format!("all 'for' in this expression together go round more than {MOST_ROUNDS} times")),
        }
    }
}

impl Drop for Rounds {
    fn drop(&mut self) {
        NESTED.set(NESTED.get() - 1);
    }
}
