package album

import (
	"net/url"
	"strconv"
	"strings"
)

const (
	// total is how many photos the album has for any word: more than a viewer
	// will see before the word is forgotten.
	total = 24
	// Flickr's own default and limit for per_page.
	defaultPerPage, maxPerPage = 100, 500

	method = "flickr.photos.search"
)

// answer is the body for a query string.
func answer(query string) []byte {
	q, err := url.ParseQuery(query)
	if err != nil {
		return fail(q, 18, "Illogical arguments")
	}
	if f := q.Get("format"); f != "json" {
		return fail(q, 111, "Format "+strconv.QuoteToASCII(f)+" not found")
	}
	if m := q.Get("method"); m != method {
		return fail(q, 112, "Method "+strconv.QuoteToASCII(m)+" not found")
	}
	text := strings.TrimSpace(q.Get("text") + " " + q.Get("tags"))
	if text == "" {
		return fail(q, 3, "Parameterless searches have been disabled. Please use flickr.photos.getRecent instead.")
	}
	perPage := number(q.Get("per_page"), defaultPerPage, maxPerPage)
	page := number(q.Get("page"), 1, 1<<20)
	return wrap(q, search(text, page, perPage))
}

// number reads a positive number; Flickr takes anything else as not given.
func number(s string, otherwise, most int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return otherwise
	}
	return min(n, most)
}

// search lists the photos of one page. They depend on the text alone.
func search(text string, page, perPage int) []byte {
	b := make([]byte, 0, 512*min(perPage, total)+128)
	b = append(b, `{"photos":{"page":`...)
	b = strconv.AppendInt(b, int64(page), 10)
	b = append(b, `,"pages":`...)
	b = strconv.AppendInt(b, int64((total+perPage-1)/perPage), 10)
	b = append(b, `,"perpage":`...)
	b = strconv.AppendInt(b, int64(perPage), 10)
	b = append(b, `,"total":`...)
	b = strconv.AppendInt(b, total, 10)
	b = append(b, `,"photo":[`...)
	t := themeOf(text)
	first := min((page-1)*perPage, total)
	for i := first; i < min(first+perPage, total); i++ {
		if i > first {
			b = append(b, ',')
		}
		p := t.picture(i)
		b = p.appendJSON(b, p.title(text))
	}
	return append(b, `]},"stat":"ok"}`...)
}

// appendJSON writes the photo as flickr.photos.search does. Ids and titles hold
// nothing that JSON would want escaped.
func (p picture) appendJSON(b []byte, title string) []byte {
	b = append(b, `{"id":"`...)
	b = p.appendID(b)
	b = append(b, `","owner":"picture-frame","secret":"","server":"0","farm":0,"title":"`...)
	b = append(b, title...)
	b = append(b, `","ispublic":1,"isfriend":0,"isfamily":0,"license":"9","ownername":"Picture Frame","media":"photo","tags":""`...)
	b = append(b, `,"url_l":"`+Prefix...)
	b = p.appendID(b)
	return append(b, `.svg","height_l":1000,"width_l":1600}`...)
}

func fail(q url.Values, code int, message string) []byte {
	b := append([]byte(nil), `{"stat":"fail","code":`...)
	b = strconv.AppendInt(b, int64(code), 10)
	b = append(b, `,"message":`...)
	b = strconv.AppendQuote(b, message)
	return wrap(q, append(b, '}'))
}

// wrap adds the callback that Flickr adds unless nojsoncallback=1 is given.
func wrap(q url.Values, body []byte) []byte {
	if q.Get("nojsoncallback") == "1" {
		return body
	}
	return append(append([]byte("jsonFlickrApi("), body...), ')')
}
