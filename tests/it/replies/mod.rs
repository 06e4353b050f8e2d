//! What a reply means: every HTTP status with every kind of body, for every method. `meaning` asks the pure functions,
//! `page` writes docs/replies.md from them, `live` has the same replies come over sockets to tickets, to single calls and
//! to the callback receiver. `make generate` writes the page anew.

mod cases;
mod live;
mod meaning;
mod page;
