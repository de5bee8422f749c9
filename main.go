// Command picture-frame serves walls of pictures: a word that anyone types
// brings a picture from Flickr to every screen at once. README.md tells how.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/joho/godotenv"

	"picture-frame/flickr"
	"picture-frame/flickr/album"
	"picture-frame/flickr/album/raster"
	"picture-frame/handlers"
	"picture-frame/hub"
	"picture-frame/hub/file"
	"picture-frame/hub/memory"
	"picture-frame/hub/redis"
	"picture-frame/static"
	"picture-frame/templates"
	"picture-frame/web"
)

const (
	// searchesAtOnce bounds the searches of all askers together; few of them
	// are at Flickr at any moment, the others wait for their turn.
	searchesAtOnce = 64
	// leaveTime is for telling the other processes that this one stops. With the
	// server's own 4.5 s it is less than the 5 s that were promised.
	leaveTime = 300 * time.Millisecond
	// A reader of the log that is slow may take the last lines until logTime after the
	// signal. Where the stop has taken longer, and at other ends, it gets lastLines.
	logTime   = 3 * time.Second
	lastLines = 100 * time.Millisecond
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
	lines, err := dotenv()
	if err != nil {
		return err
	}
	var sources flickr.Settings
	var words handlers.Words
	settings, err := web.ReadSettings(append(lines, environ...), sources.Read, words.Read, checkRedis) // the later entry wins
	if err != nil {
		return err
	}
	log, endLog := settings.Logger(stdout)
	var logUntil time.Time
	defer func() { endLog(max(time.Until(logUntil), lastLines)) }()
	listener, err := net.Listen("tcp", settings.Address())
	if err != nil {
		return fmt.Errorf("cannot listen (PORT, HOST): %w", err)
	}
	server, stop, err := build(ctx, settings, sources, words, log)
	if err != nil {
		return err
	}
	defer stop()
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	log.Info("listening", "address", listener.Addr().String(), "url", settings.URL(listener.Addr()), "source", sources.Pictures)
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	logUntil = time.Now().Add(logTime)
	release() // from now on a second signal ends the process at once
	log.Info("stopping")
	err = server.Shutdown()
	log.Info("stopped", "err", err)
	return nil
}

// build puts the parts together. They work until ctx ends; stop is called after
// the server's end.
func build(ctx context.Context, settings web.Settings, sources flickr.Settings, words handlers.Words, log *slog.Logger) (server *web.Server, stop func(), err error) {
	metrics := web.NewMetrics()
	cluster, err := newCluster(settings, log)
	if err != nil {
		return nil, nil, err
	}
	cluster = metrics.Publishing(cluster)
	from := flickr.Options{
		Settings: sources,
		Budget:   cluster,
		Blocked:  settings.BlockedWords,
		Album:    album.New(),
		Logger:   log,
		Observe:  metrics.Source,
		Cached:   metrics.Cached,
	}
	pictures, err := flickr.New(from)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range pictures.Sources() {
		var limits []web.Limit
		for _, l := range s.Limits {
			limits = append(limits, web.Limit{Budget: l.Name, Queries: l.Queries, Per: l.Per})
		}
		metrics.WatchSource(s.Name, s.States, s.Circuit, limits, cluster)
	}
	from.Settings = flickr.Settings{Pictures: "album"}
	drawn, err := flickr.New(from) // for the lab, whatever the settings are
	if err != nil {
		return nil, nil, err
	}
	wall := hub.New(cluster, log)
	wall.Version = templates.Version(static.Hash())
	wall.Hold = settings.Hold
	go wall.Run()
	searches := handlers.NewSearches(flickr.NewAsync(pictures.Search, searchesAtOnce, log), wall, log)
	searches.Observe(metrics.Search)
	searches.DrawLab(flickr.NewAsync(drawn.Search, searchesAtOnce, log))
	server, err = web.New(web.Options{
		Settings: settings,
		Hub:      wall,
		Searches: searches,
		Receipts: handlers.NewReceipts(ctx, wall, cluster, metrics.Receipt, log),
		Metrics:  metrics,
		Log:      log,
		Cluster:  cluster,
		Drawing:  album.Draw,
		Prints:   raster.NewPrinter(album.Draw),
		Photos:   flickr.PhotoHosts(),
	})
	if err != nil {
		return nil, nil, err
	}
	leave := join(cluster)
	if settings.Autoplay == 0 {
		if len(words) > 0 {
			log.Warn("WORDS is set, but AUTOPLAY is not, and so no word is shown by itself")
		}
		return server, leave, nil
	}
	background := handlers.NewSearches(flickr.NewAsync(pictures.Background, 2, log), wall, log)
	go handlers.Autoplay(ctx, wall, background, words, settings.Autoplay, cluster.Claim)
	return server, func() {
		background.Wait(ctx) // ctx has ended by then: what is left of them is cut short
		leave()
	}, nil
}

// newCluster returns where this process keeps its frames, and whom it shares them
// with.
func newCluster(s web.Settings, log *slog.Logger) (hub.Cluster, error) {
	switch {
	case s.RedisURL != "":
		return redis.New(s.RedisURL, log)
	case s.DataDir != "":
		return file.Open(s.DataDir, log)
	}
	return memory.New(), nil
}

// join runs cluster until leave is called. It returns once the process has caught
// up, so that a viewer that comes back at once finds what was there.
func join(cluster hub.Cluster) (leave func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go cluster.Run(ctx)
	<-cluster.Ready()
	return func() {
		defer cancel()
		patience, enough := context.WithTimeout(ctx, leaveTime)
		defer enough()
		cluster.Close(patience)
	}
}

// checkRedis says what is wrong with REDIS_URL.
func checkRedis(lookup func(name string) string) (problems []string) {
	if problem := redis.CheckURL(lookup("REDIS_URL")); problem != "" {
		problems = append(problems, "REDIS_URL "+problem)
	}
	return problems
}

// dotenv reads the .env file as NAME=VALUE entries. Its text may hold secrets,
// so what is wrong with it is not quoted.
func dotenv() (entries []string, err error) {
	values, err := godotenv.Read()
	_, nameless := values[""] // what the parser makes of a last line that is no setting
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil, nameless:
		return nil, errors.New("settings: the file .env cannot be read; every line has to be NAME=value or a # comment")
	}
	for name, value := range values {
		entries = append(entries, name+"="+value)
	}
	return entries, nil
}
