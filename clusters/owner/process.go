package owner

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/gateproof/gateproof/clusters/procstat"
)

// Process names a process so that any other can tell later whether it is gone. A number alone would not do: numbers
// are used again, differ between PID namespaces, and an engine may serve several machines.
type Process struct {
	Machine   string // host name and machine id, of which containers of one image share the second
	Boot      string // the kernel's boot id
	Namespace string // the PID namespace that PID counts in
	PID       int
	Started   uint64 // in clock ticks after boot
}

// ProcessOf names the process with that number in this PID namespace. Where there is no /proc it stays without a boot id, and is
// never found gone.
func ProcessOf(pid int) Process {
	stat, _ := procstat.Read(pid)
	return Process{Machine: machine(), Boot: procstat.BootID(), Namespace: pidNamespace(), PID: pid, Started: stat.Started}
}

// String is p as text without blanks or quotes, which ParseProcess reads.
func (p Process) String() string {
	return fmt.Sprintf("%s/%s/%s/%d/%d", p.Machine, p.Boot, p.Namespace, p.PID, p.Started)
}

// ParseProcess reads what String wrote.
func ParseProcess(text string) (p Process, err error) {
	parts := strings.Split(text, "/")
	if len(parts) != 5 {
		return p, fmt.Errorf("process %q: not MACHINE/BOOT/NAMESPACE/PID/STARTED", text)
	}
	p.Machine, p.Boot, p.Namespace = parts[0], parts[1], parts[2]
	if p.PID, err = strconv.Atoi(parts[3]); err != nil {
		return p, fmt.Errorf("process %q: %w", text, err)
	}
	if p.Started, err = strconv.ParseUint(parts[4], 10, 64); err != nil {
		return p, fmt.Errorf("process %q: %w", text, err)
	}
	return p, nil
}

// Gone tells whether the process has certainly ended: its machine, this one, has been restarted since, or its number is
// free or another's. Of a process that cannot be seen from here the answer is no.
func (p Process) Gone() bool {
	if p.Boot == "" || p.Machine != machine() {
		return false
	}
	if p.Boot != procstat.BootID() {
		return true
	}
	return p.Namespace == pidNamespace() && !p.there()
}

// Runs tells whether the process can be seen from here and has not ended. A machine may have got another name meanwhile.
func (p Process) Runs() bool {
	return p.Boot != "" && p.Boot == procstat.BootID() && p.Namespace == pidNamespace() && p.there()
}

func (p Process) there() bool {
	stat, err := procstat.Read(p.PID)
	return err == nil && stat.Alive() && stat.Started == p.Started
}

func machine() string {
	name, _ := os.Hostname()
	id, _ := os.ReadFile("/etc/machine-id")
	return name + ":" + strings.TrimSpace(string(id))
}

func pidNamespace() string {
	link, _ := os.Readlink("/proc/self/ns/pid")
	return link
}
