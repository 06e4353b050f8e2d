// Command official measures how the service's official Go client solves many tasks at once.
//
// Usage: official URL COUNT, with the URL of a sandbox in another process.
package main

import (
	"net/http"
	"net/url"
	_ "unsafe" // for go:linkname

	"github.com/ZennoLab/capmonstercloud-client-go/pkg/client"
	"github.com/ZennoLab/capmonstercloud-client-go/pkg/tasks"

	"github.com/captask/captask/bindings/go/internal/measure"
)

// The client has the service's URL as a constant. Its requests are sent on to the sandbox, by its own transport.
//
//go:linkname httpClient github.com/ZennoLab/capmonstercloud-client-go/pkg/client.httpClient
var httpClient *http.Client

type redirect struct {
	to   *url.URL
	next http.RoundTripper
}

func (r redirect) RoundTrip(request *http.Request) (*http.Response, error) {
	sent := request.Clone(request.Context())
	sent.URL.Scheme, sent.URL.Host, sent.Host = r.to.Scheme, r.to.Host, r.to.Host
	return r.next.RoundTrip(sent)
}

func main() {
	measure.Main(func(address string) (func() error, error) {
		to, err := url.Parse(address)
		if err != nil {
			return nil, err
		}
		httpClient.Transport = redirect{to, httpClient.Transport}
		service := client.New("bench")
		return func() error {
			task := tasks.NewRecaptchaV2TaskProxyless("https://example.com", "made-up-site-key")
			_, err := service.SolveRecaptchaV2Proxyless(task, false, nil)
			return err
		}, nil
	})
}
