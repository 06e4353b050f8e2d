package captask

import "log/slog"

// hidden is written in the place of a secret.
const hidden = "…"

// String returns the configuration as JSON, without the key and without the proxy, which may hold a password.
func (c Config) String() string {
	for _, secret := range []*string{&c.ClientKey, &c.Proxy} {
		if *secret != "" {
			*secret = hidden
		}
	}
	text, err := c.MarshalJSON()
	if err != nil {
		return "captask.Config{}"
	}
	return string(text)
}

// GoString returns the same as String.
func (c Config) GoString() string { return c.String() }

// LogValue returns the same as String, for log/slog.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }
