package flickr

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"regexp"
	"strings"

	"picture-frame/flickr/fetch"
)

// maxKept is how many photos of one answer are looked at: Flickr's own limit
// for a page. We ask for fewer.
const maxKept = 500

// member is one photo of an answer, or one item of a feed.
type member map[string]flexible

// answer is a body of either endpoint.
type answer struct {
	Stat    flexible `json:"stat"`
	Code    flexible `json:"code"`
	Message flexible `json:"message"`

	Photos list `json:"photos"` // flickr.photos.search
	Items  list `json:"items"`  // the feed
}

// list is a list of members wherever it is: directly, or in the "photo" of an
// object.
type list struct {
	there   bool // an empty one is there, null or another type is not
	members []member
}

func newList(members []member) list {
	return list{there: true, members: members[:min(len(members), maxKept)]}
}

// UnmarshalJSON never fails: what is no member is left out.
func (l *list) UnmarshalJSON(data []byte) error {
	*l = list{}
	var members []member
	switch data[0] {
	default:
		return nil
	case '[':
		// A wrong type is not the end: the decoder goes on behind it, and
		// syntax has been checked before we are called.
		_ = json.Unmarshal(data, &members)
	case '{':
		var object struct {
			Photo json.RawMessage `json:"photo"`
		}
		_ = json.Unmarshal(data, &object)
		if raw := object.Photo; len(raw) > 0 && raw[0] == '{' {
			var one member
			_ = json.Unmarshal(raw, &one)
			members = []member{one}
		} else if len(raw) > 0 && raw[0] == '[' {
			_ = json.Unmarshal(raw, &members)
		}
	}
	*l = newList(members)
	return nil
}

// decode reads a body of either endpoint: JSON, the same in a JSONP wrapper,
// or an error in Flickr's XML. Everything else, and every error that Flickr
// reports under HTTP 200, is a *fetch.Failure.
func decode(body []byte) (*answer, error) {
	body = unwrap(body)
	switch {
	case len(body) == 0:
		return nil, fetch.Unreadable("empty body")
	case body[0] == '<':
		return nil, decodeMarkup(body)
	case body[0] != '{':
		return nil, fetch.Unreadable("body is not a JSON object")
	}

	a, err := decodeUsual(body)
	if err != nil {
		a = answer{}
		err = json.Unmarshal(body, &a)
	}
	if isSyntax(err) {
		a = answer{}
		err = json.Unmarshal(repair(body), &a)
	}
	if isSyntax(err) {
		return nil, fetch.Unreadable("invalid JSON: " + err.Error())
	}
	if stat := strings.TrimSpace(string(a.Stat)); stat != "" && !strings.EqualFold(stat, "ok") {
		return nil, refusal(a.Code, a.Message)
	}
	return &a, nil
}

// decodeUsual reads an answer of the form that Flickr documents, in half the
// time that being prepared for every other form takes: what a type that reads
// itself gets is scanned twice more at each level.
func decodeUsual(body []byte) (answer, error) {
	var usual struct {
		Stat    flexible `json:"stat"`
		Code    flexible `json:"code"`
		Message flexible `json:"message"`
		Photos  *struct {
			Photo []member `json:"photo"`
		} `json:"photos"`
		Items *[]member `json:"items"`
	}
	err := json.Unmarshal(body, &usual)
	a := answer{Stat: usual.Stat, Code: usual.Code, Message: usual.Message}
	if usual.Photos != nil {
		a.Photos = newList(usual.Photos.Photo)
	}
	if usual.Items != nil {
		a.Items = newList(*usual.Items)
	}
	return a, err
}

// isSyntax tells errors of JSON from those of types, of which there are none
// that matter.
func isSyntax(err error) bool {
	var wrongType *json.UnmarshalTypeError
	return err != nil && !errors.As(err, &wrongType)
}

// callback is the beginning of a JSONP body, some with a comment before it
// that guards against content sniffing.
var callback = regexp.MustCompile(`^(?:/\*.*?\*/)?\s*[A-Za-z_$][\w$.]{0,63}\s*\(`)

// unwrap takes away what may stand around JSON: a byte order mark, white
// space, and a call.
func unwrap(body []byte) []byte {
	body = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\ufeff")))
	if head := callback.Find(body[:min(len(body), 256)]); head != nil {
		if end := bytes.LastIndexByte(body, ')'); end >= len(head) {
			return bytes.TrimSpace(body[len(head):end])
		}
	}
	return body
}

// repair makes JSON of what the feed once sent for it: \' is no escape there,
// and line breaks and tabs may not stand in a string as they are.
func repair(body []byte) []byte {
	fixed := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case c == '\\' && i+1 < len(body):
			i++
			if body[i] != '\'' {
				fixed = append(fixed, c)
			}
			fixed = append(fixed, body[i])
		case c < ' ':
			fixed = append(fixed, ' ')
		default:
			fixed = append(fixed, c)
		}
	}
	return fixed
}

// decodeMarkup finds Flickr's error in its XML. HTML, and XML that is no
// error, cannot be read: we asked for JSON.
func decodeMarkup(body []byte) error {
	var rsp struct {
		XMLName xml.Name `xml:"rsp"`
		Stat    string   `xml:"stat,attr"`
		Err     struct {
			Code    string `xml:"code,attr"`
			Message string `xml:"msg,attr"`
		} `xml:"err"`
	}
	if xml.Unmarshal(body, &rsp) != nil || rsp.Stat == "ok" || rsp.Err.Code == "" {
		return fetch.Unreadable("markup instead of JSON")
	}
	return refusal(flexible(rsp.Err.Code), flexible(rsp.Err.Message))
}

// decodeSearch reads an answer of flickr.photos.search. Without photos it is
// some other method's.
func decodeSearch(body []byte) ([]member, error) {
	a, err := decode(body)
	if err != nil {
		return nil, err
	}
	if !a.Photos.there {
		return nil, fetch.Unreadable("no photos in the answer")
	}
	return a.Photos.members, nil
}

// decodeFeed reads an answer of the public feed.
func decodeFeed(body []byte) ([]member, error) {
	a, err := decode(body)
	if err != nil {
		return nil, err
	}
	if !a.Items.there {
		return nil, fetch.Unreadable("no items in the answer")
	}
	return a.Items.members, nil
}
