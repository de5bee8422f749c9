//go:build !linux

package stream

import (
	"net"
	"time"
)

// limitConn limits what the kernel holds for a client that does not read. Only
// Linux can close the connection of a silent one; elsewhere a ping notices.
func limitConn(conn *net.TCPConn, _ time.Duration) { _ = conn.SetWriteBuffer(sendBuffer) }
