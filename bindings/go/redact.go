//go:build cgo

package captask

import (
	"log/slog"
	"slices"
	"strings"
)

// hidden is written in the place of a secret.
const hidden = "…"

// String returns the configuration as JSON, without the key, without the proxy, which may hold a password, and without
// the logins in URLs.
func (c Config) String() string {
	for _, secret := range []*string{&c.ClientKey, &c.Proxy} {
		if *secret != "" {
			*secret = hidden
		}
	}
	c.FallbackEndpoints = slices.Clone(c.FallbackEndpoints)
	for i := range c.FallbackEndpoints {
		hideLogin(&c.FallbackEndpoints[i])
	}
	for _, url := range []*string{&c.Endpoint, &c.UserAgentEndpoint, &c.Callback.PublicURL} {
		hideLogin(url)
	}
	text, err := c.MarshalJSON()
	if err != nil {
		return "captask.Config{}"
	}
	return string(text)
}

// hideLogin hides all that may be a login, which ends at the last @. The URL need not be well-formed.
func hideLogin(url *string) {
	at := strings.LastIndexByte(*url, '@')
	if at < 0 {
		return
	}
	scheme := ""
	if before, _, found := strings.Cut((*url)[:at], "://"); found && !strings.ContainsAny(before, ":/@") {
		scheme = before + "://"
	}
	*url = scheme + hidden + (*url)[at:]
}

// GoString returns the same as String.
func (c Config) GoString() string { return c.String() }

// LogValue returns the same as String, for log/slog.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }
