package reports

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"
)

// The names of Ginkgo's report entries that are read here, each followed by a name of its own.
const (
	EvidenceEntry    = "evidence: "    // the value is text
	MeasurementEntry = "measurement: " // the value is a number, or a time.Duration, which is kept as seconds
	CallsEntry       = "calls: "       // the value is a number
	LaneEntry        = "lane: "        // on a suite node; the value is a Lane, or its JSON
	MatrixEntry      = "matrix: "      // the value is a Matrix's JSON
	// UnobservedEntry is of a spec that fails because it could not look, and is followed by the Cause. The value is why, in the
	// words of whoever was in the way.
	UnobservedEntry = "not observed: "
	// WarningEntry is on a suite node, and is followed by what was being done. The value is what went wrong that changes no verdict.
	WarningEntry = "warning: "
)

func evidence(entries types.ReportEntries) []Evidence {
	var out []Evidence
	for _, e := range entries {
		if name, ok := strings.CutPrefix(e.Name, EvidenceEntry); ok {
			out = append(out, Evidence{Name: name, Text: e.StringRepresentation()})
		}
	}
	return out
}

// matrices are the entries that hold one. What does not decode is shown as evidence.
func matrices(entries types.ReportEntries) (out []Matrix, broken []Evidence) {
	for _, e := range entries {
		name, ok := strings.CutPrefix(e.Name, MatrixEntry)
		if !ok {
			continue
		}
		var m Matrix
		if err := json.Unmarshal(entryJSON(e), &m); err != nil {
			broken = append(broken, Evidence{Name: name, Text: err.Error() + ": " + e.StringRepresentation()})
			continue
		}
		out = append(out, m)
	}
	return out, broken
}

func measurements(entries types.ReportEntries) map[string]float64 {
	var out map[string]float64
	for _, e := range entries {
		name, ok := strings.CutPrefix(e.Name, MeasurementEntry)
		if !ok {
			continue
		}
		// The text is what survives the way from another process; a raw Duration doesn't.
		text := e.StringRepresentation()
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			d, err := time.ParseDuration(text)
			if err != nil {
				continue
			}
			value = d.Seconds()
		}
		if out == nil {
			out = map[string]float64{}
		}
		out[name] = value
	}
	return out
}

func calls(entries types.ReportEntries) map[string]int {
	var out map[string]int
	for _, e := range entries {
		kind, ok := strings.CutPrefix(e.Name, CallsEntry)
		if n, err := strconv.Atoi(e.StringRepresentation()); ok && err == nil {
			if out == nil {
				out = map[string]int{}
			}
			out[kind] = n
		}
	}
	return out
}

// addLanesOfReport takes the lanes that the suite attached to its own nodes and that the caller didn't give.
func (b *builder) addLanesOfReport() {
	for _, node := range b.report.SpecReports.WithLeafNodeType(types.NodeTypesForSuiteLevelNodes) {
		for _, entry := range node.ReportEntries {
			name, ok := strings.CutPrefix(entry.Name, LaneEntry)
			if !ok || b.lane(name) != nil {
				continue
			}
			var l Lane
			if err := json.Unmarshal(entryJSON(entry), &l); err != nil {
				b.problem("read the report entry "+strconv.Quote(entry.Name), err.Error())
			}
			l.Name, l.Results = name, nil
			b.addLane(l)
		}
	}
}

func entryJSON(entry types.ReportEntry) []byte {
	if text, ok := entry.GetRawValue().(string); ok {
		return []byte(text)
	}
	data, err := json.Marshal(entry.GetRawValue())
	if err != nil {
		return nil // not JSON: the caller reports what doesn't decode
	}
	return data
}
