//! Where the guide of the first start was left.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the guide was left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GuideState {
    /// The step, from 0.
    pub step: u8,
    /// Gone through to its end, or put away for good.
    pub done: bool,
}
