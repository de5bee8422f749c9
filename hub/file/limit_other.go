//go:build !unix

package file

// ignoreFileLimit has nothing to do: there are no such limits here.
func ignoreFileLimit() {}
