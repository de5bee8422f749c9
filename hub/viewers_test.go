package hub

import (
	"encoding/json"
	"testing"
)

// Processes of two versions understand each other for the time of a deployment.
func TestViewersOfAnEarlierVersion(t *testing.T) {
	for text, want := range map[string]Viewers{
		"3": {3}, "[1,2,3,4]": {1, 2, 3, 4}, "[5]": {5}, "[1,2,3,4,5]": {1, 2, 3, 4}, "[]": {},
	} {
		var got Viewers
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %v, %v, want %v", text, got, err, want)
		}
	}
	if text, _ := json.Marshal(Viewers{1, 2, 3, 4}); string(text) != "[1,2,3,4]" {
		t.Errorf("got %s, want a list", text)
	}
	if err := json.Unmarshal([]byte(`"x"`), new(Viewers)); err == nil {
		t.Error("text is taken for a count")
	}
}
