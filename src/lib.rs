//! captask: a C-ABI client of the CapMonster Cloud task API.

pub mod protocol;
