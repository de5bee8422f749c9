package file

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	bolt "go.etcd.io/bbolt"

	"picture-frame/hub"
)

// A transaction changes what is in the file. Its changes count together, from
// the end of the database's own transaction on.
type transaction struct {
	tx   *bolt.Tx
	head head
}

// begin reads the head; a file that is new has none.
func begin(tx *bolt.Tx) (*transaction, error) {
	t := &transaction{tx: tx, head: head{Version: version, Lost: hub.Marks{}}}
	for _, name := range append(slices.Clone(buckets), deskBucket) {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return nil, err
		}
	}
	if sealed := tx.Bucket(headBucket).Get(headKey); sealed != nil {
		text, err := unseal(headBucket, headKey, sealed)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &t.head); err != nil {
			return nil, err
		}
		t.head.Version = version
	}
	return t, nil
}

// finish writes the head. Nothing may follow.
func (t *transaction) finish() error { return t.putJSON(headBucket, headKey, t.head) }

// append adds the newest picture of a frame. Older ones make room for it, and
// where there are too many frames, one that nobody watches.
func (t *transaction) append(name, id string, data []byte, watched func(frame string) bool) error {
	entry, err := t.frame(name)
	if err != nil {
		return err
	}
	if entry.blank() {
		entry.Since = t.head.Lost.Of(name)
		t.head.Frames++
		if t.head.Frames > hub.MaxFrames {
			if err := t.makeRoom(watched); err != nil {
				return err
			}
		}
	}
	if err := t.put(picturesBucket, pictureKey(name, id), data); err != nil {
		return err
	}
	entry.Pictures++
	entry.Newest = id
	for ; entry.Pictures > kept; entry.Pictures-- {
		if err := t.deleteOldest(name); err != nil {
			return err
		}
	}
	t.head.Mark = max(t.head.Mark, id)
	return t.putJSON(framesBucket, []byte(name), entry)
}

// clear deletes a frame. Ids that follow are newer than mark.
func (t *transaction) clear(name, mark string) error {
	t.head.Mark = max(t.head.Mark, mark)
	t.head.Lost.Raise(name, mark)
	entry, err := t.frame(name)
	if err != nil || entry.blank() {
		return err
	}
	for _, bucket := range [][]byte{picturesBucket, removedBucket} {
		for _, key := range t.keys(bucket, name) {
			if err := t.tx.Bucket(bucket).Delete(key); err != nil {
				return err
			}
		}
	}
	t.head.Frames--
	if err := t.tx.Bucket(activityBucket).Delete([]byte(name)); err != nil {
		return err
	}
	return t.tx.Bucket(framesBucket).Delete([]byte(name))
}

// makeRoom deletes the frame whose newest picture is oldest, one of the lab's first, of those that
// nobody watches if there are any.
func (t *transaction) makeRoom(watched func(frame string) bool) error {
	type candidate struct{ name, newest string }
	var all []candidate
	err := each(t.tx, framesBucket, func(key, value []byte) error {
		var entry frameEntry
		all = append(all, candidate{name: string(key)})
		err := json.Unmarshal(value, &entry)
		all[len(all)-1].newest = entry.Newest
		return err
	})
	if err != nil || len(all) == 0 {
		return err
	}
	slices.SortFunc(all, func(a, b candidate) int {
		if lab := hub.LabFrame(a.name); lab != hub.LabFrame(b.name) {
			return map[bool]int{true: -1, false: 1}[lab]
		}
		return cmp.Compare(a.newest, b.newest)
	})
	idle := max(0, slices.IndexFunc(all, func(c candidate) bool { return !watched(c.name) }))
	return t.clear(all[idle].name, all[idle].newest)
}

func (t *transaction) deleteOldest(name string) error {
	cursor := t.tx.Bucket(picturesBucket).Cursor()
	key, _ := cursor.Seek(pictureKey(name, ""))
	if !bytes.HasPrefix(key, pictureKey(name, "")) {
		return nil
	}
	return cursor.Delete()
}

// keys returns the keys that a bucket has of a frame, in order.
func (t *transaction) keys(bucket []byte, name string) (keys [][]byte) {
	cursor := t.tx.Bucket(bucket).Cursor()
	for key, _ := cursor.Seek(pictureKey(name, "")); bytes.HasPrefix(key, pictureKey(name, "")); key, _ = cursor.Next() {
		keys = append(keys, bytes.Clone(key))
	}
	return keys
}

func (t *transaction) frame(name string) (entry frameEntry, err error) {
	sealed := t.tx.Bucket(framesBucket).Get([]byte(name))
	if sealed == nil {
		return entry, nil
	}
	text, err := unseal(framesBucket, []byte(name), sealed)
	if err != nil {
		return entry, err
	}
	return entry, json.Unmarshal(text, &entry)
}

func (t *transaction) put(bucket, key, value []byte) error {
	return t.tx.Bucket(bucket).Put(key, seal(bucket, key, value))
}

func (t *transaction) putJSON(bucket, key []byte, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return t.put(bucket, key, text)
}

func pictureKey(frame, id string) []byte { return []byte(frame + "\x00" + id) }
