package file

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	fileName = "pictureframe.db"
	// lockTime is how long a process that is just ending may still have the file.
	lockTime = 700 * time.Millisecond
	// growth is by how many bytes the file grows at a time.
	growth = 1 << 20
)

// prepare makes the folder and an empty file in it where they are missing, and
// returns the file's path.
func prepare(folder string) (string, error) {
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		if errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("DATA_DIR: the folder %s cannot be made, since the one that it would be in is missing; make that first", folder)
		}
		return "", unwritable(folder, err)
	}
	info, err := os.Stat(folder)
	switch {
	case err != nil:
		return "", unwritable(folder, err)
	case !info.IsDir():
		return "", fmt.Errorf("DATA_DIR: %s is not a folder; name one", folder)
	}
	path := filepath.Join(folder, fileName)
	info, err = os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, create(path)
	case err != nil:
		return "", unwritable(path, err)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("DATA_DIR: %s is not a file; name another folder", path)
	}
	return path, nil
}

// create makes an empty file. It comes into being as a whole: an end at any
// moment leaves either it or nothing at its name.
func create(path string) error {
	unfinished, err := os.CreateTemp(filepath.Dir(path), fileName+".new-")
	if err != nil {
		return unwritable(filepath.Dir(path), err)
	}
	unfinished.Close()
	defer os.Remove(unfinished.Name())
	db, err := bolt.Open(unfinished.Name(), 0o600, options())
	if err == nil {
		err = db.Update(func(tx *bolt.Tx) error {
			t, err := begin(tx)
			if err != nil {
				return err
			}
			return t.finish()
		})
		err = errors.Join(err, db.Close())
	}
	if err == nil {
		err = place(unfinished.Name(), path)
	}
	if err != nil {
		return unwritable(path, err)
	}
	return nil
}

// place gives a finished file its name, unless another process was faster.
func place(finished, path string) error {
	err := os.Link(finished, path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil: // a disk that has no links
		if _, there := os.Stat(path); there == nil {
			return nil
		}
		if err := os.Rename(finished, path); err != nil {
			return err
		}
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

// open opens a file that is there and reads all of it, so that what is damaged is
// found before anything is written.
func open(path string) (db *bolt.DB, c content, err error) {
	if err := inspect(path); err != nil {
		return nil, c, err
	}
	defer func() {
		if fault := recover(); fault != nil { // the library trusts what it reads
			err = damaged(path, fmt.Errorf("%v", fault))
		}
		if err != nil && db != nil {
			_ = db.Close() // nothing was written
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	db, err = bolt.Open(path, 0o600, options())
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, c, fmt.Errorf("DATA_DIR: %s is in use by another process; stop that one first, or give each its own folder", path)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return nil, c, unwritable(path, err)
	case err != nil:
		return nil, c, damaged(path, err)
	}
	db.AllocSize = growth
	err = db.View(func(tx *bolt.Tx) error {
		var err error
		if c, err = read(tx); err != nil {
			return err
		}
		return consistent(tx)
	})
	switch {
	case errors.Is(err, errVersion):
		return db, c, fmt.Errorf("DATA_DIR: %s is of another version of this program (%d, not %d); run that one, or name another folder", path, c.Version, version)
	case err != nil:
		return db, c, damaged(path, err)
	}
	return db, c, nil
}

// consistent has the library look for pages that are lost or used twice.
func consistent(tx *bolt.Tx) (first error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for err := range tx.Check() {
		if ctx.Err() == nil {
			first = err
			cancel() // and read on, for the library waits for a reader
		}
	}
	return first
}

func options() *bolt.Options {
	return &bolt.Options{
		Timeout:      lockTime,
		FreelistType: bolt.FreelistMapType,
		NoStatistics: true,
		// Not to make the file is left to create.
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			return os.OpenFile(name, flag&^os.O_CREATE, mode)
		},
	}
}

func unwritable(path string, err error) error {
	return fmt.Errorf("DATA_DIR: %s cannot be written (%w); give this program's user the right to, or name another folder", path, cause(err))
}

func damaged(path string, err error) error {
	return fmt.Errorf("DATA_DIR: %s is damaged (%w) and has been left as it is; put a copy back, or move it away to begin with an empty wall", path, err)
}

// cause is what the system said, without the path, which is named already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
