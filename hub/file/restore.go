package file

import "picture-frame/hub"

// restore gives the hub what was kept. Ids and the use of frames go on from
// there, whatever the clock says now.
func (s *Store) restore() {
	kept := s.loaded
	s.loaded = content{}
	s.hub.SawID(kept.Mark)
	for name, mark := range kept.Lost {
		_ = s.hub.Restore(name, mark, nil) // takes no room
	}
	for _, f := range kept.frames {
		records := make([]hub.Record, len(f.pictures))
		for i, p := range f.pictures {
			records[i] = hub.Record{Frame: f.name, ID: p.id, Name: hub.Picture, Data: p.data}
		}
		for _, p := range f.removed {
			records = append(records, hub.Record{Frame: f.name, ID: p.id, Name: hub.Removed, Data: p.data})
		}
		if err := s.hub.Restore(f.name, f.since, records); err != nil {
			s.log.Warn("a kept frame finds no room", "frame", f.name, "err", err)
			continue
		}
		s.hub.SetActivity(f.name, kept.activity[f.name])
	}
	for frame, settings := range s.desk.settings {
		s.Restore(frame, settings)
	}
	s.SetQueries(kept.queries)
	s.notes.saw(kept)
	s.log.Info("frames are kept", "file", s.path, "frames", len(kept.frames), "pictures", kept.pictures())
}
