package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// autoplayed begins the words that nobody asks for: those of WORDS.
const autoplayed = "by itself"

// soakReasons are the faults that explain a status. One without is right at any time;
// one that is not here never is. 0 is a connection that broke.
var soakReasons = map[int][]string{
	200: nil,
	429: nil, // of a full line
	202: {"approve"},
	409: {"freeze"},
	404: {"source"},
	502: {"source", "process"},
	503: {"redis", "process", "machine"},
	504: {"source", "process"},
	0:   {"process"},
}

// soakAskers ask for words, each once, on all frames, through all fronts, by form, as
// JSON and over a WebSocket.
type soakAskers struct {
	ledger *ledger
	faults *soakFaults
	fronts []soakFront
	client http.Client

	mu       sync.Mutex
	statuses map[int]int
	running  sync.WaitGroup
}

// Run asks for a word about every so often until ctx ends, and returns when all have
// been answered.
func (a *soakAskers) Run(ctx context.Context, r *rand.Rand, every time.Duration) {
	defer a.running.Wait()
	for n := 0; sleep(ctx, time.Duration((0.5+r.Float64())*float64(every))); n++ {
		frame, front, how, from := pickFrame(r, true), a.fronts[r.IntN(len(a.fronts))], r.IntN(4), r.IntN(250)
		// Of a frame, and never the same: a word names its picture.
		word := fmt.Sprintf("%s %d %s", []string{"sea", "日本", "50% off", "a \"b\" <c>", "🎃", "x\u2028y"}[r.IntN(6)], n, frame)
		a.running.Add(1)
		go func() {
			defer a.running.Done()
			a.ask(front, frame, word, how, fmt.Sprint("198.18.0.", from))
		}()
	}
}

func (a *soakAskers) ask(front soakFront, frame, word string, how int, address string) {
	a.ledger.Asked(frame, word)
	var status int
	var body []byte
	switch how {
	case 0:
		status, body = a.overSocket(front, frame, word, address)
	case 1:
		text, _ := json.Marshal(map[string]string{"keyword": word})
		status, body = a.post(front, frame, string(text), asJSON, address)
	default:
		status, body = a.post(front, frame, url.Values{"keyword": {word}}.Encode(), asForm, address)
	}
	if status == http.StatusOK {
		a.ledger.Answered(word)
		if m := (message{Data: body}); m.keyword() != word {
			a.ledger.Fault("%q was answered with %s", word, body)
		}
	}
	a.mu.Lock()
	a.statuses[status]++
	a.mu.Unlock()
	why, known := soakReasons[status]
	if !known || why != nil && !a.faults.Explains(why...) || status == 429 && frame != "line" {
		a.ledger.Fault("%q at %s was answered with %d and %.200q, without a reason", word, front.name, status, body)
	}
}

func (a *soakAskers) post(front soakFront, frame, form, kind, address string) (status int, body []byte) {
	r, err := http.NewRequest(http.MethodPost, front.url+"/publish?frame="+frame, strings.NewReader(form))
	if err != nil {
		return -1, []byte(err.Error())
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("X-Forwarded-For", address)
	resp, err := a.client.Do(r)
	if err != nil {
		return 0, []byte(err.Error())
	}
	defer resp.Body.Close()
	if body, err = io.ReadAll(resp.Body); err != nil {
		return 0, []byte(err.Error())
	}
	return resp.StatusCode, body
}

func (a *soakAskers) overSocket(front soakFront, frame, word, address string) (status int, body []byte) {
	header := http.Header{"X-Forwarded-For": {address}}
	conn, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(front.url, "http")+"/ws?frame="+frame, header)
	if err != nil {
		if resp != nil {
			return resp.StatusCode, nil
		}
		return 0, []byte(err.Error())
	}
	defer conn.Close()
	conn.SetReadDeadline(time.Now().Add(patience))
	conn.WriteJSON(map[string]string{"keyword": word})
	for {
		var m message
		if err := conn.ReadJSON(&m); err != nil {
			return 0, []byte(err.Error())
		}
		switch m.Event {
		case "published":
			return http.StatusOK, m.Data
		case "waiting":
			return http.StatusAccepted, m.Data
		case "error":
			var problem struct{ Status int }
			json.Unmarshal(m.Data, &problem)
			return problem.Status, m.Data
		}
	}
}

