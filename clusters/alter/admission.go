package alter

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	registration "k8s.io/api/admissionregistration/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/owner"
)

const (
	webhookName    = "gateproof-altered"
	webhookTimeout = 10 // seconds; a node may be slow on purpose
)

// The paths of the two webhooks.
const (
	mutatingPath   = "/mutate"
	validatingPath = "/validate"
)

// admission says that webhooks change or refuse what the suite makes.
func (c Change) admission() bool { return c.Admit != "" || c.Refuse != "" }

// admissionOn serves webhooks from this process, by an address beside the node, and has the API server ask them about what the suite creates and updates.
func (c Change) admissionOn(ctx context.Context, to clusters.Cluster) (Altered, error) {
	admit, err := Parse(c.Admit)
	if err != nil {
		return as(), err
	}
	refuse, err := Parse(c.Refuse)
	if err != nil {
		return as(), err
	}
	listener, err := listenBeside(ctx, to.Node)
	if err != nil {
		return as(), err
	}
	host, _, err := net.SplitHostPort(listener.address)
	if err != nil {
		return as(), errors.Join(err, listener.Close())
	}
	certificate, authority, err := selfSigned(host)
	if err != nil {
		return as(), errors.Join(err, listener.Close())
	}
	mutating, validating := &webhook{review: mutation(admit)}, &webhook{review: refusal(refuse, c.Code)}
	mux := http.NewServeMux()
	mux.Handle(mutatingPath, mutating)
	mux.Handle(validatingPath, validating)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		_ = server.Serve(tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}}))
	}() // ends with Close
	client, err := to.Client()
	if err != nil {
		return as(), errors.Join(err, server.Close())
	}
	altered := Altered{
		Off: func(ctx context.Context) error { return errors.Join(unregister(ctx, client), server.Close()) },
		Did: func() string { return mutating.did("changed") + validating.did("refused") },
	}
	return altered, c.register(ctx, client, "https://"+listener.address, authority)
}

// register has the API server ask the webhooks.
func (c Change) register(ctx context.Context, client kubernetes.Interface, url string, authority []byte) error {
	rules, err := c.rules()
	if err != nil {
		return err
	}
	none, fail, seconds := registration.SideEffectClassNone, registration.Fail, int32(webhookTimeout)
	suites := &metav1.LabelSelector{MatchExpressions: []metav1.LabelSelectorRequirement{{Key: owner.Label, Operator: metav1.LabelSelectorOpExists}}}
	at := func(path string) registration.WebhookClientConfig {
		path = url + path
		return registration.WebhookClientConfig{URL: &path, CABundle: authority}
	}
	name, versions := metav1.ObjectMeta{Name: webhookName}, []string{"v1", "v1beta1"}
	if c.Admit != "" {
		_, err := client.AdmissionregistrationV1().MutatingWebhookConfigurations().Create(ctx, &registration.MutatingWebhookConfiguration{
			ObjectMeta: name,
			Webhooks: []registration.MutatingWebhook{{
				Name: "injector.gateproof.example", ClientConfig: at(mutatingPath), SideEffects: &none, FailurePolicy: &fail,
				TimeoutSeconds: &seconds, AdmissionReviewVersions: versions, Rules: rules, NamespaceSelector: suites,
			}},
		}, metav1.CreateOptions{})
		if err != nil {
			return err
		}
	}
	if c.Refuse != "" {
		_, err := client.AdmissionregistrationV1().ValidatingWebhookConfigurations().Create(ctx, &registration.ValidatingWebhookConfiguration{
			ObjectMeta: name,
			Webhooks: []registration.ValidatingWebhook{{
				Name: "policy.gateproof.example", ClientConfig: at(validatingPath), SideEffects: &none, FailurePolicy: &fail,
				TimeoutSeconds: &seconds, AdmissionReviewVersions: versions, Rules: rules, NamespaceSelector: suites,
			}},
		}, metav1.CreateOptions{})
		if err != nil {
			return err
		}
	}
	return nil
}

func unregister(ctx context.Context, client kubernetes.Interface) error {
	var errs []error
	for _, err := range []error{
		client.AdmissionregistrationV1().MutatingWebhookConfigurations().Delete(ctx, webhookName, metav1.DeleteOptions{}),
		client.AdmissionregistrationV1().ValidatingWebhookConfigurations().Delete(ctx, webhookName, metav1.DeleteOptions{}),
	} {
		if err != nil && !apierrors.IsNotFound(err) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// seen are the resources that webhooks can be asked about, by group: what runs pods, and what these are in.
var seen = map[string][]string{
	"":      {"pods", "replicationcontrollers", "namespaces"},
	"apps":  {"daemonsets", "deployments", "replicasets", "statefulsets"},
	"batch": {"jobs", "cronjobs"},
}

// rules are the webhooks' rules.
func (c Change) rules() ([]registration.RuleWithOperations, error) {
	of := c.Of
	if len(of) == 0 {
		of = []string{"pods"}
	}
	var rules []registration.RuleWithOperations
	for _, resource := range of {
		group, ok := "", false
		for g, resources := range seen {
			if slices.Contains(resources, resource) {
				group, ok = g, true
			}
		}
		if !ok {
			return nil, fmt.Errorf("of: %q is no resource that runs pods", resource)
		}
		rules = append(rules, registration.RuleWithOperations{
			Operations: []registration.OperationType{registration.Create, registration.Update},
			Rule:       registration.Rule{APIGroups: []string{group}, APIVersions: []string{"*"}, Resources: []string{resource}},
		})
	}
	return rules, nil
}
