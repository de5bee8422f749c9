package request

import "net/netip"

// How much of an address is logged, in bits: what tells a network from others, and
// not who is in it.
const (
	networkBits4 = 24
	networkBits6 = 48
)

// Network returns the part of a client's address that may be logged, as its network's
// first address; "" for what is no address.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	bits := networkBits6
	if ip.Is4() {
		bits = networkBits4
	}
	prefix, _ := ip.Prefix(bits) // both numbers fit
	return prefix.Addr().String()
}
