package alter

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	authentication "k8s.io/client-go/pkg/apis/clientauthentication/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/gateproof/gateproof/clusters"
)

// Credentials come from a program, as clouds have it.
type Credentials struct {
	Takes time.Duration `yaml:"takes"` // each call
	Alone bool          `yaml:"alone"` // a call fails while another is under way
	Last  time.Duration `yaml:"last"`  // until they are asked for again; 0: for ever
}

func (c *Credentials) validate() error {
	if c != nil && (c.Takes < 0 || c.Last < 0 || c.Alone && c.Takes == 0) {
		return errors.New("credentials: takes and last are durations; to be called alone matters only where a call takes time")
	}
	return nil
}

//go:embed credentials.sh
var credentialsScript []byte

// credentialsOn writes a kubeconfig for the cluster whose user's credentials a script says.
func (c Change) credentialsOn(_ context.Context, to clusters.Cluster) (Altered, error) {
	config, err := to.RESTConfig()
	if err != nil {
		return as(), err
	}
	if err := rest.LoadTLSFiles(config); err != nil {
		return as(), err
	}
	dir, err := os.MkdirTemp("", "gateproof-credentials-")
	if err != nil {
		return as(), err
	}
	altered := Altered{Off: func(context.Context) error { return os.RemoveAll(dir) }, Did: func() string { return called(dir) }}
	said, err := json.Marshal(authentication.ExecCredential{
		TypeMeta: metav1.TypeMeta{APIVersion: authentication.SchemeGroupVersion.String(), Kind: "ExecCredential"},
		Status:   &authentication.ExecCredentialStatus{ClientCertificateData: string(config.CertData), ClientKeyData: string(config.KeyData)},
	})
	if err != nil {
		return altered, err
	}
	script := filepath.Join(dir, "credentials.sh")
	if err := errors.Join(os.WriteFile(script, credentialsScript, 0o755), os.WriteFile(filepath.Join(dir, "credential.json"), said, 0o600)); err != nil {
		return altered, err
	}
	env := []api.ExecEnvVar{
		{Name: "TAKES", Value: seconds(c.Credentials.Takes)},
		{Name: "LAST", Value: seconds(c.Credentials.Last)},
	}
	if c.Credentials.Alone {
		env = append(env, api.ExecEnvVar{Name: "ALONE", Value: "yes"})
	}
	file, remove, err := kubeconfig(config.Host, config.CAData, &api.AuthInfo{Exec: &api.ExecConfig{
		Command: script, APIVersion: authentication.SchemeGroupVersion.String(), Env: env, InteractiveMode: api.NeverExecInteractiveMode,
	}})
	altered.Kubeconfig, altered.Off = file, func(context.Context) error { return errors.Join(remove(), os.RemoveAll(dir)) }
	return altered, err
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }

// called says how often the script was called: it notes a line each time.
func called(dir string) string {
	calls, err := os.ReadFile(filepath.Join(dir, "calls"))
	if err != nil {
		return ""
	}
	all, failed := bytes.Count(calls, []byte("\n")), bytes.Count(calls, []byte("refused\n"))
	return fmt.Sprintf("credentials were asked for %d times, %d of them in vain", all, failed)
}
