package captask

import "testing"

func TestEachAnswerWithoutATicketWakesAReceiver(t *testing.T) {
	t.Parallel()
	r := newReceiver(0, true)
	r.running = make(chan struct{}) // nothing is received for this one
	r.handOut(1, "first")
	r.handOut(2, "second")
	for _, wanted := range []string{"first", "second"} {
		select {
		case <-r.stray:
		default:
			t.Errorf("no receiver is woken for the %s answer", wanted)
		}
		if answer, there := r.nextStray(); !there || answer != wanted {
			t.Errorf("%q, %v", answer, there)
		}
	}
	if answer, there := r.nextStray(); there {
		t.Errorf("%q is left", answer)
	}
}
