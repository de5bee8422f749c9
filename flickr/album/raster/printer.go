package raster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"runtime"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"
)

var (
	// ErrUnknown says that no drawing has that id.
	ErrUnknown = errors.New("raster: no such drawing")
	// ErrBusy says that too many drawings are waited for.
	ErrBusy = errors.New("raster: too many drawings at once")
)

const (
	// kept is how many PNGs a Printer keeps. They have up to half a megabyte.
	kept = 24
	// maxWaiting is how many drawings may wait for their turn: some seconds' work.
	maxWaiting = 16
)

// A Printer makes PNGs of drawings. It keeps the last ones, and makes few at a
// time, because each takes a processor and some tens of megabytes for a while.
// Its methods may be called from any goroutine.
type Printer struct {
	draw    func(id string) (svg []byte, ok bool)
	kept    *lru.Cache[string, []byte]
	running singleflight.Group
	turns   chan struct{}
	waiting atomic.Int64
}

// NewPrinter returns a printer of what draw draws: the same for an id every time.
func NewPrinter(draw func(id string) (svg []byte, ok bool)) *Printer {
	cache, _ := lru.New[string, []byte](kept) // only a size below 1 is an error
	return &Printer{draw: draw, kept: cache, turns: make(chan struct{}, max(runtime.GOMAXPROCS(0)/2, 1))}
}

// PNG returns a drawing in width by height pixels, as a file that nobody may
// change. The error is ErrUnknown, ErrBusy or ctx's; what is begun is finished
// for the next one that asks.
func (p *Printer) PNG(ctx context.Context, id string, width, height int) ([]byte, error) {
	key := fmt.Sprintf("%s %dx%d", id, width, height)
	if file, ok := p.kept.Get(key); ok {
		return file, nil
	}
	svg, ok := p.draw(id)
	if !ok {
		return nil, ErrUnknown
	}
	made := p.running.DoChan(key, func() (any, error) {
		if file, ok := p.kept.Get(key); ok {
			return file, nil
		}
		file, err := p.print(svg, width, height)
		if err == nil {
			p.kept.Add(key, file)
		}
		return file, err
	})
	select {
	case r := <-made:
		file, _ := r.Val.([]byte)
		return file, r.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// print makes a file when it is its turn.
func (p *Printer) print(svg []byte, width, height int) ([]byte, error) {
	if p.waiting.Add(1) > maxWaiting {
		p.waiting.Add(-1)
		return nil, ErrBusy
	}
	p.turns <- struct{}{}
	p.waiting.Add(-1)
	defer func() { <-p.turns }()
	m, err := Render(svg, width, height)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	quick := png.Encoder{CompressionLevel: png.BestSpeed} // half the time of the default for a third more bytes
	if err := quick.Encode(&file, m); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}
