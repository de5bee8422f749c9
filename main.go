// Command picture-frame serves walls of pictures: a word that anyone types
// brings a picture from Flickr to every screen at once. README.md tells how.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/joho/godotenv"

	"picture-frame/flickr"
	"picture-frame/flickr/album"
	"picture-frame/handlers"
	"picture-frame/hub"
	"picture-frame/web"
)

const (
	// searchesAtOnce bounds the searches of all askers together; few of them
	// are at Flickr at any moment, the others wait for their turn.
	searchesAtOnce = 64
	// searchTime is below the 30 s after which a platform's router gives up.
	searchTime = 10 * time.Second
)

func main() {
	if err := run(context.Background(), os.Environ(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "picture-frame:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, environ []string, stdout io.Writer) error {
	ctx, release := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer release()
	file, err := dotenv()
	if err != nil {
		return err
	}
	settings, err := web.ReadSettings(append(file, environ...)) // the later entry wins
	if err != nil {
		return err
	}
	log := settings.Logger(stdout)
	listener, err := net.Listen("tcp", settings.Address())
	if err != nil {
		return fmt.Errorf("cannot listen (PORT, HOST): %w", err)
	}
	metrics := web.NewMetrics()
	pictures, err := flickr.New(flickr.Options{
		Pictures: settings.Pictures,
		Key:      settings.FlickrKey,
		APIURL:   settings.FlickrAPIURL,
		FeedURL:  settings.FlickrFeed,
		Blocked:  settings.BlockedWords,
		Album:    album.New(),
		Logger:   log,
		Observe:  metrics.Source,
	})
	if err != nil {
		return err
	}
	wall := hub.New(&hub.Memory{}, log)
	go wall.Run()
	async := flickr.NewAsync(pictures.Search, searchesAtOnce, searchTime, log)
	server, err := web.New(web.Options{
		Settings: settings,
		Hub:      wall,
		Async:    async,
		Searches: handlers.NewSearches(async, wall, log),
		Metrics:  metrics,
		Log:      log,
	})
	if err != nil {
		return err
	}
	if settings.RedisURL != "" {
		log.Warn("REDIS_URL is set, but this version is one process: it shares nothing with others")
	}
	if settings.Autoplay > 0 {
		spare := flickr.NewAsync(pictures.Spare, 2, searchTime, log)
		go handlers.Autoplay(ctx, wall, handlers.NewSearches(spare, wall, log), settings.Autoplay)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	log.Info("listening", "address", listener.Addr().String(), "url", settings.URL(listener.Addr()), "pictures", settings.Pictures)
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	release() // from now on a second signal ends the process at once
	log.Info("stopping")
	err = server.Shutdown()
	log.Info("stopped", "err", err)
	return nil
}

// dotenv reads the .env file as NAME=VALUE entries. Its text may hold secrets,
// so what is wrong with it is not quoted.
func dotenv() (entries []string, err error) {
	values, err := godotenv.Read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, errors.New("settings: the file .env cannot be read; every line has to be NAME=value or a # comment")
	}
	for name, value := range values {
		entries = append(entries, name+"="+value)
	}
	return entries, nil
}
