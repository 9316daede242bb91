package alter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"time"

	"k8s.io/client-go/rest"

	"github.com/gateproof/gateproof/clusters"
)

// proxyOn puts a proxy before the API server, and a kubeconfig that leads to it.
func (c Change) proxyOn(_ context.Context, to clusters.Cluster) (Altered, error) {
	answer, err := Parse(c.Answer)
	if err != nil {
		return as(), err
	}
	config, err := to.RESTConfig()
	if err != nil {
		return as(), err
	}
	proxy, err := proxyTo(config, c.Path, answer)
	if err != nil {
		return as(), err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return as(), err
	}
	habits := habitsOf(c.Serve, listener, proxy)
	server := &http.Server{Handler: habits, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(habits.door) }() // ends with Close
	file, remove, err := kubeconfig("http://"+listener.Addr().String(), nil, nil)
	return Altered{
		Off:        func(context.Context) error { return errors.Join(server.Close(), habits.close(), remove()) },
		Kubeconfig: file, Did: habits.did,
	}, err
}

// proxyTo speaks to the API server with the kubeconfig's own credentials. What path answers it changes by the filter.
func proxyTo(config *rest.Config, path string, answer Filter) (http.Handler, error) {
	target, err := url.Parse(config.Host)
	if err != nil {
		return nil, err
	}
	config = rest.CopyConfig(config)
	config.NextProtos = []string{"http/1.1"} // exec and attach upgrade their connection
	transport, err := rest.TransportFor(config)
	if err != nil {
		return nil, err
	}
	return &httputil.ReverseProxy{
		Transport:     transport,
		FlushInterval: -1, // watches
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			if path != "" && r.In.URL.Path == path {
				r.Out.Header.Del("Accept-Encoding") // the transport's own compression is taken off again
				r.Out.Header.Set("Accept", "application/json")
			}
		},
		ModifyResponse: func(r *http.Response) error {
			if path == "" || r.Request.URL.Path != path || r.StatusCode != http.StatusOK {
				return nil
			}
			return change(r, answer)
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), http.StatusBadGateway)
		},
	}, nil
}

// change puts what the filter makes of an answer in its place.
func change(r *http.Response, filter Filter) error {
	data, err := io.ReadAll(r.Body)
	if err = errors.Join(err, r.Body.Close()); err != nil {
		return err
	}
	var answer any
	if err := json.Unmarshal(data, &answer); err != nil {
		return fmt.Errorf("%s answers no JSON: %w", r.Request.URL.Path, err)
	}
	changed, err := filter.Of(answer, Asked{})
	if err != nil {
		return err
	}
	if data, err = json.Marshal(changed); err != nil {
		return err
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	r.Header.Set("Content-Length", strconv.Itoa(len(data)))
	r.Header.Del("Etag")
	return nil
}
