package file

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"picture-frame/hub"
)

// What is in the file. A picture's key is its frame, a zero byte and its id, a
// removal's the same with the id of the removed picture. A
// frame's entry and the head count what there is, so that nothing can be missing
// unnoticed.
var (
	picturesBucket = []byte("pictures")
	framesBucket   = []byte("frames")   // by name: a frameEntry
	removedBucket  = []byte("removed")  // by frame and picture: when it was taken off, as an id
	activityBucket = []byte("activity") // by frame: the time of its last search, where that is newer than its picture
	queriesBucket  = []byte("queries")  // by budget, a zero byte and the time it was taken: nothing
	headBucket     = []byte("head")
	headKey        = []byte("head")

	buckets = [][]byte{picturesBucket, framesBucket, removedBucket, activityBucket, queriesBucket, headBucket}
)

const (
	// version is that of all this. Files of version 1 have no removals.
	version = 2
	// kept is how many pictures of a frame are in the file: one more than are
	// shown, since a viewer that has seen just that one has missed nothing.
	kept = hub.HistorySize + 1
)

type frameEntry struct {
	Pictures int    `json:"pictures"`
	Newest   string `json:"newest"` // id; empty without pictures
	Removed  int    `json:"removed,omitempty"`
	Since    string `json:"since,omitempty"` // an id: what has happened after it is all there
}

type head struct {
	Version int    `json:"version"`
	Frames  int    `json:"frames"`
	Mark    string `json:"mark"` // the newest id that was ever given, also one of a picture that has been cleared

	// Lost says the same as Since of frames that have no pictures: when they were
	// cleared, or made room.
	Lost hub.Marks `json:"lost,omitempty"`
}

// errVersion comes of a file that another version of this program has written.
var errVersion = errors.New("another version")

// A content is all that a file holds.
type content struct {
	head
	frames   []frame // those with the newest pictures first
	activity map[string]time.Time
	queries  map[string][]time.Time
	desk     desk
}

type frame struct {
	name     string
	since    string
	pictures []picture // oldest first
	removed  []picture // oldest removal first; id is when it happened, data that of the event
}

// newest is the id of the newest picture, empty without one.
func (f *frame) newest() string {
	if n := len(f.pictures); n > 0 {
		return f.pictures[n-1].id
	}
	return ""
}

type picture struct {
	id   string
	data []byte
}

func (c *content) pictures() (n int) {
	for _, f := range c.frames {
		n += len(f.pictures)
	}
	return n
}

// read returns what is in the file. It fails where that is not exactly what was
// written.
func read(tx *bolt.Tx) (c content, err error) {
	if tx.Bucket(headBucket) == nil {
		return c, errors.New("its head is missing")
	}
	text, err := unseal(headBucket, headKey, tx.Bucket(headBucket).Get(headKey))
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(text, &c.head); err != nil {
		return c, err
	}
	if c.Version < 1 || c.Version > version {
		return c, fmt.Errorf("%w: %d", errVersion, c.Version)
	}
	for _, name := range buckets {
		if tx.Bucket(name) == nil && (c.Version > 1 || !bytes.Equal(name, removedBucket)) {
			return c, fmt.Errorf("its %s are missing", name)
		}
	}
	if err := c.readFrames(tx); err != nil {
		return c, err
	}
	if c.desk, err = readDesk(tx); err != nil {
		return c, err
	}
	return c, c.readNotes(tx)
}

func (c *content) readFrames(tx *bolt.Tx) error {
	byName := map[string]*frame{}
	// entries calls do for what a bucket has of each frame.
	entries := func(bucket []byte, do func(f *frame, id string, value []byte)) error {
		return each(tx, bucket, func(key, value []byte) error {
			name, id, ok := bytes.Cut(key, []byte{0})
			if !ok {
				return errors.New("a picture has no frame")
			}
			f := byName[string(name)]
			if f == nil {
				f = &frame{name: string(name)}
				byName[f.name] = f
			}
			do(f, string(id), bytes.Clone(value))
			return nil
		})
	}
	err := errors.Join(
		entries(picturesBucket, func(f *frame, id string, data []byte) { f.pictures = append(f.pictures, picture{id, data}) }),
		entries(removedBucket, func(f *frame, id string, at []byte) {
			f.removed = append(f.removed, picture{string(at), hub.RemovedData(id)})
		}),
		each(tx, framesBucket, func(key, value []byte) error {
			var entry frameEntry
			if err := json.Unmarshal(value, &entry); err != nil {
				return err
			}
			f := byName[string(key)]
			if f == nil || len(f.pictures) != entry.Pictures || f.newest() != entry.Newest || len(f.removed) != entry.Removed {
				return fmt.Errorf("pictures of frame %q are missing", key)
			}
			slices.SortFunc(f.removed, func(a, b picture) int { return cmp.Compare(a.id, b.id) })
			f.since = entry.Since
			c.frames = append(c.frames, *f)
			return nil
		}))
	if err != nil {
		return err
	}
	if len(c.frames) != c.Frames || len(byName) != c.Frames {
		return errors.New("frames are missing")
	}
	slices.SortFunc(c.frames, func(a, b frame) int { return cmp.Compare(b.newest(), a.newest()) })
	return nil
}

func (c *content) readNotes(tx *bolt.Tx) error {
	c.activity, c.queries = map[string]time.Time{}, map[string][]time.Time{}
	for _, f := range c.frames {
		c.activity[f.name] = hub.IDTime(f.newest())
	}
	err := each(tx, activityBucket, func(key, value []byte) error {
		at, err := timeOf(value)
		c.activity[string(key)] = at
		return err
	})
	if err != nil {
		return err
	}
	return each(tx, queriesBucket, func(key, _ []byte) error {
		budget, when, _ := bytes.Cut(key, []byte{0})
		at, err := timeOf(when)
		c.queries[string(budget)] = append(c.queries[string(budget)], at)
		return err
	})
}

// each calls do for every entry of a bucket, in the order of keys.
func each(tx *bolt.Tx, bucket []byte, do func(key, value []byte) error) error {
	b := tx.Bucket(bucket)
	if b == nil {
		return nil // a file of an earlier version
	}
	return b.ForEach(func(key, sealed []byte) error {
		value, err := unseal(bucket, key, sealed)
		if err != nil {
			return err
		}
		return do(key, value)
	})
}

func bytesOf(at time.Time) []byte { return binary.BigEndian.AppendUint64(nil, uint64(at.UnixMicro())) }

func timeOf(b []byte) (time.Time, error) {
	if len(b) != 8 {
		return time.Time{}, errors.New("a time is cut")
	}
	return time.UnixMicro(int64(binary.BigEndian.Uint64(b))), nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(bucket, key, value []byte) uint32 {
	sum := crc32.Update(0, castagnoli, bucket)
	sum = crc32.Update(sum, castagnoli, []byte{0, byte(len(key)), byte(len(key) >> 8)})
	sum = crc32.Update(sum, castagnoli, key)
	return crc32.Update(sum, castagnoli, value)
}

// seal puts a checksum of where a value lies and what it is in front of it.
func seal(bucket, key, value []byte) []byte {
	return append(binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(value)), checksum(bucket, key, value)), value...)
}

func unseal(bucket, key, sealed []byte) ([]byte, error) {
	if len(sealed) < 4 || binary.BigEndian.Uint32(sealed) != checksum(bucket, key, sealed[4:]) {
		return nil, fmt.Errorf("an entry of its %s is not what was written", bucket)
	}
	return sealed[4:], nil
}
