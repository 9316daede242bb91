package alter

import (
	"errors"
	"os"
	"path/filepath"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// kubeconfig writes one that leads to the server, in a folder of its own, and says how it is removed. The user's fields are for who
// is written beside it; nil for nobody.
func kubeconfig(server string, authority []byte, user *api.AuthInfo) (file string, remove func() error, err error) {
	dir, err := os.MkdirTemp("", "gateproof-altered-")
	if err != nil {
		return "", func() error { return nil }, err
	}
	if user == nil {
		user = &api.AuthInfo{}
	}
	const name = "altered"
	config := api.NewConfig()
	config.Clusters[name] = &api.Cluster{Server: server, CertificateAuthorityData: authority}
	config.AuthInfos[name] = user
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	file = filepath.Join(dir, "kubeconfig")
	remove = func() error { return os.RemoveAll(dir) }
	if err := clientcmd.WriteToFile(*config, file); err != nil {
		return "", remove, errors.Join(err, remove())
	}
	return file, remove, nil
}
