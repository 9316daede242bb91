// Command mirror serves the images of a folder in OCI layout as a registry, or passes connections on. It runs in a container beside the nodes.
package main

import (
	"log"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/gateproof/gateproof/clusters/image/mirror/served"
)

func main() {
	if slices.Equal(os.Args[1:], []string{"tunnel"}) {
		if err := served.Tunnel(os.Stdin, os.Stdout); err != nil {
			log.Fatal(err)
		}
		return
	}
	if len(os.Args) != 3 {
		log.Fatal("usage: mirror ADDRESS FOLDER, or mirror tunnel")
	}
	handler, err := served.Handler(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	server := &http.Server{Addr: os.Args[1], Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}
