package clusters

// Images says by which names a cluster's nodes find the images that pods run.
type Images struct {
	Names   map[string]string // by the names that manifests have; nil where the nodes know them by these
	Archive string            // the file that the nodes were given them from; "" where they pull them
}
