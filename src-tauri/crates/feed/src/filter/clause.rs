//! A part of a filter that is more than a list of values.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A condition as the query box writes it, e.g. `(amount:>100 OR flag:repeat)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export)]
pub struct Clause(pub String);
