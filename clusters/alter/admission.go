package alter

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/itchyny/gojq"
	"gomodules.xyz/jsonpatch/v2"
	admission "k8s.io/api/admission/v1"
	registration "k8s.io/api/admissionregistration/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/run"
)

const webhookName = "gateproof-mutant"

// admissionOn serves a mutating webhook from this process, and has the API server ask it about each pod.
func (c Change) admissionOn(ctx context.Context, to clusters.Cluster) (Altered, error) {
	nothing := whole
	code, err := Compile(c.Admit)
	if err != nil {
		return nothing, err
	}
	gateway, err := run.Output(ctx, "docker", "inspect", "--format={{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}", to.Node.Container)
	if err != nil {
		return nothing, err
	}
	certificate, authority, err := selfSigned(strings.TrimSpace(gateway))
	if err != nil {
		return nothing, err
	}
	listener, err := tls.Listen("tcp", net.JoinHostPort(strings.TrimSpace(gateway), "0"), &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err != nil {
		return nothing, err
	}
	server := &http.Server{Handler: webhook{code}, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with Close
	client, err := to.Client()
	if err != nil {
		return nothing, errors.Join(err, server.Close())
	}
	configurations := client.AdmissionregistrationV1().MutatingWebhookConfigurations()
	off := func(ctx context.Context) error {
		err := configurations.Delete(ctx, webhookName, metav1.DeleteOptions{})
		if apierrors.IsNotFound(err) {
			err = nil
		}
		return errors.Join(err, server.Close())
	}
	url := "https://" + listener.Addr().String() + "/"
	none, fail, seconds := registration.SideEffectClassNone, registration.Fail, int32(5)
	_, err = configurations.Create(ctx, &registration.MutatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: webhookName},
		Webhooks: []registration.MutatingWebhook{{
			Name: "mutant.gateproof.example", ClientConfig: registration.WebhookClientConfig{URL: &url, CABundle: authority},
			SideEffects: &none, FailurePolicy: &fail, TimeoutSeconds: &seconds, AdmissionReviewVersions: []string{"v1", "v1beta1"},
			Rules: []registration.RuleWithOperations{{
				Operations: []registration.OperationType{registration.Create, registration.Update},
				Rule:       registration.Rule{APIGroups: []string{""}, APIVersions: []string{"v1"}, Resources: []string{"pods"}},
			}},
			NamespaceSelector: &metav1.LabelSelector{MatchExpressions: []metav1.LabelSelectorRequirement{{Key: "gateproof.run", Operator: metav1.LabelSelectorOpExists}}},
		}},
	}, metav1.CreateOptions{})
	return Altered{Off: off}, err
}

// webhook answers what the filter makes of a pod.
type webhook struct{ code *gojq.Code }

func (h webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var review admission.AdmissionReview
	if err := json.NewDecoder(r.Body).Decode(&review); err != nil || review.Request == nil {
		http.Error(w, "no AdmissionReview", http.StatusBadRequest)
		return
	}
	answer := &admission.AdmissionResponse{UID: review.Request.UID, Allowed: true}
	patch, err := mutate(h.code, review.Request.Object.Raw, review.Request.OldObject.Raw)
	if err != nil {
		answer.Allowed, answer.Result = false, &metav1.Status{Message: err.Error()}
	} else if len(patch) > 0 {
		kind := admission.PatchTypeJSONPatch
		answer.Patch, answer.PatchType = patch, &kind
	}
	review.Request, review.Response = nil, answer
	_ = json.NewEncoder(w).Encode(review) // the API server has gone: nobody to tell
}

// mutate is the JSON patch that leads from the pod to what the filter makes of it; none where they are alike.
func mutate(code *gojq.Code, pod, old []byte) ([]byte, error) {
	var now, before any
	if err := json.Unmarshal(pod, &now); err != nil {
		return nil, err
	}
	if len(old) > 0 {
		if err := json.Unmarshal(old, &before); err != nil {
			return nil, err
		}
	}
	value, err := apply(code, now, before)
	if err != nil {
		return nil, err
	}
	made, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	steps, err := jsonpatch.CreatePatch(pod, made)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	return json.Marshal(steps)
}

// selfSigned is a certificate for an address, and the bundle that trusts it.
func selfSigned(host string) (tls.Certificate, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: webhookName},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.ParseIP(host)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}
