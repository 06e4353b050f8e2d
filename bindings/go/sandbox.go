//go:build cgo

package captask

import "sync"

// Sandbox is a stand-in of the service in this process, on a loopback port of its own, for tests of programs that use
// captask. Its solutions are plainly artificial.
type Sandbox struct {
	handle int32
	url    string
	closed sync.Once
}

// OpenSandbox opens a sandbox. The configuration is anything that encoding/json writes as the object of
// [Describe]("sandbox"), for example map[string]any{"solveMs": 50}; nil means all defaults.
func OpenSandbox(config any) (*Sandbox, error) {
	encoded, err := encode(config)
	if err != nil {
		return nil, refuse(ErrInvalidConfig, "the configuration has no form in JSON", false, err)
	}
	if string(encoded) == "null" {
		encoded = []byte("{}")
	}
	handle, problem := openSandbox(append(encoded, 0))
	if handle == 0 {
		_, err := read(problem)
		return nil, err
	}
	sandbox := &Sandbox{handle: handle}
	answer, err := sandbox.Inspect()
	if err != nil {
		closeHandle(handle)
		return nil, err
	}
	sandbox.url, _ = answer.Pick("/url")
	return sandbox, nil
}

// URL returns the sandbox's address, the Endpoint of any number of clients, of other processes too.
func (s *Sandbox) URL() string { return s.url }

// Client opens a client of the sandbox. The configuration's Endpoint and UserAgentEndpoint are set, and a made-up
// ClientKey unless there is one.
func (s *Sandbox) Client(config Config) (*Client, error) {
	config.Endpoint = s.url
	config.UserAgentEndpoint = s.url + "/api/useragent/actual"
	if config.ClientKey == "" {
		config.ClientKey = "sandbox"
	}
	return Open(config)
}

// Inspect returns what the sandbox has seen: requests by method, tasks by status, the balance.
func (s *Sandbox) Inspect() (*Answer, error) {
	return read(inspect(s.handle))
}

// Close closes the sandbox and frees what it has. It returns nil; closing twice is fine.
func (s *Sandbox) Close() error {
	s.closed.Do(func() { closeHandle(s.handle) })
	return nil
}
