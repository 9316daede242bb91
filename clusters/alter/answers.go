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
	"os"
	"strconv"
	"time"

	"github.com/itchyny/gojq"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/gateproof/gateproof/clusters"
)

// answersOn puts a proxy before the API server, which changes what one path answers, and a kubeconfig that leads to it.
func (c Change) answersOn(to clusters.Cluster) (Altered, error) {
	code, err := Compile(c.Answer)
	if err != nil {
		return whole, err
	}
	config, err := to.RESTConfig()
	if err != nil {
		return whole, err
	}
	proxy, err := proxyTo(config, c.Path, code)
	if err != nil {
		return whole, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return whole, err
	}
	server := &http.Server{Handler: proxy, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with Close
	file, err := kubeconfigFor("http://" + listener.Addr().String())
	return Altered{
		Off:        func(context.Context) error { return errors.Join(server.Close(), os.Remove(file)) },
		Kubeconfig: file,
	}, err
}

// proxyTo speaks to the API server with the kubeconfig's own credentials.
func proxyTo(config *rest.Config, path string, code *gojq.Code) (http.Handler, error) {
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
			if r.In.URL.Path == path {
				r.Out.Header.Del("Accept-Encoding") // the transport's own compression is taken off again
				r.Out.Header.Set("Accept", "application/json")
			}
		},
		ModifyResponse: func(r *http.Response) error {
			if r.Request.URL.Path != path || r.StatusCode != http.StatusOK {
				return nil
			}
			return change(r, code)
		},
	}, nil
}

// change puts what the filter makes of an answer in its place.
func change(r *http.Response, code *gojq.Code) error {
	data, err := io.ReadAll(r.Body)
	if err = errors.Join(err, r.Body.Close()); err != nil {
		return err
	}
	var answer any
	if err := json.Unmarshal(data, &answer); err != nil {
		return fmt.Errorf("%s answers no JSON: %w", r.Request.URL.Path, err)
	}
	changed, err := apply(code, answer, nil)
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

func kubeconfigFor(server string) (string, error) {
	file, err := os.CreateTemp("", "gateproof-mutant-*.kubeconfig")
	if err != nil {
		return "", err
	}
	const name = "mutant"
	config := api.NewConfig()
	config.Clusters[name] = &api.Cluster{Server: server}
	config.AuthInfos[name] = &api.AuthInfo{}
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	return file.Name(), errors.Join(file.Close(), clientcmd.WriteToFile(*config, file.Name()))
}
