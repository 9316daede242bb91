package lab

// Living leaves out processes that have ended and wait for their parent.
func (t Table) Living() Table {
	return t.where(func(p Process) bool { return p.State != "Z" && p.State != "X" })
}

// InState keeps the processes in a state of /proc/PID/stat.
func (t Table) InState(state string) Table {
	return t.where(func(p Process) bool { return p.State == state })
}
