package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// pullSecretName is what the copies in the run's namespaces are called.
const pullSecretName = "gateproof-pull"

// UsePullSecret has the nodes pull the suite's images with credentials: those of a docker config file, by its path, or of a Secret
// of the cluster's, as NAMESPACE/NAME. "" is for none. Each of the run's namespaces gets a copy, each pod names it; what it holds
// is in no message.
func (b *Bench) UsePullSecret(ctx context.Context, from string) error {
	if from == "" {
		return nil
	}
	data, err := os.ReadFile(from)
	if err == nil {
		if err := validDockerConfig(data); err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
		b.pullSecret = &corev1.Secret{Type: corev1.SecretTypeDockerConfigJson, Data: map[string][]byte{corev1.DockerConfigJsonKey: data}}
		return nil
	}
	namespace, name, ok := strings.Cut(from, "/")
	if !ok || namespace == "" || name == "" || strings.Contains(name, "/") {
		return fmt.Errorf("%w; it is neither a docker config file nor NAMESPACE/NAME of a Secret", err)
	}
	s, err := b.Client.CoreV1().Secrets(namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return fmt.Errorf("reading Secret %s: %w", from, err)
	}
	switch s.Type {
	case corev1.SecretTypeDockerConfigJson, corev1.SecretTypeDockercfg:
	default:
		return fmt.Errorf("the Secret %s is of type %s; pods pull with %s alone: kubectl create secret docker-registry makes one",
			from, s.Type, corev1.SecretTypeDockerConfigJson)
	}
	b.pullSecret = &corev1.Secret{Type: s.Type, Data: s.Data}
	return nil
}

// validDockerConfig refuses what no node could use: a config that leaves the credentials to a program on this host.
func validDockerConfig(data []byte) error {
	var config struct {
		Auths map[string]struct {
			Auth          string `json:"auth"`
			Username      string `json:"username"`
			IdentityToken string `json:"identitytoken"`
		} `json:"auths"`
		CredsStore  string            `json:"credsStore"`
		CredHelpers map[string]string `json:"credHelpers"`
	}
	if err := json.Unmarshal(data, &config); err != nil {
		return errors.New("this is no docker config file, which is JSON with auths") // err would quote it
	}
	for _, a := range config.Auths {
		if a.Auth != "" || a.Username != "" || a.IdentityToken != "" {
			return nil
		}
	}
	if config.CredsStore != "" || len(config.CredHelpers) > 0 {
		return errors.New("this docker config file leaves the credentials to a program of this host, which nodes have not; " +
			"write one with auths, as `docker login` does where DOCKER_CONFIG names an empty folder")
	}
	return errors.New("this docker config file has no credentials: its auths are empty")
}

// bringPullSecret puts the credentials into a namespace of the run's.
func (b *Bench) bringPullSecret(ctx context.Context, namespace string) error {
	if b.pullSecret == nil {
		return nil
	}
	s := b.pullSecret.DeepCopy()
	s.Name = pullSecretName
	_, err := b.Client.CoreV1().Secrets(namespace).Create(ctx, s, metav1.CreateOptions{})
	if err != nil && !alreadyExists(err) {
		return fmt.Errorf("making the pull secret of namespace %s: %w", namespace, err)
	}
	return nil
}

// withPullSecret has the pod whose spec is at path name the credentials too.
func (b *Bench) withPullSecret(o Object, path []string) error {
	if b.pullSecret == nil {
		return nil
	}
	path = append(path, "imagePullSecrets")
	list, _, err := unstructured.NestedSlice(o.Object, path...)
	if err != nil {
		return err
	}
	return unstructured.SetNestedSlice(o.Object, append(list, map[string]any{"name": pullSecretName}), path...)
}
