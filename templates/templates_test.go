package templates

import "testing"

func TestVersion(t *testing.T) {
	one, other := Version("1"), Version("2")
	if len(one) != 10 || one == other || one != Version("1") {
		t.Errorf("got %q and %q for other assets, want ten digits each that differ", one, other)
	}
}
