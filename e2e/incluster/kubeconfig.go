// Package incluster is what a run does differently in a pod of the cluster that it proves: it acts as the pod's service account, and leaves its
// report where kubectl finds it.
package incluster

import (
	"os"
	"path/filepath"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/gateproof/gateproof/clusters/input"
)

// Word, as KUBECONFIG, sends a run to the cluster that its pod is in.
const Word = "in-cluster"

// name is the context's; reports call the cluster so, where nobody says otherwise.
const name = "existing"

// Resolve puts a kubeconfig of the pod's own service account, in dir, in the place of Word in that variable of the environment. ok is false where it
// says something else. Outside of a pod Word is an input.Err.
func Resolve(variable, dir string) (ok bool, err error) {
	if os.Getenv(variable) != Word {
		return false, nil
	}
	path := filepath.Join(dir, "kubeconfig")
	if err := write(path); err != nil {
		return false, input.Errorf("%s=%s: %w; it is for a pod with a service account", variable, Word, err)
	}
	return true, os.Setenv(variable, path)
}

func write(path string) error {
	own, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	config := api.NewConfig()
	config.Clusters[name] = &api.Cluster{Server: own.Host, CertificateAuthority: own.CAFile}
	config.AuthInfos[name] = &api.AuthInfo{TokenFile: own.BearerTokenFile}
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	return clientcmd.WriteToFile(*config, path)
}
