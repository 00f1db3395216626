//! Numbers as cty has them: binary floats of 512 bits.

/// A number. Compares, adds and prints as in Terraform.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub struct Number(pub dashu_float::FBig);

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}
