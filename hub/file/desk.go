package file

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"maps"

	bolt "go.etcd.io/bbolt"

	"picture-frame/hub"
)

// deskBucket has the settings of hosts and the key, beside which a file of an
// earlier version of this program has none.
var deskBucket = []byte("desk")

const (
	keyName      = "key"
	settingsName = "settings\x00" // and the frame
	keySize      = 32             // bytes: that of a SHA-256
)

// desk is what is kept beside pictures, and changes rarely.
type desk struct {
	key      []byte
	settings map[string]hub.Settings // by frame
	unkept   bool                    // the file may not have it
}

// readDesk reads what a file has of it. Without a key there is a new one.
func readDesk(tx *bolt.Tx) (d desk, err error) {
	d.settings = map[string]hub.Settings{}
	if tx.Bucket(deskBucket) != nil {
		err = each(tx, deskBucket, func(key, value []byte) error {
			if string(key) == keyName {
				d.key = bytes.Clone(value)
				return nil
			}
			frame, ok := bytes.CutPrefix(key, []byte(settingsName))
			if !ok {
				return nil // of a later version
			}
			var s hub.Settings
			err := json.Unmarshal(value, &s)
			d.settings[string(frame)] = s
			return err
		})
	}
	if d.key == nil {
		d.key, d.unkept = make([]byte, keySize), true
		rand.Read(d.key) // never fails
	}
	return d, err
}

// with is d with other settings of a frame.
func (d desk) with(frame string, s hub.Settings) desk {
	d.settings = maps.Clone(d.settings)
	d.settings[frame] = s
	d.unkept = true
	return d
}

// putDesk writes what the file has not.
func (t *transaction) putDesk(d desk) error {
	put := func(key, value []byte) error {
		if bytes.Equal(t.tx.Bucket(deskBucket).Get(key), seal(deskBucket, key, value)) {
			return nil
		}
		return t.put(deskBucket, key, value)
	}
	for frame, s := range d.settings {
		value, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if err := put([]byte(settingsName+frame), value); err != nil {
			return err
		}
	}
	return put([]byte(keyName), d.key)
}
