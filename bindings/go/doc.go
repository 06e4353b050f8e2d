// Package captask is a client of the CapMonster Cloud task API. It carries tasks to the service and solutions back, and
// solves nothing itself. It is meant for sites that you own or are allowed to automate.
//
// It calls the C library captask through cgo. Without a build tag pkg-config names the shared library (captask.pc); with
// the tag captask_static it names the static one (captask-static.pc), which becomes a part of the program.
//
// A [Client] is safe for concurrent use. [Client.Solve] costs one goroutine and no thread: each client has one thread
// that receives the answers of all its tasks. The methods that make one call of the service ([Client.GetBalance] and
// others) hold a thread while they last; at most [MaxCalls] of one client run at once, and further ones wait.
//
// Every error of this package is an [*Error]. Compare it by code:
//
//	if errors.Is(err, captask.ErrZeroBalance) { … }
//
// A process may open any number of clients. A client must be closed.
package captask
