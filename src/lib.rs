pub mod address;
pub mod diagnostic;
pub mod lang;
pub mod plan;
pub mod provider;
pub mod schema;
pub mod state;
pub mod value;
