package redistest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// Password is what a server wants to hear that speaks TLS.
const Password = "letmein"

// NewTLS returns a server that speaks nothing but TLS and wants a password, and
// the file of its certificate, which only those trust who are told to.
func NewTLS(t testing.TB) (s *Server, certificate string) {
	t.Helper()
	s = New(t)
	certificate, key := selfSigned(t)
	s.address = "rediss://:" + Password + "@127.0.0.1:" + s.port
	s.listen = []string{
		"--port", "0", "--tls-port", s.port, "--requirepass", Password,
		"--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate, "--tls-auth-clients", "no",
	}
	s.Client.Close()
	s.Client = goredis.NewClient(&goredis.Options{
		Addr: "127.0.0.1:" + s.port, MaxRetries: -1,
		Password: Password, TLSConfig: &tls.Config{InsecureSkipVerify: true},
	})
	return s, certificate
}

// selfSigned writes a certificate for this machine and its key.
func selfSigned(t testing.TB) (certificate, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		IsCA:         true, BasicConstraintsValid: true,
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, kind string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("cert.pem", "CERTIFICATE", signed), write("key.pem", "PRIVATE KEY", secret)
}
