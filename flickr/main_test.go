package flickr

import (
	"net"
	"os"
	"strings"
	"testing"
)

// TestMain has the network's resolver begin outside of any bubble of synctest:
// it makes a channel with the first name that is looked up, and no lookup from
// outside could use one that was made in a bubble.
func TestMain(m *testing.M) {
	_, _ = net.LookupHost(strings.Repeat("x", 64) + ".invalid") // too long a name to ask the network for
	os.Exit(m.Run())
}
