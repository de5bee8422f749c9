package redis

import (
	_ "embed" // the scripts

	goredis "github.com/redis/go-redis/v9"
)

// Each of these runs on the server as one step, between any two of others.
var (
	//go:embed append.lua
	appendSource string
	//go:embed line.lua
	lineSource string
	//go:embed restore.lua
	restoreSource string
	//go:embed rate.lua
	rateSource string
	//go:embed window.lua
	windowSource string
	//go:embed taken.lua
	takenSource string

	appendScript  = goredis.NewScript(appendSource)
	lineScript    = goredis.NewScript(lineSource + appendSource)
	restoreScript = goredis.NewScript(restoreSource)
	rateScript    = goredis.NewScript(rateSource)
	windowScript  = goredis.NewScript(windowSource)
	takenScript   = goredis.NewScript(takenSource)
)

const (
	prefix      = "pictureframe:"
	logKey      = prefix + "log"     // stream: the last records of all frames, in order
	recordsKey  = prefix + "records" // how many records there have been
	clockKey    = prefix + "clock"   // time of the newest id
	framesKey   = prefix + "frames"  // sorted set: frames with pictures, by when they last had a picture or a viewer
	resetsKey   = prefix + "resets"  // hash: when a frame was last cleared
	linesKey    = prefix + "lines"   // hash: version and line of each frame that has one
	secretKey   = prefix + "secret"  // what hub.Lines calls the key
	picturesKey = prefix + "pictures:"
	removedKey  = prefix + "removed:" // of a frame: its last removals, which its pictures must not contradict
	attemptsKey = prefix + "turns:"
	queriesKey  = prefix + "queries:" // of a budget: times of its last queries
	claimKey    = prefix + "claim:"
	reportKey   = prefix + "report:" // the viewers of a process
	probeKey    = prefix + "probe:"  // whether this server takes writes
)

func keys(frame string) []string {
	return []string{logKey, recordsKey, clockKey, framesKey, resetsKey, picturesKey + frame, removedKey + frame, linesKey}
}
