package captask

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestMembersOfTheLibraryStayApartFromThoseOfTheService(t *testing.T) {
	t.Parallel()
	answer, err := read(`{"errorId":0,"status":"ready","extra":"theirs","ticket":"theirs","meta":[],"taskId":"theirs",` +
		`"solution":{},"captask":{"taskId":5,"ticket":3,"extra":"mine","meta":{"polls":2,"elapsedMs":7}}}`)
	if err != nil {
		t.Fatal(err)
	}
	if answer.TaskID != ID(5) || answer.Ticket != 3 || string(answer.Extra) != `"mine"` || answer.Meta.Polls != 2 ||
		answer.Meta.Elapsed != 7*time.Millisecond {
		t.Errorf("%+v", answer)
	}
	answer, err = read(`{"extra":"theirs","meta":1,"captask":{"ticket":9},"errorId":0,"taskId":5,"ticket":3}`)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Ticket != 3 || answer.Extra != nil || answer.Meta.Raw != nil || answer.TaskID != ID(5) {
		t.Errorf("%+v", answer)
	}
	// A single call's answer is the service's alone.
	answer, err = read(`{"errorId":0,"balance":1,"captask":{"extra":1}}`)
	if err != nil || answer.Extra != nil {
		t.Errorf("%+v, %v", answer, err)
	}
}

func TestErrorsAreReadWhole(t *testing.T) {
	t.Parallel()
	_, err := read(`{"errorId":1,"errorCode":"E","errorDescription":"text","retryable":"theirs","taskId":"a-1",` +
		`"retryScope":null,"httpStatus":503,"retryAfterMs":1500,"captask":{"retryable":true}}`)
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatal(err)
	}
	if failure.Code != "E" || !failure.Retryable || failure.RetryScope != "" || failure.HTTPStatus != 503 ||
		failure.RetryAfter != 1500*time.Millisecond || failure.TaskID != ID("a-1") || failure.Timeout() {
		t.Errorf("%+v", failure)
	}
	if text := failure.Error(); text != "captask: E: text (taskId a-1)" {
		t.Error(text)
	}
	_, err = read(`{"errorId":1,"errorCode":"CAPTASK_OUTCOME_UNKNOWN","taskId":0}`)
	if !errors.As(err, &failure) || failure.Bought() != BoughtUnknown || !failure.TaskID.IsZero() {
		t.Errorf("%+v", err)
	}
}

func TestErrorTextsSayWhetherToAdoptTheTask(t *testing.T) {
	t.Parallel()
	for code, adopt := range map[Code]bool{
		ErrTimeout: true, ErrCancelled: true, ErrClosed: true, ErrNetwork: true, ErrBadResponse: true, ErrConnect: true,
		ErrTLS: true, ErrPanic: true,
		"ERROR_CAPTCHA_UNSOLVABLE": false, "ERROR_NO_SUCH_CAPCHA_ID": false, "ERROR_OF_NEXT_YEAR": false,
		ErrUnknownHandle: false, ErrInvalidRequest: false,
	} {
		failure := &Error{Code: code, Description: "text", TaskID: ID(7)}
		wanted := "captask: " + string(code) + ": text (taskId 7)"
		if adopt {
			wanted = "captask: " + string(code) + ": text (taskId 7 is paid for; adopt it)"
		}
		if text := failure.Error(); text != wanted || failure.Bought() != BoughtYes {
			t.Errorf("%s, bought %v", text, failure.Bought())
		}
	}
}

