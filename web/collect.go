package web

import (
	"github.com/prometheus/client_golang/prometheus"

	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

// streams has Prometheus read what an Admission counts. Every series is there from the
// start, since what appears with its first value has no rate.
type streams struct {
	*stream.Admission
	hub *hub.Hub
}

func described(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("pictureframe_"+name, help, labels, nil)
}

var (
	streamsOpen    = described("streams_open", "Open streams; the desk's are no viewers.", "transport")
	streamsOpened  = described("streams_opened_total", "Streams that were let in.", "transport")
	streamsClosed  = described("streams_closed_total", "Streams that have ended, by why: done (a poll was answered, a demonstration was over), left (the client hung up or vanished), slow (it took nothing for 10 s or fell behind the history), shutdown, protocol (it broke WebSocket's rules), refused (it was let in and could not begin), error.", "transport", "reason")
	streamsRefused = described("streams_refused_total", "Streams that were not let in, by why: full (MAX_VIEWERS, or open files), address (MAX_VIEWERS_PER_ADDRESS), shutdown.", "transport", "reason")
	streamsResumed = described("streams_resumed_total", "Streams and polls that came with an id to resume from: complete (without a gap), reset (the id was no longer kept).", "transport", "result")
	replayed       = described("replayed_pictures_total", "Pictures that these had missed and got.", "transport")
	sentEvents     = described("sent_events_total", "Deliveries: events that were sent to streams, heartbeats among them.", "transport")
	sentBytes      = described("sent_bytes_total", "Bytes that were sent to streams.", "transport")
	sentWrites     = described("sent_writes_total", "Writes to streams; one may have several events.", "transport")
)

// Describe implements prometheus.Collector.
func (s streams) Describe(to chan<- *prometheus.Desc) { prometheus.DescribeByCollect(s, to) }

// Collect implements prometheus.Collector.
func (s streams) Collect(to chan<- prometheus.Metric) {
	counter := func(d *prometheus.Desc, value uint64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(value), labels...)
	}
	for i, r := range s.hub.Returned() {
		transport := stream.Transport(i).String()
		counter(streamsResumed, r.Resumed, transport, "complete")
		counter(streamsResumed, r.Reset, transport, "reset")
		counter(replayed, r.Replayed, transport)
	}
	counts := s.Counts()
	for i := range stream.Transports {
		by := stream.Transport(i)
		transport := by.String()
		to <- prometheus.MustNewConstMetric(streamsOpen, prometheus.GaugeValue, float64(counts.Open[i]), transport)
		counter(streamsOpened, counts.Opened[i], transport)
		for reason, n := range counts.Closed[i] {
			counter(streamsClosed, n, transport, stream.Reason(reason).String())
		}
		for reason, n := range counts.Refused[i] {
			counter(streamsRefused, n, transport, stream.Refusal(reason).String())
		}
		sent := s.Traffic.Of(by)
		counter(sentEvents, sent.Events, transport)
		counter(sentBytes, sent.Bytes, transport)
		counter(sentWrites, sent.Writes, transport)
	}
}