// A soakHost runs the frame "stage": lets pictures hang or not, freezes it, takes
// pictures off, and clears it.
type soakHost struct {
	ledger *ledger
	faults *soakFaults
	fronts []soakFront
	client http.Client
}

const stage = "stage"

// do sends a request of the host's, again as long as a fault may be the reason that it
// fails, and reports whether it was answered well.
func (h *soakHost) do(ctx context.Context, r *rand.Rand, method, path, body string, answer any, also ...int) bool {
	for ctx.Err() == nil {
		front := h.fronts[r.IntN(len(h.fronts))]
		request, _ := http.NewRequest(method, front.url+path+"?frame="+stage, strings.NewReader(body))
		request.Header = bearer()
		request.Header.Set("Content-Type", asJSON)
		resp, err := h.client.Do(request)
		status := 0
		if err == nil {
			var text bytes.Buffer
			_, err = text.ReadFrom(resp.Body)
			resp.Body.Close()
			status = resp.StatusCode
			if err == nil && status/100 == 2 {
				if answer != nil {
					json.Unmarshal(text.Bytes(), answer)
				}
				return true
			}
		}
		for _, fine := range also {
			if status == fine {
				return false
			}
		}
		if !h.faults.Explains("redis", "process", "machine") {
			h.ledger.Fault("%s %s at %s was answered with %d (%v), without a reason", method, path, front.name, status, err)
			return false
		}
		sleep(ctx, 500*time.Millisecond)
	}
	return false
}

// Run does one thing after the other until ctx ends, and then lets the frame be.
func (h *soakHost) Run(ctx context.Context, r *rand.Rand, while time.Duration) {
	for ctx.Err() == nil {
		for _, what := range shuffled(r, []string{"approve", "freeze", "take off", "take off", "clear"}) {
			if !sleep(ctx, while/2+rand.N(while)) {
				break
			}
			switch what {
			case "approve":
				h.approve(ctx, r, while)
			case "freeze":
				end := h.faults.Begin("freeze", stage)
				h.do(ctx, r, "PATCH", "/host/desk", `{"frozen":true}`, nil)
				sleep(ctx, while)
				h.do(context.WithoutCancel(ctx), r, "PATCH", "/host/desk", `{"frozen":false}`, nil)
				end()
			case "take off":
				var d desk
				if h.do(ctx, r, "GET", "/host/desk", "", &d) && len(d.Pictures) > 0 {
					id := d.Pictures[r.IntN(min(3, len(d.Pictures)))].ID
					h.ledger.Removing(stage, id)
					h.do(ctx, r, "DELETE", "/history/"+id, "", nil, 404)
				}
			case "clear":
				h.ledger.Clearing(stage)
				h.do(ctx, r, "DELETE", "/history", "", nil)
			}
		}
	}
}

// approve has every picture wait for the host for a while, who lets two of three hang.
func (h *soakHost) approve(ctx context.Context, r *rand.Rand, while time.Duration) {
	end := h.faults.Begin("approve", stage)
	defer end()
	h.do(ctx, r, "PATCH", "/host/desk", `{"approve":true}`, nil)
	decide := func(ctx context.Context) {
		var d desk
		h.do(ctx, r, "GET", "/host/desk", "", &d)
		for _, w := range d.Waiting {
			if !w.Approved {
				h.do(ctx, r, "POST", "/host/desk/waiting/"+w.Ticket, fmt.Sprintf(`{"show":%v}`, r.IntN(3) > 0), nil, 404)
			}
		}
	}
	for until := time.Now().Add(2 * while); time.Now().Before(until) && sleep(ctx, time.Second); {
		decide(ctx)
	}
	ctx = context.WithoutCancel(ctx)
	h.do(ctx, r, "PATCH", "/host/desk", `{"approve":false}`, nil)
	decide(ctx)
}
