package handlers

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// wantUpgrade refuses what does not open a WebSocket (RFC 6455, 4.2.1), and says
// what would.
func wantUpgrade(c echo.Context) error {
	r, h := c.Request(), c.Response().Header()
	switch key, err := base64.StdEncoding.DecodeString(r.Header.Get("Sec-WebSocket-Key")); {
	case r.Method != http.MethodGet, !r.ProtoAtLeast(1, 1), !hasToken(r.Header, "Connection", "upgrade"), !hasToken(r.Header, "Upgrade", "websocket"):
		h.Set("Upgrade", "websocket")
		h.Set("Connection", "Upgrade")
		return problem(http.StatusUpgradeRequired, "This address speaks WebSocket only.")
	case r.Header.Get("Sec-WebSocket-Version") != "13":
		h.Set("Upgrade", "websocket")
		h.Set("Connection", "Upgrade")
		h.Set("Sec-WebSocket-Version", "13")
		return problem(http.StatusUpgradeRequired, "This address speaks version 13 of WebSocket.")
	case err != nil || len(key) != 16:
		return problem(http.StatusBadRequest, "The Sec-WebSocket-Key is not 16 bytes in base64.")
	}
	return nil
}

func hasToken(h http.Header, name, token string) bool {
	for part := range strings.SplitSeq(strings.Join(h.Values(name), ","), ",") {
		if strings.EqualFold(strings.TrimSpace(part), token) {
			return true
		}
	}
	return false
}
