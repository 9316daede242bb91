package room

import (
	"path/filepath"
	"testing"
)

func TestRoomOfWhatIsNotThereYet(t *testing.T) {
	dir := t.TempDir()
	there, ok := At(dir)
	if !ok || there <= 0 {
		t.Fatalf("%d, %t", there, ok)
	}
	if later, ok := At(filepath.Join(dir, "not", "yet")); !ok || later <= 0 {
		t.Errorf("%d, %t", later, ok)
	}
}
