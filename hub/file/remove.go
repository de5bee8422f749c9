package file

import (
	"bytes"
	"cmp"
	"slices"

	"picture-frame/hub"
)

// blank reports whether there is nothing of the frame in the file.
func (e frameEntry) blank() bool { return e.Pictures == 0 && e.Removed == 0 }

// remove takes a picture off a frame at the time of the id at. A picture that is
// not there is remembered as removed all the same.
func (t *transaction) remove(name, at, picture string) error {
	entry, err := t.frame(name)
	if err != nil {
		return err
	}
	if entry.blank() {
		t.head.Frames++
	}
	t.head.Mark = max(t.head.Mark, at)
	key := pictureKey(name, picture)
	if t.tx.Bucket(removedBucket).Get(key) == nil {
		entry.Removed++
	}
	if err := t.put(removedBucket, key, []byte(at)); err != nil {
		return err
	}
	if t.tx.Bucket(picturesBucket).Get(key) != nil {
		entry.Pictures--
		if err := t.tx.Bucket(picturesBucket).Delete(key); err != nil {
			return err
		}
	}
	entry.Newest = ""
	if keys := t.keys(picturesBucket, name); len(keys) > 0 {
		_, newest, _ := bytes.Cut(keys[len(keys)-1], []byte{0})
		entry.Newest = string(newest)
	}
	for ; entry.Removed > hub.RemovalsKept; entry.Removed-- {
		if err := t.forgetRemoval(name); err != nil {
			return err
		}
	}
	return t.putJSON(framesBucket, []byte(name), entry)
}

// forgetRemoval deletes what is remembered of a frame's oldest removal.
func (t *transaction) forgetRemoval(name string) error {
	bucket := t.tx.Bucket(removedBucket)
	keys := t.keys(removedBucket, name)
	at := func(key []byte) []byte {
		text, _ := unseal(removedBucket, key, bucket.Get(key)) // damaged: the oldest
		return text
	}
	return bucket.Delete(slices.MinFunc(keys, func(a, b []byte) int { return cmp.Compare(string(at(a)), string(at(b))) }))
}
