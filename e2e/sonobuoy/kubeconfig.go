package main

import (
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// writeKubeconfig makes a kubeconfig of the pod's own service account.
func writeKubeconfig(path string) error {
	own, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	const name = "existing"
	config := api.NewConfig()
	config.Clusters[name] = &api.Cluster{Server: own.Host, CertificateAuthority: own.CAFile}
	config.AuthInfos[name] = &api.AuthInfo{TokenFile: own.BearerTokenFile}
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	return clientcmd.WriteToFile(*config, path)
}