func TestUnreadableAnswersKeepTheTask(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 20000) + strings.Repeat("]", 20000)
	_, err := read(`{"errorId":0,"taskId":77,"solution":` + deep + `}`)
	var failure *Error
	if !errors.As(err, &failure) || failure.Code != ErrBadResponse || failure.TaskID != ID(77) ||
		len(failure.Answer.Raw()) < len(deep) {
		t.Errorf("%.200v", err)
	}
	for _, text := range []string{"", "[]", "{", `{"a"`, "null", `{"a":}`, "\x00"} {
		if _, err := read(text); !errors.Is(err, ErrBadResponse) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTaskIDsKeepTheirForm(t *testing.T) {
	t.Parallel()
	for literal, shown := range map[string]string{
		"7654321": "7654321", "123456789012345678901": "123456789012345678901", `"a\"b"`: `a"b`, "1e3": "1e3", `"5"`: "5",
	} {
		var id TaskID
		if err := json.Unmarshal([]byte(literal), &id); err != nil || id.IsZero() || id.String() != shown {
			t.Errorf("%s: %v, %v", literal, id, err)
		}
		if again, err := json.Marshal(id); err != nil || string(again) != literal {
			t.Errorf("%s became %s, %v", literal, again, err)
		}
	}
	for _, literal := range []string{"0", `"0"`, `""`, "null"} {
		var id TaskID
		if err := json.Unmarshal([]byte(literal), &id); err != nil || !id.IsZero() {
			t.Errorf("%s: %v, %v", literal, id, err)
		}
	}
	for _, literal := range []string{"true", "[]", "{}"} {
		var id TaskID
		if err := json.Unmarshal([]byte(literal), &id); err == nil {
			t.Errorf("%s is taken for a taskId", literal)
		}
	}
	var none TaskID
	if text, err := json.Marshal(none); err != nil || string(text) != "0" || none.String() != "" {
		t.Errorf("%s, %v", text, err)
	}
}

func TestConfigurationIsWrittenAsTheLibraryReadsIt(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(Config{
		ClientKey: "<key>", CallTimeout: 1500 * time.Microsecond, FallbackEndpoints: []string{"http://a"},
		SoftID: Ptr(int64(0)), TLS: ConfigTLS{Roots: "system"},
		Poll: ConfigPoll{First: Ptr(time.Duration(0)), Learn: Ptr(false), MaxPolls: 3},
	})
	wanted := `{"callTimeoutMs":2,"clientKey":"\u003ckey\u003e","fallbackEndpoints":["http://a"],` +
		`"poll":{"firstMs":0,"learn":false,"maxPolls":3},"softId":0,"tls":{"roots":"system"}}`
	if err != nil || string(text) != wanted {
		t.Errorf("%s, %v", text, err)
	}
	if text, err := json.Marshal(Config{}); err != nil || string(text) != "{}" {
		t.Errorf("%s, %v", text, err)
	}
}

func TestPrintedConfigurationsHideSecrets(t *testing.T) {
	t.Parallel()
	config := Config{
		ClientKey: "secret-key", Proxy: "http://me:secret-word@example.com", MaxInFlight: 7,
		Endpoint:          "https://me:secret-@/word@one.example",
		FallbackEndpoints: []string{"https://secret-token@two.example/path", "https://three.example", "me:secret://word@six.example"},
		UserAgentEndpoint: "me:secret-word@four.example",
		Callback:          ConfigCallback{PublicURL: "https://me:secret-word@five.example"},
	}
	var logged strings.Builder
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("opened", "config", config)
	for _, text := range []string{fmt.Sprint(config), fmt.Sprintf("%+v %#v", config, config), logged.String()} {
		if strings.Contains(text, "secret") || !strings.Contains(text, "maxInFlight") {
			t.Error(text)
		}
	}
	for _, kept := range []string{
		`"https://…@one.example"`, `["https://…@two.example/path","https://three.example","…@six.example"]`, `"…@four.example"`,
		`"https://…@five.example"`,
	} {
		if !strings.Contains(config.String(), kept) {
			t.Errorf("no %s in %s", kept, config)
		}
	}
	if config.ClientKey != "secret-key" || config.FallbackEndpoints[0] != "https://secret-token@two.example/path" {
		t.Error("printing changed the configuration")
	}
}

// FuzzRead takes whatever text for an answer.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"", "{}", `{"errorId":0,"ticket":1,"captask":{"ticket":2}}`, `{"errorId":1,"captask":[]}`, `{"errorId":"0"}`,
		`{"errorId":1,"taskId":{"a":1},"retryAfterMs":1e400,"problems":[{}]}`, `{"errorId":0,"ticket":1e9,"meta":{"polls":"x"}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		answer, err := read(raw)
		if (answer == nil) == (err == nil) {
			t.Fatalf("%v, %v", answer, err)
		}
		if err != nil {
			var failure *Error
			if !errors.As(err, &failure) || failure.Answer == nil {
				t.Fatalf("%v", err)
			}
			_ = failure.Error()
			answer = failure.Answer
		}
		if answer.String() != raw {
			t.Fatalf("%q became %q", raw, answer)
		}
	})
}
