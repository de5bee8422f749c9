package handlers

import "picture-frame/flickr"

// sourceLabels is what the page calls the source of a picture, beside its
// credit. Pictures of a source that is not here are not called anything.
var sourceLabels = flickr.Labels()

// SourceLabel is what the page calls the picture's source, empty for the album.
func (p Picture) SourceLabel() string { return sourceLabels[p.Source] }
