package reports

import (
	"encoding/xml"
	"strconv"
	"time"
)

// The elements of a JUnit file, as much of the common schema as its readers agree on.
type (
	xmlSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		xmlCounts
		Skipped *int       `xml:"skipped,attr,omitempty"`
		Suites  []xmlSuite `xml:"testsuite"`
	}
	xmlSuite struct {
		Name      string `xml:"name,attr"`
		Timestamp string `xml:"timestamp,attr,omitempty"` // RFC 3339 in UTC: without a zone, readers take it as local
		xmlCounts
		Skipped    int            `xml:"skipped,attr"`
		Properties *xmlProperties `xml:"properties"`
		Cases      []xmlCase      `xml:"testcase"`
	}
	xmlCounts struct {
		Tests    int     `xml:"tests,attr"`
		Failures int     `xml:"failures,attr"`
		Errors   int     `xml:"errors,attr"` // no verdict: not observed, not run, infrastructure
		Time     seconds `xml:"time,attr"`   // the sum of the cases, as is custom
	}
	xmlCase struct {
		Name       string         `xml:"name,attr"`
		Classname  string         `xml:"classname,attr"`
		Time       seconds        `xml:"time,attr"`
		Properties *xmlProperties `xml:"properties"`
		Skipped    *xmlMessage    `xml:"skipped"`
		Error      *xmlMessage    `xml:"error"`
		Failure    *xmlMessage    `xml:"failure"`
		SystemOut  *xmlText       `xml:"system-out"`
	}
	xmlMessage struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",cdata"` // so that lines stay lines in the file
	}
	xmlText struct {
		Text string `xml:",cdata"`
	}
	xmlProperties struct {
		Properties []xmlProperty `xml:"property"`
	}
	xmlProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	// seconds is a time attribute: decimal, to the millisecond.
	seconds time.Duration
)

func (s seconds) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: number(time.Duration(s).Seconds())}, nil
}

// text is a <system-out>; none for what is empty. Of what is long, the end is kept.
func text(s string) *xmlText {
	if s == "" {
		return nil
	}
	return &xmlText{Printable(tail(s, outputMax))}
}

// number writes a float in decimal, to three places: no reader has to know exponents.
func number(f float64) string { return strconv.FormatFloat(f, 'f', 3, 64) }

// count adds up the cases of a suite.
func count(cases []xmlCase) (c xmlCounts, skipped int) {
	for _, k := range cases {
		c.Tests++
		c.Time += k.Time
		switch {
		case k.Error != nil:
			c.Errors++
		case k.Failure != nil:
			c.Failures++
		case k.Skipped != nil:
			skipped++
		}
	}
	return c, skipped
}
