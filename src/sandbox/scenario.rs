//! Ready-made configurations by name.

/// The scenarios: name, what happens in it, and its configuration.
pub(super) const ALL: &[(&str, &str, &str)] = &[
    (
        "flaky-network",
        "Lost connections, lost replies, overload pages and slow answers for about a quarter of the requests.",
        r#"{"faults":[
            {"kind":"resetBeforeRead","rate":0.04},
            {"kind":"dropReply","rate":0.04},
            {"kind":"truncate","rate":0.03},
            {"kind":"status","status":503,"retryAfterS":1,"rate":0.04},
            {"kind":"html","status":502,"rate":0.03},
            {"kind":"resetAfterRead","rate":0.03},
            {"kind":"delay","delayMs":1500,"rate":0.06}
        ]}"#,
    ),
    ("zero-balance", "No account has money: createTask answers with ERROR_ZERO_BALANCE.", r#"{"balance":0}"#),
    (
        "banned",
        "The caller's address is banned: every method answers with ERROR_IP_BANNED.",
        r#"{"faults":[{"kind":"error","error":"ERROR_IP_BANNED"}]}"#,
    ),
    (
        "slow-service",
        "A task takes 20 to 60 seconds, and every answer one second.",
        r#"{"solveMs":{"min":20000,"max":60000},"faults":[{"kind":"delay","delayMs":1000}]}"#,
    ),
];

/// The configuration of a scenario.
pub(super) fn config(name: &str) -> Option<&'static str> {
    ALL.iter().find(|(known, _, _)| *known == name).map(|(_, _, config)| *config)
}

/// The names, for an error text.
pub(super) fn names() -> String {
    ALL.iter().map(|(name, _, _)| *name).collect::<Vec<_>>().join(", ")
}
