package file

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"slices"
)

// The database's file begins with two meta pages, of which each transaction
// writes one, in turns, as its very last step: the one with the higher number
// tells what counts. The library goes by the other where one cannot be read,
// which is right after a power cut in the middle of that step, and would lose
// what has been answered after damage. So this looks first. See the library's
// documentation of its file for the layout.
const (
	pageHeader  = 16 // bytes of a page before its content
	metaSize    = 64
	constants   = 16 // magic, version, page size, flags
	pagesOffset = 40 // the number of pages that are in use
	txidOffset  = 48
	sumOffset   = 56
)

// meta is the content of a meta page.
type meta []byte

func (m meta) txid() uint64  { return binary.LittleEndian.Uint64(m[txidOffset:]) }
func (m meta) pages() uint64 { return binary.LittleEndian.Uint64(m[pagesOffset:]) }

func (m meta) sum() []byte {
	h := fnv.New64a()
	h.Write(m[:sumOffset])
	return binary.LittleEndian.AppendUint64(nil, h.Sum64())
}

func (m meta) valid() bool { return slices.Equal(m.sum(), m[sumOffset:]) }

// inspect returns why a file cannot be opened as it is: it is cut, or one of its
// beginnings is neither whole nor an unfinished write.
func inspect(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return unwritable(path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return unwritable(path, err)
	}
	if err := inspectMetas(file, info.Size()); err != nil {
		var system *fs.PathError
		if errors.As(err, &system) {
			return unwritable(path, err)
		}
		return damaged(path, err)
	}
	return nil
}

func inspectMetas(file io.ReaderAt, size int64) error {
	first, err := readMeta(file, 0)
	if err != nil {
		return err
	}
	page := int64(binary.LittleEndian.Uint32(first[8:]))
	if page < 512 || page > 1<<20 || page&(page-1) != 0 {
		return errors.New("its beginning cannot be read")
	}
	second, err := readMeta(file, page)
	if err != nil {
		return err
	}
	newest, other := first, second
	if second.valid() && (!first.valid() || second.txid() > first.txid()) {
		newest, other = second, first
	}
	switch {
	case !newest.valid(), !slices.Equal(newest[:constants], other[:constants]):
		return errors.New("its beginning cannot be read")
	case !other.valid() && !unfinished(other, newest):
		return errors.New("one of its two beginnings is not what was written")
	case newest.pages() > uint64(size/page):
		return errors.New("its end is missing")
	}
	return nil
}

func readMeta(file io.ReaderAt, at int64) (meta, error) {
	m := make(meta, metaSize)
	_, err := file.ReadAt(m, at+pageHeader)
	if errors.Is(err, io.EOF) {
		return nil, errors.New("its end is missing")
	}
	return m, err
}

// unfinished reports whether a meta page that is not valid may be a write that
// power cut short: the beginning of the transaction that follows that of the
// valid page, and the rest of the one before. A page of the transaction that
// follows in which a single byte is wrong is taken for damaged: the two cannot be
// told apart, and disks write so few bytes as a whole.
func unfinished(torn, valid meta) bool {
	before, after := valid.txid()-1, valid.txid()+1
	for i := range torn {
		whole := slices.Clone(torn)
		for b := range 256 {
			if whole[i] = byte(b); whole.valid() && whole.txid() == after {
				return false
			}
		}
	}
	was := binary.LittleEndian.AppendUint64(nil, before)
	is := binary.LittleEndian.AppendUint64(nil, after)
	for n := range len(is) + 1 {
		if slices.Equal(torn[txidOffset:sumOffset], append(slices.Clone(is[:n]), was[n:]...)) {
			return true
		}
	}
	return false
}
