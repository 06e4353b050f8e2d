//! Makes a shared and a static library of captask: its C functions are exported from here.

extern crate inside as _;
