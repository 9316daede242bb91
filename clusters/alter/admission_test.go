package alter

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"
	admission "k8s.io/api/admission/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

func TestMutate(t *testing.T) {
	g := NewWithT(t)
	filter, err := Parse(`if $old != null then .spec.shareProcessNamespace = $old.spec.shareProcessNamespace else del(.spec.shareProcessNamespace) end`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(mutate(filter, []byte(`{"spec":{"shareProcessNamespace":true}}`), nil)).To(MatchJSON(`[{"op":"remove","path":"/spec/shareProcessNamespace"}]`))
	g.Expect(mutate(filter, []byte(`{"spec":{"shareProcessNamespace":false}}`), []byte(`{"spec":{"shareProcessNamespace":true}}`))).
		To(MatchJSON(`[{"op":"replace","path":"/spec/shareProcessNamespace","value":true}]`))
	g.Expect(mutate(filter, []byte(`{"spec":{}}`), nil)).To(BeNil())
}

// asked is what a webhook answers about an object.
func asked(g Gomega, h *webhook, object string) *admission.AdmissionResponse {
	review, err := json.Marshal(admission.AdmissionReview{Request: &admission.AdmissionRequest{UID: "7", Object: runtime.RawExtension{Raw: []byte(object)}}})
	g.Expect(err).NotTo(HaveOccurred())
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(review)))
	var answer admission.AdmissionReview
	g.Expect(json.Unmarshal(w.Body.Bytes(), &answer)).To(Succeed())
	g.Expect(answer.Response.UID).To(BeEquivalentTo("7"))
	return answer.Response
}

func TestRefusal(t *testing.T) {
	g := NewWithT(t)
	filter, err := Parse(`if .spec.hostPID then "no hostPID here" else null end`)
	g.Expect(err).NotTo(HaveOccurred())
	h := &webhook{review: refusal(filter, 0)}
	g.Expect(asked(g, h, `{"spec":{}}`).Allowed).To(BeTrue())
	g.Expect(h.did("refused")).To(BeEmpty())
	g.Expect(asked(g, h, `{"spec":{"hostPID":true}}`)).To(And(HaveField("Allowed", false), HaveField("Result",
		&metav1.Status{Code: http.StatusForbidden, Reason: metav1.StatusReasonForbidden, Message: "no hostPID here"})))
	g.Expect(h.did("refused")).To(Equal("admission refused 1 objects"))
	g.Expect(asked(g, &webhook{review: refusal(filter, 400)}, `{"spec":{"hostPID":true}}`).Result.Code).To(BeEquivalentTo(400))
}
